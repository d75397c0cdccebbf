"""Odd addresses, queries and forms: the back office answers them in Swedish, and never breaks."""

import re

import pytest

from publishing.models import Track
from tests import doors
from tests.admin_forms import admin_url, filled_in
from tests.factories import (
    ContactUnitFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    SiteSettingsFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KEYS = ["abc", "-1", "9" * 40, "%C3%A5", "%00", "1/2", "_5F"]
SORTS = ["news.newsitem", "contacts.contactunit", "auth.user"]
LISTS = [
    *["p=abc", f"p={'9' * 30}", "o=abc", "o=999.-999", "all=", "q=%22%27%5C", f"q={'å' * 900}"],
    *["pk=abc", f"id={'9' * 40}", "title_sv__regex=(", "path__regex=(", "name__iregex=("],
    *["state__exact=x", "state__regex=(", f"unit__id__exact={'9' * 40}", "unit__id__exact=x"],
    *["publish_at__year=99999", "publish_at__year=2024&publish_at__month=13"],
    *["groups__id__exact=x", "is_active__exact=x", "password__startswith=a", "andringar=x"],
    *["_to_field=password", "_popup=1", "_changelist_filters=%3D"],
]


def is_answered(response):
    """Whether it is a page, leads to one, or says in Swedish why it is none."""
    is_page = response.status_code in (200, 302, 405)
    is_refusal = response.status_code in (400, 403, 404) and '<html lang="sv"' in response.text
    return is_page or is_refusal


def addresses(kind, key):
    beginning = f"admin/{kind.replace('.', '/')}/"
    named, _nameless = doors.views_of_admin()
    for pattern in named.values():
        if pattern.startswith(beginning):
            yield "/" + re.sub(r"<(?!slug)[^>]*>", key, pattern).replace("<slug:verb>", "publish")


@pytest.mark.parametrize("kind", SORTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_key_that_is_none_is_answered(admin_client, kind, method):
    asked = [each for key in KEYS for each in addresses(kind, key)]

    assert [each for each in asked if not is_answered(getattr(admin_client, method)(each))] == []


@pytest.mark.parametrize("kind", doors.KINDS)
def test_a_list_that_is_asked_for_nonsense_answers(admin_client, kind):
    doors.KINDS[kind]()
    asked = [f"/admin/{kind.replace('.', '/')}/?{query}" for query in LISTS]

    assert [each for each in asked if not is_answered(admin_client.get(each))] == []


@pytest.mark.parametrize(
    "query",
    [
        *["_to_field=password", "_to_field=slug&_popup=1", "_popup=1", "saknas", "saknas=1"],
        *["sida=abc", f"sida={'9' * 30}", "fran=1&till=1", "id=1&id=1", "_changelist_filters=%3D"],
    ],
)
def test_a_page_that_is_asked_for_nonsense_answers(admin_client, query):
    item = doors.with_history("news.newsitem")
    asked = [f"{each}?{query}" for each in addresses("news.newsitem", str(item.pk))]

    assert [each for each in asked if not is_answered(admin_client.get(each))] == []


@pytest.mark.parametrize(
    "query",
    [
        "title_sv__regex=^H",
        "body_sv__contains=hemligt",
        "unit__phone__startswith=0520",
        "created_by__password__startswith=a",
        "last_reviewed_by__email__startswith=a",
    ],
)
def test_a_list_is_filtered_by_nothing_but_what_it_offers(admin_client, query):
    response = admin_client.get(f"{admin_url(NewsItemFactory(), 'changelist')}?{query}")

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        *[("news.newsitem", f"andringar={each}") for each in ("nya", "granskas", "vantar")],
        ("news.newsitem", "granskning=nu"),
        ("images.image", "alt=missing"),
        ("images.image", "rights=over"),
        ("images.image", "shows_identifiable_people__exact=1"),
        ("pages.notice", "visning=nu"),
        ("auth.user", "is_active__exact=1"),
        ("auth.user", "groups__id__exact=1"),
    ],
)
def test_a_list_is_filtered_by_each_filter_of_its_own(admin_client, kind, query):
    item = doors.KINDS[kind]()

    assert admin_client.get(f"{admin_url(item, 'changelist')}?{query}").status_code == 200


