"""The back office in a real browser: the text editor, the strict policy, a notice in a hurry."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from news.models import NewsItem
from pages.models import Notice
from tests.admin_forms import admin_url, staff
from tests.factories import (
    AdministratorFactory,
    NewsItemFactory,
    SiteSettingsFactory,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def complaints(page):
    """What the browser has to say about the pages that are visited.

    Not that Django's form for a new user asks twice for the focus.
    """
    heard = []

    def listen(said):
        if "Autofocus processing was blocked" not in said.text:
            heard.append(f"{page.url}: {said.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    return heard


@pytest.fixture
def desk(page, live_server):
    """A function: open an address of the admin as ``user``."""

    def open_desk(user, address):
        client = Client()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        page.goto(live_server.url + address)
        return page

    return open_desk


@pytest.fixture
def writing(desk):
    """The form of a draft, open, with the Swedish writing area in focus."""
    item = NewsItemFactory(draft=True)
    page = desk(AdministratorFactory(), admin_url(item, "change"))
    area = page.locator(".field-body_sv .ProseMirror[contenteditable]")
    area.click()
    return page, item


def button(page, name):
    return page.locator(".field-body_sv").get_by_role("button", name=name, exact=True)


def saved_body(page, item):
    page.get_by_role("button", name="Spara utkast", exact=True).click()
    expect(page.get_by_text("Sparat.")).to_be_visible()
    item.refresh_from_db()
    return item.body_sv


def test_no_form_of_the_admin_breaks_the_policy(desk, live_server, complaints):
    page = desk(AdministratorFactory(), reverse("admin:index"))

    for model in admin.site._registry:
        page.goto(live_server.url + admin_url(model, "add"))
        page.wait_for_load_state("networkidle")

    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lists_forms_and_questions_keep_the_policy_too(desk, live_server, complaints, scheme, page):
    page.emulate_media(color_scheme=scheme)
    item = NewsItemFactory(draft=True, body_sv="<p>Hej</p>")
    user = AdministratorFactory()

    for view in ["changelist", "change", "history", "delete"]:
        desk(user, admin_url(item, view)).wait_for_load_state("networkidle")

    assert complaints == []


def test_the_editor_makes_clean_html(writing):
    page, item = writing

    button(page, "Rubrik, nivå 2").click()
    page.keyboard.type("Rubriken")
    page.keyboard.press("Enter")
    button(page, "Fetstil").click()
    page.keyboard.type("Fet")
    button(page, "Fetstil").click()
    page.keyboard.press("Enter")
    button(page, "Punktlista").click()
    page.keyboard.type("En punkt")

    assert saved_body(page, item) == (
        "<h2>Rubriken</h2><p><strong>Fet</strong></p><ul><li><p>En punkt</p></li></ul>"
    )


def test_a_link_is_made_in_a_swedish_dialog(writing):
    page, item = writing
    page.keyboard.type("Trollhättan")
    page.keyboard.press("Control+A")

    button(page, "Länk (markera text först)").click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("button", name="Avbryt").is_visible()
    dialog.get_by_label("Adress").fill("https://www.trollhattan.se/")
    dialog.get_by_role("button", name="Använd").click()

    assert saved_body(page, item) == (
        '<p><a href="https://www.trollhattan.se/">Trollhättan</a></p>'
    )


def test_what_is_pasted_is_cleaned(writing):
    page, item = writing

    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", `<h1>Stort</h1><p style="color:red" onclick="x()">Hej
                <b>du</b><script>x()</scr` + `ipt><img src="x"></p>
                <table><tr><td>cell</td></tr></table>`);
            const area = document.querySelector(".field-body_sv .ProseMirror[contenteditable]");
            area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }"""
    )

    body = saved_body(page, item)
    assert "<strong>du</strong>" in body
    for forbidden in ["<h1", "style", "onclick", "script", "<img", "<table"]:
        assert forbidden not in body


def test_the_writing_area_has_a_name_a_language_and_a_direction(desk):
    page = desk(AdministratorFactory(), admin_url(NewsItem, "add"))
    for summary in page.locator("summary").all():
        summary.click()

    for field, lang, direction in [("body_sv", "sv", "ltr"), ("body_ar", "ar", "rtl")]:
        area = page.locator(f".field-{field}").get_by_role("textbox", name="Text")
        assert area.get_attribute("lang") == lang
        assert area.get_attribute("dir") == direction
        assert area.get_attribute("spellcheck") == "true"


def test_every_button_of_the_editor_is_in_swedish(writing):
    page, _item = writing

    names = page.locator(".field-body_sv .prose-menubar button").evaluate_all(
        "buttons => buttons.map(each => each.getAttribute('aria-label'))"
    )

    assert set(names) == {
        "Rubrik, nivå 2",
        "Rubrik, nivå 3",
        "Vanlig text",
        "Punktlista",
        "Numrerad lista",
        "Citat",
        "Fetstil",
        "Kursiv stil",
        "Länk (markera text först)",
        "Ta bort länken",
        "Ångra",
        "Gör om",
    }


def test_a_label_leads_to_its_writing_area(desk):
    page = desk(AdministratorFactory(), admin_url(NewsItem, "add"))

    page.locator("label[for=id_body_sv]").click()

    assert page.evaluate("document.activeElement.closest('.field-body_sv') !== null")


def test_a_crisis_notice_takes_three_clicks_at_most(desk):
    SiteSettingsFactory()
    page = desk(staff("Publicister"), reverse("admin:index"))

    page.get_by_role("link", name="Lägg till krismeddelande").click()
    expect(page.locator("#id_text_sv")).to_be_focused()
    page.keyboard.type("Koka vattnet innan du dricker det.")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url("**/notice/")

    assert Notice.objects.active().get().text == "Koka vattnet innan du dricker det."


def test_a_crisis_notice_is_stopped_with_one_click(desk):
    SiteSettingsFactory()
    Notice.objects.create(text_sv="Koka vattnet.", sender_sv="Trollhättans Stad")
    page = desk(staff("Publicister"), reverse("admin:index"))

    page.get_by_role("button", name="Sluta visa nu").click()
    page.wait_for_url("**/notice/**")

    assert not Notice.objects.active().exists()
