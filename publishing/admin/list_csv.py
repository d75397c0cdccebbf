"""A list of a published kind as a file for a spreadsheet: what is filtered and searched for."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import slugify

from publishing import spreadsheet
from publishing.admin.status import state_in_words
from publishing.models import Track
from publishing.showing import for_one_person
from publishing.translation_status import other_languages, statuses_in

MOST_ROWS = 10_000
AT_ONCE = 500
REVIEW_HEAD = ["granskas var (månader)", "senast granskad", "granskad av", "ska granskas"]
HEAD = [
    *("rubrik", "läge", "ansvarig enhet", "publiceras", "avpubliceras", "ändrad"),
    *(*REVIEW_HEAD, "adress"),
]


class CsvOfList:
    """The rows that somebody sees in the list, on all its pages; a kind says what stands in one."""

    csv_head = HEAD
    csv_related = ["unit", "last_reviewed_by"]

    def csv_cells(self, item):
        return _cells(item)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_csv"
        view = self.admin_site.admin_view(self.csv_view)
        return [path("csv/", view, name=name), *super().get_urls()]

    def csv_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        rows = self._filtered(request)
        if rows.count() > MOST_ROWS:
            sentence = "Filen skulle få fler än 10 000 rader. Filtrera listan först."
            self.message_user(request, sentence, messages.ERROR)
            address = reverse(admin_urlname(self.opts, "changelist"))
            return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
        languages = [f"översättning ({code})" for code in other_languages()]
        file = spreadsheet.to_bytes([[*self.csv_head, *languages], *self._lines(rows)])
        name = f"{slugify(self.opts.verbose_name_plural)}-{timezone.localdate()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        kind = "text/csv; charset=utf-8"
        return for_one_person(HttpResponse(file, content_type=kind, headers=headers))

    def _filtered(self, request):
        try:
            changes = self.get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise BadRequest from error
        return changes.get_queryset(request).select_related(*self.csv_related)

    def _lines(self, rows):
        rows = list(rows)
        for start in range(0, len(rows), AT_ONCE):
            items = rows[start : start + AT_ONCE]
            Track.objects.attach_to(items)
            yield from ([*self.csv_cells(item), *_translations(item)] for item in items)

    def list_tools(self, request):
        tools = super().list_tools(request)
        if not self.has_change_permission(request):
            return tools
        query = request.GET.urlencode()
        address = reverse(admin_urlname(self.opts, "csv")) + (f"?{query}" if query else "")
        return [*tools, ("Ladda ner som CSV", address)]


def _cells(item):
    return [
        item,
        state_in_words(item)[1],
        item.unit or "",
        *(_moment(at) for at in (item.publish_at, item.expire_at, item.updated_at)),
        *review_cells(item),
        f"{settings.BASE_URL}{item.get_absolute_url()}" if item.is_readable() else "",
    ]


def review_cells(item):
    """Those under REVIEW_HEAD."""
    names = ("review_interval", "last_reviewed_on", "last_reviewed_by", "next_review_on")
    return [getattr(item, name) or "" for name in names]


def _translations(item):
    statuses = statuses_in(item.track.translations if item.track else {}, type(item))
    return [statuses[code].label for code in other_languages()]


def _moment(at):
    """As spreadsheets read it, in Swedish time."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
