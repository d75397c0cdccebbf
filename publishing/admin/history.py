"""The history of an item: who did what and when, any two versions compared, each restored."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import path, reverse

from publishing.admin.erasing import RIGHT_TO_ERASE, ErasePage
from publishing.admin.item_page import ItemPage
from publishing.admin.restoring import RestorePage
from publishing.admin.versions import comparison_of, gaps_of, groups_of

A_PAGE = 50  # versions


class HistoryPages:
    """What an admin of content needs for it."""

    def get_urls(self):
        one = "<int:object_id>/versioner/<int:number>/"
        pages = [
            ("<int:object_id>/jamfor/", "compare", ComparePage),
            (one, "version", VersionPage),
            (f"{one}aterstall/", "restore", RestorePage),
            (f"{one}radera/", "erase", ErasePage),
        ]
        return [*(self._path(*page) for page in pages), *super().get_urls()]

    def _path(self, route, name, page):
        def view(request, object_id, **numbers):
            return page(self, request, object_id).answer(**numbers)

        name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(route, self.admin_site.admin_view(view), name=name)

    def history_view(self, request, object_id, extra_context=None):
        """Who did what and when, the newest first."""
        return HistoryPage(self, request, object_id).answer()

    def asking_for_a_moment(self, page):
        """What the list of versions needs to ask how a page looked then: live kinds have none."""
        return {}

    def tools(self, request, item):
        """[(label, address)] of what can be looked at besides the form of ``item``."""
        others = super().tools(request, item)
        if not self.has_change_permission(request, item):
            return others
        tools = [("Historik", reverse(admin_urlname(self.opts, "history"), args=[item.pk]))]
        if getattr(item, "has_changes", False):
            compare = reverse(admin_urlname(self.opts, "compare"), args=[item.pk])
            numbers = f"fran={item.track.live.number}&till={item.track.newest.number}"
            tools.append(("Ändringar", f"{compare}?{numbers}"))
        return [*tools, *others]


class HistoryPage(ItemPage):
    def answer(self):
        acts = self.versions.order_by("-number").defer("data", "salts")
        page = Paginator(acts, A_PAGE).get_page(self.request.GET.get("sida"))
        gaps = gaps_of(self.model, page.object_list)
        entries = [
            {**self.told(version, gaps), "has_text": version.number in self.texts}
            for version in page
        ]
        chosen = [each["version"].number for each in entries if each["has_text"]][:2]
        return self.render(
            "list",
            "Historik",
            page=page,
            entries=entries,
            compare_url=self.address("compare"),
            chosen=chosen if len(chosen) == 2 else [],
            **self.admin.asking_for_a_moment(self),
        )


class VersionPage(ItemPage):
    def answer(self, number):
        version = self.version(number)
        groups, unknown = groups_of(self.model, version.data or {})
        return self.render(
            "version",
            f"Version {number}",
            **self.told(version, gaps_of(self.model, [version])),
            groups=groups,
            unknown=unknown,
            erase_url=self._erase_url(number),
        )

    def _erase_url(self, number):
        may = self.request.user.has_perm(RIGHT_TO_ERASE)
        return self.address("erase", number) if may else ""


class ComparePage(ItemPage):
    def answer(self):
        old, new = sorted(
            (self.text_version(self._number(name)) for name in ("fran", "till")),
            key=lambda version: version.number,
        )
        gaps = gaps_of(self.model, [old, new])
        return self.render(
            "compare",
            "Jämförelse",
            sides=[("Från", self._side(old, gaps)), ("Till", self._side(new, gaps))],
            groups=comparison_of(self.model, old, new),
        )

    def _side(self, version, gaps):
        told = self.told(version, gaps)
        elsewhere = [link for link in told["links"] if not link[0].startswith("Jämför")]
        return {**told, "links": elsewhere}

    def _number(self, name):
        number = self.request.GET.get(name, "")
        if not number.isdecimal() or len(number) > 9:
            raise Http404
        return int(number)
