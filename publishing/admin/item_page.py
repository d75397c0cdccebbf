"""What the pages about the history of one item share: the rights, the versions, the links."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from publishing.admin.versions import details, marks
from publishing.models import Publishable, Track, Version, kind_of


class ItemPage:
    """One page about an item, for those who may change it, also when it has been thrown away.

    Raises Http404 for an item that never was, and PermissionDenied.
    """

    def __init__(self, model_admin, request, object_id):
        self.admin, self.request, self.model = model_admin, request, model_admin.model
        self._require(model_admin.has_change_permission(request))
        if not str(object_id).isdecimal():
            raise Http404
        self.row = model_admin.get_queryset(request).filter(pk=object_id).first()
        tracks = Track.objects.filter(kind=kind_of(self.model), object_id=object_id)
        self.track = tracks.select_related("newest", "live", "scheduled").first()
        if not self.row and not self.track:
            raise Http404
        self.item = self.row or self._thrown_away(object_id)
        self._require(model_admin.has_change_permission(request, self.item))

    def version(self, number):
        """Version ``number`` of the item. Raises Http404."""
        version = self.versions.filter(number=number).first()
        if not version:
            raise Http404
        return version

    def text_version(self, number):
        """The same of one that holds a text."""
        version = self.version(number)
        if version.data is None:
            raise Http404
        return version

    @cached_property
    def versions(self):
        return Version.objects.filter(kind=kind_of(self.model), object_id=self.item.pk)

    @cached_property
    def texts(self):
        """The numbers of the versions that hold a text, the oldest first."""
        return list(self.versions.texts().order_by("number").values_list("number", flat=True))

    # Links

    def address(self, page, *args):
        return reverse(admin_urlname(self.admin.opts, page), args=[self.item.pk, *args])

    def comparison(self, one, other):
        """The address of what differs between two versions, given by number."""
        old, new = sorted([one, other])
        return f"{self.address('compare')}?fran={old}&till={new}"

    def links(self, version):
        """[(label, address)] of what can be done with ``version``, none for an act without text."""
        number = version.number
        if number not in self.texts:
            return []
        earlier = [each for each in self.texts if each < number]
        against, shown = self._shown()
        found = [("Visa sidan", self._preview(number))]
        if earlier:
            found.append(("Jämför med föregående", self.comparison(earlier[-1], number)))
        if number != shown.number:
            found.append((f"Jämför med {against}", self.comparison(number, shown.number)))
        if self._is_shareable():
            found.append(("Dela …", f"{self.address('share')}?version={number}"))
        if self.row and number != self.track.newest.number:
            found.append(("Återställ …", self.address("restore", number)))
        return [(label, address) for label, address in found if address]

    def _shown(self):
        if self.track.live and self.item.is_seen and self.row:
            verb = "syns" if issubclass(self.model, Publishable) else "gäller"
            return f"det som {verb} nu", self.track.live
        return "den senaste", self.track.newest

    def _preview(self, number):
        # Live kinds have no page of their own
        is_page = issubclass(self.model, Publishable)
        return self.address("version_preview", number) if is_page else None

    def _is_shareable(self):
        return bool(self.row) and issubclass(self.model, Publishable)

    def told(self, version, gaps):
        """What is said of ``version`` wherever it is named."""
        return {
            "version": version,
            "url": self.address("version", version.number),
            "marks": marks(self.item, self.track, version),
            "details": details(version),
            "gaps": gaps.get(version.sequence, []),
            "links": self.links(version),
        }

    # The answer

    def render(self, template, step, **facts):
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": f"{step}: {self.item}",
            "step": step,
            "item": self.item,
            "form_url": self.address("change") if self.row else "",
            "history_url": self.address("history"),
            **facts,
        }
        self.request.current_app = self.admin.admin_site.name
        return TemplateResponse(self.request, f"admin/history/{template}.html", context)

    def _thrown_away(self, object_id):
        version = self.track.binned_version() or self.track.newest
        return self.model.as_recorded(int(object_id), version)

    def _require(self, may):
        if not may:
            raise PermissionDenied
