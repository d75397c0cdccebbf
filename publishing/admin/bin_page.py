"""The page /admin/papperskorg/: what can be taken up again, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from publishing.admin.status import what_residents_see
from publishing.models import Action, Content, Publishable, Track, Version, kind_of

A_PAGE = 50


@dataclass(frozen=True)
class Thrown:
    """One line of the page."""

    kind: str  # as "news.newsitem"
    object_id: int
    kind_name: str
    title: str
    by_name: str
    at: datetime
    days_left: int  # 0 on the last night
    history_url: str
    may_take_up: bool


class BinPage:
    """For those who may change some kind of content: the kinds that they may change."""

    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request
        self.admins = {
            kind_of(model): model_admin
            for model, model_admin in admin_site._registry.items()
            if issubclass(model, Content) and model_admin.has_change_permission(request)
        }

    def answer(self):
        if self.request.method == "POST":
            return self._take_up()
        tracks = Track.objects.in_bin().filter(kind__in=self.admins)
        page = Paginator(tracks, A_PAGE).get_page(self.request.GET.get("sida"))
        context = {
            **self.site.each_context(self.request),
            "title": "Papperskorgen",
            "page": page,
            "rows": self._rows(list(page)),
        }
        self.request.current_app = self.site.name
        return TemplateResponse(self.request, "admin/bin.html", context)

    def _rows(self, tracks):
        thrown = Version.objects.filter(
            action=Action.BINNED, object_id__in=[track.object_id for track in tracks]
        )
        versions = {(each.kind, each.object_id): each for each in thrown.order_by("number")}
        return [self._row(track, versions[track.kind, track.object_id]) for track in tracks]

    def _row(self, track, version):
        model_admin = self.admins[track.kind]
        model = model_admin.model
        item = model(pk=track.object_id)
        item.__dict__["track"] = track  # what may_be_binned_by() asks of
        return Thrown(
            kind=track.kind,
            object_id=track.object_id,
            kind_name=str(model._meta.verbose_name),
            title=model.title_in(version.data),
            by_name=version.by_name,
            at=track.binned_at,
            days_left=max(0, (track.purged_on - timezone.localdate()).days),
            history_url=reverse(admin_urlname(model._meta, "history"), args=[track.object_id]),
            may_take_up=item.may_be_binned_by(self.request.user),
        )

    def _take_up(self):
        kind, key = self.request.POST.get("kind", ""), self.request.POST.get("id", "")
        if kind not in self.admins or not key.isdecimal() or len(key) > 18:
            raise Http404
        model_admin = self.admins[kind]
        try:
            item = model_admin.model.take_out_of_bin(int(key), by=self.request.user)
        except ValidationError as error:
            first, *others = error.messages
            sentence = f"Den kan inte tas upp. {first} {', '.join(others)}".strip()
            model_admin.message_user(self.request, sentence, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:bin"))
        model_admin.log_change(self.request, item, "Tog upp ur papperskorgen.")
        model_admin.message_user(self.request, f"”{item}” är tillbaka. {_who_sees(item)}")
        form = reverse(admin_urlname(item._meta, "change"), args=[item.pk])
        return HttpResponseRedirect(form)


def _who_sees(item):
    if isinstance(item, Publishable):
        return what_residents_see(item)
    return "Besökarna ser den igen där den visas."
