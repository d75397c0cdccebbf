"""The first page of the back office: what is urgent, what waits, then everything."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Permission

from publishing.models import State
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    InitiativeFactory,
    NewsItemFactory,
    NoticeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def index_for(client, role):
    client.force_login(staff(role))
    return client.get("/admin/")


def tasks(page):
    """{what there is to do: its link}"""
    return {f"{count} {what}": link for count, what, link in page.context["to_do"]}


def test_what_waits_for_review_is_counted_whether_new_or_a_change(client):
    NewsItemFactory(state=State.IN_REVIEW)
    by = AdministratorFactory()
    item = NewsItemFactory()
    item.save_draft(by=by, values={"title_sv": "Ny rubrik"})
    item.submit(by=by)

    found = tasks(index_for(client, "Publicister"))

    assert found["2 nyheter väntar på granskning"] == "/admin/news/newsitem/?andringar=granskas"


def test_changes_that_are_not_published_are_counted(client):
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Ny rubrik"})

    found = tasks(index_for(client, "Redaktörer"))

    assert found == {"1 nyhet har opublicerade ändringar": "/admin/news/newsitem/?andringar=nya"}


def test_drafts_are_counted(client):
    NewsItemFactory(draft=True)

    found = tasks(index_for(client, "Redaktörer"))

    assert found == {"1 nyhet är utkast": "/admin/news/newsitem/?state__exact=draft"}


@time_machine.travel("2026-03-02 12:00+01:00")
def test_what_is_due_for_review_is_counted(client):
    InitiativeFactory(review_interval=6, last_reviewed_on="2025-02-01")

    found = tasks(index_for(client, "Redaktörer"))

    assert found == {
        "1 insats ska granskas på nytt": "/admin/initiatives/initiative/?granskning=nu"
    }


@time_machine.travel("2026-03-02 12:00+01:00")
def test_what_the_clock_will_publish_is_counted(client):
    by, june = AdministratorFactory(), datetime(2026, 6, 7, 6, 0, tzinfo=UTC)
    NewsItemFactory(publish_at=june)
    item = NewsItemFactory()
    item.save_draft(by=by, values={"title_sv": "Ny rubrik"})
    item.schedule(by=by, at=june)

    found = tasks(index_for(client, "Redaktörer"))

    assert found == {"2 nyheter väntar på sin tid": "/admin/news/newsitem/?andringar=vantar"}


def test_each_number_is_the_length_of_the_list_that_it_leads_to(client):
    by = AdministratorFactory()
    NewsItemFactory(draft=True)
    NewsItemFactory(state=State.IN_REVIEW)
    for withdraw in (True, False):
        item = NewsItemFactory()
        item.save_draft(by=by, values={"title_sv": "Ny rubrik"})
        if withdraw:
            item.withdraw(by=by)

    page = index_for(client, "Publicister")

    lengths = {
        what: client.get(link).context["cl"].result_count
        for _count, what, link in page.context["to_do"]
    }
    assert lengths == {what: count for count, what, _link in page.context["to_do"]}


def test_a_task_is_a_link_with_its_number(client):
    NewsItemFactory(draft=True)

    page = index_for(client, "Redaktörer")

    link = (
        '<a href="/admin/news/newsitem/?state__exact=draft"><strong>1</strong> nyhet är utkast</a>'
    )
    assert link in page.text


def test_somebody_who_may_only_look_has_nothing_to_do(client):
    NewsItemFactory(draft=True)
    viewer = UserFactory()
    viewer.user_permissions.add(Permission.objects.get(codename="view_newsitem"))
    client.force_login(viewer)

    assert client.get("/admin/").context["to_do"] == []


def test_an_empty_desk_says_so(client):
    page = index_for(client, "Redaktörer")

    assert "Ingenting väntar på dig." in page.text


@pytest.mark.parametrize("number", [1, 12])
def test_the_index_costs_seventeen_queries_at_most(client, number, django_assert_max_num_queries):
    for factory in (NewsItemFactory, InitiativeFactory):
        factory.create_batch(number, draft=True)
    client.force_login(staff("Administratörer"))

    with django_assert_max_num_queries(17):
        client.get("/admin/")


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
