""" "Ångra" does the opposite of what was done, by the same rights, while it still fits."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from news.models import NewsItem
from publishing.admin.undo_page import UNDOING
from publishing.admin.verbs import APART, VERBS
from publishing.models import ShareLink, State, Track
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    ContactUnitFactory,
    NewsItemFactory,
    NoticeFactory,
    OpeningHoursFactory,
)

pytestmark = pytest.mark.django_db


def sit_down(role="Publicister"):
    client = Client()
    client.user = staff(role)
    client.force_login(client.user)
    return client


@pytest.fixture
def anna():
    return sit_down()


def buttons(page):
    return re.findall(r'form="undo" name="what" value="([^"]+)"', page.text)


def undo(client, page):
    [what] = buttons(page)
    return client.post("/admin/angra/", {"what": what}, follow=True)


def act(client, verb, *items, **answers):
    address = admin_url(NewsItem, "act", verb) + "?" + "&".join(f"id={each.pk}" for each in items)
    return client.post(address, answers, follow=True)


def throw_away(client, item):
    return client.post(admin_url(item, "delete"), {"post": "yes"}, follow=True)


def status_of(item):
    return NewsItem.objects.get(pk=item.pk).status()


@pytest.mark.parametrize(
    ("verb", "answers"),
    [("withdraw", {"reason": "mistake"}), ("withdraw", {"reason": "outdated"}), ("archive", {})],
)
def test_a_page_that_was_taken_away_is_back_as_it_was(anna, client, verb, answers):
    item = NewsItemFactory(expire_at=timezone.now() + timedelta(days=9))
    before, revised = status_of(item), NewsItem.objects.get(pk=item.pk).revised_on
    page = act(anna, verb, item, **answers)
    was_away = status_of(item) != before

    told = undo(anna, page)

    assert was_away
    assert status_of(item) == before
    assert NewsItem.objects.get(pk=item.pk).revised_on == revised
    assert "som förut" in messages_of(told)[0]
    assert client.get(item.get_absolute_url()).status_code == 200


def test_a_page_whose_time_was_stopped_waits_for_it_again(anna):
    item = NewsItemFactory(publish_at=timezone.now() + timedelta(days=1))
    before = status_of(item)

    undo(anna, act(anna, "stop", item))

    assert status_of(item) == before


def test_what_was_sent_back_awaits_approval_again_for_the_same_writer(anna, mailoutbox):
    writer = sit_down("Redaktörer").user
    item = NewsItemFactory(draft=True)
    item.submit(by=writer)

    undo(anna, act(anna, "send_back", item, note="Kortare."))

    item = NewsItem.objects.get(pk=item.pk)
    assert item.stage == State.IN_REVIEW
    assert item.track.submitted_by == writer


@pytest.mark.parametrize(
    ("verb", "answers"), [("withdraw", {"reason": "mistake"}), ("archive", {})]
)
def test_with_a_newer_text_what_residents_saw_is_back_and_the_newer_one_is_not_published(
    anna, client, verb, answers
):
    item = NewsItemFactory(title_sv="Den gamla")
    item.save_draft(by=anna.user, values={"title_sv": "Den nya"})

    told = undo(anna, act(anna, verb, item, **answers))

    page = client.get(item.get_absolute_url())
    assert "Den gamla" in page.text
    assert "Den nya" not in page.text
    assert "De ser inte de senaste ändringarna." in messages_of(told)[0]
    assert Track.find(item).newest.data["title_sv"] == "Den nya"


def test_what_was_archived_and_then_withdrawn_is_archived_again(anna, client):
    item = NewsItemFactory(state=State.ARCHIVED)

    undo(anna, act(anna, "withdraw", item, reason="mistake"))

    assert NewsItem.objects.get(pk=item.pk).state == State.ARCHIVED
    assert client.get(item.get_absolute_url()).status_code == 200
    assert not NewsItem.objects.published().exists()


def scheduled(anna, at):
    item = NewsItemFactory(title_sv="Den gamla")
    item.save_draft(by=anna.user, values={"title_sv": "Den nya"})
    item.schedule(by=anna.user, at=at)
    return item


@pytest.mark.parametrize("way", ["its page", "its form"])
def test_a_text_that_was_taken_back_from_its_minute_waits_for_it_again(anna, way):
    at = timezone.now() + timedelta(days=1)
    item = scheduled(anna, at)
    if way == "its page":
        page = act(anna, "unschedule", item)
    else:
        form = filled_in(anna.get(admin_url(item, "change")))
        form["_unschedule"] = "on"
        page = anna.post(admin_url(item, "change"), form, follow=True)
    was_taken_back = not Track.find(item).scheduled

    undo(anna, page)

    track = Track.find(item)
    assert was_taken_back
    assert (track.scheduled.data["title_sv"], track.scheduled_at) == ("Den nya", at)
    assert not track.has_changes


def test_when_its_minute_has_passed_nothing_is_done_and_it_is_said(anna):
    item = scheduled(anna, timezone.now() + timedelta(hours=1))
    page = act(anna, "unschedule", item)

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        told = undo(anna, page)

    assert "Tiden då texten skulle publiceras har varit." in messages_of(told)[0]
    assert not Track.find(item).scheduled
    assert NewsItem.objects.get(pk=item.pk).title_sv == "Den gamla"


def test_a_page_is_back_though_its_change_came_too_late_and_that_is_said(anna):
    item = scheduled(anna, timezone.now() + timedelta(hours=1))
    page = act(anna, "withdraw", item, reason="mistake")

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        told = undo(anna, page)

    assert "Texten som väntade publiceras inte" in messages_of(told)[0]
    assert NewsItem.objects.get(pk=item.pk).title_sv == "Den gamla"


@pytest.mark.parametrize("make", [lambda: NewsItemFactory(draft=True), NoticeFactory])
def test_what_was_thrown_away_is_taken_up(anna, make):
    item = make()

    told = undo(anna, throw_away(anna, item))

    assert type(item).objects.filter(pk=item.pk).exists()
    assert told.redirect_chain[-1][0] == admin_url(item, "change")


def test_rows_that_were_removed_are_back(anna):
    unit = ContactUnitFactory()
    hours = OpeningHoursFactory(unit=unit)
    form = filled_in(anna.get(admin_url(unit, "change")))
    removed = next(name for name in form if name.endswith("-0-opens")).replace("opens", "DELETE")
    page = anna.post(admin_url(unit, "change"), form | {removed: "on"}, follow=True)
    was_away = not unit.opening_hours.exists()

    undo(anna, page)

    assert was_away
    assert unit.opening_hours.get() == hours


def test_a_text_that_an_older_one_took_the_place_of_is_back(anna):
    item = NewsItemFactory(draft=True, title_sv="Först")
    item.save_draft(by=anna.user, values={"title_sv": "Sedan"})
    address, newest = admin_url(item, "restore", item.pk, 1), item.track.newest.number
    page = anna.post(address, {"newest": newest}, follow=True)
    was = Track.find(item).newest.data["title_sv"]

    undo(anna, page)

    assert was == "Först"
    assert Track.find(item).newest.data["title_sv"] == "Sedan"


def test_a_link_that_was_revoked_opens_again(anna, client):
    item = NewsItemFactory(draft=True)
    link = item.share(by=anna.user)
    page = anna.post(admin_url(item, "share", item.pk), {"revoke": link.pk}, follow=True)
    was_closed = client.get(link.get_absolute_url()).status_code

    told = undo(anna, page)

    assert was_closed == 404
    assert client.get(link.get_absolute_url()).status_code == 200
    assert ShareLink.objects.get().expires_at == link.expires_at
    assert "Länken gäller igen." in messages_of(told)[0]


def test_a_link_whose_time_is_over_does_not_open_again(anna):
    item = NewsItemFactory(draft=True)
    link = item.share(by=anna.user, days=1)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        anna.force_login(anna.user)
        page = anna.post(admin_url(item, "share", item.pk), {"revoke": link.pk}, follow=True)

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        told = undo(anna, page)

    assert "Länkens tid är slut." in messages_of(told)[0]


@pytest.mark.parametrize("way", ["the list", "its form"])
def test_a_notice_that_was_stopped_is_shown_again(anna, client, way):
    notice = NoticeFactory(text_sv="Drick inte vattnet.")
    address, sent = admin_url(notice, "changelist"), {"action": "stop", "index": 0}
    sent["_selected_action"] = notice.pk
    if way == "its form":
        address = admin_url(notice, "change")
        sent = filled_in(anna.get(address)) | {"_stop": "on"}
    page = anna.post(address, sent, follow=True)
    was_gone = "Drick inte vattnet." not in client.get("/").text

    undo(anna, page)

    assert was_gone
    assert "Drick inte vattnet." in client.get("/").text


def test_every_verb_that_takes_something_away_can_be_undone():
    takes_away = {verb.name for verb in VERBS if verb.place == APART} | {"unschedule", "send_back"}

    assert takes_away <= set(UNDOING)


# Many at once


def test_one_button_undoes_all_rows_and_tells_of_each(anna):
    items = NewsItemFactory.create_batch(3)
    left_alone = NewsItemFactory(draft=True)
    before = [status_of(item) for item in items]

    told = undo(anna, act(anna, "archive", *items, left_alone))

    assert [status_of(item) for item in items] == before
    assert len(messages_of(told)) == 3


def test_one_button_takes_all_up_from_the_bin(anna):
    items = NewsItemFactory.create_batch(3, draft=True)
    keys = [item.pk for item in items]
    sent = {"action": "delete_selected", "_selected_action": keys, "post": "yes", "index": 0}
    if "delete_selected" not in anna.get(admin_url(NewsItem, "changelist")).text:
        items = NoticeFactory.create_batch(3)
        sent["_selected_action"] = [item.pk for item in items]
    page = anna.post(admin_url(items[0], "changelist"), sent, follow=True)
    were_away = not type(items[0]).objects.exists()

    undo(anna, page)

    assert were_away
    assert type(items[0]).objects.count() == 3


# When it fits no longer


def test_what_somebody_has_done_something_with_since_is_left_alone(anna):
    item, bo = NewsItemFactory(), sit_down()
    page = act(anna, "withdraw", item, reason="mistake")
    NewsItem.objects.get(pk=item.pk).save_draft(by=bo.user, values={"title_sv": "Bos"})

    told = undo(anna, page)

    assert "Någon har gjort något med den sedan dess." in messages_of(told)[0]
    assert NewsItem.objects.get(pk=item.pk).state == State.WITHDRAWN


def test_what_is_no_longer_in_the_bin_is_told(anna):
    item = NewsItemFactory(draft=True)
    page = throw_away(anna, item)
    NewsItem.take_out_of_bin(item.pk, by=anna.user)

    assert "Den finns inte i papperskorgen längre." in messages_of(undo(anna, page))[0]


def test_twice_is_once(anna):
    item = NewsItemFactory()
    page = act(anna, "archive", item)
    undo(anna, page)

    assert "Det gick inte att ångra" in messages_of(undo(anna, page))[0]


# Rights


def test_who_has_lost_the_right_undoes_nothing(anna):
    item = NewsItemFactory()
    page = act(anna, "archive", item)
    anna.user.groups.set(sit_down("Redaktörer").user.groups.all())

    told = undo(anna, page)

    assert "Du har inte rätt att publicera" in messages_of(told)[0]
    assert NewsItem.objects.get(pk=item.pk).state == State.ARCHIVED


def test_after_twelve_hours_nothing_is_undone(anna):
    item = NewsItemFactory()
    page = act(anna, "archive", item)

    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        anna.force_login(anna.user)
        told = undo(anna, page)

    assert "Det går inte att ångra längre." in messages_of(told)[0]
    assert NewsItem.objects.get(pk=item.pk).state == State.ARCHIVED


def test_nobody_undoes_what_another_has_done(anna):
    item = NewsItemFactory()
    page = act(anna, "archive", item)

    told = undo(sit_down(), page)

    assert "Det går inte att ångra längre." in messages_of(told)[0]
    assert NewsItem.objects.get(pk=item.pk).state == State.ARCHIVED


def test_it_takes_a_token(anna):
    page = act(anna, "archive", NewsItemFactory())
    lured = Client(enforce_csrf_checks=True)
    lured.force_login(anna.user)

    assert lured.post("/admin/angra/", {"what": buttons(page)[0]}).status_code == 403


def test_the_title_in_the_message_is_no_html(anna):
    page = throw_away(anna, NewsItemFactory(draft=True, title_sv="<b>Fet</b>"))

    assert "<b>Fet</b>" not in page.text
    assert buttons(page)
