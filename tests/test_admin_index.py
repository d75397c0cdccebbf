"""The first page of the back office: what is urgent, what waits, then everything."""

import re

import pytest
import time_machine

from tests.admin_forms import staff
from tests.factories import InitiativeFactory, NewsItemFactory, NoticeFactory

pytestmark = pytest.mark.django_db


def index_for(client, role):
    client.force_login(staff(role))
    return client.get("/admin/")


def test_drafts_are_counted_with_a_link_to_them(client):
    NewsItemFactory(draft=True)

    page = index_for(client, "Redaktörer")

    link = '<a href="/admin/news/newsitem/?state__exact=draft"><strong>1</strong> utkast bland'
    assert link in page.content.decode()


@time_machine.travel("2026-03-02 12:00+01:00")
def test_what_is_due_for_review_is_counted_with_a_link_to_it(client):
    InitiativeFactory(review_interval=6, last_reviewed_on="2025-02-01")

    page = index_for(client, "Redaktörer")

    assert "/admin/initiatives/initiative/?granskning=nu" in page.content.decode()


def test_an_empty_desk_says_so(client):
    page = index_for(client, "Redaktörer")

    assert "Inga utkast väntar och inget behöver granskas." in page.content.decode()


def test_content_comes_first_and_users_last(client):
    page = index_for(client, "Administratörer")

    names = [section["name"] for section in page.context["app_list"]]
    assert names[0] == "Innehåll"
    assert names[-1] == "Användare"


def test_every_model_of_ours_has_its_place_on_the_index(admin_client):
    page = admin_client.get("/admin/")

    assert "Övrigt" not in [section["name"] for section in page.context["app_list"]]


def test_an_editor_sees_no_users_and_no_crisis_notice(client):
    page = index_for(client, "Redaktörer")

    assert "Användare" not in [section["name"] for section in page.context["app_list"]]
    assert "Lägg till krismeddelande" not in page.content.decode()


def test_a_notice_that_is_shown_can_be_stopped_from_the_index(client):
    notice = NoticeFactory()
    page = index_for(client, "Publicister")
    assert "Sluta visa nu" in page.content.decode()

    client.post(
        "/admin/pages/notice/", {"action": "stop", "_selected_action": notice.pk, "index": 0}
    )

    assert not type(notice).objects.active().exists()


def test_somebody_without_rights_is_told_whom_to_ask(client):
    user = staff("Redaktörer")
    user.groups.clear()
    client.force_login(user)

    assert "Prata med en administratör." in client.get("/admin/").content.decode()


def test_the_index_is_in_swedish(client):
    text = index_for(client, "Administratörer").content.decode()

    for english in [">Add<", ">Change<", ">View<", "Recent actions", "Log out", "Home"]:
        assert english not in text


def test_every_file_that_a_form_asks_for_is_among_those_of_production(hashed_static, admin_client):
    page = admin_client.get("/admin/news/newsitem/add/").content.decode()

    asked_for = set(re.findall(r'/static/([^"\\]+)"', page))
    assert any("editor." in name for name in asked_for)
    assert [name for name in asked_for if not (hashed_static / name).is_file()] == []
