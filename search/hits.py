"""What was found, as a page or a machine shows it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language

from publishing.translations import localized
from search.excerpts import Marker
from search.finding import AREAS, group_of
from search.models import Document, KindOfHit

FIRST = 3


@dataclass
class Hit:
    document: Document
    marker: Marker
    is_promoted: bool = False

    @property
    def url(self):
        return address_of(self.document)

    @property
    def title(self):
        return self.marker.marked(self.document.title)

    @property
    def excerpt(self):
        return self.marker.excerpt(f"{self.document.lead}\n{self.document.text}")

    @property
    def group(self):
        return KindOfHit(group_of(self.document))

    @property
    def date(self):
        """When it happened; the date of a page says nothing about what stands on it."""
        return self.document.dated_at if self.group is KindOfHit.NEWS else None

    @property
    def is_swedish(self):
        return is_swedish(self.document)


def hits_of(search, results):
    """The Hits of ``results``, which ``search`` has found."""
    markers = {language: Marker(query) for language, query in search.asked.items()}
    return [
        Hit(document, markers[document.language], document == results.promoted)
        for document in results.hits
    ]


def is_swedish(document):
    """Whether it is in Swedish on a page in another language."""
    return document.language != get_language()


def address_of(document):
    return document.path if is_swedish(document) else localized(document.path)


def title_of(document):
    """The title, marked where it is in another language than the page."""
    if not is_swedish(document):
        return document.title
    return format_html('<span lang="sv" dir="ltr">{}</span>', document.title)


def are_sensitive(documents):
    """Whether what is read on one of ``documents`` has quick exit.

    A whole focus area counts only among the first: something in it is found by most words.
    """
    return any(
        document.is_sensitive and (document.kind != AREAS or place < FIRST)
        for place, document in enumerate(documents)
    )


def focus_areas():
    """The Documents of the areas, each in the page's language or else in Swedish."""
    languages = (settings.LANGUAGE_CODE, get_language())
    found = Document.objects.visible().filter(kind=AREAS, language__in=languages)
    by_key = {}
    for document in found.order_by("object_id"):
        if document.object_id not in by_key or not is_swedish(document):
            by_key[document.object_id] = document
    return list(by_key.values())
