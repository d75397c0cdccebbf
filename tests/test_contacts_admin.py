"""How editors keep contacts right: what they save is what residents see at once."""

import pytest
from django.urls import reverse

from contacts.models import ContactUnit, Helpline
from tests.factories import AdministratorFactory, ContactUnitFactory, OpeningHoursFactory


@pytest.fixture
def editor(client, db):
    client.force_login(AdministratorFactory())
    return client


@pytest.fixture
def unit(db):
    return ContactUnitFactory()


def rows(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def save(editor, unit, weekly=(), exceptions=(), functions=(), **fields):
    data = {"name_sv": "Kontaktcenter", "slug": unit.slug, "order": 1, "closed_on_holidays": "on"}
    data |= rows("opening_hours", *weekly) | rows("opening_hours-2", *exceptions)
    data |= rows("functions", *functions) | fields
    return editor.post(reverse("admin:contacts_contactunit_change", args=[unit.pk]), data)


def monday(opens, closes, channel="both"):
    return {"channel": channel, "weekday": 0, "opens": opens, "closes": closes}


def dated(first, last="", opens="", closes="", channel="both"):
    return {
        "channel": channel,
        "first_date": first,
        "last_date": last,
        "opens": opens,
        "closes": closes,
    }


def complaints(response):
    """The sentences at the rows of both tables of hours."""
    return [
        sentence
        for formset in response.context["inline_admin_formsets"]
        for errors in formset.formset.errors
        for sentences in errors.values()
        for sentence in sentences
    ]


def test_an_editor_writes_the_week_exceptions_and_functions_on_one_page(editor, unit):
    response = save(
        editor,
        unit,
        weekly=[monday("8:00", "12:00"), monday("13:00", "16:30")],
        exceptions=[dated("2024-07-01", "2024-07-31") | {"reason_sv": "sommarstängt"}],
        functions=[{"role_sv": "Folkhälsostrateg", "phone": "0520-49 79 70", "order": 1}],
    )

    assert response.status_code == 302
    assert unit.opening_hours.weekly().count() == 2
    assert unit.opening_hours.dated().get().reason == "sommarstängt"
    assert unit.functions.get().role == "Folkhälsostrateg"


def test_each_table_shows_its_own_rows(editor, unit):
    weekly = OpeningHoursFactory(unit=unit)
    dated = OpeningHoursFactory(
        unit=unit, closed=True, first_date="2024-07-01", last_date="2024-07-31"
    )

    response = editor.get(reverse("admin:contacts_contactunit_change", args=[unit.pk]))

    shown = [
        [form.instance for form in inline.formset.initial_forms]
        for inline in response.context["inline_admin_formsets"]
    ]
    assert shown == [[weekly], [dated], []]


@pytest.mark.parametrize("channel", ["both", "visit"])
def test_overlapping_times_on_the_same_day_are_refused_at_the_row(editor, unit, channel):
    response = save(
        editor, unit, weekly=[monday("8:00", "12:00"), monday("11:00", "16:30", channel)]
    )

    assert complaints(response) == [
        "Det här krockar med en annan rad: Besök och telefon måndag 8:00–12:00."
    ]
    assert not unit.opening_hours.exists()


def test_visit_and_telephone_may_overlap_each_other(editor, unit):
    save(
        editor,
        unit,
        weekly=[monday("8:00", "12:00", "visit"), monday("8:00", "16:30", "phone")],
    )

    assert unit.opening_hours.count() == 2


def test_a_row_that_is_taken_away_clashes_with_nothing(editor, unit):
    old = OpeningHoursFactory(unit=unit)
    weekly = [
        monday("8:00", "16:30") | {"id": old.pk, "unit": unit.pk, "DELETE": "on"},
        monday("8:00", "12:00") | {"unit": unit.pk},
    ]

    response = save(editor, unit, weekly, **{"opening_hours-INITIAL_FORMS": 1})

    assert response.status_code == 302
    assert [row.closes.hour for row in unit.opening_hours.all()] == [12]


def test_a_date_that_is_both_closed_and_open_is_refused(editor, unit):
    response = save(
        editor, unit, exceptions=[dated("2024-07-01"), dated("2024-07-01", "", "9:00", "12:00")]
    )

    assert complaints(response) == [
        "Det här krockar med en annan rad: Besök och telefon måndag 1\N{NO-BREAK SPACE}juli stängt."
    ]


def test_an_open_day_within_a_closed_month_is_accepted(editor, unit):
    save(
        editor,
        unit,
        exceptions=[
            dated("2024-07-01", "2024-07-31"),
            dated("2024-07-10", "", "9:00", "12:00"),
            dated("2024-07-31", "", "9:00", "12:00"),
        ],
    )

    assert unit.opening_hours.count() == 3


def test_periods_that_lie_across_each_other_are_refused(editor, unit):
    response = save(
        editor,
        unit,
        exceptions=[
            dated("2024-07-01", "2024-07-15"),
            dated("2024-07-10", "2024-07-31", "9:00", "12:00"),
        ],
    )

    assert len(complaints(response)) == 1
    assert complaints(response)[0].startswith("Perioden går omlott med en annan rad")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (dated("2024-07-01", "", "9:00"), "Ange både när det öppnar och när det stänger."),
        (dated("2024-07-10", "2024-07-01"), "Det sista datumet är före det första."),
        (
            dated("2024-07-01", "", "16:00", "9:00"),
            "Det stänger innan det öppnar. Midnatt är 23:59.",
        ),
        (dated("", "2024-07-01"), "Detta fält måste fyllas i."),
    ],
)
def test_an_exception_that_means_nothing_is_refused_with_one_sentence(editor, unit, row, sentence):
    assert complaints(save(editor, unit, exceptions=[row])) == [sentence]


