"""The search box of every page, and what its script does in a browser."""

import gzip
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from search.indexing import rebuild
from tests.factories import FocusAreaFactory, InitiativeFactory, NewsItemFactory
from tests.test_accessibility import axe_violations

SCRIPT = settings.BASE_DIR / "static/js/search-box.js"
FORM = re.compile(r'<form class="search-box[^>]*>.*?</form>', re.DOTALL)

# On every page, without script


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/sv-simple", "/fi", "/en", "/ar"])
def test_every_page_has_one_search_box_in_its_language(client, prefix):
    item = InitiativeFactory(title_en="A", title_fi="B", title_ar="C", title_sv_simple="D")

    for address in ("/", "/nyheter/", item.get_absolute_url(), "/sok/?q=a", "/finns-inte/"):
        [form] = FORM.findall(client.get(prefix + address).text)

        assert 'role="search"' in form
        assert f'action="{prefix}/sok/" method="get"' in form
        assert f'data-suggestions="{prefix}/sok/forslag.json"' in form
        [name] = re.findall(r'<input[^>]*id="(\w+)"[^>]*name="q"', form)
        assert re.search(rf'<label[^>]*for="{name}">[^<]+</label>', form)
        assert "<button" in form


@pytest.mark.django_db
def test_the_script_is_small_and_keeps_nothing_of_what_is_typed():
    code = SCRIPT.read_text("utf-8")

    assert len(gzip.compress(code.encode())) <= 2_000
    assert not re.search(r"localStorage|sessionStorage|cookie|innerHTML|eval", code)


# In a browser


@pytest.fixture
def content(live_server, transactional_db):
    FocusAreaFactory(title_sv="Jobb åt unga", slug="jobb")
    InitiativeFactory(title_sv="Stationen", slug="stationen")
    NewsItemFactory(title_sv="Stadsfest i maj", slug="stadsfest")
    rebuild()


def open_page(page, address="/nyheter/"):
    page.goto(address)
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    return field


def shown(page):
    return page.get_by_role("option").all_inner_texts()


def test_what_is_typed_brings_titles_that_the_keyboard_chooses_among(page, content):
    field = open_page(page)
    field.press_sequentially("sta")
    expect(page.get_by_role("option")).to_have_count(2)

    assert shown(page) == ["Stationen", "Stadsfest i maj"]
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)  # nothing chosen for them

    field.press("ArrowDown")
    field.press("ArrowDown")
    option = page.get_by_role("option", selected=True)
    expect(option).to_have_text("Stadsfest i maj")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    expect(field).to_be_focused()

    field.press("ArrowDown")  # past the last, back to what was typed
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    field.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_text("Stadsfest i maj")


def test_enter_on_a_suggestion_goes_to_its_page(page, content):
    field = open_page(page)
    field.press_sequentially("stat")
    expect(page.get_by_role("option")).to_have_count(1)

    field.press("ArrowDown")
    field.press("Enter")

    page.wait_for_url("**/insatser/stationen/")


def test_enter_without_a_choice_searches(page, content):
    field = open_page(page)
    field.press_sequentially("stat")
    expect(page.get_by_role("option")).to_have_count(1)

    field.press("Enter")

    page.wait_for_url("**/sok/?q=stat")


def test_a_suggestion_can_be_clicked(page, content):
    open_page(page).press_sequentially("stat")

    page.get_by_role("option", name="Stationen").click()

    page.wait_for_url("**/insatser/stationen/")


def test_escape_closes_the_list_and_keeps_the_words(page, content):
    field = open_page(page)
    field.press_sequentially("stat")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")

    field.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("stat")
    assert field.get_attribute("aria-activedescendant") is None


def test_leaving_the_field_closes_the_list(page, content):
    field = open_page(page)
    field.press_sequentially("stat")
    expect(page.get_by_role("option")).to_have_count(1)

    field.press("Tab")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_an_answer_that_comes_too_late_is_not_shown(page, content):
    waiting = []
    page.route("**/forslag.json?q=sta", lambda route: waiting.append(route))
    page.route(
        "**/forslag.json?q=stati",
        lambda route: route.fulfill(json={"suggestions": [_row("Den nya")]}),
    )
    cancelled = []
    page.on("requestfailed", lambda request: cancelled.append(request.url))
    field = open_page(page)
    with page.expect_request("**/forslag.json?q=sta"):
        field.press_sequentially("sta")

    field.press_sequentially("ti")

    expect(page.get_by_role("option")).to_have_text(["Den nya"])
    assert [url.rpartition("=")[2] for url in cancelled] == ["sta"]
    assert len(waiting) == 1


def _row(title):
    return {"title": title, "url": "/", "language": "sv"}


def test_nobody_is_asked_while_the_keys_go_fast_or_for_a_single_letter(page, content):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    field = open_page(page)

    field.press_sequentially("s", delay=0)
    page.wait_for_timeout(300)
    field.press_sequentially("tationen", delay=20)
    expect(page.get_by_role("option")).to_have_count(1)

    assert [url.rpartition("=")[2] for url in asked if "forslag" in url] == ["stationen"]


def test_without_an_answer_the_form_searches_all_the_same(page, content):
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page.route("**/forslag.json*", lambda route: route.abort())
    field = open_page(page)
    with page.expect_event("requestfailed"):
        field.press_sequentially("stationen")

    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Enter")

    page.wait_for_url("**/sok/?q=stationen")
    assert errors == []


def test_a_title_that_looks_like_html_is_text(page, content):
    InitiativeFactory(title_sv="Start <img src=x>")
    rebuild()

    open_page(page).press_sequentially("start")

    expect(page.get_by_role("option")).to_have_text(["Start <img src=x>"])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
@pytest.mark.parametrize("address", ["/nyheter/", "/ar/nyheter/", "/sok/"])
def test_an_open_list_is_accessible_and_fits(page, content, address, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    field = open_page(page, address)
    field.press_sequentially("sta")
    expect(page.get_by_role("option")).to_have_count(2)
    field.press("ArrowDown")

    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.get_by_role("option").first.bounding_box()
    assert box["height"] >= 44
    on_top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).role",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert on_top == "option"


def test_without_script_the_box_searches(browser, live_server, content):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/nyheter/")

    page.get_by_label("Sök på webbplatsen").fill("stationen")
    page.get_by_role("button", name="Sök").click()

    page.wait_for_url("**/sok/?q=stationen")
    expect(page.locator(".hit").get_by_role("link")).to_have_text(["Stationen"])
    context.close()


def test_the_policy_lets_the_script_ask_this_site_only():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert policy["connect-src"] == ["'self'"]
