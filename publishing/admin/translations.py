"""The page /admin/oversattningar/: how every translation stands, the most urgent first."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from publishing.admin.translating import address_in_form
from publishing.models import Content, kind_of
from publishing.showing import for_one_person
from publishing.translatable import translated_columns
from publishing.translation_list import (
    AGAIN,
    by_urgency,
    due_in,
    how_many,
    standing_in,
)
from publishing.translation_status import TranslationStatus, other_languages, statuses_in

A_PAGE = 50
LANGUAGES = dict(settings.LANGUAGES)
EVERYTHING = "alla"
TASKS = {
    TranslationStatus.STALE: "har översättningar där svenskan har ändrats",
    TranslationStatus.MACHINE: "har översättningar som är maskinöversatta",
    TranslationStatus.UNREVIEWED: "har översättningar som ingen har granskat",
    AGAIN: "har översättningar som ska granskas igen",
    # Last, since an item need not exist in every language
    TranslationStatus.MISSING: "saknar översättning till något språk",
}


@dataclass(frozen=True)
class Cell:
    """One language of an item, and where it is written."""

    language: str
    name: str
    status: TranslationStatus
    address: str
    reviewed_on: date | None  # where it is current
    is_due: bool

    @property
    def label(self):
        return "Granskas igen" if self.is_due else self.status.label


class TranslationsPage:
    """For those who may change some kind of content that is translated: those kinds."""

    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request
        self.models = {
            kind_of(model): model
            for model, model_admin in admin_site._registry.items()
            if issubclass(model, Content)
            and translated_columns(model)
            and model_admin.has_change_permission(request)
        }

    def answer(self):
        if not self.models:
            raise PermissionDenied
        if self.request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        tracks = self.chosen.tracks().select_related("newest")
        page = Paginator(tracks, A_PAGE).get_page(self.request.GET.get("sida"))
        context = {
            **self.site.each_context(self.request),
            "title": "Översättningar",
            "page": page,
            "chosen": self.chosen,
            "languages": self.chosen.languages,
            "rows": [self._row(track) for track in page],
        }
        self.request.current_app = self.site.name
        return for_one_person(TemplateResponse(self.request, "admin/translations.html", context))

    @cached_property
    def chosen(self):
        return Chosen(self.request.GET, self.models)

    def _row(self, track):
        """(title, what kind, [Cell]) of an item: no query."""
        model = self.models[track.kind]
        title = model.title_in((track.newest and track.newest.data) or {})
        cells = [_cell(track, model, language) for language in self.chosen.languages]
        return title, model._meta.verbose_name, cells

    def tasks(self):
        """(how many, what, link) for the first page, without the noughts: one query."""
        counts = how_many(self.models) if self.models else {}
        for status, what in TASKS.items():
            if number := counts.get(status):
                texts = "text" if number == 1 else "texter"
                yield number, f"{texts} {what}", f"{reverse('admin:translations')}?lage={status}"


class Chosen:
    """What a request asks for: a kind, a language, a status; odd words ask for nothing."""

    def __init__(self, asked, models):
        self.models = models
        self.kind = _one_of(asked.get("slag"), models)
        self.language = _one_of(asked.get("sprak"), other_languages())
        self.status = _one_of(asked.get("lage"), [EVERYTHING, AGAIN, *TranslationStatus.values])

    @property
    def languages(self):
        return [self.language] if self.language else other_languages()

    def tracks(self):
        """What is asked for, the most urgent first; without a status what there is to do."""
        models = {self.kind: self.models[self.kind]} if self.kind else self.models
        tracks = by_urgency(models, self.language)
        if not self.status:
            return tracks.filter(urgency__isnull=False)
        if self.status == EVERYTHING:
            return tracks
        if self.status == AGAIN:
            return tracks.filter(due_in(self.languages))
        return tracks.filter(standing_in(models, self.languages, TranslationStatus(self.status)))

    @property
    def kinds(self):
        """[(value, words)] to choose from, as the two below."""
        names = [(kind, str(m._meta.verbose_name_plural)) for kind, m in self.models.items()]
        return [("", "Alla slag"), *((kind, capfirst(name)) for kind, name in names)]

    @property
    def all_languages(self):
        return [("", "Alla språk"), *((code, LANGUAGES[code]) for code in other_languages())]

    @property
    def statuses(self):
        again = (AGAIN, "Granskas igen")
        everything = (EVERYTHING, "Alla, även aktuella")
        return [("", "Att göra"), *TranslationStatus.choices, again, everything]

    @property
    def query(self):
        """The same as part of an address."""
        return urlencode({"slag": self.kind, "sprak": self.language, "lage": self.status})


def _cell(track, model, language):
    """How ``track``, of translation_list.to_translate(), stands in a language."""
    told = track.translations_reviewed.get(language)
    return Cell(
        language=language,
        name=LANGUAGES[language],
        status=statuses_in(track.translations, model)[language],
        address=address_in_form(model, track.object_id, language),
        reviewed_on=date.fromisoformat(told) if told else None,
        is_due=bool(told and track.since and told < track.since),
    )


def _one_of(value, known):
    return value if value in known else ""
