"""Texts as terms: what is put in the index, and what a query is compared with.

Made in Python, so that SQLite and PostgreSQL find the same. A term is letters and digits only, and
begins with its language and its kind: ``svsbrott`` is a Swedish stem.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape
from pathlib import Path

import snowballstemmer

from search import swedish

EXACT, STEM, FOLDED = "e", "s", "f"
LANGUAGES_OF_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Indexed like all others, so that "för alla" finds what says so, but required of no page when there
# are words that say more
FUNCTION_WORDS = {
    file.stem: frozenset(file.read_text(encoding="utf-8").split())
    for file in (Path(__file__).parent / "function_words").glob("*.txt")
}
# What stands on letters and between them without being one: Arabic vowels and stretching, accents
# that belong to no letter, soft hyphens, zero width spaces, marks of direction
MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\u061c]"
)
WORD = re.compile(r"[^\W_]+")
# Phone numbers and the like; with brackets and a slash only what begins as a phone number does
DIGITS = re.compile(
    r"(?<!\w)(?:(?:\(?\+|\(?0)\d[\d ()/\N{NO-BREAK SPACE}–-]{4,22}\d"
    r"|\d[\d \N{NO-BREAK SPACE}–-]{4,18}\d)(?!\w)"
)
FROM_ABROAD = re.compile(r"(?:\+|00|(?=46\d{9}$))46\(?0?\)?")
AREA_CODE = re.compile(r"0\d{1,3}-")
TAG = re.compile(r"<[^>]+>")
BLOCK = re.compile(r"</(?:p|h2|h3|li|blockquote)>|<br>")
SENSITIVE = "sensitive"  # the term of a document whose page has quick exit
LONGEST = 40  # letters of a word that is worth looking up
SAME_LETTER = str.maketrans(
    {"æ": "a", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"}
    | {"ى": "ي", "ة": "ه", "ٱ": "ا"}
)


def plain(html):
    """Rich text without its tags, each block ended by a line end."""
    return unescape(TAG.sub("", BLOCK.sub("\n", html))).strip()


@lru_cache(maxsize=200_000)
def fold(word):
    """``word`` as it is written without the marks of its letters: föräldrar is foraldrar."""
    letters = unicodedata.normalize("NFKD", word)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.translate(SAME_LETTER)


def base_of(language):
    """The language that ``language`` is a way to write: sv of sv-simple."""
    return language.partition("-")[0]


@lru_cache(maxsize=16)
def _stemmer(language):
    name = LANGUAGES_OF_STEMMERS.get(language)
    return snowballstemmer.stemmer(name).stemWord if name else str


@lru_cache(maxsize=200_000)
def _stem(word, base):
    stem = _stemmer(base)(word) or word
    if base != "sv":
        return stem
    if stem == word.removesuffix("s") and stem.endswith(swedish.BEFORE_GENITIVE):
        stem = _stemmer(base)(stem)
    return swedish.mend(stem, word)


def stem(word, language):
    return _stem(word, base_of(language))


def words(text):
    """The words of ``text`` in lower case, as people write them."""
    text = MARKS.sub("", unicodedata.normalize("NFKC", text).lower())
    return [word[:LONGEST] for word in WORD.findall(text)]


def numbers(text):
    """Phone numbers and the like in ``text`` as their digits alone."""
    return [digits(found) for found in DIGITS.findall(text)]


def digits(number):
    """Those of ``number``, as it is written within the country."""
    written = re.sub(r"[^\d+]", "", number)
    return FROM_ABROAD.sub("0", written, count=1) if FROM_ABROAD.match(written) else written


def says_little(word, language):
    return word in FUNCTION_WORDS.get(base_of(language), ())


def term(language, kind, word):
    return f"{language.replace('-', '')}{kind}{word}"


@lru_cache(maxsize=200_000)
def terms_of_word(word, language):
    """The terms that ``word`` is found by."""
    root = stem(word, language)
    found = [term(language, EXACT, word), term(language, STEM, root)]
    bare = fold(root)
    return found if bare == root else [*found, term(language, FOLDED, bare)]


def looked_up(text):
    """What ``text`` may be found by: its words, and its numbers as their digits alone.

    Those who live here leave the area code out.
    """
    found = DIGITS.findall(text)
    local = [digits(AREA_CODE.sub("", each)) for each in found if AREA_CODE.match(each)]
    return [*words(text), *map(digits, found), *local]


def terms(words, language):
    """All terms of ``words`` in a line, each once and between spaces; "" for no words."""
    found = {}
    for word in words:
        found.update(dict.fromkeys(terms_of_word(word, language)))
    return f" {' '.join(found)} " if found else ""


def marked(*marks):
    """Terms that are no words, as for filters: they go with any text."""
    return "".join(f"{mark} " for mark in marks)


def in_title(term):
    return f"t{term}"


def in_area(key):
    return f"area{key}"


def in_group(group):
    return f"group{group}"


def lacking(language):
    """The term of a Swedish document whose object doesn't exist in ``language``."""
    return f"lacks{language.replace('-', '')}"


def trigram(letters, language):
    """Three ``letters`` with the language before them, as search.models.Trigram keeps them."""
    return f"{language.replace('-', '')}:{letters}"


def trigrams(folded, language):
    """What words are likened by: three letters in a row, the ends of the word as spaces."""
    padded = f" {folded} "
    return {trigram(padded[at : at + 3], language) for at in range(len(padded) - 2)}
