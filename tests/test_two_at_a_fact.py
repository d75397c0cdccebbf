"""Two people change the same fact at once: both texts survive, and none is saved unseen."""

from datetime import date, time

import pytest
from django.test import Client

from publishing.models import Track, Version
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    NoticeFactory,
    OpeningHoursFactory,
)
from tests.kinds import FACTS
from tests.test_unsaved import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    client.user = AdministratorFactory(first_name="Anna", last_name="Ek")
    client.force_login(client.user)
    return client


@pytest.fixture
def bo():
    client = Client()
    client.user = AdministratorFactory(first_name="Bo", last_name="Alm")
    client.force_login(client.user)
    return client


def opened(client, item):
    page = client.get(admin_url(item, "change"))
    base = page.context["unsaved"].base
    return filled_in(page) | {"base_version": "" if base is None else base}


def begun(item, by):
    item.record(by=by.user)
    return item


@pytest.mark.parametrize(("make", "field"), FACTS)
def test_who_saves_second_gets_both_texts_to_choose_from(anna, bo, make, field):
    item = begun(make(), anna)
    first, second = opened(anna, item), opened(bo, item)

    anna.post(admin_url(item, "change"), first | {field: "Annas text"})
    page = bo.post(admin_url(item, "change"), second | {field: "Bos text"})

    item.refresh_from_db()
    assert getattr(item, field) == "Annas text"
    [clash] = page.context["clashes"]
    assert (clash.mine, clash.theirs) == ("Bos text", "Annas text")
    assert "Samma text har ändrats på två håll" in page.text
    assert form_in(page)[field] == "Bos text"


def again(page, **changes):
    return form_in(page) | changes


def clashing(anna, bo, item, field):
    first, second = opened(anna, item), opened(bo, item)
    anna.post(admin_url(item, "change"), first | {field: "Annas text"})
    return bo.post(admin_url(item, "change"), second | {field: "Bos text"})


def test_who_has_seen_both_saves_ones_own(anna, bo):
    item = begun(NoticeFactory(), anna)
    page = clashing(anna, bo, item, "text_sv")

    bo.post(admin_url(item, "change"), again(page))

    item.refresh_from_db()
    assert item.text_sv == "Bos text"
    assert "Annas text" in {each.data["text_sv"] for each in history(item)}


def test_or_takes_the_others(anna, bo):
    item = begun(NoticeFactory(), anna)
    page = clashing(anna, bo, item, "text_sv")

    answer = bo.post(admin_url(item, "change"), again(page, take_theirs="text_sv"))

    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.text_sv == "Annas text"


def history(item):
    return Version.objects.of(item).texts()


def test_what_is_changed_in_different_fields_is_merged(anna, bo):
    item = begun(ContactUnitFactory(), anna)
    first, second = opened(anna, item), opened(bo, item)

    anna.post(admin_url(item, "change"), first | {"name_sv": "Annas namn"})
    page = bo.post(admin_url(item, "change"), second | {"phone": "0520-12 34 56"}, follow=True)

    item.refresh_from_db()
    assert (item.name_sv, item.phone) == ("Annas namn", "0520-12 34 56")
    assert "Anna Ek har också ändrat medan du skrev. Allas ändringar är kvar." in messages_of(page)


def test_times_and_ticks_are_merged_too(anna, bo):
    item = begun(NoticeFactory(), anna)
    first, second = opened(anna, item), opened(bo, item)
    moment = {"ends_at_0": "2030-01-02", "ends_at_1": "03:04:00"}
    moment = {name: value for name, value in moment.items() if name in first}
    assert moment

    anna.post(admin_url(item, "change"), first | moment)
    bo.post(admin_url(item, "change"), second | {"text_sv": "Bos text"})

    saved = opened(anna, item)
    assert saved["text_sv"] == "Bos text"
    assert {name: str(saved[name])[:5] for name in moment} == {
        name: value[:5] for name, value in moment.items()
    }


def test_who_has_changed_nothing_overwrites_nothing(anna, bo):
    item = begun(ContactUnitFactory(), anna)
    first, second = opened(anna, item), opened(bo, item)
    anna.post(admin_url(item, "change"), first | {"name_sv": "Annas namn"})

    bo.post(admin_url(item, "change"), second)

    item.refresh_from_db()
    assert item.name_sv == "Annas namn"


def test_a_form_that_was_opened_before_there_was_any_history_is_merged_too(anna, bo):
    item = ContactUnitFactory()
    first, second = opened(anna, item), opened(bo, item)
    anna.post(admin_url(item, "change"), first | {"name_sv": "Annas namn"})

    bo.post(admin_url(item, "change"), second | {"phone": "0520-12 34 56"})

    item.refresh_from_db()
    assert (item.name_sv, item.phone) == ("Annas namn", "0520-12 34 56")


# Rows


