"""The history of what residents see as soon as it is saved: who changed what, by every door."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from contacts.models import ContactUnit
from initiatives.models import District
from pages.models import AccessibilityStatement, Chart, Notice, Resource
from publishing.history import begin_histories, drifted_rows
from publishing.models import Action, Version
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    DistrictFactory,
    HelplineFactory,
    ImageFactory,
    MenuItemFactory,
    NoticeFactory,
    OpeningHoursFactory,
    SiteSettingsFactory,
    TargetGroupFactory,
)
from tests.pictures import image_with_files, picture, picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = staff("Administratörer")
    user.first_name, user.last_name = "Åsa", "Öberg"
    user.save()
    return user


@pytest.fixture
def desk(client, person):
    client.force_login(person)
    return client


def save(desk, item, **changes):
    """Open the form of ``item``, change some fields and save it."""
    address = admin_url(item, "change")
    response = desk.post(address, filled_in(desk.get(address), **changes))
    assert response.status_code == 302, response.context["errors"]


def history(item):
    """[(who, what, the text)] of ``item``, the oldest first."""
    return [(version.by_name, version.action, version.data) for version in Version.objects.of(item)]


def last_two(item):
    """The texts before and after the last record, which Åsa has made."""
    *_older, (_who, _what, before), (who, _what, after) = history(item)
    assert who == "Åsa Öberg"
    return before, after


def changed(item):
    """{column: (before, after)} of the last record."""
    before, after = last_two(item)
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def add_row(response, prefix, number=0, **values):
    """What the form in ``response`` sends with one more row in the inline ``prefix``."""
    rows = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return filled_in(response, **{f"{prefix}-TOTAL_FORMS": number + 1}, **rows)


# The form


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ContactUnitFactory, "name_sv"),
        (HelplineFactory, "name_sv"),
        (DistrictFactory, "name_sv"),
        (TargetGroupFactory, "name_sv"),
        (NoticeFactory, "text_sv"),
        (SiteSettingsFactory, "sender_sv"),
    ],
)
def test_a_form_records_who_changed_what(desk, factory, field):
    item = factory()
    before = getattr(item, field)

    save(desk, item, **{field: "Något nytt"})

    assert changed(item)[field] == (before, "Något nytt")
    assert list(drifted_rows()) == []


def test_a_new_row_is_recorded_with_who_made_it(desk):
    desk.post(admin_url(District, "add"), {"name_sv": "Lextorp", "slug": "lextorp", "order": 1})

    [(who, what, data)] = history(District.objects.get())
    assert (who, what, data["name_sv"]) == ("Åsa Öberg", Action.CREATED, "Lextorp")


def test_a_form_that_changes_nothing_records_nothing(desk):
    district = DistrictFactory()
    save(desk, district, name_sv="Lextorp")

    save(desk, district)

    assert len(history(district)) == 2


def test_what_was_there_before_anybody_wrote_is_the_first_version(desk):
    district = DistrictFactory(name_sv="Sylte")

    save(desk, district, name_sv="Lextorp")

    who, what, data = history(district)[0]
    assert (who, what, data["name_sv"]) == ("", Action.IMPORTED, "Sylte")


def test_another_language_is_recorded_too(desk):
    district = DistrictFactory()

    save(desk, district, name_ar="سيلته")

    assert changed(district) == {"name_ar": ("", "سيلته")}


def test_a_chart_records_its_numbers(desk):
    chart = Chart.objects.create(
        title="Arbetslösa",
        summary="Färre.",
        unit_label="procent",
        period="2024",
        source="SCB",
        rows="Riket; 4,1",
    )

    save(desk, chart, rows_sv="Riket; 4,2")

    assert changed(chart)["rows_sv"] == ("Riket; 4,1", "Riket; 4,2")


# The rows of a form


def test_opening_hours_are_recorded_with_their_unit(desk):
    unit = ContactUnitFactory()
    address = admin_url(unit, "change")
    hours = {"channel": "visit", "weekday": 0, "opens": "8:00", "closes": "16:30"}

    desk.post(address, add_row(desk.get(address), "opening_hours", **hours))

    before, [row] = changed(unit)["opening_hours"]
    assert before == []
    assert (row["opens"], row["closes"]) == ("08:00:00", "16:30:00")


def test_a_changed_opening_hour_is_recorded(desk):
    hours = OpeningHoursFactory()

    save(desk, hours.unit, **{"opening_hours-0-closes": "12:00"})

    [before], [after] = changed(hours.unit)["opening_hours"]
    assert (before["closes"], after["closes"]) == ("16:30:00", "12:00:00")


def test_an_opening_hour_that_is_taken_away_is_recorded(desk):
    hours = OpeningHoursFactory()

    save(desk, hours.unit, **{"opening_hours-0-DELETE": "on"})

    [before], after = changed(hours.unit)["opening_hours"]
    assert (before["id"], after) == (hours.pk, [])


def test_functions_are_recorded_with_their_unit(desk):
    function = ContactFunctionFactory()

    save(desk, function.unit, **{"functions-0-role_sv": "Folkhälsochef"})

    [before], [after] = changed(function.unit)["functions"]
    assert (before["role_sv"], after["role_sv"]) == ("Folkhälsostrateg", "Folkhälsochef")


def test_the_menu_is_recorded_with_the_settings(desk):
    entry = MenuItemFactory()

    save(desk, entry.site, **{"menu-0-section": "contacts:list"})

    [before], [after] = changed(entry.site)["menu"]
    assert (before["section"], after["section"]) == ("news:list", "contacts:list")


@pytest.fixture
def statement():
    statement = AccessibilityStatement.objects.create(
        actor="Trollhättans Stad",
        service="Webbplatsen",
        conformance="partial",
        assessed_on=datetime.date(2026, 1, 1),
        updated_on=datetime.date(2026, 1, 1),
        method="self",
        feedback_unit=ContactUnitFactory(),
    )
    statement.shortcomings.create(description="Kartan går inte att nå med tangentbordet.")
    return statement


def test_the_statement_is_recorded_with_its_shortcomings(desk, statement):
    changes = {"actor_sv": "Staden", "shortcomings-0-description_sv": "Kartan."}

    save(desk, statement, **changes)

    [before], [after] = changed(statement)["shortcomings"]
    assert changed(statement)["actor_sv"] == ("Trollhättans Stad", "Staden")
    assert (before["description_sv"][:7], after["description_sv"]) == ("Kartan ", "Kartan.")


# Other doors


def test_an_order_that_is_changed_in_the_list_is_recorded(desk):
    unit = ContactUnitFactory(order=5)
    ContactFunctionFactory(unit=unit)
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": unit.pk, "_save": "1"}

    desk.post(admin_url(ContactUnit, "changelist"), {**data, "form-0-order": 7})

    assert changed(unit) == {"order": (5, 7)}


@pytest.fixture
def notice():
    return NoticeFactory(starts_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))


def test_a_notice_that_is_stopped_in_the_list_is_recorded(desk, notice):
    action = {"action": "stop", "_selected_action": notice.pk, "index": 0}

    desk.post(admin_url(Notice, "changelist"), action)

    assert list(changed(notice)) == ["ends_at"]
    assert Version.objects.of(notice).last().note == "Slutade visas."


def test_a_notice_that_is_stopped_in_its_form_is_recorded(desk, notice):
    save(desk, notice, _stop="1")

    assert list(changed(notice)) == ["ends_at"]


@pytest.mark.parametrize(
    ("facts", "verb", "note"),
    [
        ({}, "withdraw", "Samtycket är återkallat."),
        ({"withdrawn_at": timezone.now(), "renditions": ""}, "renew", "Samtycket gäller igen."),
    ],
)
def test_what_becomes_of_a_consent_is_recorded(desk, facts, verb, note):
    image = ImageFactory(**facts)

    desk.post(admin_url(image, "consent", image.pk), {"verb": verb})

    assert list(changed(image)) == ["withdrawn_at"]
    assert Version.objects.of(image).last().note == note


def test_a_moved_focal_point_is_recorded(desk):
    image = ImageFactory()

    save(desk, image, focal_x="0.1")

    assert changed(image) == {"focal_x": (0.5, 0.1)}


def test_a_picture_file_that_is_replaced_is_recorded(desk):
    image = image_with_files(title="Torget")

    save(desk, image, upload=picture_file(picture((800, 600))))

    assert {"master", "digest", "width", "height"} == set(changed(image))


def test_a_document_that_is_replaced_is_recorded(desk):
    old = SimpleUploadedFile("gammal.pdf", b"%PDF-1")
    resource = Resource.objects.create(title="Färdplan", file=old)
    new = SimpleUploadedFile("ny.pdf", b"%PDF-1234")

    save(desk, resource, file=new)

    assert changed(resource)["file"] == ("documents/gammal.pdf", "documents/ny.pdf")


def test_a_picture_file_that_is_fetched_by_the_command_is_recorded(tmp_path):
    image = ImageFactory(digest="")
    begin_histories()
    (tmp_path / "torget.webp").write_bytes(picture_file(format="WEBP").read())

    call_command("import_masters", tmp_path, verbosity=0)

    assert Version.objects.of(image).last().note == "Bildfilen är hämtad."
    assert list(drifted_rows()) == []


def test_the_nightly_removal_of_files_is_no_change(settings):
    image = ImageFactory(valid_until=datetime.date(2020, 1, 1))
    image.record(by=None)

    call_command("remove_expired_images", verbosity=0)

    assert len(history(image)) == 1
    assert list(drifted_rows()) == []


def test_two_verbs_on_an_old_copy_record_what_is_in_the_database(person):
    notice = NoticeFactory()
    Notice.objects.update(text_sv="Nyare än kopian.")

    notice.stop(by=person)

    assert history(notice)[-1][2]["text_sv"] == "Nyare än kopian."
