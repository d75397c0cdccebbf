"""The pages about contacts, and the contact box, as a resident meets them."""

import json
import re
from datetime import date

import pytest
import time_machine

from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    OpeningHoursFactory,
    SiteSettingsFactory,
)

DAY_BEFORE_MIDSUMMERS_EVE = "2024-06-20 12:00+02:00"


@pytest.fixture
def unit(db):
    unit = ContactUnitFactory(
        slug="kontaktcenter",
        helps_with_sv="Vi svarar på frågor om stadens service.",
        phone="0520-49 50 00",
        email="kontaktcenter@example.se",
        reply_promise_sv="Vi svarar på e-post inom två arbetsdagar.",
        visiting_address="Gärdhemsvägen 9\n461 83 Trollhättan",
    )
    for weekday in range(5):
        OpeningHoursFactory(unit=unit, weekday=weekday)
    return unit


def html(client, address="/kontakt/kontaktcenter/"):
    """The page, with spaces and dashes as a person reads them."""
    text = client.get(address).content.decode().replace("\N{WORD JOINER}", "")
    return re.sub(r"\s+", " ", text)


def words(page):
    return re.sub(r"\s+([.,)])", r"\1", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def main_part(page):
    return re.search(r"<main.*</main>", page)[0]


@time_machine.travel("2024-06-20 12:00+02:00")
def test_no_line_ends_in_the_middle_of_the_hours(client, unit):
    assert "8:00–\N{WORD JOINER}16:30" in client.get("/kontakt/kontaktcenter/").text


def test_the_list_leads_to_each_contact_in_the_editors_order(client, unit):
    ContactUnitFactory(name_sv="Växeln", order=1)

    page = html(client, "/kontakt/")

    assert page.index("Växeln") < page.index("Kontaktcenter")
    assert 'href="/kontakt/kontaktcenter/"' in page
    assert "Vi svarar på frågor om stadens service." in page


def test_an_empty_list_says_so(client, db):
    assert "Här finns inga kontakter ännu." in html(client, "/kontakt/")


def test_a_contact_tells_what_it_helps_with_and_how_to_reach_it(client, unit):
    page = main_part(html(client))

    assert "<h1" in page
    assert "Vi svarar på frågor om stadens service." in page
    number = '<bdi dir="ltr">0520-49 50 00</bdi>'
    assert f'<a class="contact-ways__phone" href="tel:+46520495000">{number}</a>' in page
    assert 'href="mailto:kontaktcenter@example.se"' in page
    assert "Vi svarar på e-post inom två arbetsdagar." in page
    assert "Gärdhemsvägen 9<br>461 83 Trollhättan" in page
    assert 'href="https://www.openstreetmap.org/search?query=G%C3%A4rdhemsv' in page


@time_machine.travel(DAY_BEFORE_MIDSUMMERS_EVE)
def test_a_resident_reads_when_it_is_open_and_when_it_opens_again(client, unit):
    page = words(main_part(html(client)))

    assert (
        "Öppet i dag, torsdag 20 juni, 8:00–16:30. "
        "I morgon, fredag 21 juni, stängt (midsommarafton). "
        "Öppnar måndag 24 juni 8:00."
    ) in page


@time_machine.travel(DAY_BEFORE_MIDSUMMERS_EVE)
def test_the_week_and_what_differs_from_it_are_tables_with_captions(client, unit):
    page = main_part(html(client))

    assert "<caption>Besök och telefon, varje vecka</caption>" in page
    assert '<th scope="row">måndag–fredag</th><td>8:00–16:30</td>' in page
    assert "<caption>Besök och telefon, dagar som avviker</caption>" in page
    assert '<th scope="row">fredag 21 juni</th><td>stängt (midsommarafton)</td>' in page


def test_hours_in_words_stand_where_exact_hours_are_missing(client, db):
    ContactUnitFactory(
        slug="resurscentrum",
        phone="0520-49 68 08",
        hours_note_sv="Telefonen är öppen dagtid.",
    )

    page = html(client, "/kontakt/resurscentrum/")

    assert "Telefonen är öppen dagtid." in page
    assert "<table" not in page


def test_functions_stand_with_their_numbers(client, unit):
    ContactFunctionFactory(unit=unit, phone="0520-49 79 70")

    page = html(client)

    assert "<dt>Folkhälsostrateg</dt>" in page
    assert '<a href="tel:+46520497970"><bdi dir="ltr">0520-49 79 70</bdi></a>' in page


@time_machine.travel(DAY_BEFORE_MIDSUMMERS_EVE)
def test_machines_read_hours_and_holidays(client, unit):
    page = html(client)

    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    office = next(data for data in map(json.loads, scripts) if data["@type"] == "GovernmentOffice")
    assert office["openingHoursSpecification"][0]["opens"] == "08:00"
    assert office["specialOpeningHoursSpecification"][0]["validFrom"] == "2024-06-21"


def test_the_way_back_leads_over_the_list(client, unit):
    breadcrumbs = re.search(r'<nav class="breadcrumbs".*?</nav>', html(client))[0]

    assert '<a href="/kontakt/">Kontakt</a>' in breadcrumbs


def test_an_address_that_leads_nowhere_is_not_found(client, unit):
    assert client.get("/kontakt/finns-inte/").status_code == 404


def test_a_contact_with_a_finnish_name_has_a_finnish_page(client, unit):
    unit.name_fi = "Yhteyskeskus"
    unit.save()

    assert 'hreflang="fi"' in html(client)
    assert "Yhteyskeskus" in html(client, "/fi/kontakt/kontaktcenter/")
    assert "Yhteyskeskus" in html(client, "/fi/kontakt/")


def test_a_contact_that_is_swedish_only_has_no_page_in_other_languages(client, unit):
    response = client.get("/fi/kontakt/kontaktcenter/")

    assert response.status_code == 302
    assert response.url == "/kontakt/kontaktcenter/"


@time_machine.travel(DAY_BEFORE_MIDSUMMERS_EVE)
def test_the_contact_box_answers_on_every_page(client, unit):
    SiteSettingsFactory(contact_unit=unit)

    page = html(client, "/kontakt/")

    box = re.search(r'<aside class="contact-box".*?</aside>', page)[0]
    assert 'href="tel:+46520495000"' in box
    assert 'href="mailto:kontaktcenter@example.se"' in box
    assert "Gärdhemsvägen 9" in box
    assert 'href="/kontakt/kontaktcenter/"' in box
    assert "Öppet i dag, torsdag 20 juni, 8:00–16:30." in words(box)


def test_a_page_made_before_closing_is_true_when_it_is_read_after_midnight(client, unit):
    with time_machine.travel("2024-06-20 16:00+02:00"):
        kept = words(main_part(html(client)))
    with time_machine.travel("2024-06-21 00:10+02:00"):
        fresh = words(main_part(html(client)))
        unit.refresh_from_db()
        told = unit.schedule("visit").on(date(2024, 6, 20))

    assert told.is_open
    assert "torsdag 20 juni, 8:00–16:30." in kept
    assert "fredag 21 juni, stängt (midsommarafton)." in kept
    assert "Öppnar måndag 24 juni 8:00." in kept
    assert "Stängt i dag, fredag 21 juni (midsommarafton). Öppnar måndag 24 juni 8:00." in fresh


def test_a_page_kept_until_next_change_never_says_the_wrong_day(client, unit):
    with time_machine.travel("2024-06-20 16:00+02:00", tick=False) as clock:
        before = words(main_part(html(client)))
        midnight = unit.next_change_at()
        clock.move_to(midnight.timestamp() - 1)
        last_second = words(main_part(html(client)))
        clock.move_to(midnight)
        after = words(main_part(html(client)))

    assert before == last_second
    assert after != before
