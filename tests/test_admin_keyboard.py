"""The back office by the keyboard alone; the focus is always seen, and under nothing."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from news.models import NewsItem
from publishing.models import State
from tests.admin_forms import admin_url, staff
from tests.factories import ContactUnitFactory, InitiativeFactory, NewsItemFactory

pytestmark = pytest.mark.browser

PASSWORD = "en-sluss-vid-fallen"
MOST_STOPS = 150
# What is wrong with how the focus shows, or ""
HOW_IT_SHOWS = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    const box = here.getBoundingClientRect(), name = here.outerHTML.slice(0, 80);
    if (here.matches('iframe, body')) return '';
    const isSeen = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
        || here.closest('.select2-container, .prose-editor');
    if (!isSeen) return `syns inte: ${name}`;
    if (box.bottom <= 0 || box.top >= innerHeight) return `utanför: ${name}`;
    // A writing area may be taller than the window: it is enough to see where one writes
    const isFree = [box.top + 4, (box.top + box.bottom) / 2, box.bottom - 4].some(y => {
        const top = document.elementFromPoint(Math.max(box.left + 4, 0), y);
        return top && (here.contains(top) || top.contains(here) || top.closest('label'));
    });
    return isFree ? '' : `dold: ${name}`;
}"""


@pytest.fixture
def logged_in(page, live_server):
    """A function: log in as somebody in ``role`` by typing; returns her page."""

    def log_in(role, height=800):
        page.set_viewport_size({"width": 1280, "height": height})
        user = staff(role)
        user.set_password(PASSWORD)
        user.save()
        page.goto(reverse("admin:index"))
        expect(page.locator("#id_login")).to_be_focused()
        page.keyboard.type(user.username)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/")
        return page

    return log_in


def tab_to(page, selector, key="Tab"):
    """Press ``key`` until the focus is on ``selector``; each stop must be seen."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press(key)
        fault = page.evaluate(HOW_IT_SHOWS)
        assert fault == ""
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"The keyboard never came to {selector}.")


def follow(page, selector, address):
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def test_a_text_is_written_and_published_without_a_mouse(logged_in):
    item = NewsItemFactory(draft=True, body_sv="")
    page = logged_in("Publicister")
    follow(page, "main a[href='/admin/news/newsitem/']", "**/newsitem/")
    follow(page, f"#result_list th a[href*='/{item.pk}/change/']", "**/change/**")

    area = ".field-body_sv .ProseMirror[contenteditable]"
    tab_to(page, area)
    page.keyboard.type("Vi ses vid fallen.")
    page.keyboard.press("Control+A")
    tab_to(page, ".field-body_sv .prose-menubar button[aria-label='Fetstil']", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"{area} strong")).to_have_text("Vi ses vid fallen.")
    tab_to(page, "input[name='_publish']")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_be_visible()
    item.refresh_from_db()
    assert item.state == State.PUBLISHED
    assert item.body_sv == "<p><strong>Vi ses vid fallen.</strong></p>"


def test_a_list_is_filtered_and_searched_without_a_mouse(logged_in):
    NewsItemFactory(draft=True, title_sv="Utkastet")
    NewsItemFactory(title_sv="Nyheten")
    page = logged_in("Redaktörer")
    page.goto(admin_url(NewsItem, "changelist"))

    drafts = "a[href*='state__exact=draft']"
    tab_to(page, f"#changelist-filter details:has({drafts}) > summary")
    page.keyboard.press("Enter")
    follow(page, f"#changelist-filter {drafts}", "**state__exact=draft**")
    expect(page.locator("#result_list")).not_to_contain_text("Nyheten")
    tab_to(page, "#searchbar")
    page.keyboard.type("Utkastet")
    page.keyboard.press("Enter")

    page.wait_for_url("**q=Utkastet**")
    expect(page.locator("#result_list")).to_contain_text("Utkastet")


def test_a_text_is_withdrawn_without_a_mouse(logged_in):
    item = NewsItemFactory()
    page = logged_in("Publicister")
    page.goto(f"{reverse('admin:news_newsitem_act', args=['withdraw'])}?id={item.pk}")

    tab_to(page, "[name='reason']")
    page.keyboard.press("Space")
    tab_to(page, ".submit-row input[type='submit']")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_be_visible()
    item.refresh_from_db()
    assert item.state == State.WITHDRAWN


def test_a_related_row_is_chosen_without_a_mouse(logged_in):
    item, initiative = NewsItemFactory(draft=True), InitiativeFactory(title_sv="Stationen")
    page = logged_in("Redaktörer")
    page.goto(admin_url(item, "change"))

    tab_to(page, ".field-initiatives .select2-search__field")
    page.keyboard.type("Stat")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("Stationen")
    page.keyboard.press("Enter")
    chosen = page.locator(".field-initiatives .select2-selection__choice")
    expect(chosen).to_contain_text("Stationen")
    tab_to(page, "input[type='submit'].primary")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_be_visible()
    assert page.locator(".field-initiatives option[selected]").get_attribute("value") == str(
        initiative.pk
    )


def test_a_dialog_takes_the_focus_and_gives_it_back(logged_in):
    item = NewsItemFactory(draft=True, body_sv="<p>Trollhättan</p>")
    page = logged_in("Redaktörer")
    page.goto(admin_url(item, "change"))
    tab_to(page, ".field-body_sv .ProseMirror[contenteditable]")
    page.keyboard.press("Control+A")

    tab_to(page, ".field-body_sv button[aria-label^='Länk (']", "Shift+Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Sök en sida på webbplatsen")).to_be_focused()
    page.keyboard.press("Escape")

    expect(dialog).not_to_be_visible()
    assert page.evaluate("document.activeElement.closest('.field-body_sv') !== null")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_stop_of_a_long_form_is_hidden_under_what_sticks(logged_in, width):
    unit = ContactUnitFactory()
    page = logged_in("Administratörer", height=600)
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(admin_url(unit, "change"))

    tab_to(page, "input[name='_save'].primary")
