"""How a text that waits comes back: taken back, with a page that goes, or since it can't go out."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from publishing.models import Action, Clashing, State, Version, WithdrawalReason
from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.factories import InitiativeFactory, NewsItemFactory
from tests.situations import DAY, NOW, history, row

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


@pytest.fixture
def at_its_minute(clock):
    """Move to the minute and publish what is due."""

    def publish():
        clock.move_to(MINUTE)
        return publish_due()

    return publish


def waiting(by, values, factory=NewsItemFactory, **facts):
    """An item whose text has ``values`` from MINUTE on."""
    item = factory(**facts)
    item.save_draft(by=by, values=values)
    item.schedule(by=by, at=MINUTE)
    return item


def newest(item):
    return row(item).track.newest.data


# Taken back


def test_a_text_that_is_taken_back_is_in_the_form(publisher, at_its_minute):
    item = waiting(publisher, {"title_sv": "Sedan"})

    item.unschedule(by=publisher)

    assert newest(item)["title_sv"] == "Sedan"
    assert (row(item).track.scheduled, row(item).track.scheduled_at) == (None, None)
    assert at_its_minute() == []


def test_a_text_that_is_taken_back_is_merged_with_the_form(publisher):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"lead_sv": "I formuläret."})

    item.unschedule(by=publisher)

    assert (newest(item)["title_sv"], newest(item)["lead_sv"]) == ("Sedan", "I formuläret.")


def test_a_text_that_is_taken_back_reverts_no_correction(publisher):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"lead_sv": "Rättad."})
    item.publish(by=publisher)
    item.unschedule(by=publisher)

    item.publish(by=publisher)

    assert (row(item).title_sv, row(item).lead_sv) == ("Sedan", "Rättad.")


def test_what_came_at_an_earlier_minute_is_not_reverted_by_taking_back_the_next(publisher, clock):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "Först"})
    item.schedule(by=publisher, at=NOW + DAY)
    item.save_draft(by=publisher, values={"title_fi": "Sitten", "lead_fi": "Sitten."})
    clock.move_to(NOW + DAY)
    publish_due()
    item.schedule(by=publisher, at=MINUTE, languages={"fi"})

    item.unschedule(by=publisher)

    assert (newest(item)["title_sv"], newest(item)["title_fi"]) == ("Först", "Sitten")


def test_a_clash_with_the_form_is_told_and_takes_nothing_back(publisher):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"title_sv": "I formuläret"})

    with pytest.raises(Clashing) as refusal:
        item.unschedule(by=publisher)

    [clash] = refusal.value.clashes
    assert (clash.mine, clash.theirs) == ("Sedan", "I formuläret")
    assert row(item).track.scheduled_at == MINUTE


def test_a_clash_with_the_form_can_be_settled(publisher):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"title_sv": "I formuläret"})

    item.unschedule(by=publisher, settled={"title_sv": "Sedan"})

    assert newest(item)["title_sv"] == "Sedan"


# With a page that goes


def put_away(item, publisher, how):
    if how == "archive":
        item.archive(by=publisher)
    else:
        item.withdraw(by=publisher, reason=how)


WAYS = ["archive", WithdrawalReason.MISTAKE, WithdrawalReason.OUTDATED]
for_each_way = pytest.mark.parametrize("how", WAYS)


@for_each_way
def test_what_waits_for_a_page_that_goes_is_in_the_form_again(publisher, at_its_minute, how):
    item = waiting(publisher, {"title_sv": "Sedan"})

    put_away(item, publisher, how)

    assert newest(item)["title_sv"] == "Sedan"
    assert row(item).track.scheduled_at is None
    assert at_its_minute() == []
    assert row(item).state != State.PUBLISHED


@for_each_way
def test_what_waits_for_a_page_that_goes_is_merged_with_the_form(publisher, how):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"lead_sv": "I formuläret."})

    put_away(item, publisher, how)

    assert (newest(item)["title_sv"], newest(item)["lead_sv"]) == ("Sedan", "I formuläret.")


@for_each_way
def test_a_clash_keeps_no_page_up_and_no_text_from_the_history(publisher, how):
    item = waiting(publisher, {"title_sv": "Sedan"})
    item.save_draft(by=publisher, values={"title_sv": "I formuläret"})
    scheduled = row(item).track.scheduled

    put_away(item, publisher, how)

    last = Version.objects.of(item).last()
    assert newest(item)["title_sv"] == "I formuläret"
    assert last.note == f"Texten finns i version {scheduled.number}."
    assert scheduled.data["title_sv"] == "Sedan"


# In some languages


def test_the_languages_that_were_not_chosen_do_not_wait(publisher, at_its_minute):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "Sedan", "title_fi": "Sitten"})

    item.schedule(by=publisher, at=MINUTE, languages={"sv"})

    assert (newest(item)["title_sv"], newest(item)["title_fi"]) == ("En rubrik", "Sitten")
    at_its_minute()
    assert (row(item).title_sv, row(item).title_fi or "") == ("Sedan", "")


def test_the_languages_that_were_not_chosen_can_go_out_before_and_after(publisher, at_its_minute):
    item = NewsItemFactory()
    values = {"title_sv": "Sedan", "title_fi": "Sitten", "title_en": "Later"}
    item.save_draft(by=publisher, values=values)
    item.schedule(by=publisher, at=MINUTE, languages={"sv"})
    item.publish(by=publisher, languages={"fi"})
    at_its_minute()

    item.publish(by=publisher)

    assert (row(item).title_sv, row(item).title_fi, row(item).title_en) == tuple(values.values())


def test_the_form_has_what_came_at_the_minute_and_what_is_left(publisher, at_its_minute):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "Sedan", "title_fi": "Sitten"})
    item.schedule(by=publisher, at=MINUTE, languages={"sv"})
    at_its_minute()

    item.save_draft(by=publisher, values={"title_sv": "Ännu senare"})
    item.publish(by=publisher)

    assert (row(item).title_sv, row(item).title_fi) == ("Ännu senare", "Sitten")


def test_a_language_without_changes_can_not_wait(publisher):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_fi": "Sitten"})

    with pytest.raises(ValidationError) as refusal:
        item.schedule(by=publisher, at=MINUTE, languages={"sv"})

    assert list(refusal.value.message_dict) == ["languages"]


# What can't go out at its minute


def unpublishable(by):
    """A waiting text whose address somebody has taken since."""
    item = waiting(by, {"slug": "ny", "title_sv": "Sedan"}, slug="gammal")
    NewsItemFactory(slug="ny")
    return item


def test_what_can_not_be_published_is_in_the_form_again(publisher, at_its_minute):
    item = unpublishable(publisher)

    [(failed, problem)] = at_its_minute()

    assert (failed, "används redan" in problem) == (item, True)
    assert (row(item).title_sv, newest(item)["title_sv"]) == ("En rubrik", "Sedan")
    assert (row(item).track.scheduled, row(item).track.scheduled_at) == (None, None)


def test_what_can_not_be_published_is_merged_with_the_form(publisher, at_its_minute):
    item = unpublishable(publisher)
    item.save_draft(by=publisher, values={"lead_sv": "I formuläret."})

    at_its_minute()

    assert (newest(item)["title_sv"], newest(item)["lead_sv"]) == ("Sedan", "I formuläret.")


def test_what_was_sent_for_review_meanwhile_still_is(publisher, at_its_minute):
    item = unpublishable(publisher)
    item.save_draft(by=publisher, values={"lead_sv": "I formuläret."})
    item.submit(by=publisher)

    at_its_minute()

    assert row(item).stage == State.IN_REVIEW


def test_a_failure_is_recorded_with_its_reason(publisher, at_its_minute):
    item = unpublishable(publisher)

    [(_item, problem)] = at_its_minute()

    last = Version.objects.of(item).last()
    assert (last.action, last.by, last.is_live) == (Action.FAILED, publisher, False)
    assert problem in last.note


def test_one_that_fails_keeps_no_other(publisher, at_its_minute):
    unpublishable(publisher)
    item = waiting(publisher, {"title_sv": "Sedan"})

    at_its_minute()

    assert row(item).title_sv == "Sedan"


def test_what_the_database_refuses_keeps_no_other(publisher, at_its_minute, monkeypatch):
    item = waiting(publisher, {"title_sv": "Sedan"})
    bad = waiting(publisher, {"title_sv": "Sedan"}, factory=InitiativeFactory)

    def refuse(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(type(bad), "_make_public", refuse)

    at_its_minute()

    assert row(item).title_sv == "Sedan"
    assert history(bad)[-1] == Action.FAILED


def test_what_failed_is_not_tried_again(publisher, at_its_minute):
    unpublishable(publisher)
    at_its_minute()

    assert publish_due() == []
