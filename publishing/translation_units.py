"""Texts on their way to a translator: what a line of CSV and a <unit> of XLIFF both say."""

import codecs
import re
from dataclasses import dataclass
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from publishing.merging import meaning
from publishing.models.facts import Facts
from publishing.translatable import (
    NOTHING,
    Pair,
    Place,
    column_of,
    hash_of,
    is_kept_name,
    owner_of,
    texts_of,
)
from publishing.wording import label_of

MOST_BYTES = 2 * 1024 * 1024  # of a file, either way
NAME = re.compile(r"([a-z_]+\.[a-z_]+):([0-9]{1,18}):([a-z0-9_.]{1,100})")
AT_ONCE = 50


class Progress(models.TextChoices):
    """How far a translator has come with a text, as XLIFF and as people call it."""

    INITIAL = "initial", "att översätta"
    TRANSLATED = "translated", "översatt"
    REVIEWED = "reviewed", "granskad"
    FINAL = "final", "klar"


@dataclass(frozen=True)
class Unit:
    """One text of an item in Swedish and in another language.

    ``name`` is "news.newsitem:3:title", ``version`` the number of the version that it was taken
    from, None when a file doesn't tell.
    """

    name: str
    version: int | None
    context: str
    source: str
    target: str
    progress: Progress = Progress.INITIAL

    @property
    def is_reviewed(self):
        """Whether the translator says that somebody who speaks the language has read it."""
        return self.progress in (Progress.REVIEWED, Progress.FINAL)

    @property
    def place(self):
        """(kind, id, field), or None for a name that isn't one of ours."""
        found = NAME.fullmatch(self.name)
        return (found[1], int(found[2]), found[3]) if found else None


def units_of_all(tracks, language):
    """The Units of ``tracks``, of many kinds, whose newest versions are at hand.

    One query for every AT_ONCE of them.
    """
    tracks = iter(tracks)
    while some := list(islice(tracks, AT_ONCE)):
        Facts.attach_to(some, language)
        for track in some:
            yield from units_of(track, language)


def units_of(track, language):
    """The Units of the editors' text of an item, without what is empty or a name.

    The newest version of ``track`` is to be at hand, and its facts, or they cost a query.
    """
    model, version = apps.get_model(track.kind), track.newest
    data = (version and version.data) or {}
    title = model.title_in(data)
    for field, texts in texts_of(model, data).items():
        source, target = texts.get(settings.LANGUAGE_CODE, ""), texts.get(language, "")
        if language not in texts or meaning(source) is meaning(target) is None:
            continue
        place, pair = Place(language, field), Pair(hash_of(target), hash_of(source))
        if is_kept_name(model, place, pair):
            continue
        yield Unit(
            name=f"{track.kind}:{track.object_id}:{field}",
            version=version.number,
            context=f"{model._meta.verbose_name} ”{title}”: {_label(model, field)}",
            source=source,
            target=target,
            progress=_progress(track.facts, place, pair),
        )


def _progress(facts, place, pair):
    """How far a text has come, by itself: what stands beside it may be worse translated."""
    if fact := facts.joining(place, pair):
        return Progress.REVIEWED if fact.reviewed_at else Progress.TRANSLATED
    is_left_behind = pair.text == NOTHING or facts.about(place, pair.text)
    return Progress.INITIAL if is_left_behind else Progress.TRANSLATED


def _label(model, field):
    owner = owner_of(model, field)
    column = owner._meta.get_field(column_of(Place(settings.LANGUAGE_CODE, field)))
    rows = "" if owner is model else f"{owner._meta.verbose_name}, "
    return f"{rows}{label_of(column)}"


def decoded(raw):
    """The text of a file. Raises ValidationError."""
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("Filen är inte i UTF-8. Spara den som ”CSV UTF-8”.") from error
    if "\0" in text:
        raise ValidationError("Filen innehåller tecken som inte är text.")
    return text


def number_in(text):
    """``text`` as the number of a version, or None."""
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
