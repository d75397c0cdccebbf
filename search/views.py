"""The page of what was found, with and without words to look for."""

from django.urls import Resolver404, resolve, reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.views import PageView
from search import missed
from search.asking import Asked
from search.finding import MOST_HITS
from search.hits import are_sensitive, focus_areas, hits_of, mended, title_of
from search.models import KindOfHit
from search.queries import MOST_LETTERS

FINDER = "hitta-stod/"  # below the start page, where the site has one


class SearchPage(PageView):
    template_name = "search/results.html"
    takes_any_query = True

    def page_name(self):
        return _("Sök")

    @cached_property
    def asked(self):
        return Asked.of(self.request.GET)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.asked.text:  # which the next page's log shall not tell of
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def canonical_path(self):
        query = self.asked.parameters(page=self.asked.page)
        return f"{self.request.path}?{query}" if query else self.request.path

    def get_context_data(self, **kwargs):
        found = self._found() if self.asked.text else {}
        if not found.get("hits"):
            found |= {"areas": focus_areas(), "finder": _finder()}
        return super().get_context_data(
            asked=self.asked, most_letters=MOST_LETTERS, searches_here=True, **found, **kwargs
        )

    def _found(self):
        results = self.asked.results()
        if self.request.method == "GET" and not (self.asked.group or self.asked.area_key):
            missed.note(results)
        understood = mended(results)
        return {
            "results": results,
            "hits": hits_of(self.asked.search, results),
            "announcement": self._announcement(results),
            "is_sensitive": are_sensitive(results.hits),
            "mended": understood,
            "mended_url": self._address(text=understood),
            "everything_url": self._address(group="", area=""),
            "is_narrowed": bool(self.asked.group or self.asked.area),
            "group_chips": self._group_chips(results),
            "area_chips": self._area_chips(results),
            "page": results.page,
            "numbers": results.page
            and results.page.paginator.get_elided_page_range(
                results.page.number, on_each_side=1, on_ends=1
            ),
            "query": self.asked.parameters() + "&",
        }

    def _announcement(self, results):
        if not results.total:
            return _("Inga träffar")
        if results.is_more and results.total >= MOST_HITS:
            return _("Över %(number)s träffar") % {"number": number_format(MOST_HITS)}
        words = ngettext("%(number)s träff", "%(number)s träffar", results.total)
        return words % {"number": number_format(results.total)}

    def _address(self, **changed):
        return f"{self.request.path}?{self.asked.parameters(**changed)}"

    # Filters. A number says what its choice would leave of what else is chosen, so that it is shown
    # only when everything has been counted.

    def _group_chips(self, results):
        is_counted = not results.is_more
        chosen = self.asked.group
        chips = [
            (self._chip(group.label, results.groups[group], is_counted), group.value)
            for group in KindOfHit
            if results.groups[group] or group == chosen
        ]
        return self._chips(_("Alla slag"), "group", chosen, chips)

    def _area_chips(self, results):
        is_counted = not results.is_more
        chosen = self.asked.area
        areas = sorted(results.area_names.items(), key=lambda each: each[0])
        chips = [
            (self._chip(title_of(area), results.areas[key], is_counted), area.slug)
            for key, area in areas
            if results.areas[key] or area.slug == chosen
        ]
        return self._chips(_("Alla områden"), "area", chosen, chips)

    def _chip(self, label, number, is_counted):
        return format_html("{} ({})", label, number_format(number)) if is_counted else label

    def _chips(self, everything, name, chosen, chips):
        """Nothing to choose is no choice."""
        if len(chips) < 2 and not chosen:
            return []
        every = [(everything, ""), *chips]
        return [(text, self._address(**{name: value}), value == chosen) for text, value in every]


def _finder():
    """The address of the guide to support, or "" on a site without it."""
    path = reverse("start") + FINDER
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path
