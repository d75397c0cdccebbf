"""Each verb in each state: what is allowed, what is refused and why, and what is recorded of it."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from publishing.models import State, Version, WithdrawalReason
from tests.factories import AdministratorFactory, NewsItemFactory
from tests.situations import ACTS, DAY, NOW, SITUATIONS, VERBS, history, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


NOT_IN_REVIEW = "Texten väntar inte på granskning."
NOTHING_NEW = "Det finns inga ändringar att granska."
NOT_SEEN = "visas inte för besökarna."
NOT_PUBLISHED = "är inte publicerad."
NOT_BEGUN = "har inte börjat visas än."
NO_CHANGE = "Bara ändringar av en publicerad sida kan vänta på en tid."
NONE_WAITS = "Ingen ändring väntar."

# {verb: {situation: the state that it leads to, or why it is refused}}
RULES = {
    "submit": {
        "draft": State.IN_REVIEW,
        "in review": "Texten väntar redan på granskning.",
        "published": NOTHING_NEW,
        "published later": NOTHING_NEW,
        "ended": NOTHING_NEW,
        "changed": State.PUBLISHED,
        "changed in review": "Texten väntar redan på granskning.",
        "changes waiting": NOTHING_NEW,
        "archived": NOTHING_NEW,
        "archived and changed": State.ARCHIVED,
        "mistake": State.IN_REVIEW,
        "outdated": NOTHING_NEW,
    },
    "send_back": {
        **dict.fromkeys(SITUATIONS, NOT_IN_REVIEW),
        "in review": State.DRAFT,
        "changed in review": State.PUBLISHED,
    },
    "publish": dict.fromkeys(SITUATIONS, State.PUBLISHED),
    "schedule": {
        **dict.fromkeys(SITUATIONS, NO_CHANGE),
        "changed": State.PUBLISHED,
        "changed in review": State.PUBLISHED,
    },
    "unschedule": {
        **dict.fromkeys(SITUATIONS, NONE_WAITS),
        "changes waiting": State.PUBLISHED,
    },
    "withdraw": {
        **dict.fromkeys(SITUATIONS, State.WITHDRAWN),
        "draft": NOT_SEEN,
        "in review": NOT_SEEN,
        "mistake": NOT_SEEN,
    },
    "archive": {
        **dict.fromkeys(SITUATIONS, NOT_PUBLISHED),
        "published": State.ARCHIVED,
        "published later": NOT_BEGUN,
        "ended": State.ARCHIVED,
        "changed": State.ARCHIVED,
        "changed in review": State.ARCHIVED,
        "changes waiting": State.ARCHIVED,
    },
}
ALLOWED, REFUSED = [], []
for _verb, _rules in RULES.items():
    for _situation, _outcome in _rules.items():
        (ALLOWED if isinstance(_outcome, State) else REFUSED).append((_verb, _situation, _outcome))


@pytest.mark.parametrize(("verb", "situation", "state"), ALLOWED)
def test_a_verb_that_fits_leads_to_its_state(verb, situation, state):
    item = SITUATIONS[situation]()

    VERBS[verb](item, AdministratorFactory())

    assert row(item).state == state


@pytest.mark.parametrize(("verb", "situation", "sentence"), REFUSED)
def test_a_verb_that_does_not_fit_says_why_and_leaves_no_trace(verb, situation, sentence):
    item = SITUATIONS[situation]()
    before, acts = vars(row(item)), history(item)

    with pytest.raises(ValidationError) as refusal:
        VERBS[verb](item, AdministratorFactory())

    assert " ".join(refusal.value.messages).endswith(sentence)
    assert {**vars(row(item)), "_state": None} == {**before, "_state": None}
    assert history(item) == acts


@pytest.mark.parametrize("verb", ["save_draft", "copy", "mark_reviewed", "pin"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_writing_copying_and_reviewing_change_no_state(verb, situation):
    item = SITUATIONS[situation]()
    before = row(item).state, row(item).withdrawal_reason, row(item).publish_at

    VERBS[verb](item, AdministratorFactory())

    assert (row(item).state, row(item).withdrawal_reason, row(item).publish_at) == before


@pytest.mark.parametrize("verb", ["submit", "publish"])
def test_a_withdrawn_item_that_goes_on_forgets_why_it_was_withdrawn(verb):
    item = SITUATIONS["mistake"]()

    VERBS[verb](item, AdministratorFactory())

    assert row(item).withdrawal_reason == ""


def test_changes_in_review_are_a_stage_of_their_own():
    item = SITUATIONS["changed in review"]()

    assert (row(item).state, row(item).stage) == (State.PUBLISHED, State.IN_REVIEW)


@pytest.mark.parametrize("verb", ["publish", "send_back"])
def test_what_was_answered_waits_no_more(verb):
    item = SITUATIONS["changed in review"]()

    VERBS[verb](item, AdministratorFactory())

    assert row(item).stage != State.IN_REVIEW
    assert row(item).track.submitted_by is None


def test_changes_that_are_changed_back_wait_no_more():
    item, by = SITUATIONS["changed in review"](), AdministratorFactory()

    item.save_draft(by=by, values={"title_sv": "En rubrik"})
    item.save_draft(by=by, values={"title_sv": "Ny rubrik"})

    assert row(item).stage == State.DRAFT


def test_the_languages_that_were_not_published_wait_no_more():
    item, by = SITUATIONS["changed"](), AdministratorFactory()
    item.save_draft(by=by, values={"title_fi": "Nyt"})
    item.submit(by=by)

    item.publish(by=by, languages={"sv"})

    assert row(item).stage == State.DRAFT


@pytest.mark.parametrize("comment", ["", "  \n"])
def test_sending_back_demands_a_comment(comment):
    item = SITUATIONS["in review"]()

    with pytest.raises(ValidationError) as refusal:
        item.send_back(by=AdministratorFactory(), comment=comment)

    assert refusal.value.message_dict == {"note": ["Skriv vad som behöver ändras."]}


@pytest.mark.parametrize("situation", ["archived", "outdated"])
def test_what_can_be_read_is_not_taken_away_to_come_back_later(situation):
    item = SITUATIONS[situation]()

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=AdministratorFactory(), at=NOW + DAY)

    assert list(refusal.value.message_dict) == ["at"]
    assert type(item).objects.readable().exists()


# What is recorded


@pytest.mark.parametrize("verb", ACTS)
def test_each_act_is_recorded_with_who_when_and_why(verb):
    situation, action, note = ACTS[verb]
    item, person = SITUATIONS[situation](), AdministratorFactory(first_name="Åsa", last_name="Ek")

    VERBS[verb](item, person)

    last = Version.objects.of(item).last()
    assert (last.action, last.note, last.at) == (action, note, NOW)
    assert (last.by, last.by_name) == (person, "Åsa Ek")


@pytest.mark.parametrize("verb", ACTS)
def test_each_act_is_recorded_with_the_state_that_it_led_to(verb):
    item = SITUATIONS[ACTS[verb][0]]()

    VERBS[verb](item, AdministratorFactory())

    last = Version.objects.of(item).last()
    assert row(item).status().items() <= last.status.items()


@pytest.mark.parametrize("reason", [WithdrawalReason.MISTAKE, WithdrawalReason.OUTDATED])
def test_why_something_was_withdrawn_is_recorded(reason):
    item = NewsItemFactory()

    item.withdraw(by=AdministratorFactory(), reason=reason)

    assert Version.objects.of(item).last().status["withdrawal_reason"] == reason