@pytest.fixture
def unit(anna):
    unit = ContactUnitFactory()
    OpeningHoursFactory(unit=unit, opens=time(9), closes=time(15))
    ContactFunctionFactory(unit=unit, role_sv="Kurator")
    return begun(unit, anna)


def hours_field(form):
    return next(each for each in form if each.endswith("-0-opens"))


def test_rows_that_only_the_other_has_changed_are_left_alone(anna, bo, unit):
    first, second = opened(anna, unit), opened(bo, unit)
    anna.post(admin_url(unit, "change"), first | {hours_field(first): "08:30"})

    answer = bo.post(admin_url(unit, "change"), second | {"phone": "0520-12 34 56"})

    assert answer.status_code == 302
    assert unit.opening_hours.get().opens == time(8, 30)
    unit.refresh_from_db()
    assert unit.phone == "0520-12 34 56"


def test_rows_that_both_have_changed_are_shown_side_by_side(anna, bo, unit):
    first, second = opened(anna, unit), opened(bo, unit)
    anna.post(admin_url(unit, "change"), first | {hours_field(first): "08:30"})

    page = bo.post(admin_url(unit, "change"), second | {hours_field(second): "10:15"})

    assert unit.opening_hours.get().opens == time(8, 30)
    [clash] = page.context["clashes"]
    assert "10:15" in clash.mine
    assert "8:30" in clash.theirs
    assert filled_in(page)[hours_field(second)] == "10:15"


@pytest.mark.parametrize(
    ("choice", "opens"), [({}, time(10, 15)), ({"take_theirs": "opening_hours"}, time(8, 30))]
)
def test_then_one_of_them_is_chosen(anna, bo, unit, choice, opens):
    first, second = opened(anna, unit), opened(bo, unit)
    anna.post(admin_url(unit, "change"), first | {hours_field(first): "08:30"})
    page = bo.post(admin_url(unit, "change"), second | {hours_field(second): "10:15"})

    bo.post(admin_url(unit, "change"), again(page, **choice))

    assert unit.opening_hours.get().opens == opens


def test_a_row_that_the_other_has_removed_does_not_come_back(anna, bo, unit):
    first, second = opened(anna, unit), opened(bo, unit)
    removed = hours_field(first).replace("opens", "DELETE")
    anna.post(admin_url(unit, "change"), first | {removed: "on"})

    answer = bo.post(admin_url(unit, "change"), second | {"phone": "0520-12 34 56"})

    assert answer.status_code == 302
    assert not unit.opening_hours.exists()


def test_who_has_written_in_a_row_that_the_other_removed_saves_it_as_a_new_one(anna, bo, unit):
    first, second = opened(anna, unit), opened(bo, unit)
    removed = hours_field(first).replace("opens", "DELETE")
    anna.post(admin_url(unit, "change"), first | {removed: "on"})
    page = bo.post(admin_url(unit, "change"), second | {hours_field(second): "10:15"})

    answer = bo.post(admin_url(unit, "change"), again(page))

    assert page.context["clashes"]
    assert answer.status_code == 302
    assert unit.opening_hours.get().opens == time(10, 15)


def test_many_rows_and_exceptions_from_them_are_kept_apart(anna, bo, unit):
    for day in range(1, 5):
        OpeningHoursFactory(unit=unit, weekday=day, opens=time(9), closes=time(15))
    day_off = {"first_date": date(2030, 1, 7), "last_date": date(2030, 1, 7)}
    OpeningHoursFactory(unit=unit, weekday=None, opens=None, closes=None, **day_off)
    begun(unit, anna)
    first, second = opened(anna, unit), opened(bo, unit)
    saved = anna.post(admin_url(unit, "change"), first | {hours_field(first): "08:30"})

    answer = bo.post(admin_url(unit, "change"), second | {"phone": "0520-12 34 56"})

    assert (saved.status_code, answer.status_code) == (302, 302)
    assert [each.opens for each in unit.opening_hours.weekly()] == [time(8, 30)] + [time(9)] * 4
    assert unit.opening_hours.filter(first_date=date(2030, 1, 7)).exists()


@pytest.mark.parametrize("base", ["", "x", "0", "999", "9" * 30, "-1"])
def test_an_odd_base_is_taken_for_the_first(anna, bo, base):
    item = begun(NoticeFactory(), anna)
    second = opened(bo, item)
    anna.post(admin_url(item, "change"), opened(anna, item) | {"text_sv": "Annas text"})

    page = bo.post(
        admin_url(item, "change"), second | {"text_sv": "Bos text", "base_version": base}
    )

    assert page.status_code == 200
    item.refresh_from_db()
    assert item.text_sv == "Annas text"


def test_who_may_not_write_learns_nothing(client):
    client.force_login(staff("Redaktörer"))
    item = NoticeFactory()

    page = client.post(admin_url(item, "change"), {"base_version": "1", "text_sv": "Ny"})

    assert page.status_code == 403
    assert not Track.find(item)
