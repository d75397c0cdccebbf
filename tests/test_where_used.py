"""Används på: what refers to a thing, in which text and field, and who is told what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.models import ContactUnit
from tests import doors
from tests.admin_forms import admin_url, messages_of, with_rights
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    ImageFactory,
    MenuItemFactory,
    NewsItemFactory,
    PageFactory,
)
from tests.reading import links_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return AdministratorFactory()


@pytest.fixture
def desk(client, by):
    client.force_login(by)
    return client


def uses_of(client, item):
    return client.get(admin_url(item, "uses", item.pk))


def link_to(item):
    return f'<p><a href="{item.get_absolute_url()}">Läs</a></p>'


@pytest.mark.parametrize("kind", [*doors.PUBLISHED, *doors.LIVE, *doors.SITE, "images.image"])
def test_the_form_of_every_kind_leads_there(desk, kind):
    item = doors.KINDS[kind]()

    links = links_of(desk.get(admin_url(item, "change")))

    assert ("Används på", admin_url(item, "uses", item.pk)) in links


def test_what_refers_to_it_is_named_with_the_field_and_leads_to_its_form(desk):
    image = ImageFactory()
    item = NewsItemFactory(image=image, title_sv="Torget")

    page = uses_of(desk, image)

    assert "Nyhet: Torget (det som syns: bild)" in words_of(page)
    assert ("Nyhet: Torget", admin_url(item, "change")) in links_of(page)


def test_a_link_in_a_text_counts_in_every_language(desk, by):
    page = PageFactory()
    item = NewsItemFactory(title_sv="Torget", draft=True)
    item.save_draft(by=by, values={"body_sv": link_to(page), "body_en": link_to(page)})

    words = words_of(uses_of(desk, page))

    assert "Nyhet: Torget (utkastet: länk i text, länk i text (English))" in words


def test_a_draft_of_what_residents_see_and_a_text_that_waits_count(desk, by):
    image = ImageFactory()
    item = NewsItemFactory(title_sv="Torget")
    item.save_draft(by=by, values={"image": image.pk})
    item.schedule(by=by, at=timezone.now() + timedelta(days=1))
    other = NewsItemFactory(title_sv="Parken")
    other.save_draft(by=by, values={"image": image.pk})

    words = words_of(uses_of(desk, image))

    assert "Nyhet: Torget (det som väntar på sin tid: bild)" in words
    assert "Nyhet: Parken (utkastet: bild)" in words


def test_a_row_of_another_form_stands_for_that_form(desk):
    entry = MenuItemFactory(section="", page=PageFactory())

    words = words_of(uses_of(desk, entry.page))

    assert f"Webbplatsens inställningar: {entry.site} (det som syns: menyval)" in words


def test_a_function_that_has_reviewed_a_page_is_used_there(desk):
    function = ContactFunctionFactory()
    NewsItemFactory(title_sv="Torget", last_reviewed_by=function, unit=ContactUnitFactory())

    words = words_of(uses_of(desk, function.unit))

    assert "Nyhet: Torget (sidan: granskad av)" in words


def test_old_addresses_that_lead_there_are_listed(desk, by):
    item = NewsItemFactory(slug="gammal")
    item.save_draft(by=by, values={"slug": "ny"})
    item.publish(by=by)

    assert "Gamla adresser som leder hit /nyheter/gammal/" in words_of(uses_of(desk, item))


def test_what_nothing_uses_says_so(desk):
    assert "Ingenting använder ”Torget”." in words_of(uses_of(desk, ImageFactory(title="Torget")))


# Who is told what


@pytest.fixture
def onlooker(client):
    """A function: become somebody with just these rights."""

    def become(*rights):
        client.force_login(with_rights(*rights))
        return client

    return become


def test_the_title_of_a_draft_is_not_told_to_who_has_no_right_to_it(onlooker):
    unit = ContactUnitFactory()
    NewsItemFactory(unit=unit, draft=True, title_sv="Skolan läggs ner")

    words = words_of(uses_of(onlooker("view_contactunit"), unit))

    assert "Skolan läggs ner" not in words
    assert "Nyhet: en som du inte har rätt att se" in words


def test_who_may_only_look_at_a_kind_is_told_what_residents_can_read_and_no_more(onlooker, by):
    unit = ContactUnitFactory()
    NewsItemFactory(unit=unit, draft=True, title_sv="Skolan läggs ner")
    NewsItemFactory(unit=unit, title_sv="Torget")
    changed = NewsItemFactory(title_sv="Parken")
    changed.save_draft(by=by, values={"unit": unit.pk, "title_sv": "Parken stängs"})

    page = uses_of(onlooker("view_contactunit", "view_newsitem"), unit)

    words = words_of(page)
    assert "Nyhet: Torget" in words
    assert "Nyhet: Parken" in words
    assert "Parken stängs" not in words
    assert "utkastet:" not in words
    assert "Skolan läggs ner" not in words


def test_the_title_of_a_draft_is_not_told_when_a_thing_is_thrown_away(onlooker):
    unit = ContactUnitFactory()
    NewsItemFactory(unit=unit, draft=True, title_sv="Skolan läggs ner")
    client = onlooker("view_contactunit", "change_contactunit", "delete_contactunit")

    asked = client.get(admin_url(unit, "delete"))
    done = client.post(admin_url(unit, "delete"), {"post": "yes"}, follow=True)
    chosen = {"action": "delete_selected", "_selected_action": unit.pk, "post": "yes"}
    listed = client.post(admin_url(unit, "changelist"), chosen, follow=True)

    assert "Skolan läggs ner" not in asked.text + done.text + listed.text
    assert "nyhet ”en som du inte har rätt att se”" in messages_of(listed)[0]
    assert ContactUnit.objects.filter(pk=unit.pk).exists()
