"""What the quality gate says, in a real browser: to the eye, the keyboard and without scripts."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from news.models import NewsItem
from publishing.models import Exemption
from tests.admin_forms import admin_url, staff
from tests.factories import ImageFactory, NewsItemFactory, SiteSettingsFactory
from tests.kinds import statement
from tests.test_quality_statement import exempted

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LONG = "Du kan ta med dig " + "mat och dricka " * 14 + "till parken."
BAD = {
    "lead_sv": "",
    "body_sv": "<h3>Öppet</h3><p>Vi har öppet. " + LONG + "</p><p>Ta med t.ex. en boll.</p>"
    "<p>1) Anmäl dig</p><p>2) Kom</p>"
    '<p>Vill du veta allt, <a href="/kontakt/">läs mer</a> i dag.</p>',
    "body_en": '<p><a href="/kontakt/">Click here</a></p>',
}


@pytest.fixture
def desk(page, live_server, settings):
    """A function: open an address of the admin as a person with a role."""
    SiteSettingsFactory()

    def open_desk(role, address):
        client = Client()
        client.force_login(staff(role))
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        page.goto(live_server.url + address)
        return page

    return open_desk


def shown(page, name):
    """Keep a picture of the page for whoever asks for it."""
    if folder := os.environ.get("SHOTS"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for width in (375, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=Path(folder) / f"{name}-{scheme}-{width}.png", full_page=True)


def faults(page):
    found = []
    for scheme in ("light", "dark"):
        # Else colours are measured on their way from light to dark
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options = {"runOnly": {"type": "tag", "values": WCAG}}
        found += [
            (scheme, each["id"], [node["html"] for node in each["nodes"]])
            for each in Axe().run(page, options=options).response["violations"]
        ]
    return found


@pytest.fixture
def bad(transactional_db):
    return NewsItemFactory(draft=True, title_sv="Lekplatsen", image=ImageFactory(alt_sv=""), **BAD)


def publish_page(item):
    return f"{admin_url(item, 'act', 'publish_with')}?id={item.pk}"


def test_each_line_of_the_list_leads_to_its_field(desk, bad):
    page = desk("Publicister", admin_url(bad, "change"))

    page.locator(".quality").get_by_role("link", name="Ingress", exact=True).first.click()
    expect(page.locator("#id_lead_sv")).to_be_focused()

    page.locator(".quality").get_by_role("link", name="Text (English)").click()
    note = page.locator("#kvalitet-body_en")
    expect(note).to_be_visible()  # its language is unfolded
    expect(note).to_be_in_viewport()


def test_what_blocks_and_what_is_advised_are_told_apart_in_words(desk, bad):
    page = desk("Publicister", admin_url(bad, "change"))

    notes = page.locator("#kvalitet-body_sv")
    expect(notes).to_contain_text("Hindrar publicering:")
    expect(notes).to_contain_text("Råd:")
    page.get_by_text("Läsbarhet, Svenska").click()
    expect(page.locator("mark").first).to_have_text(LONG)
    shown(page, "form")


@pytest.mark.parametrize("name", ["form", "publish", "rules", "proposals"])
def test_the_pages_are_accessible_light_and_dark(desk, bad, name):
    address, role = {
        "form": lambda: (admin_url(bad, "change"), "Publicister"),
        "publish": lambda: (publish_page(bad), "Publicister"),
        "rules": lambda: ("/admin/kvalitetsregler/", "Redaktörer"),
        "proposals": lambda: _proposals(),
    }[name]()
    page = desk(role, address)
    for summary in page.locator(".quality summary").all():
        summary.click()

    assert faults(page) == []
    shown(page, f"page-{name}")


def _proposals():
    exempted()
    item = statement()
    return admin_url(item, "proposals", item.pk), "Administratörer"


def test_no_page_is_wider_than_a_phone(desk, bad):
    page = desk("Publicister", admin_url(bad, "change"))
    page.set_viewport_size({"width": 320, "height": 700})

    for address in (admin_url(bad, "change"), publish_page(bad), "/admin/kvalitetsregler/"):
        page.goto(page.url.partition("/admin/")[0] + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_somebody_publishes_with_a_flaw_without_scripts(browser, live_server, transactional_db):
    item = NewsItemFactory(draft=True, body_sv="<h3>Öppet</h3><p>Alltid.</p>")
    client = Client()
    client.force_login(staff("Publicister"))
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + publish_page(item))

    page.get_by_label("hoppar över en nivå").check()
    page.get_by_label("Varför måste sidan ut").fill("Det brinner.")
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Välj en dag då felet ska vara åtgärdat.")).to_be_visible()
    day = timezone.localdate() + timedelta(days=30)
    page.get_by_label("Ska vara åtgärdat").fill(f"{day}")
    page.get_by_role("button", name="Publicera").click()

    expect(page.get_by_text("är publicerad")).to_be_visible()
    assert NewsItem.objects.published().filter(pk=item.pk).exists()
    assert Exemption.objects.get().reason == "Det brinner."
    context.close()
