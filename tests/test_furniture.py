"""What stands on every page: sender, menu, languages, contact, dates and, in need, a notice."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pages.models import MenuItem
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    MenuItemFactory,
    NewsItemFactory,
    NoticeFactory,
    PageFactory,
    SiteSettingsFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


# Menu


def test_the_menu_has_the_editors_order(client):
    site = SiteSettingsFactory()
    MenuItemFactory(site=site, section=MenuItem.Section.NEWS, order=2)
    MenuItemFactory(site=site, section=MenuItem.Section.CONTACTS, order=1)

    response = client.get("/")

    assert [item.label for item in response.context["menu"]] == ["Kontakt", "Nyheter"]


def test_the_menu_leaves_out_a_page_that_is_not_public(client):
    MenuItemFactory(section="", page=PageFactory(title_sv="Ett utkast", draft=True))

    assert "Ett utkast" not in [item.label for item in client.get("/").context["menu"]]


def test_a_site_whose_menu_nobody_has_chosen_yet_shows_its_sections(client):
    labels = [item.label for item in client.get("/").context["menu"]]

    assert labels == ["Hitta stöd", "Fokusområden", "Insatser", "Nyheter", "Kontakt"]


def test_the_footer_has_a_menu_of_its_own(client):
    page = PageFactory(title_sv="Om webbplatsen")
    MenuItemFactory(section="", page=page, place=MenuItem.Place.FOOTER)

    response = client.get("/")

    assert [item.label for item in response.context["footer_menu"]] == ["Om webbplatsen"]
    assert page not in [item.page for item in response.context["menu"]]


def test_the_section_where_the_reader_is_is_marked(client):
    MenuItemFactory(section=MenuItem.Section.NEWS)

    assert 'aria-current="page"' in client.get("/nyheter/").text


# Languages


def test_a_page_in_one_language_has_no_language_menu(client):
    page = PageFactory()

    assert "Suomi" not in client.get(page.get_absolute_url()).text


def test_a_page_with_a_finnish_text_has_a_language_menu_in_each_languages_own_name(client):
    page = PageFactory(title_sv="Så når du oss", title_fi="Näin tavoitat meidät")

    text = client.get(page.get_absolute_url()).text

    assert 'hreflang="fi"' in text
    assert "Suomi" in text
    assert "English" not in text


def test_on_a_finnish_page_what_is_swedish_says_so(client):
    page = PageFactory(title_fi="Näin tavoitat meidät", lead_sv="Ring oss.", body_sv="<p>Hej</p>")

    text = client.get(f"/fi{page.get_absolute_url()}").text

    assert '<html lang="fi" dir="ltr">' in text
    assert re.search(r"<main[^>]*page\">", text)
    assert re.search(r"<h1[^>]*>Näin tavoitat meidät</h1>", text)
    assert '<p class="page-header__lead"><span lang="sv" dir="ltr">Ring oss.</span></p>' in text
    assert '<div class="prose" lang="sv" dir="ltr"><p>Hej</p></div>' in text


def test_one_line_at_the_top_says_that_the_rest_is_swedish(client):
    page = PageFactory(title_fi="Näin tavoitat meidät", lead_sv="Ring oss.")

    text = client.get(f"/fi{page.get_absolute_url()}").text

    assert text.count('class="translation-note"') == 1
    assert "Kääntämättä oleva teksti on ruotsiksi." in text


def test_a_page_that_is_translated_says_only_that_nobody_has_reviewed_it(client):
    page = PageFactory(title_sv="Hej", title_fi="Hei", lead_sv="", body_sv="")

    text = client.get(f"/fi{page.get_absolute_url()}").text

    assert "Käännöstä ei ole tarkistettu." in text
    assert "ruotsiksi" not in text.partition("<main")[2].partition("</main>")[0]


def test_a_swedish_page_says_nothing_of_its_language(client):
    page = PageFactory(title_fi="Näin tavoitat meidät")

    assert 'class="translation-note"' not in client.get(page.get_absolute_url()).text


def test_a_page_that_does_not_exist_in_finnish_leads_to_the_swedish_one(client):
    page = PageFactory()

    response = client.get(f"/fi{page.get_absolute_url()}")

    assert (response.status_code, response.url) == (302, page.get_absolute_url())


@pytest.mark.parametrize("language", ["fi", "en-US,en;q=0.9", "ar"])
def test_the_browsers_language_decides_nothing(client, language):
    response = client.get("/", headers={"accept-language": language})

    assert '<html lang="sv"' in response.text
    assert "Accept-Language" not in response.headers.get("Vary", "")


# Who answers for the page, and when it was reviewed


def test_a_page_names_its_responsible_unit(client):
    item = NewsItemFactory(unit=ContactUnitFactory(name_sv="Kontoret Tillväxt och utveckling"))

    assert "Kontoret Tillväxt och utveckling" in client.get(item.get_absolute_url()).text


def test_a_page_says_when_and_by_which_function_it_was_reviewed(client):
    page = PageFactory(
        last_reviewed_on=date(2024, 5, 2),
        last_reviewed_by=ContactFunctionFactory(role_sv="Folkhälsostrateg", name="Ett Namn"),
    )

    text = client.get(page.get_absolute_url()).text

    assert '<time datetime="2024-05-02">2\N{NO-BREAK SPACE}maj 2024</time>' in text
    assert "Folkhälsostrateg" in text
    assert "Ett Namn" not in text


@time_machine.travel("2024-06-10 12:00+02:00")
def test_a_page_promises_its_next_review(client):
    page = PageFactory(last_reviewed_on=date(2024, 5, 2), review_interval=12)

    text = client.get(page.get_absolute_url()).text

    assert "Nästa granskning" in text
    assert 'datetime="2025-05-02"' in text


@time_machine.travel("2024-06-10 12:00+02:00")
def test_an_overdue_page_says_so_politely_instead_of_promising(client):
    page = PageFactory(last_reviewed_on=date(2017, 10, 16), review_interval=12)

    text = client.get(page.get_absolute_url()).text

    assert "skulle ha granskats" in text
    assert "Nästa granskning" not in text


# Contact box


def test_the_contact_box_is_on_every_page_with_the_number_to_call(client):
    SiteSettingsFactory(contact_unit=ContactUnitFactory(phone="0520-49 50 00"))
    item = NewsItemFactory()

    for address in ("/", "/nyheter/", item.get_absolute_url(), "/finns-inte/"):
        assert 'href="tel:+46520495000"' in client.get(address).text


# Crisis notice


@pytest.mark.parametrize("address", ["/", "/nyheter/", "/kontakt/", "/finns-inte/"])
def test_a_notice_stands_on_every_page_at_once(client, address):
    NoticeFactory(text_sv="Koka vattnet innan du dricker det.")

    assert "Koka vattnet innan du dricker det." in client.get(address).text


def test_a_notice_says_who_says_it_and_at_what_time(client):
    with time_machine.travel("2026-11-23 09:12+01:00"):
        NoticeFactory(sender_sv="Räddningstjänsten")

        text = client.get("/").text

    assert "Räddningstjänsten" in text
    assert 'datetime="2026-11-23T09:12' in text


def test_a_notice_is_announced_to_screen_readers(client):
    NoticeFactory(level=3)

    assert 'role="alert"' in client.get("/").text


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [(1, None, False), (-2, -1, False), (-1, 1, True), (-1, None, True)],
)
def test_a_notice_is_shown_between_its_start_and_its_end(client, starts, ends, shown):
    now = timezone.now()
    NoticeFactory(
        starts_at=now + timedelta(hours=starts), ends_at=ends and now + timedelta(hours=ends)
    )

    assert ("Koka vattnet" in client.get("/").text) is shown


def test_a_notice_is_stopped_at_once(client):
    notice = NoticeFactory()

    notice.stop(by=AdministratorFactory())

    assert "Koka vattnet" not in client.get("/").text


def test_somebody_without_the_right_cannot_stop_a_notice():
    with pytest.raises(PermissionDenied, match="Du har inte rätt"):
        NoticeFactory().stop(by=UserFactory())


def test_the_worst_notice_stands_first(client):
    NoticeFactory(level=1, text_sv="Information")
    NoticeFactory(level=3, text_sv="Kris")

    assert [notice.text for notice in client.get("/").context["notices"]] == ["Kris", "Information"]


# The sender


def test_every_page_says_who_sends_it(client):
    SiteSettingsFactory(sender_sv="Trollhättans Stad")

    assert "Trollhättans Stad" in client.get("/nyheter/").text


def test_the_accessibility_statement_is_one_click_away_and_knows_where_from(client):
    text = client.get("/nyheter/").text

    assert "/tillganglighetsredogorelse/?sida=/nyheter/" in text
