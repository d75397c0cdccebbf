"""With FOUR_EYES on, nobody lets residents see a text that only she has seen."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from pages.models import Notice
from publishing.models import State, Version, WithdrawalReason
from publishing.models.chain import BY
from publishing.schedule import publish_due
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    NewsItemFactory,
    PageFactory,
)
from tests.histories import erase
from tests.situations import ACTS, DAY, NOW, VERBS, history, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
REFUSAL = "^Någon annan än den som skrev senast måste godkänna texten.$"
OWN_TEXT = "^Någon annan måste godkänna en egen text."
PUBLISHING = {
    "publish": lambda item, by: item.publish(by=by),
    "schedule": lambda item, by: item.schedule(by=by, at=NOW + DAY),
}
for_each_way_out = pytest.mark.parametrize("verb", PUBLISHING)


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


# Who wrote last


@for_each_way_out
def test_who_wrote_last_does_not_approve(verb, writer):
    item = changed(by=writer)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        PUBLISHING[verb](item, writer)

    assert row(item).title_sv == "En rubrik"


@for_each_way_out
@pytest.mark.parametrize("person", [AdministratorFactory, lambda: staff("Administratörer")])
def test_no_administrator_goes_round_it(verb, person):
    administrator = person()
    item = changed(by=administrator)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        PUBLISHING[verb](item, administrator)


@for_each_way_out
def test_another_approves(verb, writer, other):
    item = changed(by=writer)

    PUBLISHING[verb](item, other)

    with time_machine.travel(NOW + DAY, tick=False):
        publish_due()
    assert row(item).title_sv == "Nu"


@for_each_way_out
def test_without_the_setting_who_wrote_publishes(verb, writer, settings):
    settings.FOUR_EYES = False
    item = changed(by=writer)

    PUBLISHING[verb](item, writer)

    with time_machine.travel(NOW + DAY, tick=False):
        publish_due()
    assert row(item).title_sv == "Nu"


def test_who_changes_a_text_before_approving_it_wrote_last(writer, other):
    item = changed(by=writer)
    item.save_draft(by=other, values={"lead_sv": "Ny ingress."})

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=other)


def test_who_wrote_first_may_approve_what_another_made_of_it(writer, other):
    item = changed(by=writer)
    item.save_draft(by=other, values={"lead_sv": "Ny ingress."})

    item.publish(by=writer)

    assert row(item).lead_sv == "Ny ingress."


def test_saving_without_a_change_is_no_writing(writer, other):
    item = changed(by=writer)
    item.save_draft(by=other, values={"title_sv": "Nu"})

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


def test_who_created_a_draft_does_not_approve_it(writer):
    item = NewsItemFactory(draft=True)
    item.record_creation(by=writer)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


def test_who_copied_a_text_does_not_approve_the_copy(writer):
    twin = NewsItemFactory().copy(by=writer)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        twin.publish(by=writer)


def test_who_restored_a_text_does_not_approve_it(writer, other):
    item = changed(by=other)
    item.publish(by=writer)
    item.restore(Version.objects.of(item).first(), by=writer)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


def test_who_erases_the_writers_name_does_not_approve_the_text(other):
    administrator = staff("Administratörer")
    item = changed(by=administrator)
    erase(item, item.track.newest.number, [BY], by=administrator)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=administrator)

    item.publish(by=other)
    assert row(item).title_sv == "Nu"


def test_who_submitted_anothers_text_may_approve_it(writer, other):
    item = changed(by=writer)
    item.submit(by=other)

    item.publish(by=other)

    assert row(item).title_sv == "Nu"


def test_submitting_makes_nobody_elses_text_of_it(writer, other):
    item = changed(by=writer)
    item.submit(by=other)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


def test_the_languages_that_are_left_are_approved_by_another_too(writer, other):
    item = changed(by=writer, title_sv="Nu", title_fi="Nyt")
    item.publish(by=other, languages={"sv"})

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


def test_a_page_that_has_moved_makes_nobody_elses_text_of_what_links_to_it(writer, other):
    page = PageFactory(slug="gammal")
    item = changed(by=writer, body_sv='<p><a href="/om/gammal/">Se</a></p>')
    page.save_draft(by=writer, values={"slug": "ny"})
    page.publish(by=other)

    with pytest.raises(PermissionDenied, match=REFUSAL):
        item.publish(by=writer)


@pytest.mark.parametrize("act", ["withdraw", "archive"])
def test_a_text_that_residents_have_seen_needs_no_new_approval(writer, other, act):
    item = changed(by=writer)
    item.publish(by=other)
    getattr(item, act)(by=writer)

    item.publish(by=writer)

    assert row(item).state == State.PUBLISHED


# What never waits


@pytest.mark.parametrize("reason", [WithdrawalReason.MISTAKE, WithdrawalReason.OUTDATED])
def test_withdrawing_never_waits(writer, reason):
    item = changed(by=writer)

    item.withdraw(by=writer, reason=reason)

    assert row(item).state == State.WITHDRAWN


@pytest.mark.parametrize("verb", ["archive", "pin", "mark_reviewed"])
def test_what_changes_no_text_never_waits(writer, verb):
    item = changed(by=writer)

    VERBS[verb](item, writer)

    assert history(item)[-1] == ACTS[verb][1]


def test_a_crisis_notice_never_waits(client, writer):
    client.force_login(writer)
    facts = {"level": Notice.Level.CRISIS, "text_sv": "Koka vattnet.", "sender_sv": "Staden"}

    client.post(
        "/admin/pages/notice/add/", {**facts, "starts_at_0": "2026-11-02", "starts_at_1": "08:00"}
    )

    assert [notice.text for notice in Notice.objects.active()] == ["Koka vattnet."]


def test_a_contact_never_waits(client, writer):
    unit = ContactUnitFactory(name_sv="Förut")
    client.force_login(writer)
    address = admin_url(unit, "change")

    client.post(address, filled_in(client.get(address), name_sv="Nu", _save="1"))

    assert row(unit).name_sv == "Nu"
