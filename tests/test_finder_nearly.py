"""Hitta stöd where nothing fits: what nearly does, which answer stands in the way, whom to ask."""

import re

import pytest

from tests.factories import (
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    SiteSettingsFactory,
)
from tests.test_finder import FINDER, NBSP, asked, group

pytestmark = pytest.mark.django_db


def nearly(client, **answers):
    return {
        question: [hit.initiative.title for hit in hits]
        for question, _address, hits in asked(client, **answers).context["nearly"]
    }


def test_nothing_fits_says_so_with_whom_to_ask(client):
    contact = ContactUnitFactory(name_sv="Kontaktcenter", phone="0520-49 50 00")
    SiteSettingsFactory(contact_unit=contact)
    InitiativeFactory(age_from=18)

    text = asked(client, alder=3).text

    assert re.search(r'role="status">Vi hittade inget som passar', text)
    assert "0520-49 50 00" in text
    assert 'href="/insatser/"' in text


def test_nothing_fits_shows_what_does_but_for_one_answer(client):
    jobs = FocusAreaFactory(slug="jobb")
    InitiativeFactory(title_sv="Stationen", focus_area=jobs, age_from=18)
    InitiativeFactory(title_sv="Familjehuset", age_to=17)
    InitiativeFactory(title_sv="Långt ifrån", age_from=65)

    near = nearly(client, alder=17, omrade="jobb")

    assert near == {"Hur gammal är du?": ["Stationen"], "Vad gäller det?": ["Familjehuset"]}


def test_what_nearly_fits_says_what_does_not(client):
    jobs = FocusAreaFactory(slug="jobb")
    InitiativeFactory(focus_area=jobs, age_from=18, age_to=29)

    text = asked(client, alder=17, omrade="jobb").text

    assert f"Stämmer inte: För den som är 18–29{NBSP}år" in text


def test_each_loosened_answer_has_an_address_that_finds_it(client):
    jobs = FocusAreaFactory(slug="jobb")
    InitiativeFactory(title_sv="Stationen", focus_area=jobs, age_from=18)

    [(_question, address, _hits)] = asked(client, alder=17, omrade="jobb").context["nearly"]

    assert address == "/hitta-stod/?omrade=jobb"
    assert [h.initiative.title for h in client.get(address).context["finding"].hits] == [
        "Stationen"
    ]


def test_while_something_fits_nothing_else_is_shown(client):
    InitiativeFactory(age_from=18)
    InitiativeFactory(age_to=17, target_groups=[group("unga")])

    assert nearly(client, alder=17, malgrupp="unga") == {}


def test_no_answer_at_all_is_asked_for_one(client):
    InitiativeFactory(title_sv="Stationen")

    response = client.get(f"{FINDER}?alder=&stadsdel=&omrade=")

    assert response.status_code == 200
    assert "Du har inte svarat på något än" in response.text
    assert "Stationen" not in response.text
