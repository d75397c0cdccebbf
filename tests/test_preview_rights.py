"""Who may look at what nobody has published: every door of previews, of the past and of sharing."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from news.models import NewsItem
from publishing.models import Preview, ShareLink
from tests.admin_forms import admin_url, staff
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    StartPageFactory,
    UserFactory,
)
from tests.histories import address
from tests.previews import client_of, key_in, press_preview

pytestmark = pytest.mark.django_db

KINDS = [NewsItemFactory, InitiativeFactory, FocusAreaFactory, PageFactory, StartPageFactory]
ROLES = ["Redaktörer", "Publicister", "Administratörer"]
MOMENT = {"at_0": "2024-06-07", "at_1": "12:00"}

# {door: (how it is opened, what it answers to who may)}
DOORS = {
    "preview of the form": (lambda c, i: c.post(admin_url(i, "preview_form", i.pk)), 302),
    "version": (lambda c, i: c.get(address(i, "version_preview", 1)), 200),
    "page of a version": (lambda c, i: c.get(address(i, "version_page", 1, "sv")), 200),
    "as it was": (lambda c, i: c.get(address(i, "as_it_was"), MOMENT), 200),
    "page as it was": (lambda c, i: c.get(address(i, "as_it_was_page", "sv"), MOMENT), 404),
    "links": (lambda c, i: c.get(address(i, "share")), 200),
    "sharing": (lambda c, i: c.post(address(i, "share"), {"version": "", "days": "7"}), 302),
    "revoking": (lambda c, i: c.post(address(i, "share"), {"revoke": _link(i).pk}), 302),
}
for_each_door = pytest.mark.parametrize("door", DOORS)
for_each_kind = pytest.mark.parametrize("factory", KINDS, ids=lambda f: f._meta.model.__name__)


def _link(item):
    return ShareLink.objects.of(item).first() or item.share(by=AdministratorFactory())


def with_a_version(factory):
    item = factory()
    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Efteråt."})
    return item


def knock(client, door, item):
    """The answer, and whether anything was kept, shared or revoked."""
    _link(item)
    before = (Preview.objects.count(), ShareLink.objects.open().count())
    answer = DOORS[door][0](client, item)
    return answer, before != (Preview.objects.count(), ShareLink.objects.open().count())


@for_each_door
@for_each_kind
def test_a_stranger_is_asked_to_log_in(client, factory, door):
    answer, has_happened = knock(client, door, with_a_version(factory))

    # What is written is kept in the page that asks
    is_asked_there = answer.status_code == 403 and 'name="_log_in"' in answer.text
    assert is_asked_there or "/login/" in answer.url
    assert is_asked_there == (door in ("sharing", "revoking"))
    assert not has_happened


@for_each_door
@for_each_kind
def test_staff_without_a_group_may_not(factory, door):
    answer, has_happened = knock(client_of(None), door, with_a_version(factory))

    assert answer.status_code == 403
    assert not has_happened


@for_each_door
@for_each_kind
def test_who_may_only_look_at_the_page_may_not(client, factory, door):
    item, user = with_a_version(factory), UserFactory()
    user.user_permissions.add(Permission.objects.get(codename=f"view_{item._meta.model_name}"))
    client.force_login(user)

    answer, has_happened = knock(client, door, item)

    assert answer.status_code == 403
    assert not has_happened


@for_each_door
@for_each_kind
@pytest.mark.parametrize("role", ROLES)
def test_who_may_change_the_page_may(factory, door, role):
    answer, _has_happened = knock(client_of(role), door, with_a_version(factory))

    assert answer.status_code == DOORS[door][1]


@pytest.mark.parametrize("door", ["preview of the form", "sharing", "revoking"])
def test_a_crafted_form_of_another_site_is_refused(door):
    item, client = with_a_version(NewsItemFactory), Client(enforce_csrf_checks=True)
    client.force_login(AdministratorFactory())

    answer, has_happened = knock(client, door, item)

    assert answer.status_code == 403
    assert not has_happened


# A new item


@pytest.mark.parametrize(("role", "status"), [(None, 403), *((role, 302) for role in ROLES)])
def test_a_new_item_is_looked_at_by_who_may_write_one(role, status):
    answer = client_of(role).post(admin_url(NewsItem, "preview_new"), {"title_sv": "Ny"})

    assert answer.status_code == status
    assert Preview.objects.exists() == (status == 302)


def test_who_may_change_but_not_add_looks_at_no_new_item(client):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_newsitem"))
    client.force_login(user)

    assert client.post(admin_url(NewsItem, "preview_new")).status_code == 403


def test_a_stranger_looks_at_no_new_item(client):
    assert "/login/" in client.post(admin_url(NewsItem, "preview_new")).url


# What somebody else has in her form


@pytest.mark.parametrize("page", [("preview",), ("preview_page", "sv")])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_looks_at_what_stands_in_somebody_elses_form(role, page):
    frame = press_preview(client_of("Redaktörer"), NewsItemFactory())
    name, *rest = page

    answer = client_of(role).get(admin_url(NewsItem, name, key_in(frame), *rest))

    assert answer.status_code == 404
    assert "<iframe" not in answer.content.decode()


@pytest.mark.parametrize("page", [("preview",), ("preview_page", "sv")])
def test_who_has_lost_the_right_looks_no_more(page):
    writer = client_of("Redaktörer")
    frame = press_preview(writer, NewsItemFactory())
    writer.user.groups.clear()
    name, *rest = page

    answer = writer.get(admin_url(NewsItem, name, key_in(frame), *rest))

    assert answer.status_code == 403


@pytest.mark.parametrize("page", [("preview",), ("preview_page", "sv")])
def test_a_preview_is_of_its_own_kind(page):
    writer = client_of("Redaktörer")
    frame = press_preview(writer, NewsItem, title_sv="Ny")
    name, *rest = page

    wrong = reverse(f"admin:initiatives_initiative_{name}", args=[key_in(frame), *rest])

    assert writer.get(wrong).status_code == 404


def test_a_preview_of_what_is_thrown_away_is_gone():
    writer, item = client_of("Redaktörer"), NewsItemFactory(draft=True)
    frame = press_preview(writer, item)
    NewsItem.objects.all().delete()

    assert writer.get(admin_url(NewsItem, "preview", key_in(frame))).status_code == 404


# The list of all open links


@pytest.mark.parametrize(("role", "status"), [(None, 403), *((role, 200) for role in ROLES)])
def test_the_list_of_links_is_for_those_who_may_change_something(role, status):
    assert client_of(role).get("/admin/delade-lankar/").status_code == status


def test_the_list_of_links_is_not_for_strangers(client):
    assert "/login/" in client.get("/admin/delade-lankar/").url


def test_the_list_names_only_what_one_may_change(client):
    NewsItemFactory(title_sv="Nyheten").share(by=AdministratorFactory())
    FocusAreaFactory(title_sv="Området").share(by=AdministratorFactory())
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_newsitem"))
    client.force_login(user)

    page = client.get("/admin/delade-lankar/").content.decode()

    assert "Nyheten" in page
    assert "Området" not in page


def test_a_form_of_who_may_only_look_has_no_button_for_a_preview(client):
    item, user = NewsItemFactory(), UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="view_newsitem"))
    client.force_login(user)

    page = client.get(admin_url(item, "change")).content.decode()

    assert "Förhandsvisa" not in page
    assert "Dela …" not in page


def test_a_popup_has_no_button_for_a_preview(client):
    client.force_login(staff("Publicister"))

    assert "Förhandsvisa" not in client.get(admin_url(NewsItem, "add") + "?_popup=1").text
