from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from contacts.models import ContactUnit
from focus_areas.models import FocusArea
from initiatives.models import Initiative
from news.models import NewsItem
from pages.models import Page, StartPage

PER_FILE = 5_000


class PortalSitemap(Sitemap):
    """With the site's public address, whatever name the request came by."""

    def get_domain(self, site=None):
        return urlsplit(settings.BASE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.BASE_URL).scheme


class PublishedSitemap(PortalSitemap):
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


class ContactSitemap(PortalSitemap):
    i18n = alternates = x_default = True

    def get_languages_for_item(self, unit):
        return unit.languages()

    def items(self):
        return ContactUnit.objects.order_by("pk")

    def lastmod(self, unit):
        return unit.updated_at


class StartPageSitemap(PublishedSitemap):
    queryset = StartPage.objects.all()


class SectionSitemap(PortalSitemap):
    """The pages that aren't rows; without a start page of the editors' own, "/" is one of them."""

    i18n = alternates = x_default = True

    def items(self):
        sections = [
            *["finder", "focus_areas:list", "initiatives:list", "news:list", "contacts:list"],
            *["pages:resources", "pages:statement", "site_map"],
        ]
        return sections if StartPage.objects.published().exists() else ["start", *sections]

    def location(self, name):
        return reverse(name)


SITEMAPS = {
    "start": StartPageSitemap,
    "delar": SectionSitemap,
    "fokusomraden": FocusAreaSitemap,
    "insatser": InitiativeSitemap,
    "nyheter": NewsSitemap,
    "sidor": PageSitemap,
    "kontakter": ContactSitemap,
}
