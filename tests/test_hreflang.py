"""Which pages are one page in several languages: hreflang, canonical and sitemaps agree."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from news.views import PAGE_SIZE
from tests.crawling import crawl, in_sitemaps
from tests.demo_texts import FIXTURES
from tests.factories import FocusAreaFactory, InitiativeFactory, NewsItemFactory, PageFactory

pytestmark = pytest.mark.django_db
FILTERED = "/insatser/?alder=17&utm_source=x"  # nothing links to it: the filter is a form


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The demo, pages in some of the languages, and a year of news on several pages.

    {address: Seen} of all of it, and {address: {hreflang: address}} of the sitemaps.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        FocusAreaFactory(slug="finska", title_fi="Suomeksi")
        InitiativeFactory(slug="engelska", title_en="In English", title_fi="Suomeksi")
        NewsItemFactory(slug="arabiska", title_ar="بالعربية")
        PageFactory(slug="lattlast", title_sv_simple="Lättläst")
        PageFactory(slug="bara-svenska")
        first = datetime(2023, 1, 1, 12, tzinfo=UTC)
        for number in range(2 * PAGE_SIZE + 1):
            NewsItemFactory(slug=f"n-{number}", publish_at=first + timedelta(number))
        seen, maps = crawl(Client(), FILTERED), in_sitemaps(Client())
        transaction.set_rollback(True)
    return seen, maps


@pytest.fixture(scope="module")
def pages(world):
    """{address: Seen} of what there is to read."""
    seen, _maps = world
    found = {address: page for address, page in seen.items() if page.status == 200 and page.lang}
    assert len(found) > 400
    return found


def path(address):
    return address.removeprefix(settings.BASE_URL)


def test_each_page_has_a_canonical_address_which_is_its_own(pages):
    for page in pages.values():
        assert path(page.canonical) in pages, page.address
        assert pages[path(page.canonical)].canonical == page.canonical, page.address
        assert pages[path(page.canonical)].lang == page.lang, page.address


def test_a_page_of_a_list_is_canonical_with_its_number_and_a_filter_is_not(pages):
    assert path(pages["/nyheter/?ar=2023&sida=2"].canonical) == "/nyheter/?ar=2023&sida=2"
    assert path(pages[FILTERED].canonical) == "/insatser/"


def test_the_languages_of_a_page_point_at_one_another(pages):
    """Each at itself too, and x-default at the Swedish one."""
    for page in pages.values():
        if page.alternates:
            assert page.alternates[page.lang] == page.canonical, page.address
            assert page.alternates["x-default"] == page.alternates["sv"], page.address
            for language, other in page.alternates.items():
                there = pages[path(other)]
                assert language in ("x-default", there.lang), page.address
                assert there.alternates == page.alternates, page.address


def test_a_page_names_the_languages_in_which_it_exists_and_no_others(pages):
    every = {code for code, _name in settings.LANGUAGES} | {"x-default"}
    some = {"/fokusomraden/finska/": {"sv", "fi"}, "/nyheter/arabiska/": {"sv", "ar"}}
    some |= {"/om/lattlast/": {"sv", "sv-simple"}, "/insatser/engelska/": {"sv", "en", "fi"}}

    assert {a: {*pages[a].alternates} - {"x-default"} for a in some} == some
    assert pages["/om/bara-svenska/"].alternates == {}
    for address in ("/nyheter/", "/nyheter/?ar=2023&sida=2", FILTERED):
        assert {*pages[address].alternates} == every, address


def test_the_numbered_pages_of_a_list_point_at_the_same_number(pages):
    here = "/nyheter/?ar=2023&sida=3"

    assert {path(other) for other in pages[here].alternates.values()} == {
        here,
        *(f"/{code}{here}" for code, _name in settings.LANGUAGES if code != "sv"),
    }


def test_a_page_in_a_language_that_it_lacks_leads_to_swedish(world, client):
    NewsItemFactory(slug="annan", title_ar="بالعربية")

    response = client.get("/fi/nyheter/annan/")

    assert (response.status_code, response.url) == (302, "/nyheter/annan/")


def test_the_sitemap_names_each_page_with_the_same_languages(world, pages):
    """But for the pages of a list, which are found through it, and for the search."""
    _seen, maps = world
    own = {page.canonical: page.alternates for page in pages.values()}
    listed = {
        address: links
        for address, links in own.items()
        if "?" not in address and not address.endswith("/sok/")
    }

    assert {*maps} == {*listed}
    for address, links in maps.items():
        alone = {"sv": address, "x-default": address}
        assert links == (listed[address] or alone), address
