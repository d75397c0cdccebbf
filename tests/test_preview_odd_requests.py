"""Previews, the past and share links, asked for in ways that no page of ours asks."""

import pytest

from news.models import NewsItem
from tests.admin_forms import admin_url
from tests.factories import AdministratorFactory, NewsItemFactory
from tests.histories import address
from tests.previews import client_of

pytestmark = pytest.mark.django_db


def with_a_version(factory):
    item = factory()
    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Efteråt."})
    return item


@pytest.mark.parametrize("page", [("version_preview",), ("version_page", "sv")])
@pytest.mark.parametrize("number", [0, 3, 77, 10**30])
def test_a_version_that_never_was_or_has_no_text_is_not_found(page, number):
    item = with_a_version(NewsItemFactory)
    item.submit(by=AdministratorFactory())  # version 3
    name, *rest = page

    assert client_of("Redaktörer").get(address(item, name, number, *rest)).status_code == 404


def test_a_version_of_another_item_is_not_found():
    item, other = with_a_version(NewsItemFactory), with_a_version(NewsItemFactory)
    other.save_draft(by=AdministratorFactory(), values={"lead_sv": "Mer."})

    reader = client_of("Redaktörer")

    assert reader.get(address(item, "version_preview", 3)).status_code == 404
    assert reader.get(address(other, "version_preview", 3)).status_code == 200


@pytest.mark.parametrize("code", ["xx", "fi", "sv-", "SV"])
def test_a_language_without_page_is_not_found(code):
    item = with_a_version(NewsItemFactory)

    page = client_of("Redaktörer").get(address(item, "version_page", 1, code))

    assert page.status_code == 404


@pytest.mark.parametrize("page", ["preview_form", "as_it_was", "share"])
@pytest.mark.parametrize("key", [4711, 10**30])
def test_an_item_that_never_was_is_not_found(page, key):
    where = admin_url(NewsItem, page, key)
    client = client_of("Redaktörer")
    answer = client.post(where) if page == "preview_form" else client.get(where)

    assert answer.status_code == 404


READ_ONLY = [("version_preview", 1), ("version_page", 1, "sv"), ("as_it_was",)]


@pytest.mark.parametrize("page", READ_ONLY)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_looked_at_takes_nothing(page, method):
    item = with_a_version(NewsItemFactory)
    name, *rest = page

    answer = getattr(client_of("Administratörer"), method)(address(item, name, *rest))

    assert answer.status_code == 405


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_form_is_posted_to_be_looked_at(method):
    item, client = NewsItemFactory(), client_of("Administratörer")

    assert getattr(client, method)(admin_url(item, "preview_form", item.pk)).status_code == 405
    assert getattr(client, method)(admin_url(NewsItem, "preview_new")).status_code == 405


def test_who_comes_without_a_text_after_logging_in_is_led_to_the_form():
    item, client = NewsItemFactory(), client_of("Redaktörer")

    known = client.get(admin_url(item, "preview_form", item.pk))
    new = client.get(admin_url(NewsItem, "preview_new"))

    assert (known.url, new.url) == (admin_url(item, "change"), admin_url(NewsItem, "add"))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_list_of_links_is_only_read(method):
    client = client_of("Administratörer")

    assert getattr(client, method)("/admin/delade-lankar/").status_code == 405
