"""At any instant all places show the same, also in the nights that have 23 or 25 hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from news.models import NewsArchive, NewsItem
from publishing.models import Redirect
from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.factories import (
    FocusAreaFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    PageFactory,
)
from tests.situations import DAY, NOW, row

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTE = NOW + 7 * DAY


@pytest.fixture(autouse=True)
def clock():
    """The clock stands still; a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher():
    return staff("Publicister")


def changed(by, values, **facts):
    item = NewsItemFactory(**facts)
    item.save_draft(by=by, values=values)
    return item


# The night with 25 hours, and the one with 23

BEFORE_AUTUMN = datetime(2026, 10, 24, 12, 0, tzinfo=STOCKHOLM)
FIRST = datetime(2026, 10, 25, 2, 30, tzinfo=STOCKHOLM)
SECOND = FIRST.replace(fold=1)
SPRING = datetime(2026, 3, 29, 2, 30, tzinfo=STOCKHOLM)  # a time that no clock shows
for_each_half_past_two = pytest.mark.parametrize(
    ("at", "moment"),
    [
        (FIRST, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (SECOND, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (SPRING, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
    ids=["first", "second", "never"],
)


@for_each_half_past_two
def test_a_page_begins_once_at_half_past_two(publisher, clock, at, moment):
    clock.move_to(moment - DAY)
    NewsItemFactory(draft=True).publish(by=publisher, at=at)

    seen = []
    for seconds in (-1, 0):
        clock.move_to(moment + timedelta(seconds=seconds))
        seen.append(NewsItem.objects.published().exists())

    assert seen == [False, True]


@for_each_half_past_two
def test_a_page_ends_once_at_half_past_two(publisher, clock, at, moment):
    clock.move_to(moment - DAY)
    NewsItemFactory(draft=True).publish(by=publisher, until=at)

    seen = []
    for seconds in (-1, 0):
        clock.move_to(moment + timedelta(seconds=seconds))
        seen.append(NewsItem.objects.published().exists())

    assert seen == [True, False]


@for_each_half_past_two
def test_a_text_waits_for_the_right_half_past_two(publisher, clock, at, moment):
    clock.move_to(moment - DAY)
    item = changed(publisher, {"title_sv": "Sedan"}, publish_at=moment - 2 * DAY)
    item.schedule(by=publisher, at=at)

    seen = []
    for seconds in (-1, 0):
        clock.move_to(moment + timedelta(seconds=seconds))
        publish_due()
        seen.append(row(item).title_sv)

    assert seen == ["En rubrik", "Sedan"]


def test_a_page_may_end_in_the_hour_that_comes_again(publisher, clock):
    clock.move_to(BEFORE_AUTUMN)
    item = NewsItemFactory(draft=True)

    item.publish(by=publisher, at=FIRST, until=SECOND.replace(minute=15))

    assert row(item).expire_at - row(item).publish_at == timedelta(minutes=45)


def test_the_first_half_past_two_is_before_the_second_quarter_past(publisher, clock):
    clock.move_to(BEFORE_AUTUMN)
    item = changed(publisher, {"title_sv": "Sedan"}, publish_at=BEFORE_AUTUMN - DAY)

    with pytest.raises(ValidationError) as refusal:
        item.schedule(by=publisher, at=SECOND.replace(minute=15), until=FIRST)

    assert list(refusal.value.message_dict) == ["until"]


# What residents see, everywhere at once


INSTANTS = [timedelta(seconds=s) for s in (-1, 0, 1, 3599, 3600, 3601)]


def places(client, item):
    """{where: whether residents find ``item`` there now}"""
    address = item.get_absolute_url()
    lists = ["/", "/nyheter/", "/nyheter/rss.xml", "/nyheter/atom.xml", "/sitemap-nyheter.xml"]
    found = {place: address in client.get(place).content.decode() for place in lists}
    found["page"] = client.get(address).status_code == 200
    found["archive"] = bool(NewsArchive.years())
    found["row"] = row(item).is_published()
    return found


@pytest.mark.parametrize("after", INSTANTS, ids=lambda after: f"{after.total_seconds():+.0f} s")
def test_every_place_agrees_at_any_instant(client, clock, publisher, after):
    item = NewsItemFactory(draft=True)
    item.publish(by=publisher, at=MINUTE, until=MINUTE + timedelta(hours=1))
    NewsArchive.recount()

    clock.move_to(MINUTE + after)

    is_seen = timedelta(0) <= after < timedelta(hours=1)
    assert set(places(client, item).values()) == {is_seen}


def an_area():
    return FocusAreaFactory(draft=True), ["/", "/fokusomraden/", "/sitemap-fokusomraden.xml"]


def an_initiative():
    area = FocusAreaFactory()
    lists = ["/insatser/", area.get_absolute_url(), "/sitemap-insatser.xml"]
    return InitiativeFactory(draft=True, focus_area=area), lists


def a_page():
    item = PageFactory(draft=True)
    MenuItemFactory(page=item, section="")
    return item, ["/", "/sitemap-sidor.xml"]


@pytest.mark.parametrize("after", INSTANTS, ids=lambda after: f"{after.total_seconds():+.0f} s")
@pytest.mark.parametrize("make", [an_area, an_initiative, a_page])
def test_every_place_of_another_kind_agrees_too(client, clock, publisher, make, after):
    item, lists = make()
    item.publish(by=publisher, at=MINUTE, until=MINUTE + timedelta(hours=1))

    clock.move_to(MINUTE + after)

    address, is_seen = item.get_absolute_url(), timedelta(0) <= after < timedelta(hours=1)
    lists = [*lists, "/webbplatskarta/"]
    found = {place: address in client.get(place).content.decode() for place in lists}
    assert found == dict.fromkeys(lists, is_seen)
    assert client.get(address).status_code == (200 if is_seen else 404)


PLACES = ["/", "/nyheter/", "/nyheter/rss.xml", "/nyheter/atom.xml", "/nyheter/ljus/"]


@pytest.mark.parametrize("place", PLACES)
def test_the_first_request_after_the_minute_shows_the_new_text(client, clock, publisher, place):
    item = changed(publisher, {"title_sv": "Den nya rubriken"}, slug="ljus")
    item.schedule(by=publisher, at=MINUTE)
    before = client.get(place).text

    clock.move_to(MINUTE)

    assert "Den nya rubriken" not in before
    assert "Den nya rubriken" in client.get(place).text


def test_an_address_that_changes_at_its_minute_leads_on_from_then(client, clock, publisher):
    item = changed(publisher, {"slug": "ny"}, slug="gammal")
    item.schedule(by=publisher, at=MINUTE)
    links = NewsItemFactory(body_sv='<p><a href="/nyheter/gammal/">Se</a></p>')
    links.save_draft(by=publisher, values={"title_sv": "Nu"})
    before = client.get("/nyheter/gammal/").status_code, Redirect.objects.exists()

    clock.move_to(MINUTE)
    response = client.get("/nyheter/gammal/")

    assert before == (200, False)
    assert (response.status_code, response.headers["Location"]) == (301, "/nyheter/ny/")
    assert 'href="/nyheter/ny/"' in row(links).body_sv
