"""Texts that were changed on two sides, for people to look at side by side."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from publishing.wording import Wording, fields_of, is_rich, label_of, language_of


@dataclass(frozen=True)
class ShownClash:
    """``mine`` and ``theirs`` are HTML of an editor where ``is_rich``, else plain text."""

    field: str
    name: str
    language: str
    direction: str
    is_rich: bool
    mine: str
    theirs: str


def shown(model, clashes):
    """[ShownClash] of ``clashes``, of publishing.merging; one query for each related model."""
    fields, languages = fields_of(model), dict(settings.LANGUAGES)
    pairs = [(fields[each.field], side) for each in clashes for side in (each.mine, each.theirs)]
    wording = Wording(pairs)
    for clash in clashes:
        field = fields[clash.field]
        language = language_of(field)
        label = capfirst(label_of(field))
        yield ShownClash(
            field=clash.field,
            name=f"{label} – {languages[language]}" if language else label,
            language=language,
            direction="rtl" if language and get_language_info(language)["bidi"] else "ltr",
            is_rich=is_rich(field),
            mine=_text(wording, field, clash.mine),
            theirs=_text(wording, field, clash.theirs),
        )


def _text(wording, field, value):
    return value or "" if is_rich(field) else "\n".join(wording.lines(field, value))