def test_a_list_is_filtered_by_what_it_offers(admin_client):
    item = NewsItemFactory(title_sv="Torget")
    NewsItemFactory(draft=True, title_sv="Parken")
    query = f"state__exact=published&unit__id__exact={item.unit_id}&publish_at__year=2024"

    page = admin_client.get(f"{admin_url(item, 'changelist')}?{query}")

    assert "Torget" in page.text
    assert "Parken" not in page.text


@pytest.mark.parametrize("key", ["abc", "9" * 40, "-1", "1,2", "\0", "٣", ""])
@pytest.mark.parametrize("action", ["publish", "delete_selected", "__init__", "\0", ""])
@pytest.mark.parametrize("factory", [NewsItemFactory, ContactUnitFactory])
def test_a_list_action_with_a_key_that_is_none_does_nothing(admin_client, factory, action, key):
    address = admin_url(factory(), "changelist")
    sent = {"action": action, "_selected_action": key, "index": 0, "post": "yes"}

    with doors.writing() as written:
        response = admin_client.post(address, sent)

    assert is_answered(response)
    assert written == []


@pytest.mark.parametrize("key", ["abc", "9" * 40, "-1", "\0", ""])
def test_a_row_that_is_none_is_not_changed_in_a_list(admin_client, key):
    address = admin_url(ContactUnitFactory(), "changelist")
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": key, "form-0-order": 3}

    with doors.writing() as written:
        response = admin_client.post(address, {**rows, "_save": "Spara"})

    assert is_answered(response)
    assert written == []


@pytest.mark.parametrize("number", ["abc", "-1", "99", ""])
def test_a_list_with_a_number_of_rows_that_is_none_is_not_changed(admin_client, number):
    address = admin_url(ContactUnitFactory(), "changelist")
    rows = {"form-TOTAL_FORMS": number, "form-INITIAL_FORMS": number}

    with doors.writing() as written:
        response = admin_client.post(address, {**rows, "_save": "Spara"})

    assert is_answered(response)
    assert written == []


# What is sent with a form


def send(client, item, **changes):
    page = client.get(admin_url(item, "change"))
    return client.post(admin_url(item, "change"), filled_in(page, **changes))


@pytest.mark.parametrize("number", ["abc", "-1", "0", "77", "9" * 40, "1,5", ""])
def test_a_form_that_began_with_no_version_loses_nobodys_text(admin_client, number):
    item = doors.with_history("news.newsitem")

    response = send(admin_client, item, base_version=number, title_sv="Ny rubrik")

    assert is_answered(response)
    newest = Track.find(item).newest.data
    assert newest["lead_sv"] == "En ny ingress."
    assert newest["title_sv"] == "Ny rubrik" or "Ny rubrik" in response.text


@pytest.mark.parametrize("number", ["-1", "0", "77", "9" * 40])
def test_a_form_of_what_has_no_history_began_with_no_other_version(admin_client, number):
    item = NewsItemFactory()

    response = send(admin_client, item, base_version=number, title_sv="Ny rubrik")

    assert response.status_code == 302
    assert Track.find(item).newest.data["title_sv"] == "Ny rubrik"


@pytest.mark.parametrize("key", ["abc", "9" * 40, "-1", "a\0b", "1,2"])
@pytest.mark.parametrize(
    ("factory", "field"),
    [
        *[(NewsItemFactory, name) for name in ("image", "focus_areas", "initiatives", "unit")],
        (InitiativeFactory, "focus_area"),
        (PageFactory, "parent"),
        (SiteSettingsFactory, "contact_unit"),
        (UserFactory, "groups"),
    ],
)
def test_a_choice_that_is_none_is_refused(admin_client, factory, field, key):
    item = factory()

    response = send(admin_client, item, **{field: key})

    assert response.status_code == 400
    assert '<html lang="sv"' in response.text


@pytest.mark.parametrize("name", ["_to_field", "take_theirs", "_popup", "_saveasnew", "saknas"])
@pytest.mark.parametrize("value", ["", "password", "9" * 40])
@pytest.mark.parametrize("kind", ["news.newsitem", "contacts.contactunit", "auth.user"])
def test_a_form_with_what_none_of_ours_has_is_answered(admin_client, kind, name, value):
    item = doors.with_history(kind)
    data = filled_in(admin_client.get(admin_url(item, "change")), **{name: value})
    data.pop("base_version", "")

    assert is_answered(admin_client.post(admin_url(item, "change"), data))
