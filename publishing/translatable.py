"""The translated texts of an item, and what makes two of them the same: their hashes."""

import re
import unicodedata
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from publishing import snapshot
from publishing.merging import BLOCKS

SPACE = re.compile(r"(?:\s|&nbsp;)+")
EDGE = re.compile(rf" ?(</?(?:{'|'.join(sorted(BLOCKS))}|li|br)\b[^>]*>) ?")
EMPTY_LINE = re.compile(r"<p>(?:<br ?/?>)*</p>")


def normal(text):
    """``text`` without what nobody reads: kinds of space, and space at the edges of blocks.

    Plain text and HTML alike; letters, signs, emphasis and links stay.
    """
    text = SPACE.sub(" ", unicodedata.normalize("NFC", text or ""))
    return EMPTY_LINE.sub("", EDGE.sub(r"\1", text)).strip()


def hash_of(text):
    """32 hex digits of SHA-256 over the normal text: more than a copy of it could be told by."""
    return sha256(normal(text).encode(errors="surrogatepass")).hexdigest()[:32]


NOTHING = hash_of("")
UNKNOWN = ""  # instead of the hash of a Swedish text that nobody knows


class Place(NamedTuple):
    """Where a translation stands: "title", or "opening_hours.12.reason" in a row of its own."""

    language: str
    field: str


class Pair(NamedTuple):
    """The hashes of a text in another language and of the Swedish one beside it."""

    text: str
    source: str


@cache
def translated_columns(model):
    """{field: {language: column}} of ``model``, in the order in which it names them."""
    found = {}
    for field in snapshot.columns(model):
        if language := getattr(field, "language", ""):
            found.setdefault(field.translated_field.name, {})[language] = field.name
    return found


def texts_of(model, data, prefix=""):
    """{field: {language: text}} of ``data``, a version of ``model``; rows of its own along."""
    found = {
        f"{prefix}{name}": {language: data.get(column) or "" for language, column in own.items()}
        for name, own in translated_columns(model).items()
    }
    for name in model.recorded_children:
        child = model._meta.get_field(name).related_model
        for row in data.get(name, []):
            found |= texts_of(child, row, f"{prefix}{name}.{row['id']}.")
    return found


def texts_on(item, prefix=""):
    """The same of the row ``item``; of its own rows those that are at hand: no query."""
    found = {
        f"{prefix}{name}": {
            language: getattr(item, column) or "" for language, column in own.items()
        }
        for name, own in translated_columns(type(item)).items()
    }
    for name in item.recorded_children:
        for row in getattr(item, "_prefetched_objects_cache", {}).get(name, []):
            found |= texts_on(row, f"{prefix}{name}.{row.pk}.")
    return found


def pairs_of(texts):
    """{Place: Pair} of ``texts``, of texts_of() or texts_on()."""
    pairs = {}
    for field, by_language in texts.items():
        hashes = {language: hash_of(text) for language, text in by_language.items()}
        source = hashes.pop(settings.LANGUAGE_CODE, NOTHING)
        pairs |= {Place(code, field): Pair(text, source) for code, text in hashes.items()}
    return pairs


def column_of(place):
    """The name of the column of a place: "opening_hours.12.reason" has "reason_fi"."""
    return build_localized_fieldname(place.field.rpartition(".")[2], place.language)


def owner_of(model, field):
    """The model of the row that a text is in: ``model``, or that of rows of its own."""
    rows = field.split(".")[0] if "." in field else ""
    return model._meta.get_field(rows).related_model if rows else model


def is_kept_name(model, place, pair):
    """Whether a text is a proper name that stands as it does in Swedish: nothing to translate."""
    names = owner_of(model, place.field).proper_names
    return place.field.rpartition(".")[2] in names and pair.text in (NOTHING, pair.source)
