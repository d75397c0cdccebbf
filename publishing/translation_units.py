"""Texts on their way to a translator: what a line of CSV and a <unit> of XLIFF both say."""

import codecs
import re
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError

from publishing.merging import meaning
from publishing.translatable import (
    Pair,
    Place,
    column_of,
    hash_of,
    is_kept_name,
    owner_of,
    texts_of,
)
from publishing.translation_status import TranslationStatus
from publishing.wording import label_of

MOST_BYTES = 2 * 1024 * 1024  # of a file, either way
NAME = re.compile(r"([a-z_]+\.[a-z_]+):([0-9]{1,18}):([a-z0-9_.]{1,100})")
NOT_DONE = (TranslationStatus.MISSING, TranslationStatus.STALE)


@dataclass(frozen=True)
class Unit:
    """One text of an item in Swedish and in another language.

    ``name`` is "news.newsitem:3:title", ``version`` the number of the version that it was taken
    from, None when a file doesn't tell. ``is_reviewed`` by somebody who speaks the language, and
    ``is_done`` when nothing is to be translated: what tools for translators show.
    """

    name: str
    version: int | None
    context: str
    source: str
    target: str
    is_done: bool = False
    is_reviewed: bool = False

    @property
    def place(self):
        """(kind, id, field), or None for a name that isn't one of ours."""
        found = NAME.fullmatch(self.name)
        return (found[1], int(found[2]), found[3]) if found else None


def units_of(track, language):
    """The Units of the editors' text of an item, without what is empty or a name: no query.

    The newest version of ``track`` is to be at hand.
    """
    model, version = apps.get_model(track.kind), track.newest
    data = (version and version.data) or {}
    status = track.translations.get(language)
    title = model.title_in(data)
    for field, texts in texts_of(model, data).items():
        source, target = texts.get(settings.LANGUAGE_CODE, ""), texts.get(language, "")
        if language not in texts or meaning(source) is meaning(target) is None:
            continue
        pair = Pair(hash_of(target), hash_of(source))
        if is_kept_name(model, Place(language, field), pair):
            continue
        yield Unit(
            name=f"{track.kind}:{track.object_id}:{field}",
            version=version.number,
            context=f"{model._meta.verbose_name} ”{title}”: {_label(model, field)}",
            source=source,
            target=target,
            is_done=target != "" and status not in (None, *NOT_DONE),
            is_reviewed=target != "" and status == TranslationStatus.CURRENT,
        )


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
