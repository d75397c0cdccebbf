"""The titles that the dialog for links chooses among: /admin/lanka/?q=bad&sprak=fi."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, Value, When
from django.http import HttpResponseNotAllowed, JsonResponse
from django.utils.text import capfirst
from modeltranslation.utils import build_localized_fieldname

from publishing.models import Publishable

AT_MOST = 20
LOOKED_AT = 200  # of a kind, the newest, that hold the words
MOST_LETTERS = 100
LANGUAGES = dict(settings.LANGUAGES)
UNSEEN = "utkast – syns inte än"


class PagesToLink:
    """Pages with an address of their own, for those of the staff who may see some of them."""

    def __init__(self, admin_site, request):
        self.request = request
        self.admins = [
            admin
            for model, admin in admin_site._registry.items()
            if hasattr(model, "path_now")
            and hasattr(model, "get_absolute_url")
            and _title_field(model)
            and admin.has_view_permission(request)
        ]

    def answer(self):
        if not any(issubclass(admin.model, Publishable) for admin in self.admins):
            raise PermissionDenied
        if self.request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        asked = self.request.GET
        language = asked.get("sprak") if asked.get("sprak") in LANGUAGES else settings.LANGUAGE_CODE
        answer = JsonResponse({"pages": self._pages(asked.get("q", "")[:MOST_LETTERS], language)})
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def _pages(self, text, language):
        words = [*dict.fromkeys(text.casefold().split())]
        if not words:
            return []
        hits = [hit for admin in self.admins for hit in self._hits(admin, words, language)]
        found = sorted(hits, key=lambda hit: hit[:2])[:AT_MOST]
        rows = {}
        for admin in self.admins:
            if keys := [key for _rank, _title, kind, key, _lang in found if kind is admin.model]:
                related = admin.list_select_related or []
                queryset = admin.get_queryset(self.request).select_related(*related)
                rows |= {(admin.model, row.pk): row for row in queryset.filter(pk__in=keys)}
        return [
            _as_json(rows[kind, key], title, title_language)
            for _rank, title, kind, key, title_language in found
            if (kind, key) in rows and rows[kind, key].path_now()
        ]

    def _hits(self, admin, words, language):
        """(rank, title, model, key, the language of the title): one query.

        What begins with the words first, then the newest; which of two titles is shown, and holds
        them, is judged here.
        """
        name = _title_field(admin.model)
        languages = (settings.LANGUAGE_CODE, language)
        columns = [build_localized_fieldname(name, code) for code in languages]
        begins = Case(When(_holding(columns, words[0], "istartswith"), Value(0)), default=Value(1))
        rows = admin.get_queryset(self.request).annotate(begins=begins)
        for word in words:
            rows = rows.filter(_holding(columns, word, "icontains"))
        for row in rows.order_by("begins", "-pk").values("pk", *columns)[:LOOKED_AT]:
            key, swedish, own = row["pk"], row[columns[0]], row[columns[1]]
            title, title_language = (own, language) if own else (swedish, settings.LANGUAGE_CODE)
            both = f"{title} {swedish}".casefold()
            if title and all(word in both for word in words):
                starts = title.casefold().startswith(words[0])
                yield (not starts, title, admin.model, key, title_language)


def _holding(columns, word, lookup):
    """A condition: one of ``columns`` holds ``word``, with small letters or capitals.

    SQLite knows the capitals of English only.
    """
    spellings = {word} if word.isascii() else {word, word.capitalize(), word.upper()}
    found = Q()
    for column in {*columns}:
        for spelling in sorted(spellings):
            found |= Q(**{f"{column}__{lookup}": spelling})
    return found


def _title_field(model):
    columns = {column.name for column in model._meta.fields}
    wanted = (each for each in ("title", "name") if f"{each}_{settings.LANGUAGE_CODE}" in columns)
    return next(wanted, "")


def _as_json(row, title, language):
    is_seen = row.is_readable() if isinstance(row, Publishable) else True
    kind = capfirst(row._meta.verbose_name)
    return {
        "title": title,
        "language": language,
        "path": row.path_now(),
        "about": kind if is_seen else f"{kind}, {UNSEEN}",
    }
