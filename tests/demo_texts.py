"""The demo's texts, read from fixtures/ without a database, and what their source says."""

import html
import json
import re
from datetime import date

from django.conf import settings

from publishing.quality.reading import sentences_in, words_in

FIXTURES = sorted((settings.BASE_DIR / "fixtures").glob("*.json"))
RAW = "".join(file.read_text(encoding="utf-8") for file in FIXTURES)
ROWS = [row for file in FIXTURES for row in json.loads(file.read_text(encoding="utf-8"))]
PUBLISHED = [row["fields"] for row in ROWS if "state" in row["fields"]]
TRANSLATED = ["sv-simple", "fi", "en", "ar"]  # the languages that the demo has besides Swedish
NBSP = "\N{NO-BREAK SPACE}"


def plain(value):
    """The words of rich text as a reader meets them, each block on a line of its own."""
    lines = re.sub(r"</(?:p|h2|h3|li)>", "\n", value)
    return html.unescape(re.sub(r"<[^>]+>", "", lines))


def blocks(value):
    """The paragraphs, headings and list items of a text, or its lines."""
    return [line for line in plain(value).splitlines() if line.strip()]


def texts(language="sv"):
    """(where, value) of every text that residents read in a language."""
    suffix = f"_{language.replace('-', '_')}"
    for row in ROWS:
        for name, value in row["fields"].items():
            if name.endswith(suffix) and value:
                yield f"{row['model']} {row['pk']} {name}", value


def words_and_sentences(text):
    return words_in(text), sentences_in(text)


def whole_text(fields):
    """All running text of one page."""
    running = ("lead_sv", "body_sv", "goal_sv", "cooperation_body_sv", "facts_body_sv")
    return "\n".join(plain(f"<p>{fields[name]}</p>") for name in running if fields.get(name))


PHONE = re.compile(r"\b0\d{2,3}-\d[\d ]*\d|\b11[246](?: \d{2,3}\b)?")


def phones_in(text):
    return {phone.strip() for phone in PHONE.findall(text.replace(NBSP, " "))}


def figures_in(text):
    """Every number of a text that isn't a part of a link, whatever its language puts into it."""
    return {
        re.sub(r"\D", "", found)
        for found in re.findall(r"\d[\d\N{NO-BREAK SPACE},.:]*", plain(text))
    }


# What the source says

INITIATIVES = [
    "Schyssta relationer",
    "Våga bry dig",
    "Resurscentrum mot hedersrelaterat våld och förtryck – Fyrbodal",
    "Stöd vid våld i nära relationer",
    "Vällingklockans förskola – föräldramötet",
    "Tips om läsning och språkutveckling",
    "Stöd till föräldrar",
    "Familjehuset",
    "Trygga föräldrar",
    "Framtidscentrum",
    "Stationen",
    "Kunskapsförbundet Väst – studie- och yrkesvägledning",
    "Alla behövs i jobb – Jobbcentrum",
    "Sommarjobbsmässan",
    "Podcasten Drogsnack",
    "Krogar mot knark",
    "Fritidsgårdar i Trollhättan",
    "Nattvandring",
]
NEWS = {
    date(2024, 6, 7): "Opportunity Community Trollhättan",
    date(2024, 5, 30): "Brå",
    date(2024, 5, 2): "Opportunity Day Trollhättan",
    date(2024, 3, 20): "Sommarjobbsmässan 2024",
    date(2022, 10, 7): "Vad är social hållbarhet?",
    date(2022, 9, 23): "segregation",
    date(2022, 8, 31): "social hållbarhet",
}
PHONES = {
    "0520-49 50 00",
    "0520-49 68 08",
    "0520-49 79 70",
    "112",
    "114 14",
    "116 111",
    "020-50 50 50",
    "020-555 666",
}
YEARS = {"2015", "2018", "2019", "2021", "2022", "2023", "2024", "2030"}
POPULATION = {
    "1980": "49 600",
    "1985": "49 173",
    "1990": "51 047",
    "1995": "52 482",
    "2000": "52 891",
    "2005": "53 302",
    "2010": "55 248",
    "2015": "57 092",
    "2020": "59 249",
    "2022": "59 274",
}
FIGURES = YEARS | {
    *("4,4", "4,1", "3,7", "4,5", "3,3", "4,0", "151"),  # öppet arbetslösa
    "1 073",  # långtidsarbetslösa; andelen, 3,7, är densamma som länets öppet arbetslösa
    *POPULATION,
    *POPULATION.values(),
    *("29 355", "27 491", "13 429"),  # bostäder, hushåll, utrikesfödda
    *("36 570", "2 157", "2 580", "983", "1 244"),  # studiedeltagande
    "1 200",  # jobbsökande på mässan
}

LATEST = date(2024, 12, 31)  # what is published later is missing where the clock is behind
REVIEWS = {  # those that the source knows, and those of the project's own pages: day, function
    "starkare-lag-for-social-hallbarhet": (date(2022, 8, 31), None),
    "nya-projekt-mot-segregation": (date(2022, 9, 23), None),
    "vad-ar-social-hallbarhet": (date(2022, 10, 7), None),
    "social-hallbarhet": (date(2017, 10, 16), "Folkhälsostrateg"),
    "webbplatsen": (date(2026, 11, 20), None),
    "personuppgifter": (date(2026, 11, 20), None),
}
