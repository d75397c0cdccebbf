"""The languages that words are written in: lättläst is searched as Swedish."""

from django.conf import settings

from search.analysis import base_of

NAMES = dict(settings.LANGUAGES)


def languages():
    """[(code, name)] of those that aren't a way to write another."""
    return [(code, name) for code, name in NAMES.items() if base_of(code) == code]
