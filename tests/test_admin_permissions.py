"""Who may do what to each published kind, by every door of its lists and forms."""

import pytest

from publishing.models import State
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    ContactFunctionFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    StartPageFactory,
)

pytestmark = pytest.mark.django_db

LISTED = [FocusAreaFactory, InitiativeFactory, NewsItemFactory, PageFactory]
KINDS = [*LISTED, StartPageFactory]
MAY_WRITE = ["Redaktörer", "Publicister", "Administratörer"]
MAY_PUBLISH = ["Publicister", "Administratörer"]
# Those of somebody who publishes: name → (the state that it needs, the answers, the state after)
VERBS = {
    "publish": (State.DRAFT, {}, State.PUBLISHED),
    "publish_with": (
        State.DRAFT,
        {"languages": ["sv", "sv-simple", "fi", "en", "ar"]},
        State.PUBLISHED,
    ),
    "send_back": (State.IN_REVIEW, {"note": "Kortare rubrik."}, State.DRAFT),
    "withdraw": (State.PUBLISHED, {"reason": "mistake"}, State.WITHDRAWN),
    "archive": (State.PUBLISHED, {}, State.ARCHIVED),
}


def kind_name(factory):
    return factory._meta.model._meta.model_name


for_each_kind = pytest.mark.parametrize("factory", KINDS, ids=kind_name)
for_each_listed_kind = pytest.mark.parametrize("factory", LISTED, ids=kind_name)
for_each_writer = pytest.mark.parametrize("role", MAY_WRITE)
for_each_publisher = pytest.mark.parametrize("role", MAY_PUBLISH)
for_each_verb = pytest.mark.parametrize("verb", VERBS)


@pytest.fixture
def log_in(client):
    """A function: become somebody in the group ``role``, who is returned."""

    def become(role):
        user = staff(role)
        client.force_login(user)
        return user

    return become


@pytest.fixture
def editor(log_in):
    return log_in("Redaktörer")


def verbs_of(factory):
    """The start page is not archived."""
    return [name for name in VERBS if (factory, name) != (StartPageFactory, "archive")]


def press(client, item, button, **changes):
    address = admin_url(item, "change")
    return client.post(
        address, filled_in(client.get(address), **changes, **{button: "1"}), follow=True
    )


def choose_in_list(client, item, action):
    address = admin_url(type(item), "changelist")
    return client.post(address, {"action": action, "_selected_action": item.pk, "index": 0})


def act(client, item, verb, **answers):
    return client.post(f"{admin_url(type(item), 'act', verb)}?id={item.pk}", answers)


def state_of(item):
    return type(item).objects.get(pk=item.pk).state


# Nobody in particular


@for_each_listed_kind
@pytest.mark.parametrize("view", ["changelist", "add", "change", "delete"])
def test_an_anonymous_visitor_is_asked_to_log_in(client, factory, view):
    item = factory(draft=True)

    response = client.get(admin_url(item, view))

    assert response.status_code == 302
    assert "/login/" in response.url


@for_each_kind
@pytest.mark.parametrize("button", ["_save", "_publish", "_withdraw", "_archive"])
def test_an_anonymous_post_changes_nothing(client, factory, button):
    item = factory(draft=True)

    client.post(admin_url(item, "change"), {"title_sv": "Kapad", button: "1"})

    item.refresh_from_db()
    assert (item.title_sv, item.state) == (factory.title_sv, State.DRAFT)


@for_each_kind
@for_each_verb
def test_an_anonymous_act_changes_nothing(client, factory, verb):
    before, answers, _after = VERBS[verb]
    item = factory(state=before)

    answer = act(client, item, verb, **answers)

    assert state_of(item) == before
    assert answer.status_code == 403
    assert 'name="_log_in"' in answer.text


@for_each_listed_kind
@for_each_verb
def test_staff_without_a_group_is_refused_at_every_door(client, factory, verb, editor):
    before, answers, _after = VERBS[verb]
    item = factory(state=before)
    editor.groups.clear()

    assert client.get(admin_url(item, "changelist")).status_code == 403
    assert client.get(admin_url(item, "change")).status_code == 403
    assert client.get(admin_url(item, "add")).status_code == 403
    assert choose_in_list(client, item, verb).status_code == 403
    assert act(client, item, verb, **answers).status_code == 403
    assert state_of(item) == before


