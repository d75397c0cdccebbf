"""What residents saw of an item at a moment, as its history tells."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from publishing.models import Version
from publishing.schedule import publish_due
from tests.factories import AdministratorFactory, ContactFunctionFactory, NewsItemFactory
from tests.situations import row

pytestmark = pytest.mark.django_db

SWEDEN = ZoneInfo("Europe/Stockholm")
JUNE = datetime(2024, 6, 7, 8, 0, tzinfo=SWEDEN)
DAY = timedelta(days=1)


@pytest.fixture
def boss():
    return AdministratorFactory()


def act(moment, do, *args, **facts):
    """Do something at a ``moment``."""
    with time_machine.travel(moment, tick=False):
        return do(*args, **facts)


def draft(at, **facts):
    return act(at, NewsItemFactory, draft=True, lead_sv="Ett.", **facts)


def rewritten(item, at, by, lead, **facts):
    """``item`` with another lead, published at the moment ``at``."""
    act(at, item.save_draft, by=by, values={"lead_sv": lead})
    act(at, item.publish, by=by, **facts)


def lead_at(item, moment):
    past = Version.objects.of(item).shown_at(moment)
    return past and past.item.lead_sv


def texts_of(item):
    """[(lead, first day of June on which it could be read, last)] by the history of ``item``."""
    spans = Version.objects.of(item).spans()
    texts = {each.number: each.data for each in Version.objects.of(item).texts()}
    return [
        (
            texts[span.text]["lead_sv"],
            (span.begins - JUNE).days,
            span.ends and (span.ends - JUNE).days,
        )
        for span in spans
    ]


# The question alone


def test_a_draft_was_seen_by_nobody(boss):
    item = draft(JUNE)
    act(JUNE, item.save_draft, by=boss, values={"lead_sv": "Två."})

    assert lead_at(item, JUNE + DAY) is None


def test_each_published_text_was_seen_until_the_next(boss):
    item = draft(JUNE)
    act(JUNE + DAY, item.publish, by=boss)
    rewritten(item, JUNE + 2 * DAY, boss, "Två.")

    assert texts_of(item) == [("Ett.", 1, 2), ("Två.", 2, None)]
    assert [lead_at(item, JUNE + days * DAY) for days in range(4)] == [None, "Ett.", "Två.", "Två."]


def test_what_was_saved_but_not_published_was_not_seen(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss)
    act(JUNE + DAY, item.save_draft, by=boss, values={"lead_sv": "Två."})

    assert lead_at(item, JUNE + 2 * DAY) == "Ett."


def test_a_page_that_waits_for_its_minute_is_seen_from_then(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss, at=JUNE + 2 * DAY)

    assert texts_of(item) == [("Ett.", 2, None)]


def test_the_minute_itself_counts(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss, at=JUNE + DAY)

    assert lead_at(item, JUNE + DAY) == "Ett."
    assert lead_at(item, JUNE + DAY - timedelta(microseconds=1)) is None


def test_a_page_is_seen_until_it_goes_by_itself(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss, until=JUNE + DAY)

    assert texts_of(item) == [("Ett.", 0, 1)]


def test_what_was_to_be_stopped_in_time_was_never_seen(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss, at=JUNE + 2 * DAY)
    act(JUNE + DAY, item.withdraw, by=boss)

    assert texts_of(item) == []


def test_a_withdrawn_page_is_seen_again_when_it_is_published_again(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss)
    act(JUNE + DAY, item.withdraw, by=boss)
    act(JUNE + 3 * DAY, item.publish, by=boss)

    assert texts_of(item) == [("Ett.", 0, 1), ("Ett.", 3, None)]


@pytest.mark.parametrize("verb", [{"reason": "outdated"}, None], ids=["outdated", "archived"])
def test_a_page_that_is_kept_is_still_seen(boss, verb):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss)
    act(JUNE + DAY, item.withdraw if verb else item.archive, by=boss, **(verb or {}))

    past = Version.objects.of(item).shown_at(JUNE + 2 * DAY)
    before = Version.objects.of(item).shown_at(JUNE)

    assert past.item.is_outdated if verb else past.item.is_archived
    assert before.item.is_published(JUNE)


def test_what_lies_in_the_bin_is_seen_no_more_until_it_is_taken_up(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss)
    act(JUNE + DAY, item.archive, by=boss)
    act(JUNE + 2 * DAY, row(item).move_to_bin, by=boss)
    act(JUNE + 3 * DAY, type(item).take_out_of_bin, item.pk, by=boss)

    gone = [lead_at(item, JUNE + days * DAY) for days in (1, 2, 3)]

    assert gone == ["Ett.", None, "Ett."]


def test_a_text_that_waits_is_seen_from_when_it_was_applied(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss)
    act(JUNE, item.save_draft, by=boss, values={"lead_sv": "Två."})
    act(JUNE, item.schedule, by=boss, at=JUNE + DAY)
    act(JUNE + DAY, publish_due)

    assert texts_of(item)[-1] == ("Två.", 1, None)


def test_only_the_languages_that_were_published_were_seen(boss):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss)
    values = {"lead_sv": "Två.", "title_fi": "Otsikko"}
    act(JUNE + DAY, item.save_draft, by=boss, values=values)
    act(JUNE + DAY, item.publish, by=boss, languages={"sv"})

    past = Version.objects.of(item).shown_at(JUNE + DAY)

    assert (past.item.lead_sv, past.item.languages()) == ("Två.", ["sv"])


def test_it_was_reviewed_when_it_had_been_reviewed(boss):
    item, function = draft(JUNE), ContactFunctionFactory()
    act(JUNE, item.publish, by=boss)
    act(JUNE + DAY, item.mark_reviewed, by=boss, function=function)

    reviewed = [
        Version.objects.of(item).shown_at(JUNE + days * DAY).item.last_reviewed_on
        for days in (0, 1)
    ]

    assert reviewed == [None, (JUNE + DAY).date()]


@pytest.mark.parametrize(("is_minor", "revised"), [(False, (JUNE + DAY).date()), (True, None)])
def test_the_day_of_its_update_is_that_of_the_last_change(boss, is_minor, revised):
    item = draft(JUNE)
    act(JUNE, item.publish, by=boss)
    rewritten(item, JUNE + DAY, boss, "Två.", is_minor=is_minor)
    act(JUNE + 2 * DAY, item.withdraw, by=boss)
    act(JUNE + 3 * DAY, item.publish, by=boss)

    assert Version.objects.of(item).shown_at(JUNE + 3 * DAY).item.revised_on == revised


def test_what_is_older_than_its_history_has_no_day_of_update(boss):
    item = act(JUNE, NewsItemFactory, publish_at=JUNE - 9 * DAY)
    act(JUNE, item.save_draft, by=boss, values={"lead_sv": "Två."})

    assert Version.objects.of(item).shown_at(JUNE + DAY).item.revised_on is None


def test_a_history_of_two_hundred_versions_costs_four_queries(boss, django_assert_num_queries):
    item = draft(JUNE)
    for hour in range(100):
        rewritten(item, JUNE + timedelta(hours=hour), boss, f"{hour}.")

    with django_assert_num_queries(4):
        assert lead_at(item, JUNE + timedelta(hours=50)) == "50."
