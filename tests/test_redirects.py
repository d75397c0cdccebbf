"""What an address answers whose page has moved or been taken away, and who may say so."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import NewsItem
from publishing.models import Redirect, State, WithdrawalReason
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    InitiativeFactory,
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


# What the forms say and ask


def help_at_the_address(client, item):
    form = client.get(admin_url(item, "change")).context["adminform"].form
    return form.fields["slug"].help_text


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


def test_the_form_of_a_published_item_says_what_another_address_would_do(publisher):
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Ny rubrik"})

    sentence = "Ändrar du adressen leder den gamla vidare hit när sidan publiceras."
    assert help_at_the_address(publisher, item) == sentence


def test_the_form_of_an_item_with_a_new_address_says_what_publishing_will_do(publisher):
    item = NewsItemFactory(slug="gammal")
    item.save_draft(by=AdministratorFactory(), values={"slug": "ny"})

    assert help_at_the_address(publisher, item) == (
        "Sidan flyttar från /nyheter/gammal/ till /nyheter/ny/ när den publiceras. "
        "Den gamla adressen leder vidare hit."
    )


def test_the_form_of_a_page_with_a_new_parent_says_that_the_pages_below_come_along(publisher):
    page, parent = PageFactory(slug="sida"), PageFactory(slug="ovan")
    page.save_draft(by=AdministratorFactory(), values={"parent": parent.pk})

    assert help_at_the_address(publisher, page) == (
        "Sidan flyttar från /om/sida/ till /om/ovan/sida/ när den publiceras. Sidorna under den "
        "följer med. Den gamla adressen leder vidare hit."
    )


def test_the_form_of_a_draft_says_nothing_of_its_address(publisher):
    item = NewsItemFactory(draft=True)
    item.save_draft(by=AdministratorFactory(), values={"slug": "ny"})

    assert help_at_the_address(publisher, item) == NewsItem._meta.get_field("slug").help_text


def act_page(item, verb):
    return f"{admin_url(type(item), 'changelist')}gor/{verb}/?id={item.pk}"


@pytest.mark.parametrize(("ticked", "status"), [({"redirect": "on"}, 301), ({}, 404)])
def test_publishing_asks_what_becomes_of_the_old_address(publisher, ticked, status):
    item = NewsItemFactory(slug="gammal")
    item.save_draft(by=AdministratorFactory(), values={"slug": "ny"})
    address = act_page(item, "publish_with")
    asked = publisher.get(address)

    publisher.post(address, {"languages": ["sv", "sv-simple", "fi", "en", "ar"], **ticked})

    assert asked.context["form"]["redirect"].initial is True
    assert publisher.get("/nyheter/gammal/").status_code == status
    assert publisher.get("/nyheter/ny/").status_code == 200


def test_publishing_at_the_same_address_asks_nothing_of_it(publisher):
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Ny rubrik"})

    page = publisher.get(act_page(item, "publish_with"))

    assert "redirect" not in page.context["form"].fields


def test_withdrawing_refuses_at_the_field_what_is_no_page(publisher):
    item = NewsItemFactory()
    sent = {"reason": "replaced", "replaced_by": "/om/finns-inte/"}

    page = publisher.post(act_page(item, "withdraw"), sent)

    assert page.context["form"].errors == {"replaced_by": ["Det finns ingen sida på den adressen."]}
    assert publisher.get(item.get_absolute_url()).status_code == 200


# Who minds old addresses

IS_ANSWERED = "Det finns en sida på den adressen. Den behöver ingen omdirigering."
LIST, ADD = "/admin/publishing/redirect/", "/admin/publishing/redirect/add/"


def errors_of(response):
    return response.context["adminform"].form.errors


def test_a_redirect_is_added(publisher):
    PageFactory(slug="ny")

    publisher.post(ADD, {"path": "/gammalt/", "address": "/om/ny/"})

    assert leads_to(publisher, "/gammalt/") == (301, "/om/ny/")


def test_an_added_redirect_follows_the_page_that_it_leads_to(publisher):
    page = PageFactory(slug="ny")
    publisher.post(ADD, {"path": "/gammalt/", "address": "/om/ny/"})

    moved(page, slug="nyare")

    assert leads_to(publisher, "/gammalt/") == (301, "/om/nyare/")


def test_an_added_redirect_says_who_made_it(publisher):
    publisher.post(ADD, {"path": "/gammalt/", "address": "/nyheter/"})

    assert Redirect.objects.get().created_by.groups.get().name == "Publicister"


def test_an_old_address_without_a_new_one_is_gone(publisher):
    publisher.post(ADD, {"path": "/gammalt/", "address": ""})

    assert publisher.get("/gammalt/").status_code == 410


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/gammalt", "/gammalt"),
        ("/en/gammalt/", "/gammalt/"),
        (" /gammalt/ ", "/gammalt/"),
        ("http://testserver/gammalt/?utm_source=brev#mer", "/gammalt/"),
        ("/h%C3%A5llbarhet/", "/hållbarhet/"),
        ("/hållbarhet/", "/hållbarhet/"),
        ("/index.html", "/index.html"),
    ],
)
def test_an_old_address_is_kept_as_visitors_ask_for_it(publisher, typed, kept):
    publisher.post(ADD, {"path": typed, "address": "/nyheter/"})

    assert Redirect.objects.get().path == kept


@pytest.mark.parametrize(
    ("path", "address", "errors"),
    [
        ("/om/sida/", "/nyheter/", {"path": [IS_ANSWERED]}),
        ("/nyheter/", "/om/sida/", {"path": [IS_ANSWERED]}),
        ("/gammalt/", "/om/annan/", {"address": ["Det finns ingen sida på den adressen."]}),
        ("/gammalt/", "/gammalt/", {"address": ["Sidan kan inte leda till sig själv."]}),
        ("gammalt", "/nyheter/", {"path": ["Börja adressen med /, till exempel /om/."]}),
        ("/x/", "https://exempel.se/", {"address": ["Börja adressen med /, till exempel /om/."]}),
        ("/x/", "//exempel.se/", {"address": ["Börja adressen med /, till exempel /om/."]}),
        ("/x/", "/admin/", {"address": ["Det finns ingen sida på den adressen."]}),
    ],
)
def test_a_redirect_that_makes_no_sense_is_refused_at_its_field(publisher, path, address, errors):
    PageFactory(slug="sida")

    response = publisher.post(ADD, {"path": path, "address": address})

    assert errors_of(response) == errors
    assert not Redirect.objects.exists()


def test_an_old_address_that_leads_somewhere_already_is_refused(publisher):
    Redirect.lead("/gammalt/", address="/nyheter/", by=None)

    response = publisher.post(ADD, {"path": "/en/gammalt/", "address": "/insatser/"})

    assert list(errors_of(response)) == ["path"]


def change(publisher, redirect, **sent):
    address = f"{LIST}{redirect.pk}/change/"
    form = publisher.get(address).context["adminform"].form
    return publisher.post(address, {name: form[name].value() for name in form.fields} | sent)


def test_a_redirect_is_changed(publisher):
    redirect = Redirect.lead("/gammalt/", item=PageFactory(slug="ny"), by=None)

    change(publisher, redirect, address="/nyheter/")

    assert leads_to(publisher, "/gammalt/") == (301, "/nyheter/")


def test_changing_the_old_address_leaves_the_new_one_following_its_page(publisher):
    page = PageFactory(slug="ny")
    redirect = Redirect.lead("/gammalt/", item=page, by=None)

    change(publisher, redirect, path="/ännu-äldre/")
    moved(page, slug="nyare")

    assert leads_to(publisher, "/%C3%A4nnu-%C3%A4ldre/") == (301, "/om/nyare/")


def test_a_redirect_to_what_is_withdrawn_is_found_again_after_its_form_was_saved(publisher):
    page = PageFactory(slug="ny", draft=True)
    redirect = Redirect.lead("/gammalt/", item=page, by=None)

    change(publisher, redirect)
    page.publish(by=AdministratorFactory())

    assert leads_to(publisher, "/gammalt/") == (301, "/om/ny/")


def test_the_list_says_where_each_leads(publisher):
    Redirect.lead("/gammalt/", item=PageFactory(slug="ny"), by=None)
    Redirect.lead("/borta/", by=None)

    page = publisher.get(LIST).text

    assert "/om/ny/" in page
    assert "Ingenstans: säger att sidan är borttagen" in page


def test_the_list_is_searched(publisher):
    Redirect.lead("/gammalt/", by=None)
    Redirect.lead("/borta/", by=None)

    found = publisher.get(LIST, {"q": "gamm"}).context["cl"].result_list

    assert [redirect.path for redirect in found] == ["/gammalt/"]


@pytest.mark.parametrize("role", ["Publicister", "Administratörer"])
def test_those_who_publish_mind_redirects_but_delete_none(client, role):
    redirect = Redirect.lead("/gammalt/", address="/nyheter/", by=None)
    client.force_login(staff(role))

    assert client.get(LIST).status_code == 200
    assert client.get(ADD).status_code == 200
    assert client.post(f"{LIST}{redirect.pk}/delete/", {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": redirect.pk, "post": "yes"}
    client.post(LIST, sent)
    assert Redirect.objects.exists()


@pytest.mark.parametrize("address", [LIST, ADD])
def test_an_editor_minds_no_redirects(client, address):
    client.force_login(staff("Redaktörer"))

    assert client.get(address).status_code == 403


def test_an_editor_adds_no_redirect_by_a_crafted_form(client):
    client.force_login(staff("Redaktörer"))

    response = client.post(ADD, {"path": "/gammalt/", "address": "/nyheter/"})

    assert response.status_code == 403
    assert not Redirect.objects.exists()


def test_an_anonymous_visitor_adds_no_redirect(client):
    client.post(ADD, {"path": "/gammalt/", "address": "/nyheter/"})

    assert not Redirect.objects.exists()


# Who may have an address


@pytest.fixture
def by():
    return AdministratorFactory()


def refusal(act, *args, **kwargs):
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    return refused.value.message_dict


def test_a_draft_is_not_saved_at_the_address_of_another_row(by):
    NewsItemFactory(slug="tagen", title_sv="Den första")
    item = NewsItemFactory(draft=True)

    assert refusal(item.save_draft, by=by, values={"slug": "tagen"}) == {
        "slug": ["”Den första” har redan samma adress. Välj en annan."]
    }


@pytest.mark.parametrize("at", [None, timezone.now() + timedelta(days=365)])
def test_a_draft_is_not_saved_at_the_address_that_another_text_will_take(by, at):
    first = NewsItemFactory()
    first.save_draft(by=by, values={"slug": "tagen", "title_sv": "Den första"})
    if at:
        first.schedule(by=by, at=at)

    item = NewsItemFactory(draft=True)

    assert refusal(item.save_draft, by=by, values={"slug": "tagen"}) == {
        "slug": ["Utkastet ”Den första” vill ha samma adress. Välj en annan."]
    }


def test_an_address_that_another_text_no_longer_wants_is_free(by):
    first, item = NewsItemFactory(), NewsItemFactory(draft=True)
    first.save_draft(by=by, values={"slug": "tagen"})
    first.save_draft(by=by, values={"slug": "annan"})

    item.save_draft(by=by, values={"slug": "tagen"})

    assert type(item).objects.get(pk=item.pk).slug == "tagen"


def test_an_address_of_another_kind_is_free(by):
    NewsItemFactory().save_draft(by=by, values={"slug": "tagen"})
    item = InitiativeFactory(draft=True)

    item.save_draft(by=by, values={"slug": "tagen"})

    assert type(item).objects.get(pk=item.pk).slug == "tagen"


def test_two_pages_have_the_same_last_word_under_different_pages(by):
    one, other = PageFactory(slug="ett"), PageFactory(slug="annat")
    PageFactory(parent=one).save_draft(by=by, values={"slug": "kontakt"})
    page = PageFactory(parent=other)

    page.save_draft(by=by, values={"slug": "kontakt"})
    page.publish(by=by)

    assert page.get_absolute_url() == "/om/annat/kontakt/"


def test_two_pages_under_the_same_page_do_not(by):
    top = PageFactory(slug="ett")
    PageFactory(parent=top).save_draft(by=by, values={"slug": "kontakt", "title_sv": "Den första"})
    page = PageFactory(parent=top)

    assert refusal(page.save_draft, by=by, values={"slug": "kontakt"}) == {
        "slug": ["Utkastet ”Den första” vill ha samma adress. Välj en annan."]
    }


@pytest.mark.parametrize("is_top", [True, False])
def test_a_page_does_not_move_under_a_page_where_its_last_word_will_be_taken(by, is_top):
    top = None if is_top else PageFactory(slug="ett").pk
    first = PageFactory(slug="forsta")
    first.save_draft(by=by, values={"slug": "kontakt", "parent": top, "title_sv": "Den första"})
    elsewhere = PageFactory(slug="annat")
    page = PageFactory(slug="kontakt", parent=elsewhere)

    assert refusal(page.save_draft, by=by, values={"parent": top}) == {
        "slug": ["Utkastet ”Den första” vill ha samma adress. Välj en annan."]
    }


def test_an_item_keeps_its_own_claim(by):
    item = NewsItemFactory()
    item.save_draft(by=by, values={"slug": "ny"})

    item.save_draft(by=by, values={"title_sv": "Ny rubrik"})
    item.publish(by=by)

    assert item.get_absolute_url() == "/nyheter/ny/"


def test_a_copy_takes_no_address_that_a_text_will_take(by):
    item = NewsItemFactory(slug="sida")
    NewsItemFactory().save_draft(by=by, values={"slug": "sida-kopia"})

    assert item.copy(by=by).slug == "sida-kopia2"


@pytest.mark.parametrize("page", ["add", "change"])
@pytest.mark.parametrize("factory", [NewsItemFactory, PageFactory])
def test_the_forms_say_whose_draft_wants_the_address(client, by, factory, page):
    client.force_login(staff("Redaktörer"))
    factory().save_draft(by=by, values={"slug": "tagen", "title_sv": "Den första"})
    item = factory(draft=True)
    address = admin_url(item if page == "change" else type(item), page)

    sent = filled_in(client.get(address), title_sv="Den andra", slug="tagen", _save="1")
    response = client.post(address, sent)

    assert errors_of(response) == {
        "slug": ["Utkastet ”Den första” vill ha samma adress. Välj en annan."]
    }
    assert not type(item).objects.filter(slug="tagen").exists()