# Those who write


@for_each_listed_kind
@for_each_writer
@pytest.mark.parametrize("view", ["changelist", "add", "change"])
def test_those_who_write_see_lists_and_forms(client, factory, role, view, log_in):
    log_in(role)

    assert client.get(admin_url(factory(draft=True), view)).status_code == 200


@for_each_kind
@for_each_writer
def test_those_who_write_change_a_draft(client, factory, role, log_in):
    item = factory(draft=True)
    log_in(role)

    press(client, item, "_save", title_sv="En bättre rubrik")

    item.refresh_from_db()
    assert item.title_sv == "En bättre rubrik"


@for_each_kind
@for_each_writer
@pytest.mark.parametrize("state", [State.PUBLISHED, State.ARCHIVED])
def test_those_who_write_change_what_residents_see_as_a_draft(client, factory, role, state, log_in):
    item = factory(state=state)
    log_in(role)

    press(client, item, "_save", title_sv="En bättre rubrik")

    item.refresh_from_db()
    assert item.title_sv == factory.title_sv
    assert item.track.newest.data["title_sv"] == "En bättre rubrik"


@for_each_kind
@for_each_writer
def test_those_who_write_send_for_review(client, factory, role, log_in):
    item = factory(draft=True)
    log_in(role)

    press(client, item, "_submit")

    assert state_of(item) == State.IN_REVIEW


@for_each_kind
@for_each_writer
def test_those_who_write_send_changes_of_what_residents_see_for_review(
    client, factory, role, log_in
):
    item = factory()
    log_in(role)

    press(client, item, "_submit", title_sv="En bättre rubrik")

    item.refresh_from_db()
    assert (item.state, item.stage) == (State.PUBLISHED, State.IN_REVIEW)


# Those who only write


@for_each_kind
@for_each_verb
def test_an_editor_has_no_button_to_publish_and_gets_nowhere_with_one_of_their_own(
    client, factory, verb, editor
):
    before, _answers, _after = VERBS[verb]
    item = factory(state=before)
    page = client.get(admin_url(item, "change"))

    press(client, item, f"_{verb}", title_sv="En bättre rubrik")

    assert f'name="_{verb}"' not in page.text
    assert state_of(item) == before


@for_each_kind
def test_an_editor_who_tries_to_publish_is_told_why_not_and_loses_nothing(client, factory, editor):
    item = factory(draft=True)

    page = press(client, item, "_publish", title_sv="En bättre rubrik")

    item.refresh_from_db()
    assert item.title_sv == "En bättre rubrik"
    assert "Du har inte rätt att publicera" in messages_of(page)[0]


@for_each_kind
def test_an_editor_cannot_publish_by_sending_columns_of_the_row(client, factory, editor):
    item = factory(draft=True)

    press(
        client,
        item,
        "_save",
        state="published",
        publish_at="2024-06-07",
        publish_at_0="2024-06-07",
        publish_at_1="08:00",
    )

    item.refresh_from_db()
    assert (item.state, item.publish_at) == (State.DRAFT, None)


@for_each_listed_kind
def test_an_editor_cannot_publish_while_adding(client, factory, editor):
    page = client.get(admin_url(factory(draft=True), "change"))
    data = filled_in(page, slug="en-ny", _publish="1", state="published")

    client.post(admin_url(factory._meta.model, "add"), data)

    assert factory._meta.model.objects.get(slug="en-ny").state == State.DRAFT


@for_each_kind
@for_each_verb
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_cannot_open_the_page_of_an_act(client, factory, verb, method, editor):
    before, answers, _after = VERBS[verb]
    item = factory(state=before)
    address = f"{admin_url(item, 'act', verb)}?id={item.pk}"

    answer = getattr(client, method)(address, answers)

    assert state_of(item) == before
    is_missing = verb not in verbs_of(factory)
    assert answer.status_code == (404 if is_missing else 403)


@for_each_listed_kind
@pytest.mark.parametrize("action", [*VERBS, "mark_reviewed", "delete_selected"])
def test_an_editor_is_offered_no_list_action_of_those_who_publish(client, factory, action, editor):
    item = factory()
    page = client.get(admin_url(item, "changelist"))

    choose_in_list(client, item, action)

    assert f'value="{action}"' not in page.text
    assert state_of(item) == State.PUBLISHED


