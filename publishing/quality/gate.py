"""The gate: all rules on an item. Nothing here knows of states or rights."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from publishing import snapshot
from publishing.quality.links import Links
from publishing.quality.rule import ITEM, LANGUAGE, Flaw, Text
from publishing.quality.rules import RULES
from publishing.translatable import translated_columns


@cache
def rules_version():
    """Another one as soon as a rule may judge otherwise: of what the rules are written in."""
    here = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in here)).hexdigest()[:32]


def texts_on(item, languages=None):
    """[Text] of the row ``item`` that say something, in ``languages`` (default all)."""
    rich = snapshot.rich_columns(type(item))
    return [
        Text(column, field, language, value, column in rich)
        for field, columns in translated_columns(type(item)).items()
        for language, column in columns.items()
        if (languages is None or language in languages) and (value := getattr(item, column))
    ]


def judge(item, languages=None, links=None):
    """[Flaw] of the text on the row ``item``, blocking ones first: one query a link to the site.

    Texts are judged in ``languages`` (default all), what has no language always. ``links`` is for
    who judges many. A picture is asked for what it is asked before publishing.
    """
    links, texts = links or Links(), texts_on(item, languages)
    found = [flaw for rule in RULES for flaw in _broken(rule, item, texts, links)]
    unique = {flaw.fingerprint: flaw for flaw in found}
    return list(unique.values())


def _broken(rule, item, texts, links):
    if rule.scope == ITEM:
        yield from _flaws(rule, settings.LANGUAGE_CODE, rule.find(item))
        return
    spoken = [text for text in texts if rule.speaks(text.language)]
    if rule.scope == LANGUAGE:
        for code in dict.fromkeys(text.language for text in spoken):
            own = [text for text in spoken if text.language == code]
            yield from _flaws(rule, code, rule.find(own))
        return
    for text in spoken:
        found = rule.find(text, item, links) if rule.asks_links else rule.find(text)
        yield from _flaws(rule, text.language, found)


def _flaws(rule, language, found):
    return [Flaw(rule, *each, language=language) for each in found]
