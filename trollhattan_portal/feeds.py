from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from focus_areas.models import FocusArea
from news.models import NewsItem
from pages.models import SiteSettings
from publishing.translations import own_text, page_language

NEWEST = 20


class NewsFeed(Feed):
    """Title and lead of the newest public items in the language of the address.

    Readers of feeds mark no part of one as Swedish, so what isn't translated is left out.
    """

    feed_type = Rss201rev2Feed
    address = reverse_lazy("rss")

    def get_object(self, request):
        return SiteSettings.current()

    def title(self, site):
        return f"{_('Nyheter')} – {site.name}"

    def description(self, site):
        return own_text(site, "description")

    def link(self, site):
        return settings.BASE_URL + reverse("news:list")

    def author_name(self, site):
        return site.sender

    def feed_url(self, site):
        return settings.BASE_URL + str(self.address)

    def items(self, site):
        areas = Prefetch("focus_areas", FocusArea.objects.published())
        items = NewsItem.objects.for_cards().existing_in(page_language())
        return items.prefetch_related(areas)[:NEWEST]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return own_text(item, "lead")

    def item_link(self, item):
        return settings.BASE_URL + item.get_absolute_url()

    def item_pubdate(self, item):
        return item.publish_at

    def item_updateddate(self, item):
        return max(item.publish_at, item.updated_at)

    def item_categories(self, item):
        return list(filter(None, (own_text(area, "title") for area in item.focus_areas.all())))


class NewsAtomFeed(NewsFeed):
    feed_type = Atom1Feed
    subtitle = NewsFeed.description
    address = reverse_lazy("atom")
