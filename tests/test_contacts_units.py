"""What a contact unit answers: numbers to call, places to go, when its texts change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contacts.models import ContactUnit, OpeningHours
from contacts.phone_numbers import phone_href, validate_phone
from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    HelplineFactory,
    OpeningHoursFactory,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TUESDAY = date(2024, 6, 18)


@pytest.fixture
def unit(db):
    return ContactUnitFactory()


# Telephone


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("0520-49 50 00", "tel:+46520495000"),
        ("020-50 50 50", "tel:+4620505050"),
        ("020-555 666", "tel:+4620555666"),
        ("112", "tel:112"),
        ("114 14", "tel:11414"),
        ("116 111", "tel:116111"),
        ("+46 520 49 50 00", "tel:+46520495000"),
        ("0047 22 00 00 00", "tel:+4722000000"),
        ("", ""),
    ],
)
def test_a_number_becomes_a_link_that_can_be_called(number, href):
    assert phone_href(number) == href


def test_units_functions_and_helplines_can_all_be_called(unit):
    unit.phone = "0520-49 50 00"

    assert unit.phone_href == "tel:+46520495000"
    assert ContactFunctionFactory(phone="0520-49 79 70").phone_href == "tel:+46520497970"
    assert HelplineFactory(phone="114 14").phone_href == "tel:11414"


@pytest.mark.parametrize("number", ["0520-49 50 00", "112", "+46 520 49 50 00", "116 111"])
def test_numbers_as_people_write_them_are_accepted(number):
    validate_phone(number)


@pytest.mark.parametrize(
    "number", ["0520/495000", "ring växeln", "0520--49", "12", "112\n", "(0520) 49", "٠٥٢٠٤٩"]
)
def test_what_can_not_be_called_is_refused_with_a_sentence_that_helps(number):
    with pytest.raises(ValidationError, match="Skriv numret med siffror"):
        validate_phone(number)


# Places and words


def test_the_map_link_searches_for_the_visiting_address(unit):
    unit.visiting_address = "Gärdhemsvägen 9\r\n461 83 Trollhättan"

    assert unit.map_url == (
        "https://www.openstreetmap.org/search?"
        "query=G%C3%A4rdhemsv%C3%A4gen+9%2C+461+83+Trollh%C3%A4ttan"
    )


def test_without_an_address_there_is_no_map(unit):
    assert unit.map_url == ""


def test_a_unit_exists_in_the_languages_in_which_it_has_a_name(unit):
    unit.name_fi = "Yhteyskeskus"

    assert unit.languages() == ["sv", "fi"]


def test_visit_and_telephone_with_the_same_hours_share_a_line(unit):
    OpeningHoursFactory(unit=unit, channel="visit")
    OpeningHoursFactory(unit=unit, channel="phone")

    assert [line.channel for line in unit.opening_lines(TUESDAY)] == ["Besök och telefon"]


def test_visit_and_telephone_with_different_hours_are_told_apart(unit):
    OpeningHoursFactory(unit=unit, channel="both")
    OpeningHoursFactory(unit=unit, channel="phone", weekday=1)

    visit, phone = unit.opening_lines(TUESDAY)
    assert (visit.channel, phone.channel) == ("Besök", "Telefon")
    assert visit.text.startswith("Stängt i dag")
    assert phone.text.startswith("Öppet i dag")


def test_hours_in_words_are_told_only_where_exact_hours_are_missing(unit):
    unit.phone = "0520-49 68 08"
    unit.hours_note_sv = "Telefonen är öppen dagtid."
    before = unit.hours_in_words

    OpeningHoursFactory(unit=unit, channel="phone")

    assert before == "Telefonen är öppen dagtid."
    assert unit.hours_in_words == ""


# When the texts change by the clock


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2024-06-20T12:00+02:00", "2024-06-20T22:00+00:00"),
        ("2024-06-20T22:30+00:00", "2024-06-21T22:00+00:00"),
        ("2024-03-30T23:30+01:00", "2024-03-30T23:00+00:00"),
        ("2024-03-31T00:30+01:00", "2024-03-31T22:00+00:00"),
        ("2024-10-27T00:30+02:00", "2024-10-27T23:00+00:00"),
        ("2024-12-31T12:00+01:00", "2024-12-31T23:00+00:00"),
    ],
)
def test_the_texts_change_at_midnight_in_sweden_even_when_clocks_change(unit, now, midnight):
    OpeningHoursFactory(unit=unit)

    changes = unit.next_change_at(datetime.fromisoformat(now))

    assert changes == datetime.fromisoformat(midnight)
    assert changes.astimezone(STOCKHOLM).time() == time.min


def test_a_unit_without_hours_never_changes_by_the_clock(unit):
    assert unit.next_change_at() is None


# What the database accepts


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens": None, "closes": None},
        {"closes": None},
        {"opens": time(17)},
        {"weekday": None},
        {"first_date": TUESDAY, "last_date": TUESDAY},
        {"weekday": None, "first_date": TUESDAY},
        {"weekday": None, "first_date": TUESDAY, "last_date": date(2024, 6, 17)},
    ],
)
def test_the_database_refuses_hours_that_mean_nothing(unit, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningHoursFactory(unit=unit, **wrong)


def test_an_exception_without_a_last_date_is_for_one_day(unit):
    row = OpeningHours(unit=unit, channel="visit", first_date=TUESDAY)

    row.full_clean()

    assert row.last_date == TUESDAY


# Queries


@time_machine.travel("2024-06-18 12:00+02:00")
def test_pages_do_not_load_exceptions_that_are_over(unit):
    over = date(2024, 6, 17)
    OpeningHoursFactory(unit=unit, closed=True, first_date=over, last_date=over)
    OpeningHoursFactory(unit=unit, closed=True, first_date=over, last_date=TUESDAY)
    OpeningHoursFactory(unit=unit)

    loaded = ContactUnit.objects.with_hours().get().opening_hours.all()

    assert len(loaded) == 2


@pytest.mark.parametrize("count", [1, 10])
def test_units_with_hours_and_functions_are_three_queries(django_assert_num_queries, db, count):
    for _number in range(count):
        unit = ContactUnitFactory(phone="0520-49 50 00")
        OpeningHoursFactory(unit=unit)
        ContactFunctionFactory(unit=unit)

    with django_assert_num_queries(3):
        for unit in ContactUnit.objects.with_hours():
            assert unit.opening_lines()
            assert unit.next_change_at()
            assert unit.as_json_ld()
