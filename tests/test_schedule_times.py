"""From when until when residents see a page, and what can't wait."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from news.models import NewsItem
from tests.admin_forms import staff
from tests.factories import NewsItemFactory
from tests.situations import DAY, NOW, row

pytestmark = pytest.mark.django_db
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


# From


def test_a_first_publication_can_wait_and_be_published_now_all_the_same(publisher):
    item = NewsItemFactory(draft=True)
    item.publish(by=publisher, at=MINUTE)

    item.publish(by=publisher)

    assert row(item).publish_at == NOW
    assert row(item).is_published()


def test_a_first_publication_that_waits_can_wait_for_another_time(publisher):
    item = NewsItemFactory(draft=True)
    item.publish(by=publisher, at=MINUTE)

    item.publish(by=publisher, at=MINUTE + DAY)

    assert row(item).publish_at == MINUTE + DAY


def test_the_text_of_a_first_publication_that_waits_can_be_corrected(publisher):
    item = NewsItemFactory(draft=True)
    item.publish(by=publisher, at=MINUTE)
    item.save_draft(by=publisher, values={"title_sv": "Rättad"})

    item.publish(by=publisher, at=MINUTE)

    assert (row(item).title_sv, row(item).publish_at) == ("Rättad", MINUTE)


def test_a_correction_keeps_the_date_of_publishing(publisher):
    item = changed(publisher, {"title_sv": "Rättad"}, publish_at=NOW - 9 * DAY)

    item.publish(by=publisher)

    assert row(item).publish_at == NOW - 9 * DAY


def test_what_is_seen_is_not_taken_away_to_come_later(publisher):
    item = changed(publisher, {"title_sv": "Sedan"})

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=publisher, at=MINUTE)

    assert refusal.value.message_dict == {
        "at": ["Sidan syns redan. Schemalägg ändringen i stället."]
    }


# Until


def test_a_page_goes_by_itself(publisher, clock):
    item = NewsItemFactory(draft=True)
    item.publish(by=publisher, until=MINUTE)

    clock.move_to(MINUTE)

    assert not NewsItem.objects.published().exists()


def test_an_end_that_has_been_is_cleared_when_it_is_published_again(publisher):
    item = NewsItemFactory(publish_at=NOW - 9 * DAY, expire_at=NOW - DAY)

    item.publish(by=publisher)

    assert row(item).expire_at is None
    assert row(item).is_published()


def test_an_end_to_come_is_kept_by_a_correction(publisher):
    item = changed(publisher, {"title_sv": "Rättad"}, expire_at=MINUTE)

    item.publish(by=publisher)

    assert row(item).expire_at == MINUTE


def test_an_end_can_be_taken_away(publisher):
    item = NewsItemFactory(expire_at=MINUTE)

    item.publish(by=publisher, until=None)

    assert row(item).expire_at is None


def test_an_end_that_has_been_is_refused(publisher):
    item = NewsItemFactory()

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=publisher, until=NOW)

    assert refusal.value.message_dict == {"until": ["Välj en sluttid som inte har varit."]}
    assert row(item).expire_at is None


def test_a_page_does_not_end_before_it_begins(publisher):
    item = NewsItemFactory(draft=True)

    with pytest.raises(ValidationError, match="kan inte avpubliceras innan den publiceras"):
        item.publish(by=publisher, at=MINUTE, until=MINUTE - DAY)


def test_a_text_does_not_wait_until_after_the_end(publisher):
    item = changed(publisher, {"title_sv": "Sedan"})

    with pytest.raises(ValidationError) as refusal:
        item.schedule(by=publisher, at=MINUTE, until=MINUTE)

    assert list(refusal.value.message_dict) == ["until"]


def test_a_page_does_not_end_before_what_waits(publisher):
    item = changed(publisher, {"title_sv": "Sedan"})
    item.schedule(by=publisher, at=MINUTE)

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=publisher, until=MINUTE)

    assert list(refusal.value.message_dict) == ["until"]
    assert row(item).expire_at is None


def test_a_page_may_end_after_what_waits(publisher):
    item = changed(publisher, {"title_sv": "Sedan"})

    item.schedule(by=publisher, at=MINUTE, until=MINUTE + DAY)

    assert row(item).expire_at == MINUTE + DAY


# What can't wait


def test_a_text_does_not_wait_for_a_minute_that_has_been(publisher):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "Sedan"})

    with pytest.raises(ValidationError) as refusal:
        item.schedule(by=publisher, at=NOW)

    assert refusal.value.message_dict == {"at": ["Välj en tid som inte har varit."]}


def test_a_page_that_comes_later_does_not_end_before_it_comes(publisher):
    item = NewsItemFactory(publish_at=MINUTE)
    item.save_draft(by=publisher, values={"title_sv": "Sedan"})

    with pytest.raises(ValidationError, match="Sidan kan inte avpubliceras innan den publiceras."):
        item.schedule(by=publisher, at=NOW + DAY, until=NOW + 2 * DAY)

    assert row(item).expire_at is None


def test_only_one_text_waits(publisher):
    item = changed(publisher, {"title_sv": "Sedan"})
    item.schedule(by=publisher, at=MINUTE)
    item.save_draft(by=publisher, values={"lead_sv": "Ny ingress."})

    with pytest.raises(ValidationError, match="En ändring väntar redan."):
        item.schedule(by=publisher, at=MINUTE + DAY)


def test_a_text_that_can_not_be_published_does_not_wait(publisher):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "", "lead_sv": ""})

    with pytest.raises(ValidationError) as refusal:
        item.schedule(by=publisher, at=MINUTE)

    assert set(refusal.value.message_dict) == {"title_sv", "lead_sv"}
    assert row(item).track.newest.data["title_sv"] == ""
