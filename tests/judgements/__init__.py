"""What should be found, as it was judged before the ranking was made; and how well it is."""

import tomllib
from math import log2
from pathlib import Path

PLACES = {
    "/insatser/": "i/",
    "/fokusomraden/": "f/",
    "/nyheter/": "n/",
    "/kontakt/": "k/",
    "/om/": "o/",
}
FOLDER = Path(__file__).parent


def judgements(language, half):
    """{query: {key of a page: grade from 1 to 3}}"""
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))[half]
    return {
        query: {
            key: int(grade)
            for key, grade in (answer.strip().rsplit(" ", 1) for answer in answers.split(","))
        }
        for query, answers in table.items()
    }


def questions():
    """{question: [key of a page that answers it]}"""
    return tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))["questions"]


def key_of(document):
    """What the judgements call a Document."""
    if document.kind == "pages.resource":
        return f"r/{document.object_id}"
    for place, letter in PLACES.items():
        if document.path.startswith(place):
            return letter + document.path.removeprefix(place).strip("/")
    return "/" if document.path == "/" else f"s/{document.path.strip('/')}"


def ndcg(keys, grades, at=5):
    """How good the order ``keys`` is beside the best one there could be, from 0 to 1.

    Järvelin and Kekäläinen's normalised discounted cumulated gain, with a gain of 2**grade - 1.
    """

    def gain(grades_in_order):
        return sum(
            (2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades_in_order, start=1)
        )

    found = [grades.get(key, 0) for key in keys[:at]]
    return gain(found) / gain(sorted(grades.values(), reverse=True)[:at])
