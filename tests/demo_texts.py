"""The demo's texts, read from fixtures/ without a database."""

import html
import json
import re

from django.conf import settings

FIXTURES = sorted((settings.BASE_DIR / "fixtures").glob("*.json"))
RAW = "".join(file.read_text(encoding="utf-8") for file in FIXTURES)
ROWS = [row for file in FIXTURES for row in json.loads(file.read_text(encoding="utf-8"))]
PUBLISHED = [row["fields"] for row in ROWS if "state" in row["fields"]]
NBSP = "\N{NO-BREAK SPACE}"


def plain(value):
    """The words of rich text as a reader meets them, each block on a line of its own."""
    lines = re.sub(r"</(?:p|h2|h3|li)>", "\n", value)
    return html.unescape(re.sub(r"<[^>]+>", "", lines))


def texts():
    """(where, value) of every text that residents read."""
    for row in ROWS:
        for name, value in row["fields"].items():
            if name.endswith("_sv") and value:
                yield f"{row['model']} {row['pk']} {name}", value


def words_and_sentences(text):
    """Headings and list items count as sentences, the points of abbreviations end none."""
    text = re.sub(
        r"\b(t\.ex|bl\.a|m\.m|dvs|kl|kap)\.", lambda m: m[0].replace(".", ""), text, flags=re.I
    )
    words = re.findall(r"[^\W\d_][\w-]*|\d(?:[\d\N{NO-BREAK SPACE}.,:–-]*\d)?", text)
    parts = re.split(r"\n|[.!?]+(?=\s+[^a-zåäö\s]|\s*$)", text)
    return words, [part for part in parts if re.search(r"\w", part)]


def lix(text):
    """Words a sentence plus per cent of words longer than six letters; None under 50 words."""
    words, sentences = words_and_sentences(text)
    if len(words) < 50:
        return None
    return len(words) / len(sentences) + 100 * sum(len(w) > 6 for w in words) / len(words)


def whole_text(fields):
    """All running text of one page."""
    running = ("lead_sv", "body_sv", "goal_sv", "cooperation_body_sv", "facts_body_sv")
    return "\n".join(plain(f"<p>{fields[name]}</p>") for name in running if fields.get(name))


PHONE = re.compile(r"\b0\d{2,3}-\d[\d ]*\d|\b11[246](?: \d{2,3}\b)?")


def phones_in(text):
    return {phone.strip() for phone in PHONE.findall(text.replace(NBSP, " "))}
