"""What machines are told about a unit, in schema.org's words."""

from datetime import date, time

import pytest

from tests.factories import ContactFunctionFactory, ContactUnitFactory, OpeningHoursFactory

TODAY = date(2024, 6, 18)


def hours(opens, closes, **days):
    return {"@type": "OpeningHoursSpecification", **days, "opens": opens, "closes": closes}


@pytest.fixture
def unit(db):
    unit = ContactUnitFactory(
        slug="kontaktcenter",
        phone="0520-49 50 00",
        email="kontaktcenter@example.se",
        visiting_address="Gärdhemsvägen 9\n461 83 Trollhättan",
    )
    for weekday in range(5):
        OpeningHoursFactory(unit=unit, weekday=weekday)
    return unit


def test_a_unit_is_an_office_with_an_address_and_a_number(unit):
    data = unit.as_json_ld(TODAY)

    assert data["@type"] == "GovernmentOffice"
    assert data["name"] == "Kontaktcenter"
    assert data["url"] == "http://testserver/kontakt/kontaktcenter/"
    assert data["telephone"] == "+46520495000"
    assert data["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Gärdhemsvägen 9",
        "postalCode": "461 83",
        "addressLocality": "Trollhättan",
        "addressCountry": "SE",
    }


def test_what_is_not_known_is_left_out(db):
    data = ContactUnitFactory(slug="kontoret").as_json_ld(TODAY)

    assert data == {
        "@type": "GovernmentOffice",
        "name": "Kontaktcenter",
        "url": "http://testserver/kontakt/kontoret/",
    }


def test_an_address_of_another_shape_is_told_as_it_is(unit):
    unit.visiting_address = "Stadshuset, plan 2"

    assert unit.as_json_ld(TODAY)["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Stadshuset, plan 2",
        "addressCountry": "SE",
    }


def test_the_week_is_told_with_its_days(unit):
    weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]

    assert unit.as_json_ld(TODAY)["openingHoursSpecification"] == [
        hours("08:00", "16:30", dayOfWeek=weekdays)
    ]


def test_holidays_and_exceptions_ahead_are_told_as_special_hours(unit):
    OpeningHoursFactory(
        unit=unit,
        weekday=None,
        first_date=date(2024, 6, 20),
        last_date=date(2024, 6, 20),
        closes=time(12),
    )

    assert unit.as_json_ld(TODAY)["specialOpeningHoursSpecification"] == [
        hours("08:00", "12:00", validFrom="2024-06-20", validThrough="2024-06-20"),
        hours("00:00", "00:00", validFrom="2024-06-21", validThrough="2024-06-21"),
    ]


def test_a_closed_week_is_one_row_from_its_first_day_to_its_last(unit):
    OpeningHoursFactory(
        unit=unit, closed=True, first_date=date(2024, 7, 1), last_date=date(2024, 7, 5)
    )

    assert unit.as_json_ld(TODAY)["specialOpeningHoursSpecification"][1:] == [
        hours("00:00", "00:00", validFrom="2024-07-01", validThrough="2024-07-05")
    ]


def test_the_telephone_has_its_own_hours(unit):
    OpeningHoursFactory(unit=unit, channel="phone", weekday=5, opens=time(10), closes=time(14))

    telephone = unit.as_json_ld(date(2024, 8, 1))["contactPoint"][0]

    assert telephone["telephone"] == "+46520495000"
    assert hours("10:00", "14:00", dayOfWeek=["Saturday"]) in telephone["hoursAvailable"]
    assert len(unit.as_json_ld(TODAY)["openingHoursSpecification"]) == 1


def test_functions_are_contact_points_and_their_holders_are_not_named(unit):
    ContactFunctionFactory(unit=unit, phone="0520-49 79 70", name="Namn Namnsson")

    points = unit.as_json_ld(TODAY)["contactPoint"]

    assert points[1:] == [
        {
            "@type": "ContactPoint",
            "contactType": "Folkhälsostrateg",
            "telephone": "+46520497970",
        }
    ]
