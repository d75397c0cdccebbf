"""What a reader does in a real browser: the keyboard, the quick exit, no scripts, right to left."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def base_url(demo_site):
    return demo_site


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


@pytest.mark.parametrize("address", ["", "/ar"])
def test_the_quick_exit_hides_nothing_that_has_focus(page, address):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{address}/insatser/schyssta-relationer/")

    # Upwards, so that the page is scrolled to each from below
    hidden = page.evaluate(
        """() => {
            const strip = document.querySelector('.quick-exit');
            return [...document.querySelectorAll('a[href], summary')].reverse()
                .filter(e => e.checkVisibility() && !e.matches('.skip-link, .quick-exit a'))
                .filter(e => {
                    e.focus();
                    const {top, bottom} = strip.getBoundingClientRect();
                    const box = e.getBoundingClientRect();
                    return box.top < bottom && box.bottom > top;
                })
                .map(e => e.outerHTML.slice(0, 100));
        }"""
    )

    assert hidden == []


def test_the_quick_exit_stays_in_sight_and_has_room_of_its_own(page):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto("/insatser/schyssta-relationer/")
    leave, header = page.locator(".quick-exit"), page.locator(".header")
    before = header.bounding_box()["y"] - leave.bounding_box()["height"]

    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")

    assert before == 0
    assert page.get_by_role("link", name="Lämna sidan snabbt").bounding_box()["y"] >= 0
    assert leave.bounding_box()["y"] == 0


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
