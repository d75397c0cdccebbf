"""Translations of the rows of a form: the functions and exceptions of a contact, and others."""

import pytest

from publishing.history import begin_histories
from tests.admin_forms import admin_url, with_rights
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    OpeningHoursFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.user = AdministratorFactory()
    client.force_login(client.user)
    return client


def form(client, unit):
    return client.get(admin_url(unit, "change")).content.decode()


def source(text):
    return f'<div class="translated__text" lang="sv" dir="ltr"><p>{text}</p></div>'


def test_the_swedish_stands_beside_each_text_of_a_row(administrator):
    unit = ContactUnitFactory()
    ContactFunctionFactory(unit=unit, role_sv="Chef < ledare")
    dates = {"first_date": "2026-07-01", "last_date": "2026-07-02"}
    OpeningHoursFactory(unit=unit, closed=True, reason_sv="Semester", **dates)

    html = form(administrator, unit)

    for text in ("Chef &lt; ledare", "Semester"):
        assert html.count(source(text)) == 4
    assert 'class="fieldset-heading" lang="ar">العربية</h4>' in html


def test_what_has_changed_in_the_swedish_of_a_row_stands_in_that_row(administrator):
    unit = ContactUnitFactory(name_en="Contact centre")
    _same, changed = (
        ContactFunctionFactory(unit=unit, role_sv="Chef", role_en="Head") for _ in range(2)
    )
    begin_histories()
    with unit.recording(by=administrator.user):
        changed.role_sv = "Ledare"
        changed.save()

    html = form(administrator, unit)

    rows = html.split('<div class="inline-related')
    [row_html] = [each for each in rows if f'name="functions-1-id" value="{changed.pk}"' in each]
    told = [each for each in rows[1:] if "Ändrat i svenskan" in each]
    assert told == [row_html]
    assert 'lang="sv">borttaget</span>Chef</' in row_html


def test_a_row_that_may_only_be_read_has_its_texts_alone(client):
    unit = ContactUnitFactory(name_en="Contact centre")
    ContactFunctionFactory(unit=unit, role_sv="Chef", role_en="Head")
    client.force_login(with_rights("change_contactunit", "view_contactfunction"))

    html = form(client, unit)

    assert source("Chef") not in html
    assert '<div lang="en" dir="ltr">Head</div>' in html


def test_a_new_row_is_offered_in_every_language(administrator):
    html = form(administrator, ContactUnitFactory())

    assert 'name="functions-__prefix__-role_ar"' in html
    assert "Lägg till" in html
