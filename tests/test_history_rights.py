"""Who may read the history of an item, by every page of it, and no history but that."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from contacts.models import ContactUnit
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    StartPageFactory,
)
from tests.histories import address
from tests.reading import words_of

pytestmark = pytest.mark.django_db

PAGES = [("history", []), ("version", [1]), ("restore", [1]), ("erase", [1]), ("compare", [])]
PUBLISHED = [NewsItemFactory, InitiativeFactory, FocusAreaFactory, PageFactory, StartPageFactory]


@pytest.fixture
def writer():
    return AdministratorFactory()


@pytest.fixture
def reader(client):
    client.force_login(AdministratorFactory())
    return client


@pytest.fixture
def item(writer):
    """A news item with four versions with text."""
    item = NewsItemFactory(draft=True)
    for lead in ("Ett.", "Två.", "Tre."):
        item.save_draft(by=writer, values={"lead_sv": lead})
    return item


def with_two_versions(factory):
    item = factory()
    person = AdministratorFactory()
    if isinstance(item, ContactUnit):
        item.record(by=person)
        item.phone = "0520-49 50 00"
        item.save()
        item.record(by=person)
    else:
        item.save_draft(by=person, values={"lead_sv": "Efteråt."})
    return item


def get(client, item, page, numbers):
    query = {"fran": 1, "till": 2} if page == "compare" else {}
    return client.get(address(item, page, *numbers), query)


for_each_page = pytest.mark.parametrize(("page", "numbers"), PAGES, ids=lambda each: str(each))
for_each_kind = pytest.mark.parametrize("factory", PUBLISHED, ids=lambda f: f._meta.model.__name__)


@for_each_page
@pytest.mark.parametrize("factory", [NewsItemFactory, ContactUnitFactory])
def test_a_stranger_is_asked_to_log_in(client, factory, page, numbers):
    response = get(client, with_two_versions(factory), page, numbers)

    assert response.status_code == 302
    assert "/login/" in response.url


@for_each_page
@for_each_kind
@pytest.mark.parametrize("role", ["Redaktörer", "Publicister", "Administratörer"])
def test_who_may_change_a_page_reads_its_history(client, factory, page, numbers, role):
    item = with_two_versions(factory)
    client.force_login(staff(role))

    may = page != "erase" or role == "Administratörer"
    assert get(client, item, page, numbers).status_code == (200 if may else 403)


@for_each_page
@for_each_kind
def test_who_may_only_look_at_a_page_does_not_read_its_history(client, factory, page, numbers):
    item = with_two_versions(factory)
    client.force_login(onlooker(item))

    assert get(client, item, page, numbers).status_code == 403


def onlooker(item):
    user = staff("Redaktörer")
    user.groups.clear()
    user.user_permissions.add(
        Permission.objects.get(codename=f"view_{item._meta.model_name}"),
        Permission.objects.get(codename="erase_version"),
    )
    return user


@for_each_page
@pytest.mark.parametrize(
    ("role", "status"), [("Redaktörer", 403), ("Publicister", 200), ("Administratörer", 200)]
)
def test_the_history_of_contacts_is_for_those_who_may_change_them(
    client, page, numbers, role, status
):
    item = with_two_versions(ContactUnitFactory)
    client.force_login(staff(role))

    expected = 403 if page == "erase" and role == "Publicister" else status
    assert get(client, item, page, numbers).status_code == expected


@pytest.mark.parametrize("page", ["version", "restore", "erase", "compare"])
def test_a_number_of_another_item_is_not_found(reader, page):
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Ett."})
    other = InitiativeFactory()
    other.save_draft(by=AdministratorFactory(), values={"lead_sv": "Två."})
    other.save_draft(by=AdministratorFactory(), values={"lead_sv": "Tre."})

    if page == "compare":
        response = reader.get(address(item, page), {"fran": 1, "till": 3})
    else:
        response = reader.get(address(item, page, 3))

    assert response.status_code == 404


@pytest.mark.parametrize("page", ["version", "restore", "erase"])
@pytest.mark.parametrize("number", [0, 77, 10**30])
def test_a_number_that_never_was_is_not_found(reader, item, page, number):
    assert reader.get(address(item, page, number)).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"fran": 1},
        {"fran": "x", "till": 2},
        {"fran": 1, "till": "9" * 30},
        {"fran": "", "till": ""},
    ],
)
def test_a_comparison_without_two_numbers_is_not_found(reader, item, query):
    assert reader.get(address(item, "compare"), query).status_code == 404


@pytest.mark.parametrize("page", ["restore", "compare"])
def test_an_act_without_text_is_neither_compared_nor_restored(reader, item, writer, page):
    item.submit(by=writer)
    url = address(item, "restore", 5) if page == "restore" else address(item, "compare")

    assert reader.get(url, {"fran": 1, "till": 5}).status_code == 404


def test_an_act_without_text_can_be_read(reader, item, writer):
    item.submit(by=writer, note="Titta på ingressen.")

    words = words_of(reader.get(address(item, "version", 5)))

    assert "Titta på ingressen." in words
    assert "Här ändrades ingen text." in words


def test_a_draft_is_nobodys_business_by_way_of_another_kind(reader, item):
    wrong = reverse("admin:initiatives_initiative_version", args=[item.pk, 4])

    assert reader.get(wrong).status_code == 404
