"""What a preview leaves behind (nothing), who keeps it (nobody), and its pictures."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from publishing.models import Preview
from publishing.signals import content_changed
from tests.admin_forms import admin_url, filled_in
from tests.factories import ImageFactory, NewsItemFactory
from tests.pictures import image_with_files
from tests.previews import (
    changed_tables,
    client_of,
    key_in,
    page_in,
    press_preview,
    preview_of,
    rows_of_all_tables,
)
from tests.situations import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def publisher():
    return client_of("Publicister")


# What it leaves behind


def test_a_preview_leaves_nothing_behind(publisher, mailoutbox):
    item = NewsItemFactory()
    item.save_draft(by=publisher.user, values={"lead_sv": "Ny."})
    form = filled_in(publisher.get(admin_url(item, "change")), slug="ny-adress", title_sv="Ny")
    told, before = [], rows_of_all_tables()
    content_changed.connect(on_change := lambda **facts: told.append(facts), weak=False)

    frame = publisher.post(admin_url(item, "preview_form", item.pk), form, follow=True)
    page_in(publisher, frame)

    content_changed.disconnect(on_change)
    assert changed_tables(before) == {"publishing_preview"}
    assert (told, mailoutbox) == ([], [])


def test_looking_at_a_preview_again_writes_nothing(publisher):
    frame = press_preview(publisher, NewsItemFactory())
    before = rows_of_all_tables()

    page_in(publisher, publisher.get(frame.request["PATH_INFO"]))

    assert changed_tables(before) == set()


def test_five_previews_of_a_person_are_kept(publisher):
    item = NewsItemFactory()
    other = press_preview(client_of("Redaktörer"), item)
    frames = []
    for second in range(7):
        with time_machine.travel(NOW + timedelta(seconds=second), tick=False):
            frames.append(press_preview(publisher, item))

    kept = [publisher.get(frame.request["PATH_INFO"]).status_code for frame in frames]

    assert kept == [404, 404, 200, 200, 200, 200, 200]
    assert Preview.objects.filter(pk=key_in(other)).exists()


def test_a_preview_is_kept_for_an_hour(publisher):
    frame = press_preview(publisher, NewsItemFactory())

    with time_machine.travel(NOW + timedelta(minutes=59)):
        assert publisher.get(frame.request["PATH_INFO"]).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=60)):
        answer = publisher.get(frame.request["PATH_INFO"])

    assert answer.status_code == 404
    assert "tryck på Förhandsvisa igen" in answer.content.decode()


def test_what_nobody_can_look_at_any_more_is_removed_by_the_next_preview(publisher):
    press_preview(client_of("Redaktörer"), NewsItemFactory())

    with time_machine.travel(NOW + timedelta(hours=1)):
        press_preview(publisher, NewsItemFactory())

    assert Preview.objects.count() == 1


def test_what_nobody_can_look_at_any_more_is_removed_in_the_night(publisher, capsys):
    press_preview(publisher, NewsItemFactory())

    with time_machine.travel(NOW + timedelta(hours=1)):
        call_command("purge_bin")

    assert not Preview.objects.exists()


# Who else keeps it


@pytest.mark.parametrize("part", ["", "sida/sv/"])
def test_no_cache_keeps_a_preview_and_no_search_engine_lists_it(publisher, part):
    frame = press_preview(publisher, NewsItemFactory())

    headers = publisher.get(frame.request["PATH_INFO"] + part).headers

    assert {"private", "no-store"} <= set(headers["Cache-Control"].split(", "))
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_only_the_page_may_be_framed_and_only_by_the_back_office(publisher):
    frame = press_preview(publisher, NewsItemFactory())
    page = page_in(publisher, frame)

    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in frame.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in frame.headers["Content-Security-Policy"]
    assert frame.headers["X-Frame-Options"] == "DENY"


def test_a_picture_that_nothing_public_shows_comes_along(publisher):
    image = image_with_files()

    page = preview_of(publisher, NewsItemFactory(), image=image.pk)

    address = re.search(r'<img src="(/media/[^"]*)"', page)[1]
    answer = publisher.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    answer.close()


@pytest.mark.parametrize(
    "facts",
    [
        {"withdrawn_at": NOW},
        {"valid_until": NOW.date() - timedelta(days=1)},
        {"shows_identifiable_people": True},
    ],
)
def test_a_picture_that_may_not_be_shown_is_not_shown_in_a_preview_either(publisher, facts):
    frame = press_preview(publisher, NewsItemFactory(draft=True), image=ImageFactory(**facts).pk)
    page = page_in(publisher, frame).content.decode()

    assert "picture-placeholder" in page
    assert "renditions" not in page
    assert "Innan sidan kan publiceras" in frame.content.decode()


def test_a_preview_costs_the_queries_of_its_page_and_few_more(publisher, django_assert_num_queries):
    frame = press_preview(publisher, NewsItemFactory(image=ImageFactory()))

    with django_assert_num_queries(11):
        answer = publisher.get(frame.request["PATH_INFO"])
    with django_assert_num_queries(16):
        page_in(publisher, answer)
