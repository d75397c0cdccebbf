"""Translating in a real browser: from the list to a reviewed text, by keyboard, for everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from news.models import NewsItem
from publishing.history import begin_histories
from publishing.models import Track, Translation
from publishing.translation_csv import to_csv
from publishing.translation_units import Unit
from tests.admin_forms import admin_url
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    NewsItemFactory,
)

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LIST = "/admin/oversattningar/"
IMPORT = f"{LIST}importera/"
ARABIC = "ملعب جديد"


@pytest.fixture
def writer(live_server):
    return AdministratorFactory()


@pytest.fixture
def cookie(live_server, writer):
    client = Client()
    client.force_login(writer)
    value = client.cookies["sessionid"].value
    return {"name": "sessionid", "value": value, "url": live_server.url}


@pytest.fixture
def desk(page, cookie):
    page.context.add_cookies([cookie])
    return page


@pytest.fixture
def item(writer):
    """A page whose English was left behind, and which isn't there in Arabic."""
    item = NewsItemFactory(
        draft=True,
        title_sv="Lekplats",
        body_sv="<h2>Var?</h2><p>I parken.</p>",
        title_en="Playground",
    )
    item.publish(by=writer)
    item.save_draft(by=writer, values={"title_sv": "Ny lekplats"})
    item.publish(by=writer)
    return item


@pytest.fixture
def unit(writer):
    unit = ContactUnitFactory(name_en="Contact centre")
    function = ContactFunctionFactory(unit=unit, role_sv="Chef", role_en="Head")
    begin_histories()
    with unit.recording(by=writer):
        function.role_sv = "Ledare"
        function.save()
    return unit


def tab_to(page, wanted, at_most=40):
    """Press the tab key until ``wanted`` has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{wanted} is not reached by the tab key.")


def skip(page):
    """Leave the menus behind, as people do who have no mouse."""
    tab_to(page, page.locator(".skip-to-content-link"), at_most=2)
    page.keyboard.press("Enter")


def language(page, code):
    return page.locator(f"#sprak-{code}")


def link_of(page, item, code):
    return page.locator(f'.matrix a[href="{admin_url(item, "change")}?sprak={code}#sprak-{code}"]')


def test_from_the_list_to_a_reviewed_translation_by_keyboard_alone(desk, item):
    page = desk
    page.goto(f"{LIST}?sprak=ar")

    skip(page)
    tab_to(page, link_of(page, item, "ar"))
    page.keyboard.press("Enter")

    expect(language(page, "ar")).to_be_focused()
    title = page.locator("#id_title_ar")
    tab_to(page, title, at_most=3)
    page.keyboard.type(ARABIC)
    tab_to(page, page.get_by_role("button", name="Spara utkast", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sparat.")).to_be_visible()
    assert Track.find(item).newest.data["title_ar"] == ARABIC
    assert not NewsItem.objects.get(pk=item.pk).title_ar

    page.goto(f"{LIST}?sprak=ar&lage=alla")
    skip(page)
    tab_to(page, link_of(page, item, "ar"))
    page.keyboard.press("Enter")
    review = language(page, "ar").get_by_role("button", name="Granskad av någon som kan språket")
    tab_to(page, review, at_most=3)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Översättningen (العربية) är granskad.")).to_be_visible()
    facts = Translation.objects.of(item).filter(language="ar", reviewed_at__isnull=False)
    assert [fact.field for fact in facts] == ["title"]


def test_what_was_left_behind_is_confirmed(desk, item):
    desk.goto(f"{LIST}?lage=stale&sprak=en")

    link_of(desk, item, "en").click()
    form = language(desk, "en")
    expect(form.locator("del", has_text="Lekplats")).to_be_visible()
    expect(form.locator("ins", has_text="Ny lekplats")).to_be_visible()
    form.get_by_role("button", name="Stämmer fortfarande").click()

    expect(desk.get_by_text("Översättningen (English) är bekräftad.")).to_be_visible()
    assert Track.find(item).translations["en"] == "unreviewed"


@pytest.mark.parametrize("width", [320, 1280])
def test_the_swedish_stands_beside_an_arabic_field_from_right_to_left(desk, item, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(f"{admin_url(item, 'change')}?sprak=ar#sprak-ar")
    row = language(desk, "ar").locator(".field-title_ar")
    swedish, field = row.locator(".translated__text"), row.locator("#id_title_ar")

    field.fill(ARABIC)

    assert field.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert field.get_attribute("lang") == "ar"
    assert (swedish.inner_text(), swedish.get_attribute("dir")) == ("Ny lekplats", "ltr")
    beside, below = swedish.bounding_box(), field.bounding_box()
    assert (beside["x"] + beside["width"] <= below["x"]) == (width == 1280)
    assert (beside["y"] + beside["height"] <= below["y"]) == (width == 320)
    area = language(desk, "ar").locator(".field-body_ar").get_by_role("textbox", name="Text")
    assert area.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_the_language_is_unfolded_without_scripts_too(browser, live_server, cookie, item):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(LIST)

    link_of(page, item, "fi").click()

    expect(page.locator("#id_title_fi")).to_be_visible()
    expect(page.locator("#id_title_ar")).to_be_hidden()
    expect(language(page, "fi")).to_be_in_viewport()
    context.close()


def test_a_row_that_is_added_has_every_language(desk, unit):
    desk.goto(admin_url(unit, "change"))

    desk.get_by_role("button", name="Lägg till Funktion").click()
    row = desk.locator("#functions-1")
    row.get_by_text("العربية").click()

    expect(row.locator("#id_functions-1-role_ar")).to_be_visible()
    assert row.locator(".fieldset-heading").first.get_attribute("id") == "functions-1-1-heading"


def faults(page):
    """What is wrong with the page that is open, with everything in it unfolded."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    found = Axe().run(page, options={"runOnly": WCAG, "preload": False}).response["violations"]
    return [
        *(["för bred"] if wide else []),
        *((each["id"], each["nodes"][0]["target"]) for each in found),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_translations_are_for_everybody(desk, item, unit, scheme, width):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    complaints, found = [], {}
    desk.on("console", lambda said: complaints.append(said.text))
    addresses = [LIST, f"{LIST}?sprak=en", IMPORT]
    addresses += [f"{admin_url(each, 'change')}?sprak=en#sprak-en" for each in (item, unit)]

    for address in addresses:
        desk.goto(address)
        found[address] = faults(desk)
    texts = [Unit(f"news.newsitem:{item.pk}:{name}", 1, "", "", "X") for name in ("title", "x")]
    desk.goto(IMPORT)
    file = {"name": "en.csv", "mimeType": "text/csv", "buffer": to_csv(texts, "en")}
    desk.get_by_label("Fil:", exact=True).set_input_files(file)
    desk.get_by_role("button", name="Importera").click()
    expect(desk.get_by_role("heading", name="Det här blev av texterna")).to_be_visible()
    found["vad som blev av texterna"] = faults(desk)

    assert found == dict.fromkeys(found, [])
    assert complaints == []
