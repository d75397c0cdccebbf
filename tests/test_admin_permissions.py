"""Who may do what to each published kind, by every door there is."""

import pytest

from publishing.models import State
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
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


def kind_name(factory):
    return factory._meta.model._meta.model_name


for_each_kind = pytest.mark.parametrize("factory", KINDS, ids=kind_name)
for_each_listed_kind = pytest.mark.parametrize("factory", LISTED, ids=kind_name)
for_each_writer = pytest.mark.parametrize("role", MAY_WRITE)
for_each_publisher = pytest.mark.parametrize("role", MAY_PUBLISH)


def act(client, item, action):
    address = admin_url(type(item), "changelist")
    return client.post(address, {"action": action, "_selected_action": item.pk, "index": 0})


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
def test_an_anonymous_list_action_changes_nothing(client, factory):
    item = factory()

    act(client, item, "withdraw")

    item.refresh_from_db()
    assert item.state == State.PUBLISHED


@for_each_listed_kind
def test_staff_without_a_group_is_refused(client, factory):
    user = staff("Redaktörer")
    user.groups.clear()
    client.force_login(user)

    assert client.get(admin_url(factory._meta.model, "changelist")).status_code == 403


# Those who write


@for_each_listed_kind
@for_each_writer
@pytest.mark.parametrize("view", ["changelist", "add", "change"])
def test_those_who_write_see_lists_and_forms(client, factory, role, view):
    client.force_login(staff(role))

    assert client.get(admin_url(factory(draft=True), view)).status_code == 200


@for_each_kind
@for_each_writer
def test_those_who_write_change_a_draft(client, factory, role):
    item = factory(draft=True)
    client.force_login(staff(role))
    address = admin_url(item, "change")

    client.post(address, filled_in(client.get(address), title_sv="En bättre rubrik"))

    item.refresh_from_db()
    assert item.title_sv == "En bättre rubrik"


@for_each_kind
@pytest.mark.parametrize("state", [State.PUBLISHED, State.ARCHIVED])
def test_an_editor_reads_what_residents_see_but_cannot_change_it(client, factory, state):
    item = factory(state=state)
    client.force_login(staff("Redaktörer"))
    address = admin_url(item, "change")

    page = client.get(address)
    answer = client.post(address, {"title_sv": "Kapad", "_save": "1"})

    item.refresh_from_db()
    assert "Bara den som får publicera kan ändra" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert answer.status_code == 403
    assert item.title_sv == factory.title_sv


@for_each_kind
@pytest.mark.parametrize("button", ["_publish", "_withdraw", "_archive"])
def test_an_editor_cannot_publish_with_a_button_of_their_own(client, factory, button):
    item = factory(draft=True)
    client.force_login(staff("Redaktörer"))
    address = admin_url(item, "change")
    page = client.get(address)

    client.post(address, filled_in(page, **{button: "1"}))

    item.refresh_from_db()
    assert f'name="{button}"' not in page.content.decode()
    assert item.state == State.DRAFT


@for_each_kind
def test_an_editor_cannot_publish_by_sending_a_state(client, factory):
    item = factory(draft=True)
    client.force_login(staff("Redaktörer"))
    address = admin_url(item, "change")

    client.post(address, filled_in(client.get(address), state="published"))

    item.refresh_from_db()
    assert item.state == State.DRAFT


@for_each_listed_kind
def test_an_editor_cannot_publish_while_adding(client, factory):
    other = factory(draft=True)
    client.force_login(staff("Redaktörer"))
    page = client.get(admin_url(other, "change"))
    data = filled_in(page, slug="en-ny", _publish="1", state="published")

    client.post(admin_url(factory._meta.model, "add"), data)

    assert factory._meta.model.objects.get(slug="en-ny").state == State.DRAFT


@for_each_listed_kind
@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("publish", State.DRAFT),
        ("withdraw", State.PUBLISHED),
        ("archive", State.PUBLISHED),
        ("delete_selected", State.DRAFT),
    ],
)
def test_an_editor_cannot_publish_or_delete_by_list_action(client, factory, action, state):
    item = factory(state=state)
    client.force_login(staff("Redaktörer"))

    act(client, item, action)

    item.refresh_from_db()
    assert item.state == state


@for_each_kind
def test_an_editor_cannot_mark_what_residents_see_as_reviewed(client, factory):
    item = factory()
    client.force_login(staff("Redaktörer"))

    act(client, item, "mark_reviewed")

    item.refresh_from_db()
    assert item.last_reviewed_on is None


@for_each_listed_kind
@pytest.mark.parametrize("state", State)
def test_an_editor_deletes_nothing(client, factory, state):
    item = factory(state=state)
    client.force_login(staff("Redaktörer"))

    answer = client.post(admin_url(item, "delete"), {"post": "yes"})

    assert answer.status_code == 403
    assert factory._meta.model.objects.filter(pk=item.pk).exists()


# Those who publish


@for_each_kind
@for_each_publisher
def test_those_who_publish_do_so_with_the_button(client, factory, role):
    item = factory(draft=True)
    client.force_login(staff(role))
    address = admin_url(item, "change")

    client.post(address, filled_in(client.get(address), _publish="1"))

    item.refresh_from_db()
    assert item.is_published()


@for_each_listed_kind
@for_each_publisher
@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("publish", State.WITHDRAWN, State.PUBLISHED),
        ("withdraw", State.PUBLISHED, State.WITHDRAWN),
        ("archive", State.PUBLISHED, State.ARCHIVED),
    ],
)
def test_those_who_publish_do_so_by_list_action(client, factory, role, action, before, after):
    item = factory(state=before)
    client.force_login(staff(role))

    act(client, item, action)

    item.refresh_from_db()
    assert item.state == after


@for_each_kind
@for_each_publisher
def test_those_who_publish_change_what_residents_see(client, factory, role):
    item = factory()
    client.force_login(staff(role))
    address = admin_url(item, "change")

    client.post(address, filled_in(client.get(address), title_sv="En bättre rubrik"))

    item.refresh_from_db()
    assert item.title_sv == "En bättre rubrik"


@for_each_listed_kind
@for_each_publisher
def test_those_who_publish_may_delete_a_draft(client, factory, role):
    item = factory(draft=True)
    client.force_login(staff(role))

    client.post(admin_url(item, "delete"), {"post": "yes"})

    assert not factory._meta.model.objects.filter(pk=item.pk).exists()


@for_each_listed_kind
@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN, State.ARCHIVED])
def test_nobody_deletes_what_has_been_public(admin_client, factory, state):
    item = factory(state=state)

    answer = admin_client.post(admin_url(item, "delete"), {"post": "yes"})

    assert answer.status_code == 403
    assert factory._meta.model.objects.filter(pk=item.pk).exists()


@for_each_listed_kind
def test_nothing_is_deleted_in_bulk(admin_client, factory):
    item = factory(draft=True)

    act(admin_client, item, "delete_selected")

    assert factory._meta.model.objects.filter(pk=item.pk).exists()
