"""How the translations of an item stand: derived from what is known of its texts.

docs/decisions/0011-translation-status.md says why it is never stored with a text.
"""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import models

from publishing.translatable import NOTHING, is_kept_name, pairs_of, texts_on, translated_columns


class TranslationStatus(models.TextChoices):
    """How the texts of an item stand in one language, the most urgent first."""

    MISSING = "missing", "Saknas"
    STALE = "stale", "Svenskan har ändrats"
    MACHINE = "machine", "Maskinöversatt"
    UNREVIEWED = "unreviewed", "Ogranskad"
    CURRENT = "current", "Aktuell"


@dataclass(frozen=True)
class Standing:
    """The status in one language, and what to do about it.

    ``reviewed_on`` is the local date when the text that was reviewed longest ago was so, where all
    are. ``missing`` are the fields with a Swedish text alone. ``stale`` ({field: hash}) those whose
    Swedish is another than that which they were translated from, which has the hash.
    """

    status: TranslationStatus
    missing: list = field(default_factory=list)
    stale: dict = field(default_factory=dict)
    reviewed_on: date | None = None


def other_languages():
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def statuses_in(kept, model):
    """{language: TranslationStatus} of what a track of ``model`` keeps."""
    return {
        language: TranslationStatus(kept.get(language, status_in_new_language(model)))
        for language in other_languages()
    }


def status_in_new_language(model):
    """That of an item which has no texts in a language yet."""
    is_name_alone = set(translated_columns(model)) <= set(model.proper_names)
    return TranslationStatus.CURRENT if is_name_alone else TranslationStatus.MISSING


def standings(model, texts, facts, *, is_seen):
    """{language: Standing} of the ``texts`` of an item of ``model``, by what the ``facts`` say.

    While no resident sees it (``is_seen``) the Swedish is unfinished, and makes nothing stale.
    """
    pairs = pairs_of(texts)
    return {
        language: _standing(
            model,
            {place: pair for place, pair in pairs.items() if place.language == language},
            facts,
            is_seen,
        )
        for language in other_languages()
    }


def _standing(model, pairs, facts, is_seen):
    pairs = {place: pair for place, pair in pairs.items() if not is_kept_name(model, place, pair)}
    missing = [place.field for place, pair in pairs.items() if _is_untranslated(pair)]
    if _has_no_name(model, pairs, missing):
        return Standing(TranslationStatus.MISSING, missing)
    stale, found, reviews = {}, [TranslationStatus.CURRENT], []
    for place, pair in pairs.items():
        if pair.text == NOTHING:
            continue
        known = facts.about(place, pair.text)
        fact = known.get(pair.source)
        if known and not fact:
            fact = list(known.values())[-1]
            if is_seen:
                stale[place.field] = fact.source_hash
        found.append(_vouched_for(fact))
        reviews.append(fact and fact.reviewed_on)
    if stale:
        found.append(TranslationStatus.STALE)
    status = min(found, key=list(TranslationStatus).index)
    is_current = status == TranslationStatus.CURRENT
    return Standing(status, missing, stale, min(reviews, default=None) if is_current else None)


def _is_untranslated(pair):
    return pair.text == NOTHING and pair.source != NOTHING


def _has_no_name(model, pairs, missing):
    """Whether a page in the language would have no heading, or nothing at all."""
    name = next(iter(translated_columns(model)), "")
    named = [pair for place, pair in pairs.items() if place.field == name]
    if any(pair.source != NOTHING for pair in named):
        return name in missing
    return bool(missing) and all(pair.text == NOTHING for pair in pairs.values())


def _vouched_for(fact):
    """Nobody has said anything of a text without a fact: it came past the back office."""
    if fact and fact.reviewed_at:
        return TranslationStatus.CURRENT
    is_by_machine = fact and fact.is_by_machine
    return TranslationStatus.MACHINE if is_by_machine else TranslationStatus.UNREVIEWED


def standing_on_page(item, language):
    """The Standing of the row ``item`` in ``language``, another than Swedish: one query, once.

    Also of a row in memory, as previews and the past show it.
    """
    from publishing.models.facts import Facts

    kept = item.__dict__.setdefault("_standings", {})
    if language not in kept:
        facts = Facts.of(item, language)
        texts = texts_on(item)
        kept[language] = standings(type(item), texts, facts, is_seen=item.is_seen)[language]
    return kept[language]
