"""WCAG 2.2 AA in a real browser, on the demo's own content: axe, reflow, keyboard, no scripts."""

from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PAGES = {
    "start page": "/",
    "focus areas": "/fokusomraden/",
    "focus area, sensitive": "/fokusomraden/jamstalldhet-och-vald/",
    "focus area, empty": "/fokusomraden/blandad-bebyggelse/",
    "initiatives": "/insatser/",
    "initiatives, none found": "/insatser/?alder=17&fas=ended",
    "initiatives, wrong choice": "/insatser/?alder=sjutton",
    "initiative": "/insatser/stationen/",
    "initiative, sensitive": "/insatser/schyssta-relationer/",
    "finder": "/hitta-stod/",
    "finder, found": "/hitta-stod/?malgrupp=unga-vuxna&alder=19&stadsdel=lextorp",
    "finder, nearly": "/hitta-stod/?malgrupp=grannar&alder=17&omrade=unga-i-jobb",
    "finder, sensitive": "/hitta-stod/?malgrupp=valdsutsatta",
    "finder, wrong answer": "/hitta-stod/?alder=abc&stadsdel=finns-inte",
    "news": "/nyheter/",
    "news of a year": "/nyheter/?ar=2024",
    "news item": "/nyheter/starkare-lag-for-social-hallbarhet/",
    "contacts": "/kontakt/",
    "contact": "/kontakt/kontaktcenter/",
    "page with pages below": "/om/social-hallbarhet/",
    "page": "/om/personuppgifter/",
    "resources": "/vill-du-veta-mer/",
    "statement": "/tillganglighetsredogorelse/?sida=/nyheter/",
    "site map": "/webbplatskarta/",
    "search": "/sok/",
    "search, sensitive": "/sok/?q=v%C3%A5ld",
    "search, chosen": "/sok/?q=jobb&typ=insatser&omrade=unga-i-jobb",
    "search, second page": "/sok/?q=jobb&sida=2",
    "search, mended": "/sok/?q=f%C3%B6r%C3%A4ldrast%C3%B6t",
    "search, none found": "/sok/?q=qwertyuiop",
    "not found": "/finns-inte/",
    "not found, but something like it": "/stationen/",
    "log-in": "/konto/login/",
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHERS = [code for code in LANGUAGES if code != settings.LANGUAGE_CODE]
EVERY_PAGE = PAGES | {
    f"{code}: {name}": f"/{code}{address}"
    for code in OTHERS
    for name, address in PAGES.items()
    # The back office is in Swedish, and so are the words that are searched for
    if not address.startswith(("/konto/", "/sok/?", "/stationen/", "/hitta-stod/?"))
}
EVERY_PAGE |= {
    "ar: finder, sensitive": "/ar/hitta-stod/?malgrupp=valdsutsatta",
    "fi: finder, wrong answer": "/fi/hitta-stod/?alder=abc",
    "ar: search, found": "/ar/sok/?q=%D8%B9%D9%85%D9%84",
    "ar: search, none found": "/ar/sok/?q=qwertyuiop",
    "en: search, in Swedish too": "/en/sok/?q=arbetsgivare",
}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # else it describes each element that is as it should be
}
SITUATIONS = [(1280, "light"), (1280, "dark"), (320, "dark"), (320, "light")]


class Visit(NamedTuple):
    page: Page
    complaints: list  # what the browser has had to say


@pytest.fixture(scope="session")
def base_url(demo_site):
    return demo_site


def axe_violations(page):
    found = Axe().run(page, options=AXE).response["violations"]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@pytest.fixture(scope="module")
def window(browser, base_url):
    """One for all pages, so that their style sheets, letters and pictures are fetched once."""
    context = browser.new_context(base_url=base_url)
    yield context
    context.close()


@pytest.fixture(scope="module", params=EVERY_PAGE.values(), ids=EVERY_PAGE.keys())
def visit(request, window):
    """A page opened once for all rules; each leaves it as it was but for size and colour."""
    page, complaints = window.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(request.param)
    yield Visit(page, complaints)
    page.close()


@pytest.fixture
def opened(visit):
    resize(visit.page, 1280)
    visit.page.emulate_media(color_scheme="light")
    return visit.page


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 800})


def width_of_content(page):
    return page.evaluate("document.documentElement.scrollWidth")


def test_the_first_stop_of_the_keyboard_is_the_way_to_the_content(opened):
    """But for a page that puts the reader where she should begin."""
    if not opened.evaluate("document.activeElement.matches('[autofocus]')"):
        opened.keyboard.press("Tab")

        assert opened.evaluate("document.activeElement.getAttribute('href')") == "#innehall"
        opened.evaluate("document.activeElement.blur()")


def test_axe_finds_nothing_wide_or_narrow_light_or_dark(opened):
    """Colours are the same in all languages, and Arabic has a layout of its own."""
    language = opened.evaluate("document.documentElement.lang")
    all_four = language in ("sv", "ar")

    for width, scheme in SITUATIONS if all_four else SITUATIONS[::2]:
        resize(opened, width)
        opened.emulate_media(color_scheme=scheme)

        assert axe_violations(opened) == [], f"{width} px, {scheme}"


def test_nothing_has_to_be_scrolled_sideways(opened):
    for width in (320, 375, 768, 1280):
        resize(opened, width)

        assert width_of_content(opened) <= width


def test_twice_as_large_text_fits(opened):
    opened.evaluate("document.documentElement.style.fontSize = '200%'")

    widths = {}
    for width in (375, 640):
        resize(opened, width)
        widths[width] = width_of_content(opened)

    opened.evaluate("document.documentElement.style.fontSize = ''")
    assert [width for width, content in widths.items() if content > width] == []


def test_wider_text_spacing_clips_nothing(opened):
    resize(opened, 320)

    # WCAG 2.2, 1.4.12
    clipped = opened.evaluate(
        """() => {
            for (const e of document.querySelectorAll('*')) {
                e.style.setProperty('line-height', '1.5', 'important');
                e.style.setProperty('letter-spacing', '0.12em', 'important');
                e.style.setProperty('word-spacing', '0.16em', 'important');
            }
            const isHidden = e => e.closest('.visually-hidden, .skip-link, svg');
            return [...document.querySelectorAll('main *, header *, footer *')]
                .filter(e => getComputedStyle(e).overflow === 'hidden' && !isHidden(e))
                .filter(e => e.textContent.trim() && e.scrollHeight > e.clientHeight + 1)
                .map(e => e.outerHTML.slice(0, 100));
        }"""
    )

    width = width_of_content(opened)

    opened.evaluate("document.querySelectorAll('[style]').forEach(e => e.removeAttribute('style'))")
    assert clipped == []
    assert width <= 320


def test_headings_begin_with_one_h1_and_skip_no_level(opened):
    levels = opened.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_targets_are_large_enough_for_a_thumb(opened):
    resize(opened, 375)

    # WCAG 2.2, 2.5.8: links within a sentence are exempt
    small = opened.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
            .filter(e => e.checkVisibility() && !e.closest('p, li li, td, .prose'))
            .filter(e => !e.closest('.skip-link'))
            .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 100)])
            .filter(([box]) => box.width < 24 || box.height < 24)
            .map(([box, html]) => `${box.width}x${box.height} ${html}`)"""
    )

    assert small == []


def test_no_page_breaks_its_own_content_policy_or_misses_a_file(visit):
    is_refused = any(
        part in visit.page.url for part in ("finns-inte", "sjutton", "alder=abc", "/stationen/")
    )

    assert visit.complaints[is_refused:] == []  # the first is that the page itself isn't there
