"""The page for an address that leads nowhere searches for what the address says."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from publishing.models import Redirect
from search.finding import Search
from search.indexing import rebuild
from tests.factories import InitiativeFactory, PageFactory, SiteSettingsFactory

pytestmark = pytest.mark.django_db
FURNITURE, DUE, MOVED = 4, 1, 1


def titles(response):
    return [hit.document.title for hit in response.context["hits"]]


@pytest.fixture
def station():
    SiteSettingsFactory()
    InitiativeFactory(title_sv="Stationen", title_en="The station", slug="stationen")
    rebuild()


@pytest.mark.parametrize(
    "address",
    [
        "/stationen",
        "/stationen/",
        "/ungdom/stationen/",
        "/nyheter/stationen/",
        "/insatser/stationn/",
    ],
)
def test_it_offers_what_the_words_of_the_address_find(client, station, address):
    response = client.get(address, follow=True)

    assert response.status_code == 404
    assert titles(response) == ["Stationen"]
    assert 'href="/insatser/stationen/"' in response.text


def test_it_answers_in_the_language_of_the_address(client, station):
    response = client.get("/en/station-for-young/")

    assert titles(response) == ["The station"]
    assert 'href="/en/insatser/stationen/"' in response.text


def test_it_offers_five_at_most_and_the_search_for_more(client):
    for _ in range(8):
        PageFactory(title_sv="Cykelvägar i stan")
    rebuild()

    response = client.get("/cykelvagar/")

    assert len(titles(response)) == 5
    assert 'href="/sok/?q=cykelvagar"' in response.text


@pytest.mark.parametrize(
    "address",
    [
        *["/wp-login.php", "/.env", "/stationen.html", "/.git/stationen", "/admin.stationen/"],
        *["/media/stationen", "/static/stationen", "/12345/", "/%F0%9F%98%80/", "/a/b/c/"],
        *["/stationen-a-bra-for-oss-alla-som-inte-har-jobb/", "/" + "stationen" * 20 + "/"],
    ],
)
def test_what_no_reader_would_type_costs_no_search(client, station, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)

    assert response.status_code == 404
    assert titles(response) == []
    assert len(captured) <= FURNITURE + DUE + MOVED


def test_it_costs_at_most_six_queries_more(client, station):
    for address in ("/stationen/", "/statoinen-unge/", "/finns-verkligen-inte-har/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)

        assert len(captured) <= FURNITURE + DUE + MOVED + 6


@pytest.mark.parametrize("error", [DatabaseError("nere"), RuntimeError("fel")])
def test_a_search_that_fails_leaves_the_page_as_it_was(client, station, monkeypatch, caplog, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(Search, "results", fail)

    response = client.get("/stationen/")

    assert response.status_code == 404
    assert "Sidan finns inte" in response.text
    [line] = [record.getMessage() for record in caplog.records if "söka" in record.msg]
    assert type(error).__name__ in line
    assert "stationen" not in line


def test_an_address_that_has_moved_still_leads_on(client, station):
    Redirect.lead("/stationen/", by=None, address="/insatser/stationen/")

    assert client.get("/stationen/").headers["Location"] == "/insatser/stationen/"


def test_a_post_searches_for_nothing(client, station):
    assert titles(client.post("/stationen/")) == []


def test_a_page_that_nobody_may_see_yet_is_not_told_of(client):
    InitiativeFactory(title_sv="Hemligheten", slug="hemligheten", draft=True)
    rebuild()

    assert titles(client.get("/insatser/hemligheten/")) == []