@for_each_kind
def test_an_editor_cannot_mark_what_residents_see_as_reviewed(client, factory, editor):
    item, function = factory(), ContactFunctionFactory()

    act(client, item, "mark_reviewed", function=function.pk)

    item.refresh_from_db()
    assert item.last_reviewed_on is None


# Those who publish


@for_each_kind
@for_each_publisher
def test_those_who_publish_do_so_with_the_button(client, factory, role, log_in):
    item = factory(draft=True)
    log_in(role)

    press(client, item, "_publish", title_sv="En bättre rubrik")

    item.refresh_from_db()
    assert item.is_published()
    assert item.title_sv == "En bättre rubrik"


@for_each_kind
@for_each_publisher
@for_each_verb
def test_those_who_publish_do_so_on_the_page_of_the_act(client, factory, role, verb, log_in):
    before, answers, after = VERBS[verb]
    item = factory(state=before)
    log_in(role)

    act(client, item, verb, **answers)

    assert state_of(item) == (after if verb in verbs_of(factory) else before)


@for_each_listed_kind
@for_each_publisher
@pytest.mark.parametrize("verb", ["publish", "send_back", "withdraw", "archive"])
def test_those_who_publish_get_there_by_list_action(client, factory, role, verb, log_in):
    item = factory(state=VERBS[verb][0])
    log_in(role)

    answer = choose_in_list(client, item, verb)

    assert answer.url == f"{admin_url(item, 'act', verb)}?id={item.pk}"


@for_each_kind
@for_each_publisher
def test_no_role_goes_round_four_eyes(client, factory, role, log_in, settings):
    settings.FOUR_EYES = True
    item = factory(draft=True)
    log_in(role)

    press(client, item, "_save", title_sv="En bättre rubrik")
    act(client, item, "publish")

    assert state_of(item) == State.DRAFT


@for_each_kind
@for_each_publisher
def test_no_role_publishes_what_is_unfit(client, factory, role, log_in):
    item = factory(draft=True, unit=None)
    log_in(role)

    act(client, item, "publish")

    assert state_of(item) == State.DRAFT


# Throwing away


def throw_away(client, item):
    return client.post(admin_url(item, "delete"), {"post": "yes"})


def is_there(item):
    return type(item).objects.filter(pk=item.pk).exists()


@for_each_listed_kind
def test_an_editor_throws_away_a_draft_of_their_own(client, factory, editor):
    item = factory(draft=True)
    item.record_creation(by=editor)

    throw_away(client, item)

    assert not is_there(item)


@for_each_listed_kind
def test_an_editor_does_not_throw_away_what_somebody_else_began(client, factory, editor):
    item = factory(draft=True)
    item.record_creation(by=staff("Redaktörer"))

    answer = throw_away(client, item)

    assert "deletelink" not in client.get(admin_url(item, "change")).text
    assert answer.status_code == 403
    assert is_there(item)


@for_each_listed_kind
@pytest.mark.parametrize("verb", ["withdraw", "archive"])
def test_an_editor_does_not_throw_away_what_has_been_public(client, factory, verb, editor):
    item = factory(draft=True)
    item.record_creation(by=editor)
    publisher = staff("Publicister")
    item.publish(by=publisher)
    getattr(item, verb)(by=publisher)

    answer = throw_away(client, item)

    assert answer.status_code == 403
    assert is_there(item)


@for_each_listed_kind
@for_each_publisher
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_those_who_publish_throw_away_what_residents_do_not_see(
    client, factory, role, state, log_in
):
    item = factory(state=state)
    log_in(role)

    throw_away(client, item)

    assert not is_there(item)


@for_each_listed_kind
@pytest.mark.parametrize("role", MAY_WRITE)
def test_nobody_throws_away_what_is_published(client, factory, role, log_in):
    item = factory()
    log_in(role)

    answer = throw_away(client, item)

    assert answer.status_code == 403
    assert is_there(item)


@for_each_listed_kind
def test_nothing_is_thrown_away_in_bulk(admin_client, factory):
    item = factory(draft=True)

    choose_in_list(admin_client, item, "delete_selected")

    assert is_there(item)
