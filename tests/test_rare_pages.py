"""Rare pages in a real browser: a crisis notice, and the page for what went wrong."""

import pytest
from django.utils import timezone

from pages.models import Notice
from tests.test_accessibility import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_on_the_page_for_what_went_wrong(page, live_server, monkeypatch):
    monkeypatch.setattr("trollhattan_portal.views.SiteMap.get_context_data", None)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        response = page.goto("/webbplatskarta/")

        assert response.status == 500
        assert axe_violations(page) == []


def test_axe_finds_nothing_under_a_crisis_notice_of_any_level(page):
    for level in Notice.Level:
        Notice.objects.create(level=level, text_sv="Koka vattnet.", sender_sv="Trollhättans Stad")

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto("/")

        assert axe_violations(page) == []


def test_a_notice_is_on_the_page_that_is_open_after_the_next_click(page):
    page.goto("/")
    Notice.objects.create(
        level=3, text_sv="Stanna inne.", sender_sv="Trollhättans Stad", starts_at=timezone.now()
    )

    page.goto("/nyheter/")

    assert page.get_by_role("alert").filter(has_text="Stanna inne.").is_visible()
