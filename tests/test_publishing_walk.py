"""The life of a text in a real browser, from first words until it is back from the bin."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from news.models import NewsItem
from publishing.models import Track
from tests.admin_forms import admin_url, staff
from tests.factories import NewsItemFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def sit_down(browser, live_server):
    """A function: a new browser window in which a person of ``role`` is logged in."""
    windows = []

    def open_window(role):
        client = Client()
        client.force_login(staff(role))
        windows.append(browser.new_context(base_url=live_server.url))
        value = client.cookies["sessionid"].value
        windows[-1].add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return windows[-1].new_page()

    yield open_window
    for window in windows:
        window.close()


def press(page, name):
    with page.expect_navigation():  # what is written is kept first
        page.get_by_role("button", name=name, exact=True).click()


def confirm(page):
    with page.expect_navigation():  # the server is asked first
        page.locator(".submit-row input[type=submit]").first.click()


def choose_tomorrow(page):
    press(page, "Välj tid och språk …")
    page.locator("[name=at_0]").fill(f"{timezone.localdate() + timedelta(days=1)}")
    page.locator("[name=at_1]").fill("08:00")
    confirm(page)


def the_minute_comes(item):
    # The clock of a browser and its server can't be moved, but what waits for it can
    just_now = timezone.now() - timedelta(seconds=1)
    Track.objects.of(item).filter(scheduled__isnull=False).update(scheduled_at=just_now)
    NewsItem.objects.filter(pk=item.pk, publish_at__gt=just_now).update(publish_at=just_now)


def test_a_text_lives_from_its_first_words_until_it_is_back_from_the_bin(sit_down, page):
    item = NewsItemFactory(draft=True, slug="ny-lekplats", title_sv="Ny lekplats")
    editor, publisher, form = (
        sit_down("Redaktörer"),
        sit_down("Publicister"),
        admin_url(item, "change"),
    )
    address = item.get_absolute_url()

    # Written, seen on a phone before it is saved, and sent for review
    editor.goto(form)
    editor.locator("#id_lead_sv").fill("Den första ingressen.")
    with editor.context.expect_page() as opened:
        editor.get_by_role("button", name="Förhandsvisa").click()
    opened.value.get_by_role("link", name="Mobil (375 px)").click()
    seen = opened.value.frame_locator("iframe").locator("main").get_by_text("Den första ingressen.")
    expect(seen).to_be_visible()
    press(editor, "Spara och skicka för granskning")

    # Approved by another, for tomorrow morning; the minute comes
    publisher.goto(form)
    choose_tomorrow(publisher)
    assert page.goto(address).status == 404
    the_minute_comes(item)
    page.goto(address)
    expect(page.get_by_text("Den första ingressen.")).to_be_visible()

    # A later title waits, while the lead is corrected at once; at its minute both are there
    publisher.goto(form)
    publisher.locator("#id_title_sv").fill("Lekplatsen är klar")
    choose_tomorrow(publisher)
    publisher.goto(form)
    publisher.locator("#id_lead_sv").fill("Den rättade ingressen.")
    with publisher.expect_navigation():
        publisher.locator("input[name=_publish]").click()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ny lekplats")
    expect(page.get_by_text("Den rättade ingressen.")).to_be_visible()
    the_minute_comes(item)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Lekplatsen är klar")
    expect(page.get_by_text("Den rättade ingressen.")).to_be_visible()

    # Withdrawn, and its address leads to what replaces it
    publisher.goto(form)
    press(publisher, "Avpublicera …")
    publisher.locator("[name=reason][value=replaced]").check()
    publisher.locator("[name=replaced_by]").fill("/nyheter/")
    confirm(publisher)
    page.goto(address)
    assert page.url.endswith("/nyheter/")

    # Thrown away, and taken up again as it was
    publisher.goto(admin_url(item, "delete"))
    publisher.get_by_role("button", name="Lägg i papperskorgen").click()
    publisher.wait_for_load_state()
    assert not NewsItem.objects.filter(pk=item.pk).exists()
    publisher.goto("/admin/papperskorg/")
    publisher.get_by_role("button", name="Ta upp Lekplatsen är klar").click()
    publisher.wait_for_load_state()
    assert NewsItem.objects.get(pk=item.pk).title_sv == "Lekplatsen är klar"
