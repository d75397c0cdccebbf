"""The page /admin/delade-lankar/: every open link by which people without account read a text."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse

from publishing.models import Publishable, ShareLink, kind_of
from publishing.showing import for_one_person

A_PAGE = 50


class SharedLinksPage:
    """For those who may change some published kind: the links to the kinds that they may change."""

    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request
        self.models = {
            kind_of(model): model
            for model, model_admin in admin_site._registry.items()
            if issubclass(model, Publishable) and model_admin.has_change_permission(request)
        }

    def answer(self):
        if not self.models:
            raise PermissionDenied
        if self.request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        links = ShareLink.objects.open().filter(version__kind__in=self.models)
        links = links.select_related("version", "created_by")
        page = Paginator(links, A_PAGE).get_page(self.request.GET.get("sida"))
        context = {
            **self.site.each_context(self.request),
            "title": "Delade länkar",
            "page": page,
            "rows": self._rows(list(page)),
        }
        self.request.current_app = self.site.name
        return for_one_person(TemplateResponse(self.request, "admin/shared_links.html", context))

    def _rows(self, links):
        """[(link, title, what kind, address where it is revoked)]; one query a kind."""
        there = {}
        for kind, model in self.models.items():
            keys = [each.version.object_id for each in links if each.version.kind == kind]
            if keys:
                rows = model._base_manager.filter(pk__in=keys)
                there |= {(kind, row.pk): row for row in rows}
        return [
            (link, row, row._meta.verbose_name, self._address(row))
            for link in links
            if (row := there.get((link.version.kind, link.version.object_id)))
        ]

    def _address(self, row):
        return reverse(admin_urlname(row._meta, "share"), args=[row.pk])
