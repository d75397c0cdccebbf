from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from focus_areas.models import FocusArea
from news.forms import NewsFilter
from news.models import NewsArchive, NewsItem
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

    @cached_property
    def chosen(self):
        choice = NewsFilter(self.request.GET)
        if not choice.is_valid():
            raise Http404
        return choice.cleaned_data

    def canonical_path(self):
        significant = {name: value for name, value in self.chosen.items() if value}
        return self.request.path + ("?" + urlencode(significant) if significant else "")

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
            year=self.chosen["ar"],
            years=years,
            area=area,
            areas=areas,
            **kwargs,
        )

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
    template_name = "news/newsitem_detail.html"

    def get_queryset(self):
        return NewsItem.objects.for_detail()

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (_("Nyheter"), reverse("news:list"))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            newer=self.object.newer(), older=self.object.older(), **kwargs
        )
