"""The pages of the history in a real browser: for everybody, on a phone, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from tests.factories import AdministratorFactory, FocusAreaFactory, NewsItemFactory
from tests.histories import address, erase

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def item(live_server):
    writer = AdministratorFactory(first_name="Åsa", last_name="Öberg")
    item = NewsItemFactory(
        lead_sv="Först.", body_sv="<h2>Mer</h2><blockquote><p>Ord</p></blockquote>"
    )
    texts = [
        {"lead_sv": "Bo Ek bor här.", "title_ar": "خبر", "lead_ar": "هذا خبر قصير"},
        {"lead_sv": "Sedan.", "title_ar": "خبر من المدينة"},
        {
            "lead_sv": "Efteråt." + " Ettlångtordutanmellanrum" * 3,
            "focus_areas": [FocusAreaFactory().pk],
        },
    ]
    for text in texts:
        item.save_draft(by=writer, values=text, note="Därför att det behövdes.")
    erase(item, 2, ["lead_sv", "@by"])
    return item


@pytest.fixture
def cookie(live_server):
    client = Client()
    client.force_login(AdministratorFactory())
    value = client.cookies["sessionid"].value
    return {"name": "sessionid", "value": value, "url": live_server.url}


def pages_of(item):
    return {
        "historiken": address(item),
        "jämförelsen": address(item, "compare") + "?fran=2&till=4",
        "versionen": address(item, "version", 2),
        "frågan om att återställa": address(item, "restore", 1),
        "frågan om att radera": address(item, "erase", 3),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_history_are_for_everybody(page, item, cookie, scheme, width):
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    complaints, found = [], {}
    page.on("console", lambda said: complaints.append(said.text))

    for name, path in pages_of(item).items():
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        faults = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
        found[name] = [*(["för bred"] if wide else []), *(fault["id"] for fault in faults)]

    assert found == dict.fromkeys(pages_of(item), [])
    assert complaints == []


def test_two_versions_are_chosen_by_keyboard_and_without_scripts(
    browser, live_server, item, cookie
):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(address(item))

    page.locator('input[name="fran"][value="3"]').focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Jämför de valda").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Från: version 3")).to_be_visible()
    expect(page.get_by_role("heading", name="Till: version 4")).to_be_visible()
    expect(page.locator("ins", has_text="Efteråt")).to_be_visible()
    context.close()


def test_a_version_is_restored_without_scripts(browser, live_server, item, cookie):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(address(item))

    page.get_by_role("link", name="Återställ … (version 1)").click()
    page.get_by_role("button", name="Återställ version 1").click()

    expect(page.get_by_text("Version 1 är återställd.")).to_be_visible()
    assert item.track.find(item).newest.data["lead_sv"] == "Först."
    context.close()
