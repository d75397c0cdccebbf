"""What is slipped into the forms of the back office by those who may send them does nothing."""

import pytest

from contacts.models import ContactFunction
from news.models import NewsItem
from pages.models import Notice, StartPage
from publishing.models import State, Version
from tests import doors
from tests.admin_forms import admin_url, filled_in, staff, with_rights
from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    NoticeFactory,
    PageFactory,
    StartPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

COLUMNS = {
    "state": "published",
    "withdrawal_reason": "outdated",
    "publish_at": "2024-06-07 08:00",
    "publish_at_0": "2024-06-07",
    "publish_at_1": "08:00",
    "expire_at": "2030-01-01 08:00",
    "expire_at_0": "2030-01-01",
    "expire_at_1": "08:00",
    "last_reviewed_on": "2026-01-01",
    "start_place": "1",
    "created_at": "2001-01-01 08:00",
    "updated_at": "2001-01-01 08:00",
    "id": "77",
    "pk": "77",
    "master": "masters/annan.webp",
    "digest": "f" * 64,
    "renditions": "f" * 12,
    "withdrawn_at": "2001-01-01 08:00",
    "file_size": "1",
    "_state": "published",
    "track": "1",
    "is_live": "on",
    "_publish_now": "1",
}


@pytest.fixture
def become(client):
    """A function: the client becomes somebody in the group, or with just the rights given."""

    def become(role="", rights=()):
        client.force_login(staff(role) if role else with_rights(*rights))
        return client

    return become


def row(item):
    now = type(item)._base_manager.get(pk=item.pk)
    names = {field.attname for field in now._meta.concrete_fields} - {"updated_at"}
    return {name: getattr(now, name) for name in names}


def form_of(client, item):
    return filled_in(client.get(admin_url(item, "change")))


# Columns that no form has


@pytest.mark.parametrize("role", ["Redaktörer", "Publicister", "Administratörer"])
@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize(
    "factory", [FocusAreaFactory, InitiativeFactory, NewsItemFactory, PageFactory, StartPageFactory]
)
def test_saving_changes_no_column_that_is_for_the_verbs(become, factory, draft, role):
    client, item = become(role), factory(draft=draft)
    item.last_reviewed_by = ContactFunctionFactory()
    item.save()
    before, other = row(item), ContactFunctionFactory()

    response = client.post(
        admin_url(item, "change"),
        {**form_of(client, item), **COLUMNS, "last_reviewed_by": other.pk, "_save": "Spara"},
    )

    assert response.status_code == 302
    assert row(item) == before


def test_saving_a_picture_changes_nothing_of_its_file(become):
    client, image = become("Redaktörer"), ImageFactory()
    before = row(image)

    client.post(admin_url(image, "change"), {**form_of(client, image), **COLUMNS})

    assert row(image) == before


# Other ways to save


@pytest.mark.parametrize("name", ["_saveasnew", "_popup", "_addanother", "_continue"])
def test_no_other_button_publishes(become, name):
    client, item = become("Redaktörer"), NewsItemFactory()
    data = {**form_of(client, item), "slug": "ny", "title_sv": "Kapad", **COLUMNS}

    client.post(admin_url(item, "change"), {**data, name: "1"})
    client.post(admin_url(item, "add"), {**data, "slug": "annan", name: "1"})

    assert not NewsItem.objects.published().filter(title_sv="Kapad").exists()
    assert set(NewsItem.objects.exclude(pk=item.pk).values_list("state", flat=True)) == {"draft"}


@pytest.mark.parametrize("name", ["_popup", "_saveasnew"])
def test_what_is_made_by_another_button_has_its_history(become, name):
    client, item = become("Redaktörer"), NewsItemFactory()
    data = {**form_of(client, item), "slug": "ny", name: "1"}

    client.post(admin_url(item, "add" if name == "_popup" else "change"), data)

    assert Version.objects.of(NewsItem.objects.get(slug="ny")).count() == 1


