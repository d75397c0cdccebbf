"""What an address answers whose page has moved or been taken away, and who may say so."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.models import Redirect, State, WithdrawalReason
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


# When an address changes


def moved(item, by=None, **place):
    """Publish ``item`` at another address."""
    by = by or AdministratorFactory()
    item.save_draft(by=by, values=place)
    item.publish(by=by)


def test_the_address_of_a_published_item_is_left_when_the_new_one_is_published(client):
    item, by = NewsItemFactory(slug="gammal"), AdministratorFactory()

    item.save_draft(by=by, values={"slug": "ny"})
    assert client.get("/nyheter/gammal/").status_code == 200

    item.publish(by=by)
    assert leads_to(client, "/nyheter/gammal/") == (301, "/nyheter/ny/")


def test_an_address_may_be_left_without_a_redirect(client):
    item, by = NewsItemFactory(slug="gammal"), AdministratorFactory()
    item.save_draft(by=by, values={"slug": "ny"})

    item.publish(by=by, redirect=False)

    assert client.get("/nyheter/gammal/").status_code == 404


@pytest.mark.parametrize(("redirect", "status"), [(True, 301), (False, 404)])
def test_a_scheduled_text_that_moves_the_page_does_what_was_chosen(client, redirect, status):
    item, by = NewsItemFactory(slug="gammal"), AdministratorFactory()
    at = timezone.now() + timedelta(hours=1)
    item.save_draft(by=by, values={"slug": "ny"})
    item.schedule(by=by, at=at, redirect=redirect)

    with time_machine.travel(at):
        assert client.get("/nyheter/gammal/").status_code == status
        assert client.get("/nyheter/ny/").status_code == 200


def test_the_choice_is_kept_when_the_waiting_text_is_merged_with_a_correction(client):
    item, by = NewsItemFactory(slug="gammal"), AdministratorFactory()
    at = timezone.now() + timedelta(hours=1)
    item.save_draft(by=by, values={"slug": "ny"})
    item.schedule(by=by, at=at, redirect=False)
    moved(item, by, title_sv="Rättad rubrik")

    with time_machine.travel(at):
        assert client.get("/nyheter/gammal/").status_code == 404


def test_a_page_that_moves_back_answers_where_it_is(client):
    item = NewsItemFactory(slug="gammal")
    moved(item, slug="ny")

    moved(item, slug="gammal")

    assert client.get("/nyheter/gammal/").status_code == 200
    assert leads_to(client, "/nyheter/ny/") == (301, "/nyheter/gammal/")


def test_who_takes_a_left_address_has_it(client):
    item = NewsItemFactory(slug="gammal")
    moved(item, slug="ny")

    other = NewsItemFactory(slug="gammal", draft=True)
    assert leads_to(client, "/nyheter/gammal/") == (301, "/nyheter/ny/")

    other.publish(by=AdministratorFactory())
    assert client.get("/nyheter/gammal/").context["object"] == other


def test_pages_below_a_moved_page_are_led_to(client):
    top = PageFactory(slug="gammal")
    middle = PageFactory(slug="mitten", parent=top)
    PageFactory(slug="under", parent=middle)

    moved(top, slug="ny")

    assert leads_to(client, "/om/gammal/") == (301, "/om/ny/")
    assert leads_to(client, "/om/gammal/mitten/") == (301, "/om/ny/mitten/")
    assert leads_to(client, "/om/gammal/mitten/under/") == (301, "/om/ny/mitten/under/")


def test_a_page_that_gets_another_parent_is_led_to(client):
    page, parent = PageFactory(slug="sida"), PageFactory(slug="ovan")

    moved(page, parent=parent.pk)

    assert leads_to(client, "/om/sida/") == (301, "/om/ovan/sida/")


def test_nothing_is_said_of_an_address_that_nobody_has_seen(client):
    top = PageFactory(slug="gammal")
    PageFactory(slug="utkast", parent=top, draft=True)

    moved(top, slug="ny")

    assert client.get("/om/gammal/utkast/").status_code == 404


def test_a_draft_that_moves_leads_the_public_pages_below_it(client):
    top = PageFactory(slug="gammal", draft=True)
    PageFactory(slug="under", parent=top)

    top.save_draft(by=AdministratorFactory(), values={"slug": "ny"})

    assert leads_to(client, "/om/gammal/under/") == (301, "/om/ny/under/")
    assert client.get("/om/gammal/").status_code == 404


def test_a_withdrawn_page_that_comes_back_elsewhere_is_led_to(client):
    item, by = NewsItemFactory(slug="gammal"), AdministratorFactory()
    item.withdraw(by=by)

    moved(item, by, slug="ny")

    assert leads_to(client, "/nyheter/gammal/") == (301, "/nyheter/ny/")


def test_pages_below_a_withdrawn_page_whose_draft_has_another_address_are_led_to(client):
    top, by = PageFactory(slug="gammal"), AdministratorFactory()
    PageFactory(slug="under", parent=top)
    top.save_draft(by=by, values={"slug": "ny"})

    top.withdraw(by=by)

    assert leads_to(client, "/om/gammal/under/") == (301, "/om/ny/under/")
    assert client.get("/om/gammal/").status_code == 410


def test_a_contact_that_moves_is_led_to(client):
    unit, by = ContactUnitFactory(slug="gammal"), AdministratorFactory()

    with unit.recording(by=by):
        unit.slug = "ny"
        unit.save()

    assert leads_to(client, "/kontakt/gammal/") == (301, "/kontakt/ny/")


# When a page is withdrawn


def test_a_mistake_is_gone(client):
    item = NewsItemFactory(slug="fel")

    item.withdraw(by=AdministratorFactory())

    assert client.get("/nyheter/fel/").status_code == 410


def test_what_is_published_again_is_no_longer_gone(client):
    item, by = NewsItemFactory(slug="fel"), AdministratorFactory()
    item.withdraw(by=by)

    item.publish(by=by)

    assert client.get("/nyheter/fel/").status_code == 200
    assert not Redirect.objects.exists()


def replaced(item, by_what):
    item.withdraw(by=AdministratorFactory(), reason=WithdrawalReason.REPLACED, replaced_by=by_what)


@pytest.mark.parametrize(
    "named",
    ["/om/ny/", "/en/om/ny/", " /om/ny/ ", "http://testserver/om/ny/", "/om/ny/#mer"],
)
def test_what_replaces_a_page_may_be_named_by_any_of_its_addresses(client, named):
    PageFactory(slug="ny")

    replaced(NewsItemFactory(slug="gammal"), named)

    status, target = leads_to(client, "/nyheter/gammal/")
    assert (status, target.partition("#")[0]) == (301, "/om/ny/")


def test_what_replaces_a_page_is_followed_when_it_moves(client):
    page = PageFactory(slug="ny")
    replaced(NewsItemFactory(slug="gammal"), "/om/ny/")

    moved(page, slug="nyare")

    assert leads_to(client, "/nyheter/gammal/") == (301, "/om/nyare/")


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("/om/finns-inte/", "Det finns ingen sida på den adressen."),
        ("/om/utkast/", "Det finns ingen sida på den adressen."),
        ("/finns-inte/", "Det finns ingen sida på den adressen."),
        ("/admin/", "Det finns ingen sida på den adressen."),
        ("https://exempel.se/", "Börja adressen med /, till exempel /om/."),
        ("//exempel.se/", "Börja adressen med /, till exempel /om/."),
        ("/\\exempel.se/", "Börja adressen med /, till exempel /om/."),
        ("javascript:alert(1)", "Börja adressen med /, till exempel /om/."),
        ("/om/\nny/", "Börja adressen med /, till exempel /om/."),
        ("/nyheter/gammal/", "Sidan kan inte ersättas av sig själv."),
        ("", "Välj vilken sida som ersätter den."),
    ],
)
def test_a_page_is_not_replaced_by_what_is_no_page_of_this_site(client, named, sentence):
    PageFactory(slug="utkast", draft=True)
    item = NewsItemFactory(slug="gammal")

    with pytest.raises(ValidationError) as refused:
        replaced(item, named)

    assert refused.value.message_dict == {"replaced_by": [sentence]}
    assert client.get("/nyheter/gammal/").status_code == 200


@pytest.mark.parametrize("state", [State.ARCHIVED, State.WITHDRAWN])
def test_a_page_that_could_be_read_is_gone_when_it_is_thrown_away(client, state):
    reason = WithdrawalReason.OUTDATED if state == State.WITHDRAWN else ""
    item = NewsItemFactory(slug="gammal", state=state, withdrawal_reason=reason)

    item.move_to_bin(by=AdministratorFactory())

    assert client.get("/nyheter/gammal/").status_code == 410


def test_a_contact_that_is_thrown_away_is_gone(client):
    ContactUnitFactory(slug="gammal").move_to_bin(by=AdministratorFactory())

    assert client.get("/kontakt/gammal/").status_code == 410


def test_a_draft_that_is_thrown_away_was_never_there(client):
    NewsItemFactory(slug="gammal", draft=True).move_to_bin(by=AdministratorFactory())

    assert client.get("/nyheter/gammal/").status_code == 404


def test_what_replaced_a_page_is_led_to_after_that_page_is_thrown_away(client):
    item = NewsItemFactory(slug="gammal")
    replaced(item, "/nyheter/")

    item.move_to_bin(by=AdministratorFactory())

    assert leads_to(client, "/nyheter/gammal/") == (301, "/nyheter/")
