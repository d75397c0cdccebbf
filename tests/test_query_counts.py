"""What a page costs the database, the same with many rows as with few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import OpeningHours
from tests.factories import (
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
FURNITURE = 4
DUE = 1  # whether the minute of a scheduled text has come


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
        "not found": "/finns-inte/",
    }


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


AT_MOST = {
    "start": 8,
    "areas": 6,
    "area": 6,
    "initiatives": 6,
    "filtered initiatives": 6,
    "initiative": 6,
    "news": 6,
    "news of a year": 6,
    "news of an area": 6,
    "news item": 6,
    "page": 6,
    "contacts": 6,
    "contact": 6,
    "resources": 6,
    "site map": 6,
    "not found": 1,  # whether it has moved
}


@pytest.mark.parametrize("name", AT_MOST)
def test_a_page_costs_no_more_queries_with_many_rows_than_with_few(client, site, name):
    few = queries(client, grow(site, 1)[name])

    many = queries(client, grow(site, 12)[name])

    assert many == few
    assert many <= AT_MOST[name] + FURNITURE + DUE


def test_the_furniture_costs_four_queries_at_most(client, site):
    grow(site, 3)

    assert queries(client, "/finns-inte/") <= FURNITURE + AT_MOST["not found"] + DUE


@pytest.mark.parametrize("address", ["/robots.txt", "/nyheter/rss.xml", "/halsa/"])
def test_what_machines_fetch_does_not_pay_for_the_furniture(client, site, address):
    grow(site, 2)

    assert queries(client, address) <= 3 + DUE
