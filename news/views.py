from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from focus_areas.models import FocusArea
from news.forms import NewsFilter
from news.models import NewsArchive, NewsItem
from publishing.translations import shown_text
from publishing.views import ObjectPageView, PageView

NEWEST = 12
PAGE_SIZE = 20


class KeptCountPaginator(Paginator):
    """Pages of a list whose length is known, so that it isn't counted in each request."""

    def __init__(self, object_list, count):
        super().__init__(object_list, PAGE_SIZE)
        self.count = count


class NewsList(PageView):
    """The newest items or, with ?ar=2024, those of a year; ?omrade= keeps those of one area."""

    template_name = "news/newsitem_list.html"

    def page_name(self):
        return _("Nyheter")

    @cached_property
    def chosen(self):
        choice = NewsFilter(self.request.GET)
        if not choice.is_valid():
            raise Http404
        return choice.cleaned_data

    def canonical_path(self):
        query = self._query()
        return f"{self.request.path}?{query}" if query else self.request.path

    def get_context_data(self, **kwargs):
        areas = list(FocusArea.objects.published())
        area = self._chosen_area(areas)
        years = NewsArchive.years(area)
        items = NewsItem.objects.for_cards()
        items = items.about(area) if area else items
        page = self._page(items, dict(years)) if self.chosen["ar"] else None
        return super().get_context_data(
            items=page.object_list if page else items[:NEWEST],
            page=page,
            numbers=page and page.paginator.get_elided_page_range(page.number),
            query=self._query(sida=None) + "&",
            year=str(self.chosen["ar"] or ""),
            area=area,
            area_chips=self._area_chips(areas, area),
            year_chips=self._year_chips(years),
            **kwargs,
        )

    def _query(self, **changed):
        significant = {name: value for name, value in (self.chosen | changed).items() if value}
        return urlencode(significant)

    def _chip(self, label, is_chosen, **changed):
        query = self._query(sida=None, **changed)
        return (label, f"{self.request.path}?{query}" if query else self.request.path, is_chosen)

    def _area_chips(self, areas, chosen):
        return [
            self._chip(_("Alla områden"), chosen is None, omrade=None),
            *(
                self._chip(shown_text(area, "title"), area == chosen, omrade=area.slug)
                for area in areas
            ),
        ]

    def _year_chips(self, years):
        return [
            self._chip(_("De senaste"), not self.chosen["ar"], ar=None),
            *(
                self._chip(f"{year} ({number_format(number)})", year == self.chosen["ar"], ar=year)
                for year, number in years
            ),
        ]

    def _chosen_area(self, areas):
        slug = self.chosen["omrade"]
        area = next((area for area in areas if area.slug == slug), None)
        if slug and not area:
            raise Http404
        return area

    def _page(self, items, counts):
        year = self.chosen["ar"]
        if year not in counts and not self.chosen["omrade"]:
            raise Http404
        try:
            return KeptCountPaginator(items.in_year(year), counts.get(year, 0)).page(
                self.chosen["sida"] or 1
            )
        except EmptyPage as error:
            raise Http404 from error


class NewsDetail(ObjectPageView):
    model = NewsItem
    template_name = "news/newsitem_detail.html"

    def get_queryset(self):
        return NewsItem.objects.for_detail()

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (_("Nyheter"), reverse("news:list"))]

    def structured_data(self):
        return [*super().structured_data(), self.object.as_json_ld()]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            newer=self.object.newer(), older=self.object.older(), **kwargs
        )
