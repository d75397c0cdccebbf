"""Whom and what the lists to choose from tell of: nobody who isn't one's business, and no draft."""

import pytest

from tests.admin_forms import admin_url, staff, with_rights
from tests.factories import AdministratorFactory, InitiativeFactory, NewsItemFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = [
    *[("publishing", "redirect", "created_by"), ("publishing", "version", "by")],
    *[("publishing", "track", "submitted_by"), ("publishing", "sharelink", "created_by")],
    *[("admin", "logentry", "user"), ("auth", "user", "groups"), ("auth", "group", "user")],
]


def choices(client, app, model, field, **more):
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": "", **more}
    return client.get("/admin/autocomplete/", asked)


@pytest.mark.parametrize(("app", "model", "field"), PEOPLE, ids=lambda each: each)
@pytest.mark.parametrize("role", ["Redaktörer", "Publicister"])
def test_nobody_is_told_of_people_who_may_not_mind_them(client, role, app, model, field):
    UserFactory(username="hemlig", email="hemlig@example.se")
    client.force_login(staff(role))

    response = choices(client, app, model, field)

    assert response.status_code in (403, 404)
    assert "hemlig" not in response.text


def test_who_may_only_look_chooses_among_what_residents_see(client, admin_client):
    InitiativeFactory(draft=True, title_sv="Hemlig insats")
    seen = InitiativeFactory(title_sv="Känd insats")
    seen.save_draft(by=AdministratorFactory(), values={"title_sv": "Hemlig ny rubrik"})
    client.force_login(with_rights("view_initiative"))

    response = choices(client, "news", "newsitem", "initiatives")

    assert [each["text"] for each in response.json()["results"]] == ["Känd insats"]
    assert "Hemlig" in choices(admin_client, "news", "newsitem", "initiatives").text


@pytest.mark.parametrize(
    "asked",
    [
        {"app_label": "finns-inte"},
        {"model_name": "finnsinte"},
        {"field_name": "title"},
        {"field_name": "id"},
        {"field_name": "'"},
        {"page": "x"},
        {"page": "9" * 30},
        {"term": "%_\\'\""},
    ],
)
def test_choosing_among_nonsense_is_answered(admin_client, asked):
    response = choices(admin_client, "news", "newsitem", "initiatives", **asked)

    assert response.status_code in (200, 403, 404)


def test_choosing_without_saying_what_is_refused(admin_client):
    assert admin_client.get("/admin/autocomplete/").status_code == 403


@pytest.mark.parametrize("page", ["changelist", "change", "uses", "history", "delete"])
def test_who_may_only_look_at_a_kind_is_told_of_no_draft(client, page):
    item = NewsItemFactory(draft=True, title_sv="Hemlig rubrik")
    client.force_login(with_rights("view_newsitem"))

    address = admin_url(item, page, *([item.pk] if page != "changelist" else []))
    response = client.get(address, follow=True)

    assert "Hemlig" not in response.text
