"""Contacts and helplines are gone through as pages are: who is reminded, and what residents see."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from contacts.models import ContactUnit, Helpline
from publishing.models import Action, Track, Version
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    HelplineFactory,
    PageFactory,
)
from tests.situations import history, row
from tests.test_list_csv import lines

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("make", [ContactUnitFactory, HelplineFactory])
NOON = "2026-03-02 12:00+01:00"


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


@pytest.fixture
def march(time_machine):
    time_machine.move_to(NOON)
    return time_machine


def reviewed(make=ContactUnitFactory, on=date(2025, 2, 1), **facts):
    function = ContactFunctionFactory(role_sv="Folkhälsostrateg")
    return make(last_reviewed_on=on, last_reviewed_by=function, **facts)


def foot(client, item, language=""):
    text = client.get(f"{language}/kontakt/{item.slug}/").text
    found = re.search(r'<footer class="page-meta">.*?</footer>', text, re.S)
    words = re.sub(r"<[^>]+>", " ", found[0]) if found else ""
    return " ".join(words.replace("\N{NO-BREAK SPACE}", " ").split()).replace(" .", ".")


# What is due


@KINDS
@time_machine.travel(NOON)
def test_they_are_due_after_half_a_year_unless_somebody_chooses_otherwise(make):
    due = make(last_reviewed_on=date(2025, 9, 1))
    make(last_reviewed_on=date(2025, 9, 2), created_at=datetime(2020, 1, 1, tzinfo=UTC))
    make(last_reviewed_on=date(2020, 1, 1), review_interval=None)

    assert list(type(due).objects.due_for_review()) == [due]
    assert [each.pk for each in type(due).objects.all() if each.is_due] == [due.pk]


@KINDS
@time_machine.travel(NOON)
def test_what_nobody_has_gone_through_counts_from_when_it_was_made(make):
    old = make(created_at=datetime(2025, 9, 1, 21, 0, tzinfo=UTC))
    make(created_at=datetime(2025, 9, 1, 22, 30, tzinfo=UTC))

    assert list(type(old).objects.due_for_review()) == [old]
    assert (old.due_on, old.next_review_on) == (date(2026, 3, 1), None)


@KINDS
@time_machine.travel(NOON)
def test_the_first_page_counts_as_many_as_its_link_leads_to(publisher, make):
    items = [reviewed(make), reviewed(make)]
    reviewed(make, on=date(2026, 3, 1))
    page = publisher.get("/admin/")

    found = [task for task in page.context["soon"] if "ska granskas på nytt" in task.what]
    [listed] = [task for task in found if items[0]._meta.model_name in task.link]
    rows = publisher.get(listed.link).context["cl"].queryset

    assert listed.number == 2
    assert set(rows) == set(items)


def test_who_may_not_change_them_is_not_reminded(client):
    reviewed()
    client.force_login(staff("Redaktörer"))

    assert "ska granskas på nytt" not in client.get("/admin/").text


# Going through them


@KINDS
def test_a_review_is_written_down_and_changes_nothing_else(march, make):
    by, item = AdministratorFactory(), reviewed(make)
    item.record(by=by)
    before = row(item).updated_at
    march.shift(60)

    item.mark_reviewed(by=by, function=item.last_reviewed_by)

    assert row(item).last_reviewed_on == date(2026, 3, 2)
    assert row(item).updated_at == before
    version = Version.objects.of(item).last()
    assert (version.action, version.data, version.by) == (Action.REVIEWED, None, by)
    assert version.status["last_reviewed_on"] == "2026-03-02"


@KINDS
def test_who_may_not_change_them_says_nothing_of_them(make):
    item = reviewed(make)

    with pytest.raises(PermissionDenied, match="^Du har inte rätt att granska (kontakter|akut)"):
        item.mark_reviewed(by=staff("Redaktörer"), function=item.last_reviewed_by)

    assert (history(item), row(item).last_reviewed_on) == ([], date(2025, 2, 1))


def test_what_has_been_thrown_away_is_not_reviewed():
    item = reviewed(HelplineFactory)
    Helpline.objects.all().delete()

    with pytest.raises(ValidationError, match="har nyss kastat"):
        item.mark_reviewed(by=AdministratorFactory(), function=item.last_reviewed_by)


@KINDS
@time_machine.travel(NOON)
def test_reviewed_without_a_change_is_one_button(publisher, make):
    item = reviewed(make)
    form = publisher.get(admin_url(item, "change"))
    assert "Skulle ha granskats senast" in form.text

    sent = filled_in(form, _reviewed_unchanged="")
    page = publisher.post(admin_url(item, "change"), sent, follow=True)

    assert row(item).last_reviewed_on == date(2026, 3, 2)
    assert messages_of(page)[-1].endswith("är granskad i dag av Folkhälsostrateg.")
    assert history(item)[-1] == Action.REVIEWED
    assert "Granskad 2\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2026" in page.text


def test_the_first_time_somebody_says_who(publisher, march):
    item, function = ContactUnitFactory(), ContactFunctionFactory(role_sv="Strateg")
    form = publisher.get(admin_url(item, "change"))
    assert "Granskad utan ändring" not in form.text

    sent = filled_in(form, _mark_reviewed="", phone="0520-49 50 00")
    page = publisher.post(admin_url(item, "change"), sent, follow=True)
    act, _status = page.redirect_chain[-1]
    publisher.post(act, {"function": function.pk})

    assert row(item).phone == "0520-49 50 00"
    assert (row(item).last_reviewed_on, row(item).last_reviewed_by) == (date(2026, 3, 2), function)


@time_machine.travel(NOON)
def test_the_list_marks_many_and_tells_what_came_of_each(publisher):
    items = [reviewed(name_sv="Den ena"), ContactUnitFactory(name_sv="Den andra")]
    chosen = {"action": "reviewed_unchanged", "_selected_action": [each.pk for each in items]}
    asked = publisher.post(admin_url(ContactUnit, "changelist"), chosen)
    assert "Den andra" in publisher.get(asked["Location"]).text

    page = publisher.post(asked["Location"], {}, follow=True)

    assert messages_of(page) == [
        "”Den ena” är granskad i dag av Folkhälsostrateg.",
        "”Den andra” lämnades som den var, eftersom ingen har granskat den förut. "
        "Välj ”Markera som granskad”.",
    ]
    assert [row(each).last_reviewed_on for each in items] == [date(2026, 3, 2), None]


@pytest.mark.parametrize("verb", ["reviewed_unchanged", "mark_reviewed"])
@pytest.mark.parametrize("make", [ContactUnitFactory, PageFactory])
def test_what_is_written_about_a_review_stands_in_the_history(publisher, verb, make):
    item = reviewed(make)
    address = f"{admin_url(item, 'act', verb)}?id={item.pk}"

    publisher.post(address, {"note": "Ringde växeln.", "function": item.last_reviewed_by_id})

    assert Version.objects.of(item).last().note == "Ringde växeln."


def test_who_may_only_look_is_offered_nothing(client):
    item = reviewed()
    client.force_login(staff("Redaktörer"))

    form = client.get(admin_url(item, "change"))
    answer = client.post(f"{admin_url(item, 'act', 'reviewed_unchanged')}?id={item.pk}")

    assert "_reviewed_unchanged" not in form.text
    assert answer.status_code == 403
    assert row(item).last_reviewed_on == date(2025, 2, 1)


@KINDS
def test_a_new_form_proposes_half_a_year(publisher, make):
    form = publisher.get(admin_url(make._meta.model, "add")).context["adminform"].form

    assert form["review_interval"].value() == 6


@time_machine.travel(NOON)
def test_the_list_as_a_file_says_when(publisher):
    reviewed(name_sv="Fritid", phone="0520-49 50 00")

    address = f"{admin_url(ContactUnit, 'changelist')}csv/?granskning=nu"
    [found] = lines(publisher.get(address))

    assert {name: found[name] for name in list(found)[:7]} == {
        "namn": "Fritid",
        "telefon": "0520-49 50 00",
        "e-post": "",
        "granskas var (månader)": "6",
        "senast granskad": "2025-02-01",
        "granskad av": "Folkhälsostrateg",
        "ska granskas": "2025-08-01",
    }
    assert found["översättning (en)"] == "Saknas"


# Older texts, and the bin


def test_an_older_text_brings_back_no_older_review(march):
    by, item = AdministratorFactory(), reviewed(name_sv="Gammal")
    version = item.record(by=by)
    item.mark_reviewed(by=by, function=item.last_reviewed_by)
    item.name_sv = "Ny"
    item.save()
    item.record(by=by)

    row(item).restore(version, by=by)

    assert (row(item).name_sv, row(item).last_reviewed_on) == ("Gammal", date(2026, 3, 2))


def test_the_function_that_reviewed_its_own_unit_can_be_thrown_away_with_it_and_come_back():
    by, function = AdministratorFactory(), ContactFunctionFactory()
    unit = function.unit
    unit.mark_reviewed(by=by, function=function)

    unit.move_to_bin(by=by)
    back = ContactUnit.take_out_of_bin(unit.pk, by=by)

    assert row(back).last_reviewed_by == function


def test_what_comes_back_names_nobody_who_is_gone():
    by, function, item = AdministratorFactory(), ContactFunctionFactory(), HelplineFactory()
    item.mark_reviewed(by=by, function=function)
    key = item.pk
    item.move_to_bin(by=by)
    function.unit.delete()

    back = Helpline.take_out_of_bin(key, by=by)

    assert row(back).last_reviewed_by is None
    assert Track.find(back).binned_at is None


# Residents


@time_machine.travel(NOON)
def test_residents_are_told_when_the_contact_was_gone_through_and_when_it_will_be(client):
    item = reviewed(on=date(2026, 2, 1))

    assert foot(client, item) == (
        "Senast granskad 1 februari 2026 av Folkhälsostrateg Nästa granskning 1 augusti 2026"
    )


def test_a_broken_promise_is_told_by_the_clock_alone(client, march):
    item = reviewed(on=date(2025, 9, 2))
    assert "Nästa granskning 2 mars 2026" in foot(client, item)

    march.move_to("2026-03-03 00:01+01:00")

    assert "Sidan skulle ha granskats 2 mars 2026. Uppgifter kan ha ändrats" in foot(client, item)
    assert "Nästa granskning" not in foot(client, item)


def test_a_page_that_a_cache_keeps_is_asked_about_again(client, march):
    item = reviewed(on=date(2025, 9, 2))
    first = client.get(f"/kontakt/{item.slug}/")
    march.move_to("2026-03-03 00:01+01:00")

    asked = {"If-None-Match": first["ETag"]}
    again = client.get(f"/kontakt/{item.slug}/", headers=asked)

    assert again.status_code == 200
    assert "skulle ha granskats" in again.text


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    "facts", [{"last_reviewed_on": None}, {"last_reviewed_on": None, "review_interval": None}]
)
def test_nothing_is_promised_where_nobody_has_gone_through_it(client, facts):
    item = ContactUnitFactory(created_at=datetime(2020, 1, 1, tzinfo=UTC), **facts)

    assert foot(client, item) == ""


def test_each_language_has_its_own_review(client, march):
    by = AdministratorFactory()
    item = reviewed(name_sv="Kontaktcenter", name_en="Contact centre", on=date(2026, 1, 1))
    item.record(by=by)
    assert foot(client, item, "/en") == ""

    item.confirm_translation("en", by=by, reviewed=True)

    words = foot(client, item, "/en")
    assert "This translation was reviewed on 2 March 2026." in words
    assert "Next review 2 September 2026" in words
    march.move_to("2026-09-03 12:00+02:00")
    item.mark_reviewed(by=by, function=item.last_reviewed_by)
    assert "This translation was due for another review on" in foot(client, item, "/en")


def test_a_translation_that_is_due_again_stands_in_the_list_of_translations(publisher, march):
    item = reviewed(name_sv="Kontaktcenter", name_en="Contact centre")
    item.record(by=publisher.user)
    item.confirm_translation("en", by=publisher.user, reviewed=True)
    address = "/admin/oversattningar/?lage=again&slag=contacts.contactunit"
    assert publisher.get(address).context["rows"] == []

    march.move_to("2026-09-03 12:00+02:00")

    publisher.force_login(publisher.user)
    assert [name for name, _kind, _cells in publisher.get(address).context["rows"]] == [
        "Kontaktcenter"
    ]


def test_machines_are_told_no_other_day(client, march):
    item = reviewed()
    before = told_to_machines(client, item)
    march.shift(86_400)

    item.mark_reviewed(by=AdministratorFactory(), function=item.last_reviewed_by)

    assert told_to_machines(client, item) == before


def told_to_machines(client, item):
    page = client.get(f"/kontakt/{item.slug}/").text
    data = re.findall(r'<script type="application/ld\+json".*?</script>', page, re.S)
    assert data
    return client.get("/sitemap.xml").text, data
