"""Every type of page of the back office is for everybody: WCAG 2.2 AA, any colours, any width.

The pages are those of tests/admin_pages.py. Each is opened once for all rules.
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests import admin_pages

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": LEVELS, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
WIDE, NARROW = 1280, 320
# The order changes one thing at a time; what differs in the other two is colours alone
SITUATIONS = [
    (WIDE, "light", ALL_RULES),
    (WIDE, "dark", COLOURS),
    (NARROW, "dark", ALL_RULES),
    (NARROW, "light", COLOURS),
]


@pytest.mark.django_db
def test_every_view_of_the_admin_is_looked_at():
    pages = {}
    for group in admin_pages.GROUPS.values():
        pages |= group()

    assert admin_pages.types_of_views() - admin_pages.types_looked_at(pages) == set()


@pytest.fixture
def looking(browser, live_server):
    """A function: open ``address`` as ``user``; gives the page and what was heard of it."""
    contexts = {}

    def context_of(user):
        if user not in contexts:
            contexts[user] = browser.new_context(base_url=live_server.url)
            if user:
                client = Client()
                client.force_login(user)
                cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
                contexts[user].add_cookies([{**cookie, "url": live_server.url}])
        return contexts[user]

    def look(address, user):
        page, heard = context_of(user).new_page(), []
        page.on("console", lambda said: heard.extend(_said(said)))
        page.on("pageerror", lambda error: heard.append(f"fel: {error}"))
        page.on("request", lambda asked: heard.extend(_elsewhere(asked.url, live_server.url)))
        page.set_viewport_size({"width": WIDE, "height": 800})
        # Else colours are measured on their way from light to dark
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        response = page.goto(address)
        if response.status >= 400:
            # Chromium says that of the page itself
            heard[:] = [each for each in heard if "the server responded with a status" not in each]
        return page, list(heard), response.all_headers()  # axe, too, has something to say

    yield look
    for context in contexts.values():
        context.close()


# Rows of a test have no files; scripts of residents' pages don't run in the frame of a preview;
# Django's form for somebody else's password has a hidden user name that a browser wonders about
EXPECTED = ["/media/", "'allow-scripts' permission is not set", "should have autocomplete"]


def _said(said):
    text = f"{said.text} {said.location['url']}"
    return [] if any(each in text for each in EXPECTED) else [f"sagt: {said.text}"]


def _elsewhere(address, home):
    is_ours = address.startswith((home, "data:", "blob:"))
    return [] if is_ours else [f"annan värd: {urlsplit(address).netloc}"]


# Each rule gives what is wrong with a page


def faults_of(page, headers):
    return [
        *_of_policy(headers),
        *_of_structure(page),
        *_of_looks(page),
    ]


def _of_policy(headers):
    policy = headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe-" in policy or "http:" in policy:
        yield f"policy: {policy}"


def _of_structure(page):
    yield from page.evaluate(
        """() => {
            const faults = [];
            const root = document.documentElement;
            if (root.lang !== 'sv') faults.push(`lang: ${root.lang}`);
            const shown = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')];
            const levels = shown.map(h => Number(h.tagName[1]));
            if (levels.filter(each => each === 1).length !== 1) faults.push(`h1: ${levels}`);
            if (document.querySelectorAll('main, [role=main]').length !== 1) faults.push('main');
            return faults;
        }"""
    )
    if not page.evaluate("document.activeElement.matches('input, textarea, select, [autofocus]')"):
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.getAttribute('href')")
        if not (first or "").startswith("#") and page.locator("a[href^='#']").count():
            yield f"hopplänk: {first}"
        page.evaluate("document.activeElement.blur()")


def _of_looks(page):
    for width, scheme, rules in SITUATIONS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        if rules is ALL_RULES:
            yield from (f"{width}: {each}" for each in _too_wide(page))
            yield from (f"{width}: {each}" for each in _too_small(page))
        found = Axe().run(page, options=rules).response["violations"]
        for rule in found:
            nodes = [node["target"] for node in rule["nodes"]]
            yield f"{width} {scheme} {rule['id']}: {nodes[0]} ({len(nodes)})"


def _too_wide(page):
    """But for what scrolls in a frame of its own, with a name and a place in the tab order."""
    return page.evaluate(
        """() => {
            const root = document.documentElement;
            const wide = root.scrollWidth > innerWidth ? [`för bred: ${root.scrollWidth}`] : [];
            const cut = [...document.querySelectorAll('body *')].filter(each => {
                const style = getComputedStyle(each);
                return each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1
                    && ['auto', 'scroll'].includes(style.overflowX) && each.checkVisibility();
            }).filter(each => !(each.tabIndex >= 0 || each.matches('textarea, select, input'))
            ).map(each => `rullar utan namn: ${each.tagName}#${each.id}.${each.className}`);
            return [...wide, ...cut];
        }"""
    )


def _too_small(page):
    """WCAG 2.2, 2.5.8: but for links in a sentence, and what has room enough around it."""
    return page.evaluate(
        """() => [...document.querySelectorAll(
                'a[href], button, input:not([type=hidden]), select, summary')]
            .filter(e => e.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}))
            .filter(e => !e.closest('p, .help, .field__help, .prose, td, th, .readonly, '
                + '.breadcrumbs, li li, label, .visually-hidden, .skip-to-content-link'))
            .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
            .filter(([box]) => box.width > 1 && (box.width < 24 || box.height < 23.5))
            .map(([box, html]) => `liten: ${box.width | 0}x${box.height | 0} ${html}`)"""
    )


@pytest.mark.browser
@pytest.mark.parametrize("group", admin_pages.GROUPS)
def test_a_page_of_the_back_office_is_for_everybody(looking, group):
    faults = []
    for name, (address, user) in admin_pages.GROUPS[group]().items():
        page, heard, headers = looking(address, user)
        faults += [f"{name}: {fault}" for fault in [*faults_of(page, headers), *heard]]
        page.close()

    assert not faults, "\n".join(faults)
