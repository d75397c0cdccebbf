"""The first page of the back office: what is urgent, what waits, then everything."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone

from pages.models import AccessibilityStatement
from publishing.models import State
from publishing.schedule import publish_due
from tests.admin_forms import admin_url, staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    NoticeFactory,
    UserFactory,
)
from tests.kinds import statement
from tests.test_quality_statement import exempted
from trollhattan_portal import desk

pytestmark = pytest.mark.django_db


def index_for(client, role):
    client.force_login(staff(role))
    return client.get("/admin/")


def tasks(page):
    """{what there is to do: its link}"""
    found = [*page.context["mine"], *page.context["soon"]]
    # How translations stand is in test_translations_page.py
    found = [task for task in found if "/oversattningar/" not in task.link]
    return {f"{task.number} {task.what}": task.link for task in found}


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

    assert found == {"1 nyhet som andra skriver på": "/admin/news/newsitem/?att-gora=andras"}


def test_drafts_are_counted(client):
    NewsItemFactory(draft=True)

    found = tasks(index_for(client, "Redaktörer"))

    assert found == {"1 nyhet som andra skriver på": "/admin/news/newsitem/?att-gora=andras"}


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

    found = [*page.context["mine"], *page.context["soon"]]
    found = [task for task in found if "/oversattningar/" not in task.link]
    lengths = [client.get(task.link).context["cl"].result_count for task in found]
    assert lengths == [task.number for task in found]


def test_a_task_is_a_link_with_its_number(client):
    NewsItemFactory(draft=True)

    page = index_for(client, "Redaktörer")

    link = (
        '<a href="/admin/news/newsitem/?att-gora=andras"><strong>1</strong> '
        "nyhet som andra skriver på</a>"
    )
    assert link in page.text


def test_somebody_who_may_only_look_has_nothing_to_do(client):
    NewsItemFactory(draft=True)
    viewer = UserFactory()
    viewer.user_permissions.add(Permission.objects.get(codename="view_newsitem"))
    client.force_login(viewer)

    assert tasks(client.get("/admin/")) == {}


def test_what_i_write_is_mine_until_residents_have_it(client):
    me = staff("Publicister")
    NewsItemFactory(draft=True).save_draft(by=me, values={"title_sv": "Min nyhet"})
    item = NewsItemFactory()
    item.save_draft(by=me, values={"title_sv": "Ny rubrik"})
    out = NewsItemFactory()
    out.save_draft(by=me, values={"title_sv": "Ute nu"})
    out.publish(by=me)
    client.force_login(me)

    assert tasks(client.get("/admin/")) == {
        "2 nyheter som du skriver på": "/admin/news/newsitem/?att-gora=mina"
    }


def test_what_i_wrote_long_ago_is_not_mine_when_others_go_on(client):
    me, other = staff("Publicister"), staff("Redaktörer")
    item = NewsItemFactory()
    item.save_draft(by=me, values={"title_sv": "Min rubrik"})
    item.publish(by=me)
    item.save_draft(by=other, values={"title_sv": "Hennes rubrik"})
    client.force_login(me)

    assert tasks(client.get("/admin/")) == {
        "1 nyhet som andra skriver på": "/admin/news/newsitem/?att-gora=andras"
    }


def test_what_i_have_published_is_no_longer_mine_whatever_else_has_been_written(client):
    me, other = staff("Publicister"), staff("Publicister")
    for title in ("Ett", "Två", "Tre"):
        item = NewsItemFactory()
        item.save_draft(by=me, values={"title_sv": title})
        item.publish(by=me)
        item.save_draft(by=other, values={"title_sv": f"{title} igen"})
    client.force_login(me)

    assert tasks(client.get("/admin/")) == {
        "3 nyheter som andra skriver på": "/admin/news/newsitem/?att-gora=andras"
    }


def test_what_is_sent_back_waits_for_who_sent_it_until_she_sends_it_again(client):
    writer, publisher = staff("Redaktörer"), staff("Publicister")
    item = NewsItemFactory()
    item.save_draft(by=writer, values={"title_sv": "Ny rubrik"})
    item.submit(by=writer)
    item.send_back(by=publisher, comment="Skriv kortare.")
    client.force_login(writer)
    told = "1 nyhet har skickats tillbaka till dig"

    before = tasks(client.get("/admin/"))
    item.save_draft(by=writer, values={"title_sv": "Kort"})
    item.submit(by=writer)

    assert before[told] == "/admin/news/newsitem/?att-gora=tillbaka"
    assert told not in tasks(client.get("/admin/"))


def test_what_is_sent_back_is_counted_once_and_each_list_is_as_long_as_its_number(client):
    writer, publisher = staff("Redaktörer"), staff("Publicister")
    for title, is_sent_back in [("Ett", True), ("Två", False)]:
        item = NewsItemFactory()
        item.save_draft(by=writer, values={"title_sv": title})
        if is_sent_back:
            item.submit(by=writer)
            item.send_back(by=publisher, comment="Skriv kortare.")
    handed_in = NewsItemFactory()
    handed_in.save_draft(by=publisher, values={"title_sv": "Tre"})
    handed_in.submit(by=writer)
    handed_in.send_back(by=publisher, comment="Skriv kortare.")
    client.force_login(writer)
    news = "/admin/news/newsitem/?att-gora="

    found = tasks(client.get("/admin/"))

    # What she handed in for somebody else has come back to her too
    assert found == {
        "2 nyheter har skickats tillbaka till dig": f"{news}tillbaka",
        "1 nyhet som du skriver på": f"{news}mina",
    }
    for told, link in found.items():
        assert client.get(link).context["cl"].result_count == int(told.split()[0])


def test_a_clash_is_named_with_a_link_to_settle_it(client):
    by = AdministratorFactory()
    item = NewsItemFactory(title_sv="Först")
    item.save_draft(by=by, values={"title_sv": "Senare"})
    item.schedule(by=by, at=timezone.now() + timedelta(minutes=5))
    item.save_draft(by=by, values={"title_sv": "Utkastets"})
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        publish_due()

    found = tasks(index_for(client, "Publicister"))

    told = "1 krock att lösa: nyhet ”Utkastets” har ändrats på två håll"
    assert found[told] == f"/admin/news/newsitem/{item.pk}/change/"


@time_machine.travel("2026-03-02 12:00+01:00")
def test_a_notice_that_nobody_has_touched_for_a_day_is_asked_about(client):
    with time_machine.travel("2026-03-01 11:00+01:00"):
        notice = NoticeFactory(starts_at="2026-03-01 11:00+01:00")
    told = "1 krismeddelande har visats i mer än ett dygn. Stämmer det än?"
    before = tasks(index_for(client, "Publicister"))

    notice.save()

    assert told in before
    assert told not in tasks(client.get("/admin/"))


def test_shortcomings_that_are_proposed_to_the_statement_are_counted(client):
    site = statement()
    exempted()

    found = tasks(index_for(client, "Administratörer"))
    page = client.get(admin_url(site, "proposals", site.pk))

    what = "1 brist i publicerade texter saknas i tillgänglighetsredogörelsen"
    assert found[what] == "/admin/pages/accessibilitystatement/"
    assert "Föreslagna brister (1)" in client.get(admin_url(site, "change")).text
    assert page.context["proposed"].count() == 1
    assert what not in tasks(index_for(client, "Publicister"))


def test_a_statement_that_was_assessed_over_a_year_ago_is_due(client):
    unit = ContactUnitFactory()
    AccessibilityStatement.objects.create(
        actor="Staden",
        service="Webbplatsen",
        conformance="full",
        method="self",
        assessed_on=date(2024, 1, 1),
        updated_on=date(2024, 1, 1),
        feedback_unit=unit,
    )

    found = tasks(index_for(client, "Administratörer"))

    assert found["1 tillgänglighetsredogörelse är äldre än ett år"] == (
        "/admin/pages/accessibilitystatement/"
    )


@time_machine.travel("2026-03-02 12:00+01:00")
def test_pictures_that_may_not_be_shown_any_more_and_those_that_soon_may_not(client):
    consent = {"shows_identifiable_people": True, "legal_basis": "consent"}
    consent |= {"consent_reference": "Diarienummer 7", "alt_sv": "Två som spelar."}
    for day in (date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 30)):
        NewsItemFactory(image=ImageFactory(**consent, valid_until=day))

    found = tasks(index_for(client, "Redaktörer"))

    assert found == {
        "1 bild används men får inte visas": "/admin/images/image/?rights=lost",
        "1 bild får visas i högst 60 dagar till": "/admin/images/image/?rights=soon",
    }


# Jobs


def test_a_night_without_its_job_is_told_to_those_who_mind_the_site(client):
    with time_machine.travel("2026-03-01 03:00+01:00"):
        call_command("purge_bin", verbosity=0)
    at = {hours: index_at(client, hours) for hours in (29, 31)}

    assert "Det som skulle ha körts" not in at[29]
    assert "(manage.py purge_bin) kördes senast 1 mars 2026 3:00." in at[31]


def index_at(client, hours):
    with time_machine.travel(datetime(2026, 3, 1, 2, 0, tzinfo=UTC) + timedelta(hours=hours)):
        return index_for(client, "Administratörer").text


def test_a_job_that_has_never_run_is_told_but_not_to_editors(client):
    assert "har aldrig körts" in index_for(client, "Administratörer").text
    assert "har aldrig körts" not in index_for(client, "Redaktörer").text


# The calendar


def days(page):
    """[(date, time, what, title)]"""
    return [
        (f"{day:%m-%d}", f"{each.at:%H:%M}", each.what, each.title)
        for day, events in page.context["coming"]
        for each in events
    ]


@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_calendar_has_what_the_clock_will_do_in_swedish_time(client):
    by = AdministratorFactory()
    NewsItemFactory(title_sv="Kommer", publish_at=datetime(2026, 3, 28, 7, 0, tzinfo=UTC))
    NewsItemFactory(title_sv="Går", expire_at=datetime(2026, 3, 29, 7, 0, tzinfo=UTC))
    item = InitiativeFactory(title_sv="Förr")
    item.save_draft(by=by, values={"title_sv": "Sedan"})
    item.schedule(by=by, at=datetime(2026, 3, 28, 23, 30, tzinfo=UTC))
    NoticeFactory(text_sv="Vattnet stängs", starts_at=datetime(2026, 4, 1, 6, 0, tzinfo=UTC))

    assert days(index_for(client, "Publicister")) == [
        ("03-28", "08:00", "Nyhet publiceras", "Kommer"),
        ("03-29", "00:30", "Insats ändras", "Sedan"),
        ("03-29", "09:00", "Nyhet avpubliceras", "Går"),
        ("04-01", "08:00", "Krismeddelande visas", "Vattnet stängs"),
    ]


@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_calendar_has_the_last_day_of_pictures_that_are_used_above_its_hours(client):
    consent = {"shows_identifiable_people": True, "legal_basis": "consent"}
    consent |= {"consent_reference": "Diarienummer 7", "alt_sv": "Två som spelar."}
    for title, day in [("Snart", date(2026, 3, 29)), ("Sen", date(2026, 5, 29))]:
        NewsItemFactory(image=ImageFactory(**consent, title=title, valid_until=day))
    ImageFactory(**consent, title="Oanvänd", valid_until=date(2026, 3, 29))
    NewsItemFactory(title_sv="Kommer", publish_at=datetime(2026, 3, 28, 23, 30, tzinfo=UTC))

    page = index_for(client, "Redaktörer")

    assert days(page) == [
        ("03-29", "01:00", "Bild får visas sista dagen", "Snart"),
        ("03-29", "00:30", "Nyhet publiceras", "Kommer"),
    ]
    assert "1:00</time> Bild" not in page.text


@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_calendar_has_neither_drafts_nor_what_is_far_away_nor_what_has_been(client):
    june = datetime(2026, 6, 28, 7, 0, tzinfo=UTC)
    NewsItemFactory(publish_at=june)
    NewsItemFactory(draft=True, expire_at=datetime(2026, 3, 29, 7, 0, tzinfo=UTC))
    NewsItemFactory(expire_at=datetime(2026, 3, 1, 7, 0, tzinfo=UTC))

    page = index_for(client, "Publicister")

    assert days(page) == []
    assert "Ingenting är planerat de närmaste två månaderna." in page.text


@pytest.mark.parametrize(("number", "is_cut"), [(2, False), (3, True)])
def test_a_calendar_with_more_than_it_shows_says_so(client, monkeypatch, number, is_cut):
    monkeypatch.setattr(desk, "MOST_COMING", 2)
    NewsItemFactory.create_batch(number, publish_at=timezone.now() + timedelta(days=3))

    page = index_for(client, "Publicister")

    assert sum(len(events) for _day, events in page.context["coming"]) == 2
    assert ("Här står bara de 2 närmaste." in page.text) == is_cut


def test_an_empty_desk_says_so(client):
    page = index_for(client, "Redaktörer")

    assert "Ingenting väntar på dig." in page.text


@pytest.mark.parametrize("number", [1, 12])
def test_the_index_costs_fifteen_queries_at_most(client, number, django_assert_max_num_queries):
    for factory in (NewsItemFactory, InitiativeFactory):
        factory.create_batch(number, draft=True)
    client.force_login(staff("Administratörer"))

    with django_assert_max_num_queries(15):
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

    asked_for = set(re.findall(r'/static/([^"\\]+)"', html.unescape(page)))
    assert any("editor." in name for name in asked_for)
    assert [name for name in asked_for if not (hashed_static / name).is_file()] == []