@pytest.mark.parametrize("missing", ["channel", "weekday", "opens", "closes"])
def test_a_weekly_row_needs_its_day_and_both_times(editor, unit, missing):
    response = save(editor, unit, weekly=[monday("8:00", "16:30") | {missing: ""}])

    assert "Detta fält måste fyllas i." in complaints(response)
    assert not unit.opening_hours.exists()


def test_a_time_that_closes_before_it_opens_is_refused_once(editor, unit):
    response = save(editor, unit, weekly=[monday("16:00", "8:00")])

    assert complaints(response) == ["Det stänger innan det öppnar. Midnatt är 23:59."]


def test_a_number_that_can_not_be_called_is_refused(editor, unit):
    response = save(editor, unit, phone="ring oss")

    assert response.context["adminform"].form.errors["phone"] == [
        "Skriv numret med siffror, mellanslag och bindestreck, till exempel 0520-49 50 00."
    ]


def test_swedish_is_required_and_other_languages_are_not(editor, unit):
    response = save(editor, unit, name_sv="")

    assert list(response.context["adminform"].form.errors) == ["name_sv"]


def test_a_first_contact_is_made_from_an_empty_form(editor):
    data = {"name_sv": "Kontaktcenter", "slug": "kontaktcenter", "order": 1}
    data |= rows("opening_hours") | rows("opening_hours-2") | rows("functions")

    editor.post(reverse("admin:contacts_contactunit_add"), data)

    assert ContactUnit.objects.get().name == "Kontaktcenter"


def test_helplines_are_edited_in_their_own_list(editor):
    data = {"name_sv": "Polisen", "phone": "114 14", "helps_with_sv": "Inte akut.", "order": 1}

    editor.post(reverse("admin:contacts_helpline_add"), data)

    assert Helpline.objects.get().phone_href == "tel:11414"


def test_a_field_in_a_list_is_named_by_its_row(admin_client):
    ContactUnitFactory(name_sv="Medborgarservice")

    page = admin_client.get(reverse("admin:contacts_contactunit_changelist"))

    assert 'aria-label="Ordning: Medborgarservice"' in page.text
