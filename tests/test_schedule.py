"""A later text waits for its minute while the page is corrected; then it is what residents see."""

from datetime import timedelta

import pytest
import time_machine

from news.models import NewsItem
from publishing.models import Action, Clashing, Version
from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.factories import FocusAreaFactory, NewsItemFactory
from tests.situations import DAY, NOW, history, row

pytestmark = pytest.mark.django_db
MINUTE = NOW + 7 * DAY
PARAGRAPHS = "<p>Ett.</p><p>Två.</p><p>Tre.</p>"


@pytest.fixture(autouse=True)
def clock():
    """The clock stands still; a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher():
    return staff("Publicister")


@pytest.fixture
def at_its_minute(clock):
    """Move to the minute and publish what is due."""

    def publish():
        clock.move_to(MINUTE)
        return publish_due()

    return publish


def waiting(by, values, **facts):
    """An item whose text has ``values`` from MINUTE on."""
    item = NewsItemFactory(**facts)
    item.save_draft(by=by, values=values)
    item.schedule(by=by, at=MINUTE)
    return item


def correct(item, by, values, **facts):
    item.save_draft(by=by, values=values)
    item.publish(by=by, **facts)


# Waiting


def test_a_waiting_text_is_not_seen_before_its_minute(publisher, clock):
    item = waiting(publisher, {"title_sv": "Sedan"})

    clock.move_to(MINUTE - timedelta(seconds=1))
    publish_due()

    assert row(item).title_sv == "En rubrik"


def test_a_waiting_text_is_seen_at_its_minute(publisher, at_its_minute):
    area = FocusAreaFactory()
    item = waiting(publisher, {"title_sv": "Sedan", "focus_areas": [area.pk]})

    assert at_its_minute() == [(item, "")]

    assert (row(item).title_sv, list(row(item).focus_areas.all())) == ("Sedan", [area])


def test_what_is_published_at_its_minute_is_recorded_in_the_name_of_who_scheduled_it(
    publisher, at_its_minute
):
    item = waiting(publisher, {"title_sv": "Sedan"})

    at_its_minute()

    last = Version.objects.of(item).last()
    assert (last.action, last.by, last.note) == (Action.PUBLISHED, publisher, "På utsatt tid.")
    assert (last.at, last.is_live) == (MINUTE, True)


def test_nothing_is_left_in_the_schedule_afterwards(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})

    at_its_minute()

    track = row(item).track
    assert (track.scheduled, track.scheduled_at) == (None, None)
    assert track.newest == track.live
    assert not NewsItem.objects.waiting().exists()


def test_the_page_can_be_scheduled_again_afterwards(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})
    at_its_minute()
    item.save_draft(by=publisher, values={"title_sv": "Ännu senare"})

    item.schedule(by=publisher, at=MINUTE + DAY)

    assert row(item).track.scheduled_at == MINUTE + DAY


def test_what_was_published_at_its_minute_is_published_once(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})
    at_its_minute()
    acts = history(item)

    assert publish_due() == []

    assert history(item) == acts


def test_the_form_is_free_while_a_text_waits(publisher):
    item = waiting(publisher, {"title_sv": "Sedan"})

    assert not row(item).has_changes
    assert row(item).track.newest.data["title_sv"] == "En rubrik"


def test_the_date_of_publishing_stays_at_the_minute(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})
    before = row(item).publish_at, row(item).expire_at

    at_its_minute()

    assert (row(item).publish_at, row(item).expire_at) == before


@pytest.mark.parametrize(("is_minor", "is_updated"), [(False, True), (True, False)])
def test_a_change_is_an_update_at_its_minute_unless_it_is_minor(
    publisher, at_its_minute, is_minor, is_updated
):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "Sedan"})
    item.schedule(by=publisher, at=MINUTE, is_minor=is_minor)
    correct(item, publisher, {"lead_sv": "Rättad."}, is_minor=True)

    at_its_minute()

    assert (row(item).updated_at == MINUTE) == is_updated


# Correcting what is seen while a text waits


def test_a_correction_is_seen_at_once_and_what_waits_has_it_too(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})

    correct(item, publisher, {"lead_sv": "Rättad."})

    assert (row(item).title_sv, row(item).lead_sv) == ("En rubrik", "Rättad.")
    at_its_minute()
    assert (row(item).title_sv, row(item).lead_sv) == ("Sedan", "Rättad.")


def test_different_paragraphs_of_one_text_are_merged(publisher, at_its_minute):
    later = "<p>Ett, senare.</p><p>Två.</p><p>Tre.</p>"
    item = waiting(publisher, {"body_sv": later}, body_sv=PARAGRAPHS)

    correct(item, publisher, {"body_sv": "<p>Ett.</p><p>Två.</p><p>Tre, rättat.</p>"})

    at_its_minute()
    assert row(item).body_sv == "<p>Ett, senare.</p><p>Två.</p><p>Tre, rättat.</p>"


def test_relations_are_merged_one_by_one(publisher, at_its_minute):
    old, later, now = FocusAreaFactory(), FocusAreaFactory(), FocusAreaFactory()
    item = waiting(publisher, {"focus_areas": [old.pk, later.pk]}, focus_areas=[old])

    correct(item, publisher, {"focus_areas": [now.pk]})

    at_its_minute()
    assert set(row(item).focus_areas.all()) == {later, now}


def test_what_waits_takes_up_every_correction(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})
    correct(item, publisher, {"lead_sv": "Rättad."})
    correct(item, publisher, {"lead_sv": "Rättad igen."})

    correct(item, publisher, {"body_sv": "<p>Rättad.</p>"})

    at_its_minute()
    kept = row(item)
    assert (kept.title_sv, kept.lead_sv) == ("Sedan", "Rättad igen.")
    assert kept.body_sv == "<p>Rättad.</p>"


def test_a_correction_does_not_take_the_schedule_over(publisher, at_its_minute):
    item, other = waiting(publisher, {"title_sv": "Sedan"}), staff("Publicister")

    correct(item, other, {"lead_sv": "Rättad."})
    at_its_minute()

    assert Version.objects.of(item).last().by == publisher


def test_a_clash_is_told_to_who_corrects_with_both_texts(publisher):
    item = waiting(publisher, {"title_sv": "Sedan"})

    with pytest.raises(Clashing) as refusal:
        correct(item, publisher, {"title_sv": "Rättad"})

    [clash] = refusal.value.clashes
    assert (clash.base, clash.mine, clash.theirs) == ("En rubrik", "Sedan", "Rättad")
    assert refusal.value.waiting


def test_a_clash_that_is_not_settled_loses_neither_text(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})
    with pytest.raises(Clashing):
        correct(item, publisher, {"title_sv": "Rättad"})

    assert row(item).title_sv == "En rubrik"
    assert row(item).track.newest.data["title_sv"] == "Rättad"
    at_its_minute()
    assert row(item).title_sv == "Sedan"


@pytest.mark.parametrize("choice", ["Sedan", "Rättad", "En tredje"])
def test_a_clash_that_is_settled_is_right_now_and_then(publisher, at_its_minute, choice):
    item = waiting(publisher, {"title_sv": "Sedan"})

    correct(item, publisher, {"title_sv": "Rättad"}, settled_waiting={"title_sv": choice})

    assert row(item).title_sv == "Rättad"
    at_its_minute()
    assert row(item).title_sv == choice


def test_what_is_in_the_form_at_the_minute_is_published_on_top_of_it(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"lead_sv": "I formuläret."})
    at_its_minute()

    item.publish(by=publisher)

    assert (row(item).title_sv, row(item).lead_sv) == ("Sedan", "I formuläret.")


def test_what_clashes_with_what_came_at_the_minute_is_told(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"title_sv": "I formuläret"})
    at_its_minute()

    with pytest.raises(Clashing) as refusal:
        item.publish(by=publisher)

    [clash] = refusal.value.clashes
    assert (clash.mine, clash.theirs) == ("I formuläret", "Sedan")
    assert not refusal.value.waiting


# Several


def test_what_clashes_with_what_came_at_the_minute_is_told_however_often_it_was_saved(
    publisher, at_its_minute
):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"title_sv": "I formuläret"})
    at_its_minute()
    item.save_draft(by=publisher, values={"lead_sv": "Ny ingress."})

    with pytest.raises(Clashing):
        item.publish(by=publisher)

    assert row(item).title_sv == "Sedan"


def test_all_that_is_due_is_published_the_earliest_first(publisher, clock):
    items = []
    for hours in (2, 1):
        item = NewsItemFactory()
        item.save_draft(by=publisher, values={"title_sv": "Sedan"})
        item.schedule(by=publisher, at=NOW + timedelta(hours=hours))
        items.append(item)

    clock.move_to(MINUTE)

    assert publish_due() == [(items[1], ""), (items[0], "")]


def test_nothing_due_costs_one_query(publisher, django_assert_num_queries):
    waiting(publisher, {"title_sv": "Sedan"})

    with django_assert_num_queries(1):
        publish_due()
