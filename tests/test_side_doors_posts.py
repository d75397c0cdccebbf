"""What is sent to each door of the back office changes something for those who may, and only so."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from images import files
from publishing.models import State, Track
from tests import doors
from tests.admin_forms import admin_url, filled_in
from tests.factories import AdministratorFactory, ContactFunctionFactory
from tests.pictures import picture_file
from trollhattan_portal import invitations

pytestmark = pytest.mark.django_db

PASSWORD = {
    "password1": "en-lång-hemlighet",
    "password2": "en-lång-hemlighet",
    "usable_password": "true",
}
# What is sent besides what the form holds: {kind: (to a new one, to one that is there)}
OTHER_FIELDS = {
    "images.image": ({}, {"alt_sv": "Kapad."}),
    "publishing.redirect": ({"path": "/kapad/"}, {"address": "/insatser/"}),
    "search.promotedanswer": ({"queries": "kapad"}, {"reason": "Kapad."}),
    "search.synonyms": ({"words": "kapad\nstulen"}, {"reason": "Kapad."}),
    "auth.user": ({"email": "kapad@example.se"}, {"first_name": "Kapad"}),
}
LANGUAGES = {"languages": ["sv", "sv-simple", "fi", "en", "ar"]}
ACTS = {  # {verb: (facts of the row that it fits, what is answered)}
    "submit": ({"state": State.DRAFT}, {}),
    "publish": ({"state": State.DRAFT}, {}),
    "publish_with": ({"state": State.DRAFT}, LANGUAGES),
    "send_back": ({"state": State.IN_REVIEW}, {"note": "Kortare."}),
    "unschedule": ({}, {}),
    "mark_reviewed": ({}, {}),
    "reviewed_unchanged": ({}, {}),
    "stop": ({"publish_at": timezone.now() + timedelta(days=1)}, {}),
    "archive": ({}, {}),
    "withdraw": ({}, {"reason": "mistake"}),
}


@pytest.fixture
def desk(client):
    """Somebody who may open every form."""
    client.force_login(AdministratorFactory())
    return client


# The requests: a function from the kind and the desk to an address and what is sent there


def form_of(page, **changes):
    data = filled_in(page, **changes)
    return {name: value for name, value in data.items() if name != "file"}


def add(kind, desk):
    item = doors.KINDS[kind]()
    new, _changed = OTHER_FIELDS.get(kind, ({"slug": "kapad"}, {}))
    data = form_of(desk.get(admin_url(item, "change")), **new)
    if kind == "images.image":
        data["upload"] = picture_file()
    if kind == "auth.user":
        data["groups"] = [Group.objects.get(name="Redaktörer").pk]
    return admin_url(item, "add"), data


def change(kind, desk):
    item = doors.KINDS[kind]()
    page = desk.get(admin_url(item, "change"))
    text = next((name for name in page.context["adminform"].form.fields if "_sv" in name), "")
    _new, changed = OTHER_FIELDS.get(kind, ({}, {text: "Kapad"}))
    return admin_url(item, "change"), form_of(page, **changed)


def password_change(kind, desk):
    item = doors.KINDS[kind]()
    return f"{admin_url(item, 'changelist')}{item.pk}/password/", PASSWORD


def invitation(kind, desk):
    item = doors.KINDS[kind]()
    invitations.invite(item)
    return admin_url(item, "invitation", item.pk), {"again": "Skicka igen"}


def restore(kind, desk):
    item = doors.with_history(kind)
    if kind == "images.image":
        files.store(item.master.name, b"the bytes")
    return admin_url(item, "restore", item.pk, 1), {"newest": Track.find(item).newest.number}


def erase(kind, desk):
    item = doors.with_history(kind)
    return admin_url(item, "erase", item.pk, 2), {
        "parts": ["@note"],
        "extent": "this",
        "reason": "Dnr 1",
    }


def copy(kind, desk):
    item = doors.KINDS[kind]()
    return admin_url(item, "copy", item.pk), {}


def delete(kind, desk):
    if kind in doors.PUBLISHED:
        item = doors.KINDS[kind](draft=True)
        item.record_creation(by=AdministratorFactory())
    else:
        item = doors.KINDS[kind]()
    return admin_url(item, "delete"), {"post": "yes"}


def changelist(kind, desk):
    item = doors.KINDS[kind]()
    return admin_url(item, "changelist"), {
        "action": "delete_selected",
        "_selected_action": item.pk,
        "index": 0,
        "post": "yes",
    }


def start(kind, desk):
    item = doors.KINDS[kind]()
    return admin_url(item, "start"), {f"place-{item.pk}": 1, f"initial-place-{item.pk}": ""}


def upload(kind, desk):
    return admin_url(doors.KINDS[kind](), "upload"), {"files": picture_file()}


def texts(kind, desk):
    item = doors.KINDS[kind](alt_sv="")
    [form] = desk.get(admin_url(item, "texts")).context["forms"]
    data = {field.html_name: field.value() for field in form if field.value()}
    return admin_url(item, "texts"), {**data, "id": item.pk, f"{form.prefix}-alt_sv": "Kapad."}


def consent(kind, desk):
    item = doors.KINDS[kind]()
    return admin_url(item, "consent", item.pk), {"verb": "withdraw"}


def act(kind, verb):
    facts, answers = ACTS[verb]
    item = doors.KINDS[kind](**facts)
    if verb == "unschedule":
        item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Nyare."})
        item.schedule(by=AdministratorFactory(), at=timezone.now() + timedelta(days=1))
    if verb == "reviewed_unchanged":
        item.mark_reviewed(by=AdministratorFactory(), function=ContactFunctionFactory())
    if verb == "mark_reviewed":
        answers = {"function": ContactFunctionFactory().pk}
    return f"{admin_url(item, 'act', verb)}?id={item.pk}", answers


def request_to(kind, door, desk):
    page, _space, verb = door.partition(" ")
    return act(kind, verb) if page == "act" else globals()[page](kind, desk)


# What comes of them


def came_of_it(client, address, data):
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    with doors.taken_back(), doors.writing() as written:
        response = client.post(address, data)
    if response.status_code == 403 and 'name="_log_in"' in response.text:
        assert not written  # the text is kept in the page, see test_unsaved_again.py
        return "log in"
    if response.status_code == 403:
        assert '<html lang="sv"' in response.text
        assert not written
        return "refused"
    if response.status_code == 302 and "/login/" in response.url:
        assert not written
        return "log in"
    return "changed" if written else "nothing"


def expected(kind, door, who):
    if who in doors.STRANGERS:
        return "log in"
    if who in doors.DO[kind][door]:
        return "changed"
    page = door.partition(" ")[0]
    # A list is there for who may look; what it sends goes through its actions
    return "nothing" if page == "changelist" and who in doors.LOOK[kind][page] else "refused"


DOORS = [(kind, door) for kind in doors.KINDS for door in doors.DO[kind]]


@pytest.mark.parametrize(("kind", "door"), DOORS, ids=lambda each: each.replace(" ", "-"))
def test_what_is_sent_changes_something_for_those_who_may_and_only_then(kind, door, desk):
    address, data = request_to(kind, door, desk)

    answers = {who: came_of_it(client, address, data) for who, client in doors.clients().items()}

    assert answers == {who: expected(kind, door, who) for who in doors.PEOPLE}


@pytest.mark.parametrize(("kind", "door"), DOORS, ids=lambda each: each.replace(" ", "-"))
def test_nothing_is_changed_by_a_form_of_another_site(kind, door, desk):
    address, data = request_to(kind, door, desk)
    lured = Client(enforce_csrf_checks=True)
    lured.force_login(AdministratorFactory())

    assert came_of_it(lured, address, data) == "refused"
