"""Where a thing is used: what refers to it in what residents see, in drafts and in what waits."""

from dataclasses import dataclass

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from publishing import snapshot
from publishing.models import Publishable, Redirect, Track, kind_of
from publishing.models.reference import names_of
from publishing.usage import places_in

AT_MOST = 100  # rows on the page
HIDDEN = "en som du inte har rätt att se"


@dataclass(frozen=True)
class Use:
    """A row that refers to a thing: ``places`` are [(which text, in which fields)], in Swedish.

    Its title is hidden from who has no right to it, unless residents can read it.
    """

    kind: str
    title: str
    url: str  # of its form, "" for somebody who may not open it
    places: list


class UsesPages:
    """What an admin of content needs for it."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_uses"
        view = self.admin_site.admin_view(self.uses_view)
        return [path("<int:object_id>/anvands/", view, name=name), *super().get_urls()]

    def tools(self, request, item):
        """[(label, address)] of what can be looked at besides the form of ``item``."""
        return [("Används på", reverse(admin_urlname(self.opts, "uses"), args=[item.pk]))]

    def uses_view(self, request, object_id):
        """Everything that refers to the item, and the old addresses that lead to it."""
        item = self.get_queryset(request).filter(pk=object_id).first()
        if not item:
            raise Http404
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        uses = where_used(self.admin_site, request, item, AT_MOST + 1)
        redirects = Redirect.objects.filter(kind=kind_of(item), object_id=item.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Används på: {item}",
            "item": item,
            "form_url": reverse(admin_urlname(self.opts, "change"), args=[item.pk]),
            "uses": uses[:AT_MOST],
            "is_cut": len(uses) > AT_MOST,
            "redirects": redirects.exclude(path=item.path_now()),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/uses.html", context)


def where_used(admin_site, request, item, at_most):
    """The Uses of ``item`` and of the rows that are edited with it, at most so many of them."""
    names = names_of(item)
    for name in item.recorded_children:
        for child in getattr(item, name).all():
            names |= names_of(child)
    rows = item.everything_that_uses_this(at_most)
    texts = {}
    for model in {type(row) for row in rows}:
        texts |= _texts([row for row in rows if type(row) is model])
    return [_use(admin_site, request, row, texts[row], names) for row in rows]


def _use(admin_site, request, row, texts, names):
    model_admin = admin_site._registry.get(type(row))
    may_open = model_admin and model_admin.has_view_permission(request, row)
    may_change = model_admin and model_admin.has_change_permission(request, row)
    is_public = not isinstance(row, Publishable) or row.is_readable()
    return Use(
        kind=str(row._meta.verbose_name),
        title=str(row) if may_open or is_public else HIDDEN,
        url=reverse(admin_urlname(row._meta, "change"), args=[row.pk]) if may_open else "",
        # Who may only look isn't told what stands in drafts
        places=_places(row, texts, names) if may_change else [],
    )


def _places(row, texts, names):
    found = [(which, places_in(type(row), data, names)) for which, data in texts]
    told = [(which, ", ".join(fields)) for which, fields in found if fields]
    return told + _facts(row, names)


def _texts(rows):
    """{row: [(which text it is, its data)]} of ``rows`` of one model, each text once.

    A query, and one a relation for those that nothing is recorded of.
    """
    tracks = Track.objects.filter(kind=kind_of(rows[0]), object_id__in=[row.pk for row in rows])
    tracks = {each.object_id: each for each in tracks.select_related("newest", "live", "scheduled")}
    bare = [row for row in rows if row.pk not in tracks]
    found = {row: _recorded(row, tracks[row.pk]) for row in rows if row.pk in tracks}
    for row, data in zip(bare, snapshot.read_all(bare) if bare else [], strict=True):
        found[row] = [("det som syns" if row.is_seen else "utkastet", data)]
    return found


def _recorded(row, track):
    texts = []
    if row.is_seen:
        texts.append(("det som syns", track.live))
    if not row.is_seen or track.newest_id != track.live_id:
        texts.append(("utkastet", track.newest))
    texts.append(("det som väntar på sin tid", track.scheduled))
    return [(which, version.data or {}) for which, version in texts if version]


def _facts(row, names):
    """The same of what no version of a text holds, such as who has reviewed it."""
    fields = (row._meta.get_field(name) for name in row.unversioned_fields)
    found = [
        str(field.verbose_name)
        for field in fields
        if field.is_relation
        and f"{kind_of(field.related_model)}:{getattr(row, field.attname)}" in names
    ]
    return [("sidan", ", ".join(found))] if found else []
