from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from contacts.models import ContactUnit
from focus_areas.models import FocusArea
from initiatives.models import Initiative
from news.models import NewsItem
from pages.models import Page

PER_FILE = 5_000


class PublishedSitemap(Sitemap):
    """All public rows of a kind, each in the languages in which it exists."""

    i18n = alternates = x_default = True
    limit = PER_FILE
    queryset = None

    def items(self):
        return self.queryset.published().order_by("pk")

    def get_languages_for_item(self, item):
        return item.languages()

    def lastmod(self, item):
        return max(item.updated_at, item.publish_at)

    def get_latest_lastmod(self):
        return self.queryset.published().aggregate(latest=Max("updated_at"))["latest"]


class FocusAreaSitemap(PublishedSitemap):
    queryset = FocusArea.objects.all()


class InitiativeSitemap(PublishedSitemap):
    queryset = Initiative.objects.all()


class NewsSitemap(PublishedSitemap):
    queryset = NewsItem.objects.all()


class PageSitemap(PublishedSitemap):
    queryset = Page.objects.select_related("parent__parent")


class ContactSitemap(Sitemap):
    i18n = alternates = x_default = True

    def get_languages_for_item(self, unit):
        return unit.languages()

    def items(self):
        return ContactUnit.objects.order_by("pk")

    def lastmod(self, unit):
        return unit.updated_at


class SectionSitemap(Sitemap):
    def items(self):
        return ["start", "focus_areas:list", "initiatives:list", "news:list", "contacts:list"]

    def location(self, name):
        return reverse(name)


SITEMAPS = {
    "delar": SectionSitemap,
    "fokusomraden": FocusAreaSitemap,
    "insatser": InitiativeSitemap,
    "nyheter": NewsSitemap,
    "sidor": PageSitemap,
    "kontakter": ContactSitemap,
}
