"""What an address answers whose page has moved or been taken away, and who may say so."""

import pytest

from publishing.models import Redirect
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db


def leads_to(client, path):
    """(status, where to) of one request."""
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


# What an old address answers


def test_an_old_address_leads_to_where_the_item_is_now(client):
    item = NewsItemFactory(slug="ny")
    Redirect.lead("/nyheter/gammal/", item=item, by=None)

    assert leads_to(client, "/nyheter/gammal/") == (301, "/nyheter/ny/")


def test_an_old_address_follows_the_item_when_it_moves_again(client):
    item = NewsItemFactory(slug="ny")
    Redirect.lead("/nyheter/gammal/", item=item, by=None)

    type(item).objects.update(slug="nyare")

    assert leads_to(client, "/nyheter/gammal/") == (301, "/nyheter/nyare/")


def test_an_old_address_leads_to_a_part_of_the_site(client):
    Redirect.lead("/gammalt/", address="/nyheter/", by=None)

    assert leads_to(client, "/gammalt/") == (301, "/nyheter/")


def test_an_address_that_an_item_has_is_followed_as_that_item(client):
    item = PageFactory(slug="ny")
    Redirect.lead("/gammalt/", address="/om/ny/", by=None)

    type(item).objects.update(slug="nyare")

    assert leads_to(client, "/gammalt/") == (301, "/om/nyare/")


def test_another_language_is_kept_where_the_page_has_it(client):
    item = NewsItemFactory(slug="ny", title_en="A heading")
    Redirect.lead("/nyheter/gammal/", item=item, by=None)

    assert leads_to(client, "/en/nyheter/gammal/") == (301, "/en/nyheter/ny/")


def test_a_page_without_that_language_is_led_to_in_swedish(client):
    item = NewsItemFactory(slug="ny")
    Redirect.lead("/nyheter/gammal/", item=item, by=None)

    assert leads_to(client, "/en/nyheter/gammal/") == (301, "/nyheter/ny/")


def test_a_contact_is_led_to_as_a_page_is(client):
    unit = ContactUnitFactory(slug="ny", name_fi="Yhteys")
    Redirect.lead("/kontakt/gammal/", item=unit, by=None)

    assert leads_to(client, "/fi/kontakt/gammal/") == (301, "/fi/kontakt/ny/")


def test_what_is_asked_for_in_the_query_comes_along(client):
    Redirect.lead("/gammalt/", address="/nyheter/", by=None)

    assert leads_to(client, "/gammalt/?ar=2024&sida=2") == (301, "/nyheter/?ar=2024&sida=2")


def test_the_query_joins_the_one_of_the_target_before_its_anchor(client):
    Redirect.lead("/gammalt/", address="/nyheter/?ar=2024#lista", by=None)

    assert leads_to(client, "/gammalt/?sida=2") == (301, "/nyheter/?ar=2024&sida=2#lista")


def test_an_address_with_swedish_letters_is_found(client):
    Redirect.lead("/hållbarhet/", address="/nyheter/", by=None)

    assert leads_to(client, "/h%C3%A5llbarhet/") == (301, "/nyheter/")


def test_an_address_without_its_last_slash_is_found(client):
    item = NewsItemFactory(slug="ny")
    Redirect.lead("/nyheter/gammal/", item=item, by=None)

    response = client.get("/nyheter/gammal", follow=True)

    assert response.redirect_chain[-1] == ("/nyheter/ny/", 301)


def test_head_is_answered_as_get_is(client):
    Redirect.lead("/gammalt/", address="/nyheter/", by=None)

    assert client.head("/gammalt/").status_code == 301


def test_what_is_sent_is_not_led_anywhere(client):
    Redirect.lead("/gammalt/", address="/nyheter/", by=None)

    assert client.post("/gammalt/").status_code == 404


def test_an_address_that_answers_is_never_led_away(client):
    item = NewsItemFactory()
    Redirect.lead(item.get_absolute_url(), address="/nyheter/", by=None)

    assert client.get(item.get_absolute_url()).status_code == 200


def test_an_address_that_nobody_has_had_is_not_found(client):
    assert client.get("/nyheter/gammal/").status_code == 404


def test_what_has_been_removed_says_so_and_offers_ways_on(client):
    Redirect.lead("/nyheter/gammal/", by=None)

    response = client.get("/nyheter/gammal/")

    assert response.status_code == 410
    assert "Sidan är borttagen" in response.text
    for way in ("/", "/webbplatskarta/", "/kontakt/"):
        assert f'<a href="{way}">' in response.text


def test_a_removed_page_is_shown_with_the_headers_that_every_page_has(client):
    Redirect.lead("/nyheter/gammal/", by=None)

    response = client.get("/nyheter/gammal/")

    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "public, no-cache"


def test_an_item_that_is_not_seen_is_gone(client):
    item = NewsItemFactory(draft=True)
    Redirect.lead("/nyheter/gammal/", item=item, by=None)

    assert client.get("/nyheter/gammal/").status_code == 410


def test_an_item_that_is_seen_again_is_led_to_again(client):
    item = NewsItemFactory(draft=True, slug="ny")
    Redirect.lead("/nyheter/gammal/", item=item, by=None)

    item.publish(by=AdministratorFactory())

    assert leads_to(client, "/nyheter/gammal/") == (301, "/nyheter/ny/")


def test_old_addresses_that_lead_to_old_addresses_lead_to_the_end(client):
    Redirect.lead("/a/", address="/b/", by=None)
    Redirect.lead("/b/", address="/nyheter/", by=None)

    assert leads_to(client, "/a/") == (301, "/nyheter/")


@pytest.mark.parametrize("ring", [["/a/"], ["/a/", "/b/"], ["/a/", "/b/", "/c/"]])
def test_addresses_that_lead_round_in_a_ring_lead_nowhere(client, ring):
    for path, further in zip(ring, [*ring[1:], ring[0]], strict=True):
        Redirect.lead(path, address=further, by=None)

    assert client.get("/a/").status_code == 410
