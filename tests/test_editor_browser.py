"""The text editor in a real browser: pasting, links, names and keys."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from news.models import NewsItem
from tests.admin_forms import admin_url
from tests.factories import AdministratorFactory, NewsItemFactory, PageFactory
from tests.test_clipboard import FILES, expected

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

PASTE = """html => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const area = document.querySelector(".field-body_sv .ProseMirror[contenteditable]");
    area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""


@pytest.fixture
def writing(page, live_server):
    """A function: the form of a draft, open, with the Swedish writing area in focus."""

    def open_form(**facts):
        item = NewsItemFactory(draft=True, **{"body_sv": ""} | facts)
        client = Client()
        client.force_login(AdministratorFactory())
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        page.goto(live_server.url + admin_url(item, "change"))
        page.locator(".field-body_sv .ProseMirror[contenteditable]").click()
        return item

    return open_form


def saved_body(page, item):
    page.get_by_role("button", name="Spara utkast", exact=True).click()
    expect(page.get_by_text("Sparat.")).to_be_visible()
    return (
        NewsItem.objects.values_list("body_sv", flat=True).get(pk=item.pk)
        or (item.newest_data()["body_sv"])
    )


def settled(page):
    """The editor hears of where the cursor stands a moment after the browser has put it there."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))")


def open_link_dialog(page, text="badet"):
    page.keyboard.type(text)
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+K")
    return page.get_by_role("dialog", name="Länk")


@pytest.mark.parametrize("pasted", FILES, ids=lambda path: path.stem)
def test_what_is_pasted_becomes_what_the_server_makes_of_it(writing, page, pasted):
    item = writing()

    page.evaluate(PASTE, pasted.read_text())

    assert saved_body(page, item) == expected(pasted)


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ('<p>Hej<img src="https://a.example/x.png"></p>', "Bilder följer inte med"),
        ("<table><tr><td>Måndag</td><td>10–16</td></tr></table>", "Tabellen blev en lista"),
    ],
)
def test_what_is_left_out_of_what_is_pasted_is_said(writing, page, html, says):
    writing()

    page.evaluate(PASTE, html)

    expect(page.locator(".field-body_sv").get_by_role("status")).to_contain_text(says)


def test_a_page_of_the_site_is_chosen_by_its_title_from_the_keyboard(writing, page):
    PageFactory(title_sv="Öppettider i badet", slug="badtider")
    item = writing()

    dialog = open_link_dialog(page)
    expect(dialog.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("öppet")
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Adress")).to_have_value("/om/badtider/")
    page.keyboard.press("Enter")

    expect(dialog).to_have_count(0)
    assert saved_body(page, item) == '<p><a href="/om/badtider/">badet</a></p>'


def test_what_is_typed_at_once_goes_into_the_dialog(writing, page):
    item = writing()
    dialog = open_link_dialog(page)

    page.keyboard.type("zz")

    expect(dialog.get_by_role("combobox")).to_have_value("zz")
    page.keyboard.press("Escape")
    assert saved_body(page, item) == "<p>badet</p>"


def test_an_odd_address_is_refused_in_swedish_at_the_field(writing, page):
    writing()
    dialog = open_link_dialog(page)

    dialog.get_by_label("Adress").fill("javascript:alert(1)")
    page.keyboard.press("Enter")

    expect(dialog.get_by_role("alert")).to_contain_text("Adressen går inte att använda.")
    expect(dialog.get_by_label("Adress")).to_be_focused()
    expect(dialog.get_by_label("Adress")).to_have_value("javascript:alert(1)")


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("www.example.com", "https://www.example.com"),
        ("kontakt@example.com", "mailto:kontakt@example.com"),
        ("tel:0520-49 50 00", "tel:0520-495000"),
    ],
)
def test_an_address_is_taken_as_people_write_it(writing, page, typed, href):
    item = writing()
    dialog = open_link_dialog(page)

    dialog.get_by_label("Adress").fill(typed)
    page.keyboard.press("Enter")

    assert saved_body(page, item) == f'<p><a href="{href}">badet</a></p>'


def test_escape_closes_the_list_and_then_the_dialog_and_writing_goes_on(writing, page):
    PageFactory(title_sv="Badet")
    item = writing()
    dialog = open_link_dialog(page)
    page.keyboard.type("bad")
    expect(dialog.get_by_role("option")).to_have_count(1)

    page.keyboard.press("Escape")
    expect(dialog.get_by_role("listbox")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.wait_for_function("getSelection().toString() === 'badet'")
    settled(page)
    page.keyboard.press("End")
    settled(page)
    page.keyboard.type(" är öppet")

    assert saved_body(page, item) == "<p>badet är öppet</p>"


def test_a_link_is_changed_where_it_stands(writing, page):
    item = writing(body_sv='<p>Se <a href="/om/">om oss</a>.</p>')
    page.locator(".field-body_sv .ProseMirror a").click()
    settled(page)
    page.keyboard.press("Control+K")
    dialog = page.get_by_role("dialog", name="Länk")
    expect(dialog.get_by_label("Adress")).to_have_value("/om/")

    dialog.get_by_label("Adress").fill("/kontakt/")
    dialog.get_by_role("button", name="Använd").click()

    assert saved_body(page, item) == '<p>Se <a href="/kontakt/">om oss</a>.</p>'


def test_the_dialog_says_when_the_search_does_not_answer(writing, page):
    writing()
    page.route("**/admin/lanka/**", lambda route: route.abort())
    dialog = open_link_dialog(page)

    page.keyboard.type("bad")

    expect(dialog.get_by_role("status")).to_contain_text("Skriv adressen nedan")


def test_every_button_of_the_editor_is_reached_with_the_tab_key(writing, page):
    writing()
    names = page.locator(".field-body_sv .prose-menubar button:not(.hidden)").evaluate_all(
        "buttons => buttons.map(each => each.getAttribute('aria-label'))"
    )

    reached = []
    for _time in names:
        page.keyboard.press("Shift+Tab")
        reached.insert(0, page.evaluate("document.activeElement.getAttribute('aria-label')"))

    assert reached == names


def test_every_writing_area_is_a_text_box_of_its_language(page, writing):
    writing()
    for summary in page.locator("summary").all():
        summary.click()

    areas = page.locator(".ProseMirror[contenteditable]").evaluate_all(
        """areas => areas.map(each => ["role", "aria-multiline", "spellcheck", "lang", "dir"].map(
            name => each.getAttribute(name)))"""
    )

    assert areas == [
        ["textbox", "true", "true", language, "rtl" if language == "ar" else "ltr"]
        for language in ["sv", "sv-simple", "fi", "en", "ar"]
    ]


def faults(page):
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_and_the_page_read_aloud_are_for_everybody(writing, page, live_server, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 700})
    PageFactory(title_sv="Badet")
    item = writing()
    dialog = open_link_dialog(page)
    page.keyboard.type("bad")
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")

    open_list = faults(page)
    page.keyboard.press("Escape")
    dialog.get_by_label("Adress").fill("x y")
    page.keyboard.press("Enter")
    refused = faults(page)
    page.goto(live_server.url + admin_url(item, "aloud", item.pk))
    aloud = faults(page)

    assert (open_list, refused, aloud) == ([], [], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
