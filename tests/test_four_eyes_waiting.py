"""With FOUR_EYES on, a text that waits, comes back or clashes is still seen by two."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from publishing.models import Clashing
from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.factories import NewsItemFactory
from tests.situations import DAY, NOW, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
REFUSAL = "^Någon annan än den som skrev senast måste godkänna texten.$"
OWN_TEXT = "^Någon annan måste godkänna en egen text."


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def four_eyes(settings):
    settings.FOUR_EYES = True


@pytest.fixture
def writer():
    return staff("Publicister")


@pytest.fixture
def other():
    return staff("Publicister")


def changed(by, **values):
    item = NewsItemFactory()
    item.save_draft(by=by, values=values or {"title_sv": "Nu"})
    return item


# What waited for its time


def test_who_takes_a_text_back_has_not_written_it(writer, other):
    item = changed(by=writer)
    item.schedule(by=other, at=NOW + DAY)
    item.unschedule(by=other)

    item.publish(by=other)

    assert row(item).title_sv == "Nu"


def test_who_wrote_does_not_approve_what_another_took_back(writer, other):
    item = changed(by=writer)
    item.schedule(by=other, at=NOW + DAY)
    item.unschedule(by=other)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


def test_what_another_has_not_seen_is_not_approved_by_taking_back_something_else(writer, other):
    item = changed(by=other)
    item.schedule(by=writer, at=NOW + DAY)
    item.save_draft(by=writer, values={"lead_sv": "Ingen annan har läst."})
    item.unschedule(by=other)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


def test_who_scheduled_may_schedule_again_what_failed(writer, other):
    item = changed(by=writer, slug="upptagen")
    item.schedule(by=other, at=NOW + DAY)
    NewsItemFactory(slug="upptagen")
    with time_machine.travel(NOW + DAY, tick=False):
        publish_due()
    NewsItemFactory._meta.model.objects.filter(slug="upptagen").delete()

    with time_machine.travel(NOW + DAY, tick=False):
        item.publish(by=other)

    assert row(item).slug == "upptagen"


# Where two texts clash


def clashing(writer, other):
    """An item whose title was changed twice: once for residents, once in the form."""
    item = changed(by=writer, title_sv="Den som väntade")
    item.schedule(by=other, at=NOW + DAY)
    item.save_draft(by=writer, values={"title_sv": "Den i formuläret"})
    return item


def publish_at_the_minute(item, by, **facts):
    with time_machine.travel(NOW + DAY, tick=False):
        publish_due()
        item.publish(by=by, **facts)


@pytest.mark.parametrize("text", ["Den som väntade", "Den i formuläret"])
def test_who_approves_may_choose_between_two_texts(writer, other, text):
    item = clashing(writer, other)

    publish_at_the_minute(item, other, settled={"title_sv": text})

    assert row(item).title_sv == text


def test_who_approves_may_not_settle_by_a_text_of_her_own(writer, other):
    item = clashing(writer, other)

    with pytest.raises(PermissionDenied, match=OWN_TEXT):
        publish_at_the_minute(item, other, settled={"title_sv": "Ingen annan har läst."})

    assert row(item).title_sv == "Den som väntade"


def test_without_the_setting_who_publishes_may_settle_by_a_text_of_her_own(writer, other, settings):
    settings.FOUR_EYES = False
    item = clashing(writer, other)

    publish_at_the_minute(item, other, settled={"title_sv": "En egen text"})

    assert row(item).title_sv == "En egen text"


def test_who_takes_back_may_not_settle_by_a_text_of_her_own(writer, other):
    item = clashing(writer, other)

    with pytest.raises(PermissionDenied, match=OWN_TEXT):
        item.unschedule(by=other, settled={"title_sv": "Ingen annan har läst."})


def test_a_correction_puts_no_unread_text_into_what_waits(writer, other):
    item = clashing(writer, other)
    own = {"title_sv": "Ingen annan har läst."}

    with pytest.raises(PermissionDenied, match=OWN_TEXT):
        item.publish(by=other, settled_waiting=own)


def test_what_clashes_is_told_before_anybody_settles(writer, other):
    item = clashing(writer, other)

    with pytest.raises(Clashing):
        item.publish(by=other)
