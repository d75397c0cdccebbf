"""Taking back what took something away: all is as it was, and nothing else comes out."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from images.models import Image
from news.models import NewsItem
from pages.models import Page
from publishing import snapshot
from publishing.history import verify_chain
from publishing.models import Action, Finding, Redirect, State, Track, Version, WithdrawalReason
from publishing.models.undoing import LATER
from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.factories import (
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
    PageFactory,
)
from tests.situations import DAY, NOW, SITUATIONS, row

pytestmark = pytest.mark.django_db
HOUR = DAY / 24
AWAY = {
    "archive": lambda item, by: item.archive(by=by),
    "unschedule": lambda item, by: item.unschedule(by=by),
    **{
        f"withdraw as {reason}": lambda item, by, reason=reason: item.withdraw(by=by, reason=reason)
        for reason in (WithdrawalReason.MISTAKE, WithdrawalReason.OUTDATED)
    },
}
NOT_BEGUN, PUBLISHED = ["published later"], ["published", "ended", "changed", "changed in review"]
FITTING = {
    "archive": [*PUBLISHED, "changes waiting"],
    "unschedule": ["changes waiting"],
    "withdraw as mistake": [
        *(*PUBLISHED, *NOT_BEGUN, "changes waiting"),
        *("archived", "archived and changed", "outdated"),
    ],
    "withdraw as outdated": [*PUBLISHED, "changes waiting", "archived", "archived and changed"],
}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def by():
    return staff("Publicister")


def everything(item):
    """All that residents and editors have of ``item``."""
    item, track = row(item), Track.find(item)
    scheduled = track.scheduled and track.scheduled.data
    return {
        "row": {**snapshot.read(item), **item.status(), **snapshot.read_times(item)},
        "texts": [track.live.data, track.newest.data, scheduled],
        "facts": [track.scheduled_at, track.stage, track.submitted_by, track.translations],
        "answer": sorted(Redirect.objects.values_list("path", "kind", "object_id", "address")),
    }


def undo(item, by, number=None):
    item = row(item)
    return item.take_back(by=by, number=item.track.numbers if number is None else number)


def with_newer(by, **values):
    item = NewsItemFactory(title_sv="Då", slug="da")
    item.save_draft(by=by, values={"title_sv": "Nu", **values})
    return item


# As it was


@pytest.mark.parametrize(
    ("act", "situation"),
    [(act, situation) for act, fitting in FITTING.items() for situation in fitting],
)
def test_all_is_as_it_was(clock, by, act, situation):
    item = SITUATIONS[situation]()
    if not Track.find(item):
        item.share(by=by)  # so that there is a track to compare with
    before = everything(item)
    clock.shift(HOUR)
    AWAY[act](row(item), by)
    was_away = everything(item) != before
    clock.shift(HOUR)

    told = undo(item, by)

    assert was_away
    assert everything(item) == before
    assert told == ""
    assert verify_chain().broken == ""


def test_a_newer_address_is_the_drafts_alone_again(client, by):
    item = with_newer(by, slug="nu")
    item.withdraw(by=by)

    undo(item, by)

    assert client.get("/nyheter/da/").status_code == 200
    assert client.get("/nyheter/nu/").status_code == 404
    assert row(item).track.newest.data["slug"] == "nu"


def test_the_pages_below_are_back_at_their_addresses(client, by):
    above = PageFactory(slug="over")
    below = PageFactory(slug="under", parent=above)
    body = f'<p><a href="{below.get_absolute_url()}">Under</a></p>'
    link = PageFactory(slug="lank", body_sv=body)
    above.save_draft(by=by, values={"slug": "annan", "body_sv": body})
    address, address_above = below.get_absolute_url(), above.get_absolute_url()
    above.withdraw(by=by)
    was_elsewhere = Page.objects.get(pk=below.pk).get_absolute_url()

    undo(above, by)

    assert was_elsewhere != address
    assert Page.objects.get(pk=below.pk).get_absolute_url() == address
    assert f'href="{address}"' in Page.objects.get(pk=link.pk).body_sv
    assert client.get(address).status_code == client.get(address_above).status_code == 200


def test_links_in_it_to_pages_below_lead_to_where_those_are_again(by):
    above = PageFactory(slug="over")
    below = PageFactory(slug="under", parent=above)
    body = f'<p>Läs <a href="{below.get_absolute_url()}">om det som ligger under</a>.</p>'
    above.save_draft(by=by, values={"body_sv": body})
    above.publish(by=by)
    above.save_draft(by=by, values={"slug": "annan"})
    above.withdraw(by=by)

    undo(above, by)

    seen = row(above)
    assert seen.body_sv == body == seen.track.live.data["body_sv"]
    assert verify_chain().broken == ""
    assert Version.objects.of(seen).live().last().data["body_sv"] == body


def test_history_knows_when_residents_could_read_it(clock, by):
    item = NewsItemFactory()
    item.share(by=by)
    clock.shift(HOUR)
    row(item).withdraw(by=by)
    clock.shift(HOUR)
    undo(item, by)
    of_it = Version.objects.of(item)

    assert of_it.shown_at(NOW + HOUR / 2)
    assert not of_it.shown_at(NOW + 1.5 * HOUR)
    assert of_it.shown_at(NOW + 3 * HOUR)


def test_a_picture_that_may_not_be_shown_any_more_is_not_shown(client, by):
    item = NewsItemFactory(image=ImageFactory(alt_sv="Två som skrattar."))
    item.withdraw(by=by)
    Image.objects.get().withdraw_consent(by=by)

    undo(item, by)

    page = client.get(item.get_absolute_url())
    assert page.status_code == 200
    assert "Två som skrattar" not in page.text


def test_a_rule_that_has_come_since_takes_nothing_down_and_makes_a_to_do(
    by, django_capture_on_commit_callbacks
):
    item = NewsItemFactory(lead_sv="")  # as before the rule that a page needs one
    with django_capture_on_commit_callbacks(execute=True):
        item.withdraw(by=by)
    were_findings = Finding.objects.of(item).exists()

    with django_capture_on_commit_callbacks(execute=True):
        undo(item, by)

    assert row(item).is_published()
    assert not were_findings
    assert Finding.objects.of(item).get().rule == "lead"
    with pytest.raises(ValidationError):
        row(item).publish(by=by)


# What waits


def test_what_waits_comes_at_its_minute_as_it_was_planned(clock, by):
    item = SITUATIONS["changed"]()
    row(item).save_draft(by=by, values={"title_fi": "Nyt"})
    row(item).schedule(by=by, at=NOW + DAY, is_minor=True, languages=["sv"])
    row(item).unschedule(by=by)
    undo(item, by)
    clock.shift(DAY + HOUR)

    done = publish_due()

    assert [problem for _item, problem in done] == [""]
    assert (row(item).title_sv, row(item).title_fi) == ("Nu", "")
    assert Version.objects.of(item).live().last().is_minor


def test_what_was_planned_for_a_minute_that_has_passed_stays_in_the_form(clock, by):
    item = SITUATIONS["changes waiting"]()
    row(item).unschedule(by=by)
    before = everything(item)
    clock.shift(DAY + HOUR)

    with pytest.raises(ValidationError, match="har varit"):
        undo(item, by)

    assert everything(item) == before


def test_a_page_is_back_without_the_change_whose_minute_has_passed(clock, by):
    item = SITUATIONS["changes waiting"]()
    planned = row(item).track.scheduled
    before = row(item).title_sv
    row(item).withdraw(by=by)
    clock.shift(DAY + HOUR)

    told = undo(item, by)

    assert row(item).title_sv == before
    assert not row(item).track.scheduled_id
    assert row(item).track.newest.data["title_sv"] == "Nu"
    assert f"version {planned.number}" in told


def test_a_page_whose_minute_has_passed_is_not_published_by_it(clock, by):
    item = NewsItemFactory(publish_at=NOW + HOUR)
    item.withdraw(by=by)
    clock.shift(DAY)

    with pytest.raises(ValidationError, match="har varit"):
        undo(item, by)

    assert row(item).state == State.WITHDRAWN


def test_a_page_that_would_have_ended_meanwhile_has_ended(clock, by):
    item = NewsItemFactory(expire_at=NOW + HOUR)
    item.withdraw(by=by)
    clock.shift(DAY)

    undo(item, by)

    assert row(item).expire_at == NOW + HOUR
    assert not row(item).is_published()


# When it fits no longer


@pytest.mark.parametrize(
    "do",
    [
        lambda item, by: item.save_draft(by=by, values={"lead_sv": "Senare."}),
        lambda item, by: item.publish(by=by),
        lambda item, by: item.submit(by=by),
    ],
)
def test_nothing_is_taken_back_when_something_has_been_done_since(by, do):
    item = NewsItemFactory()
    item.withdraw(by=by)
    left_at = item.track.numbers
    do(row(item), by)
    before = everything(item)

    for number in (left_at, row(item).track.numbers):
        with pytest.raises(ValidationError, match=LATER):
            undo(item, by, number)

    assert everything(item) == before


def test_only_what_was_seen_is_taken_back(by):
    item = NewsItemFactory()
    item.archive(by=by)
    seen = item.track.numbers
    row(item).withdraw(by=by)

    with pytest.raises(ValidationError, match=LATER):
        undo(item, by, seen)

    assert row(item).state == State.WITHDRAWN


def test_what_is_taken_back_is_not_taken_back_again(by):
    item = SITUATIONS["changed"]()
    item.withdraw(by=by)
    undo(item, by)

    with pytest.raises(ValidationError, match=LATER):
        undo(item, by)


def test_an_address_that_somebody_else_has_taken_stays_hers(by):
    item = with_newer(by, slug="nu")
    item.withdraw(by=by)
    other = NewsItemFactory(slug="da")

    with pytest.raises(ValidationError, match="har redan samma adress"):
        undo(item, by)

    assert row(item).state == State.WITHDRAWN
    assert NewsItem.objects.published().get() == other


def test_a_page_that_would_come_back_without_what_it_showed_does_not(by):
    area = FocusAreaFactory()
    item = NewsItemFactory()
    item.focus_areas.add(area)
    item.save_draft(by=by, values={"focus_areas": []})
    item.withdraw(by=by)
    FocusAreaFactory._meta.model.objects.filter(pk=area.pk).delete()

    with pytest.raises(ValidationError, match="finns inte kvar"):
        undo(item, by)


# Rights


@pytest.mark.parametrize("act", ["withdraw as mistake", "archive", "unschedule"])
def test_who_may_not_publish_takes_nothing_back(clock, by, act):
    item = SITUATIONS["changes waiting"]()
    AWAY[act](row(item), by)
    before = everything(item)

    with pytest.raises(PermissionDenied):
        undo(item, staff("Redaktörer"))

    assert everything(item) == before


def test_four_eyes_have_seen_what_comes_back(settings, by):
    settings.FOUR_EYES = True
    item = NewsItemFactory()
    item.save_draft(by=by, values={"lead_sv": "Egen."})
    row(item).publish(by=staff("Publicister"))
    row(item).save_draft(by=by, values={"lead_sv": "Ingen annan har sett den."})
    row(item).withdraw(by=by)

    undo(item, by)

    assert row(item).lead_sv == "Egen."


def test_it_is_written_down_who_took_what_back(clock, by):
    item = SITUATIONS["changes waiting"]()
    row(item).archive(by=by)

    undo(item, by)

    acts = Version.objects.of(item).order_by("-number")[:2]
    assert [(act.action, act.by) for act in acts] == [(Action.SCHEDULED, by), (Action.UNDONE, by)]
    assert all(act.note.startswith("Ångrade.") for act in acts)
