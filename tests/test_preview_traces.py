"""What a preview leaves behind (nothing), who keeps it (nobody), and its pictures."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from focus_areas.models import FocusArea
from publishing.models import Preview
from publishing.signals import content_changed
from tests.admin_forms import admin_url, filled_in
from tests.factories import FocusAreaFactory, ImageFactory, InitiativeFactory, NewsItemFactory
from tests.histories import address, erase, forget, rewrite
from tests.pictures import image_with_files
from tests.previews import (
    as_residents_get_it,
    changed_tables,
    client_of,
    key_in,
    page_in,
    press_preview,
    preview_of,
    rows_of_all_tables,
)
from tests.reading import words_of
from tests.situations import NOW, row

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


# Versions


def test_a_version_is_shown_as_it_would_be_published(publisher):
    item = NewsItemFactory(lead_sv="Först.")
    item.save_draft(by=publisher.user, values={"lead_sv": "Sedan."})

    frame = publisher.get(address(item, "version_preview", 2))

    assert "Version 2" in words_of(frame)
    assert "Sedan." in page_in(publisher, frame).content.decode()


def test_the_version_that_residents_see_is_shown_as_they_see_it(publisher):
    item = NewsItemFactory(state="archived")
    item.save_draft(by=publisher.user, values={"lead_sv": "Sedan."})

    live = page_in(publisher, publisher.get(address(item, "version_preview", 1)))
    to_come = page_in(publisher, publisher.get(address(item, "version_preview", 2)))

    public = client_of(None).get(item.get_absolute_url()).content.decode()
    assert as_residents_get_it(live.content.decode()) == public
    assert "Den här sidan är arkiverad" not in to_come.content.decode()


def test_a_version_names_what_has_been_taken_out_of_it(publisher):
    item = NewsItemFactory(lead_sv="Hemligt.")
    item.save_draft(by=publisher.user, values={"lead_sv": "Sedan."})
    item.publish(by=publisher.user)
    erase(item, 1, ["lead_sv"])

    frame = publisher.get(address(item, "version_preview", 1))

    assert "Borttaget ur historiken" in words_of(frame)
    assert "Hemligt." not in page_in(publisher, frame).content.decode()


def test_a_version_of_what_lies_in_the_bin_is_shown(publisher):
    item = NewsItemFactory(draft=True, lead_sv="Kastad.")
    item.save_draft(by=publisher.user, values={"lead_sv": "Sedan."})
    row(item).move_to_bin(by=publisher.user)

    frame = publisher.get(address(item, "version_preview", 1))

    assert "Kastad." in page_in(publisher, frame).content.decode()


def test_a_version_that_belongs_to_what_is_gone_is_shown_without_it(publisher):
    area = FocusAreaFactory()
    item = InitiativeFactory(focus_area=area, lead_sv="Läxhjälp.")
    item.save_draft(by=publisher.user, values={"focus_area": FocusAreaFactory().pk})
    item.publish(by=publisher.user)
    FocusArea.objects.filter(pk=area.pk).delete()

    frame = publisher.get(address(item, "version_preview", 1))

    assert "Det som sidan hör till saknas: fokusområde." in words_of(frame)
    assert "Läxhjälp." in page_in(publisher, frame).content.decode()


def test_a_version_from_before_a_field_was_there_is_shown(publisher):
    item = NewsItemFactory(caption_sv="Torget i sol", image=ImageFactory())
    item.save_draft(by=publisher.user, values={"lead_sv": "Sedan."})
    forget(item, 1, "caption_sv", "focus_areas")
    rewrite(item, 1, gone="x")

    frame = publisher.get(address(item, "version_preview", 1))

    assert "Torget i sol" not in page_in(publisher, frame).content.decode()


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
    list(answer)  # reading a file to its end closes it


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

    with django_assert_num_queries(10):
        answer = publisher.get(frame.request["PATH_INFO"])
    with django_assert_num_queries(16):
        page_in(publisher, answer)
