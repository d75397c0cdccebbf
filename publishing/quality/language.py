"""Advice about plain Swedish: it never keeps anything from being published."""

import re

from publishing.quality.reading import reading_of

LONGEST_WORD = 20  # letters
WORDS_WITHOUT_HEADING = 200
HARD, HARD_FOR_LATTLAST = 50, 30  # LIX from which it is said
LATTLAST = "sv-simple"
ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
WRITTEN_OUT = {
    "t.ex": "till exempel",
    "bl.a": "bland annat",
    "m.m": "med mera",
    "m.fl": "med flera",
    "o.s.v": "och så vidare",
    "osv": "och så vidare",
    "d.v.s": "det vill säga",
    "dvs": "det vill säga",
    "fr.o.m": "från och med",
    "t.o.m": "till och med",
    "p.g.a": "på grund av",
    "pga": "på grund av",
    "s.k": "så kallad",
    "f.d": "tidigare",
    "etc": "och så vidare",
    "ca": "ungefär",
    "resp": "respektive",
    "inkl": "inklusive",
    "exkl": "exklusive",
    "ev": "eventuellt",
    "m.a.o": "med andra ord",
    "bl a": "bland annat",
    "t ex": "till exempel",
    "m m": "med mera",
    "o s v": "och så vidare",
    "fr o m": "från och med",
    "t o m": "till och med",
    "p g a": "på grund av",
}
_SHORT = "|".join(sorted(map(re.escape, WRITTEN_OUT), key=len, reverse=True))
SHORT = re.compile(rf"(?<![\w.])(?:{_SHORT})(?![\w-])\.?", re.IGNORECASE)
# "man" as a pronoun; before it, or after it, stands what makes it a person
MAN = re.compile(r"\b(?:(\w+)\s+)?man\b(?:\s+(\w+))?", re.IGNORECASE)
MAKES_PERSON = {
    *("en", "ung", "unge", "gammal", "gamle", "äldre", "yngre", "vuxen", "gift", "den", "denne"),
    *("varje", "ingen", "annan", "okänd", "samma", "någon", "min", "din", "sin", "hennes", "som"),
    *("kvinna", "medelålders", "ensamstående", "svensk", "vuxna", "död", "skadad", "misstänkt"),
}
AFTER_PERSON = {"och", "eller", "på", "i", "från", "med", "som"}


def running_text(texts):
    """The running text of one language, each block on a line of its own."""
    running = (text for text in texts if text.is_rich or text.field == "lead")
    return "\n".join(block.words for text in running for block in text.blocks)


def hard_to_read(texts):
    reading = reading_of(running_text(texts))
    language = texts[0].language
    limit = HARD_FOR_LATTLAST if language == LATTLAST else HARD
    if reading and reading.lix >= limit:
        column = next((text.column for text in texts if text.field == "body"), texts[0].column)
        yield (
            column,
            "",
            f"Texten är {reading.band} (LIX {reading.lix}). Dela de längsta meningarna och byt "
            "långa ord mot kortare.",
        )


def long_words(text):
    for block in text.blocks:
        for word in re.findall(r"[^\W\d_]+", ADDRESS.sub(" ", block.words)):
            if len(word) > LONGEST_WORD:
                sentence = f"”{word}” har {len(word)} bokstäver. Dela upp det, eller förklara det."
                yield text.column, word, sentence


def abbreviations(text):
    for block in text.blocks:
        for short in SHORT.findall(ADDRESS.sub(" ", block.words)):
            name = short.rstrip(".").casefold()
            yield text.column, short, f"Skriv ut ”{short}”: {WRITTEN_OUT[name]}."


def man_for_you(text):
    for block in text.blocks:
        for found in MAN.finditer(block.words):
            before, after = (word and word.casefold() for word in found.groups())
            if before not in MAKES_PERSON and not (before is None and after in AFTER_PERSON):
                sentence = "”Man” är otydligt om vem som ska göra något. Skriv ”du” eller ”vi”."
                yield text.column, found[0], sentence


def long_way_without_heading(text):
    if not text.is_rich:
        return
    words, first = 0, ""
    for block in [*text.blocks, None]:
        if block and not block.is_heading:
            words, first = words + len(block.words.split()), first or block.words
            continue
        if words > WORDS_WITHOUT_HEADING:
            yield (
                text.column,
                first,
                f"{words} ord står utan mellanrubrik, från ”{first[:40].rstrip()}…”. Sätt in "
                "rubriker som säger vad som kommer.",
            )
        words, first = 0, ""
