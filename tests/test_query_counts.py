"""What a page costs the database, the same with many rows as with few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import OpeningHours
from focus_areas.models import FocusArea
from initiatives.models import Initiative
from news.models import NewsItem
from pages.models import Page, StartPage
from publishing.history import begin_histories
from search.indexing import rebuild
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    NoticeFactory,
    PageFactory,
    SiteSettingsFactory,
    StartPageFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """The rows that a site has one of."""
    unit = ContactUnitFactory()
    OpeningHours.objects.create(unit=unit, weekday=0, opens="8:00", closes="16:30")
    site = SiteSettingsFactory(contact_unit=unit)
    StartPageFactory(unit=unit)
    function = ContactFunctionFactory(unit=unit)
    top = PageFactory(unit=unit, contact=function, last_reviewed_by=function)
    MenuItemFactory(site=site, section="", page=top)
    return site


def grow(site, number):
    """Give each kind ``number`` more rows; returns {name: address} of the pages to visit."""
    unit, top = site.contact_unit, site.menu.get(section="").page
    for _ in range(number):
        NoticeFactory()
        MenuItemFactory(site=site)
        area = FocusAreaFactory(unit=unit)
        group = TargetGroupFactory()
        initiative = InitiativeFactory(unit=unit, focus_area=area, target_groups=[group])
        news = NewsItemFactory(unit=unit, focus_areas=[area], initiatives=[initiative])
        PageFactory(unit=unit, parent=top)
    rebuild()
    return {
        "start": "/",
        "areas": "/fokusomraden/",
        "area": area.get_absolute_url(),
        "initiatives": "/insatser/",
        "filtered initiatives": f"/insatser/?omrade={area.slug}&alder=17",
        "initiative": initiative.get_absolute_url(),
        "news": "/nyheter/",
        "news of a year": "/nyheter/?ar=2024",
        "news of an area": f"/nyheter/?omrade={area.slug}",
        "news item": news.get_absolute_url(),
        "page": top.get_absolute_url(),
        "contacts": "/kontakt/",
        "contact": unit.get_absolute_url(),
        "resources": "/vill-du-veta-mer/",
        "site map": "/webbplatskarta/",
        "statement": "/tillganglighetsredogorelse/",
        "search": "/sok/?q=rubrik",
        "search of a kind and an area": f"/sok/?q=rubrik&typ=nyheter&omrade={area.slug}",
        "search for nothing": "/sok/",
        "search that finds nothing": "/sok/?q=qwertyuiop",
    }


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


# Before there were versions, the four of the furniture among them
BEFORE = {
    "start": 9,
    "areas": 6,
    "area": 7,
    "initiatives": 8,
    "filtered initiatives": 8,
    "initiative": 8,
    "news": 8,
    "news of a year": 8,
    "news of an area": 8,
    "news item": 9,
    "page": 6,
    "contacts": 7,
    "contact": 7,
    "resources": 5,
    "site map": 10,
    "statement": 5,
    "search": 10,
    "search of a kind and an area": 10,
    "search for nothing": 5,
    "search that finds nothing": 10,
}
DUE = 1  # whether the minute of a scheduled text has come
RANKED = {"search": 2}  # of more hits than are ranked: which of them, and the texts of some
MOVED = 1  # where no page is: whether it has moved
FURNITURE = 4
SEARCH = 6


@pytest.mark.parametrize("name", BEFORE)
def test_a_page_costs_one_query_more_than_before_however_many_rows_there_are(client, site, name):
    few = queries(client, grow(site, 1)[name])

    many = queries(client, grow(site, 12)[name])

    assert many == few + RANKED.get(name, 0) <= BEFORE[name] + DUE


def waiting_for(item, by):
    item.save_draft(by=by, values={"title_sv": "Sedan"})
    item.schedule(by=by, at=timezone.now() + timedelta(days=1))
    item.save_draft(by=by, values={"title_sv": "Kanske"})


@pytest.mark.parametrize("name", BEFORE)
def test_drafts_and_texts_that_wait_cost_residents_nothing(client, site, name):
    address = grow(site, 2)[name]
    begin_histories()
    by = AdministratorFactory()
    for model in (NewsItem, Initiative, FocusArea, Page, StartPage):
        for item in model.objects.all():
            waiting_for(item, by)

    assert queries(client, address) <= BEFORE[name] + DUE


def test_a_page_that_is_not_there_costs_a_search_and_whether_it_has_moved(client, site):
    grow(site, 3)

    assert queries(client, "/finns-inte/") <= FURNITURE + DUE + MOVED + SEARCH


def test_what_machines_try_costs_no_search(client, site):
    grow(site, 3)

    assert queries(client, "/wp-login.php") <= FURNITURE + DUE + MOVED


@pytest.mark.parametrize(
    ("address", "before"),
    [
        *[("/robots.txt", 0), ("/nyheter/rss.xml", 3), ("/nyheter/atom.xml", 3)],
        *[("/fi/nyheter/rss.xml", 3), ("/ar/nyheter/atom.xml", 3)],
        *[("/sitemap.xml", 13), ("/sitemap-nyheter.xml", 1), ("/sitemap-sidor.xml", 1)],
    ],
)
def test_what_machines_fetch_does_not_pay_for_the_furniture(client, site, address, before):
    grow(site, 2)
    NewsItem.objects.update(title_fi="Suomeksi", title_ar="بالعربية")

    assert queries(client, address) <= before + DUE


def test_a_watcher_does_not_ask_what_is_due(client, site, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        client.get("/halsa/")