@pytest.mark.parametrize("button", ["_publish", "_withdraw", "_archive"])
def test_a_popup_does_no_verb_for_who_only_writes(become, button):
    client, item = become("Redaktörer"), NewsItemFactory(draft=True)

    client.post(
        f"{admin_url(item, 'change')}?_popup=1", {**form_of(client, item), "_popup": 1, button: 1}
    )

    assert row(item)["state"] == State.DRAFT


@pytest.mark.parametrize("factory", [NoticeFactory, ContactUnitFactory])
def test_who_may_not_add_saves_nothing_as_new(become, admin_client, factory):
    item = factory()
    data = form_of(admin_client, item)
    name = item._meta.model_name
    rights = [f"view_{name}", f"change_{name}"]

    response = become(rights=rights).post(
        admin_url(item, "change"), {**data, "slug": "ny", "_saveasnew": "1"}
    )

    assert response.status_code == 403
    assert type(item).objects.count() == 1


def test_there_is_no_second_start_page_by_saving_it_as_new(admin_client):
    item = StartPageFactory()

    response = admin_client.post(
        admin_url(item, "change"), {**form_of(admin_client, item), "_saveasnew": "1"}
    )

    assert response.status_code == 403
    assert StartPage.objects.count() == 1


@pytest.mark.parametrize("name", ["password", "email", "is_superuser", "id__gt"])
@pytest.mark.parametrize("page", ["changelist", "change", "add"])
def test_a_popup_hands_out_no_column_of_a_person(admin_client, name, page):
    address = admin_url(UserFactory(), page)

    assert admin_client.get(f"{address}?_popup=1&_to_field={name}").status_code == 400


# Rows that are edited with another


def test_a_row_of_another_unit_is_not_taken_over(become):
    client, unit = become("Publicister"), ContactUnitFactory()
    mine = ContactFunctionFactory(unit=unit)
    other = ContactFunctionFactory(role_sv="Brottsförebyggare")
    data = form_of(client, unit) | {"functions-0-id": other.pk, "functions-0-role_sv": "Kapad"}

    client.post(admin_url(unit, "change"), data)
    client.post(admin_url(unit, "change"), data | {"functions-0-unit": other.unit_id})
    client.post(
        admin_url(unit, "change"),
        data | {"functions-0-id": mine.pk, "functions-0-unit": other.unit_id},
    )

    assert row(other)["role_sv"] == "Brottsförebyggare"
    assert row(other)["unit_id"] == other.unit_id
    assert row(mine)["unit_id"] == unit.pk


def test_rows_are_changed_only_by_who_may_change_rows_of_their_kind(become, admin_client):
    function = ContactFunctionFactory()
    unit = function.unit
    data = form_of(admin_client, unit) | {
        "functions-0-role_sv": "Kapad",
        "functions-0-DELETE": "on",
    }
    client = become(rights=["view_contactunit", "change_contactunit", "view_contactfunction"])

    response = client.post(admin_url(unit, "change"), data)

    assert response.status_code == 302
    assert ContactFunction.objects.get().role_sv == "Folkhälsostrateg"


@pytest.mark.parametrize("factory", [ContactUnitFactory, doors.KINDS["contacts.helpline"]])
def test_who_may_only_look_changes_nothing_in_a_list(become, factory):
    item = factory()
    rows = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": item.pk,
        "form-0-order": 7,
        "_save": "Spara",
    }

    response = become("Redaktörer").post(admin_url(item, "changelist"), rows)

    assert response.status_code == 403
    assert row(item)["order"] == item.order


def test_who_may_only_look_stops_no_notice_in_a_list(become):
    notice = NoticeFactory()
    chosen = {"action": "stop", "_selected_action": notice.pk, "index": 0}

    become("Redaktörer").post(admin_url(notice, "changelist"), chosen)

    assert Notice.objects.get().is_active()
