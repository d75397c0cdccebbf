"""WCAG 2.2 AA in a real browser, on the demo's own content: axe, reflow, keyboard, no scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

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
    "not found": "/finns-inte/",
    "log-in": "/konto/login/",
}
# The layout is the same in all of them, and turned round in one
OTHER_LANGUAGES = [
    *["/ar/", "/ar/fokusomraden/unga-i-jobb/", "/ar/insatser/?alder=sjutton"],
    *["/ar/insatser/schyssta-relationer/", "/ar/nyheter/?ar=2024", "/ar/kontakt/kontaktcenter/"],
    *["/ar/tillganglighetsredogorelse/?sida=/ar/", "/ar/finns-inte/"],
    *["/ar/hitta-stod/", "/ar/hitta-stod/?malgrupp=valdsutsatta", "/fi/hitta-stod/?alder=abc"],
    *["/fi/", "/fi/insatser/resurscentrum-fyrbodal/", "/en/", "/en/vill-du-veta-mer/"],
    *["/sv-simple/", "/sv-simple/insatser/"],
]
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="session")
def base_url(demo_site):
    return demo_site


def axe_violations(page):
    found = Axe().run(page, options=AXE).response["violations"]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@every_page
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(page, address):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(address)

            assert axe_violations(page) == [], f"{width} px, {scheme}"


@pytest.mark.parametrize("address", OTHER_LANGUAGES)
def test_other_languages_are_as_accessible_and_fit_a_narrow_screen(page, address):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)

        assert axe_violations(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_arabic_page_begins_at_the_right(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/ar/")

    mark = page.locator(".header__mark").bounding_box()
    menu = page.locator(".nav__row").bounding_box()

    assert mark["x"] > menu["x"] + menu["width"] / 2


def test_a_phone_number_reads_from_left_to_right_in_an_arabic_sentence(page):
    page.goto("/ar/insatser/resurscentrum-fyrbodal/")

    # Where the first and the last figure of the lead's number stand
    first, last = page.evaluate(
        """() => {
            const text = document.querySelector('.page-header__lead bdi').firstChild;
            return [0, text.length - 1].map(at => {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                return range.getBoundingClientRect().x;
            });
        }"""
    )

    assert first < last


@every_page
def test_nothing_has_to_be_scrolled_sideways(page, address):
    for width in (320, 375, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_page
def test_twice_as_large_text_fits(page, address):
    for width in (375, 640):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)

        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_page
def test_wider_text_spacing_clips_nothing(page, address):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)

    # WCAG 2.2, 1.4.12
    clipped = page.evaluate(
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

    assert clipped == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@every_page
def test_headings_begin_with_one_h1_and_skip_no_level(page, address):
    page.goto(address)

    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
    )

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@every_page
def test_the_first_stop_of_the_keyboard_is_the_way_to_the_content(page, address):
    if address.startswith("/konto/"):
        address = "/"
    page.goto(address)

    if not page.evaluate("document.activeElement.matches('[autofocus]')"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#innehall"


@pytest.mark.parametrize(
    "address",
    [
        *["/", "/insatser/", "/insatser/schyssta-relationer/", "/hitta-stod/"],
        "/hitta-stod/?malgrupp=valdsutsatta",
    ],
)
def test_the_keyboard_reaches_everything_with_a_visible_focus(page, address):
    page.goto(address)
    count = page.evaluate(
        """[...document.querySelectorAll('a[href], button, input, select, summary')]
            .filter(e => e.checkVisibility() && e.tabIndex >= 0)
            .filter(e => e.type !== 'radio' || e.checked).length"""  # a group is one stop
    )

    seen = set()
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e);
                const box = e.getBoundingClientRect();
                const all = [...document.querySelectorAll('*')];
                const outlined = parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
                const point = document.elementFromPoint(
                    Math.max(box.left + 2, 0), Math.max(box.top + 2, 0));
                const onTop = !point || e.contains(point) || point.contains(e);
                return {index: all.indexOf(e), body: e === document.body, outlined, onTop,
                        html: e.outerHTML.slice(0, 120)};
            }"""
        )
        if focus["body"]:
            break
        assert focus["outlined"], focus["html"]
        assert focus["onTop"], focus["html"]
        seen.add(focus["index"])

    assert len(seen) == count


@every_page
def test_targets_are_large_enough_for_a_thumb(page, address):
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(address)

    # WCAG 2.2, 2.5.8: links within a sentence are exempt
    small = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, summary')]
            .filter(e => e.checkVisibility() && !e.closest('p, li li, td, .prose'))
            .filter(e => !e.closest('.skip-link'))
            .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 100)])
            .filter(([box]) => box.width < 24 || box.height < 24)
            .map(([box, html]) => `${box.width}x${box.height} ${html}`)"""
    )

    assert small == []


def test_everything_works_without_javascript(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/")

    page.locator("header summary").first.click()
    page.locator("header").get_by_role("link", name="Insatser").click()
    page.get_by_label("Ålder").fill("17")
    page.get_by_role("button", name="Visa insatser").click()
    page.get_by_role("link", name="Framtidscentrum").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Framtidscentrum"
    context.close()


def test_somebody_finds_whom_to_call_by_keyboard_and_without_javascript(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/hitta-stod/")

    page.get_by_label("Jag är ung vuxen").focus()
    page.keyboard.press("Space")
    page.get_by_label("Hur gammal är du?").focus()
    page.keyboard.type("19")
    page.keyboard.press("Tab")  # to the answer of the next question that is chosen
    page.keyboard.press("ArrowDown")  # round to the first: Kronogården
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Lextorp").is_checked()
    page.keyboard.press("Enter")

    first = page.locator(".fit").first
    assert page.get_by_role("status").inner_text().endswith("insatser passar")
    assert first.get_by_role("heading").inner_text() == "Stationen"
    assert first.get_by_text("Du bor i Lextorp").is_visible()
    assert first.get_by_role("link", name="0520-49 50 00").is_visible()
    context.close()


def test_the_quick_exit_leaves_nothing_to_go_back_to(page):
    page.route("https://**", lambda route: route.fulfill(body="<h1>Vädret</h1>"))
    page.goto("/insatser/")
    page.goto("/insatser/schyssta-relationer/")

    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url("https://**")
    page.go_back()

    assert "schyssta" not in page.url


def test_a_reader_leaves_no_trace_in_the_browser(page, context):
    for address in ("/", "/insatser/?alder=17", "/insatser/schyssta-relationer/"):
        page.goto(address)

    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_no_page_breaks_its_own_content_policy_or_misses_a_file(page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for name, address in PAGES.items():
        if name not in ("not found", "initiatives, wrong choice", "finder, wrong answer"):
            page.goto(address)

    assert complaints == []
