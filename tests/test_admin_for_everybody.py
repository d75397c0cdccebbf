"""Where texts are written and published, in a real browser: for everybody, on any screen."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import NewsItem
from publishing.models import State
from tests.admin_forms import admin_url
from tests.factories import (
    AdministratorFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def writer(live_server):
    return AdministratorFactory(first_name="Åsa", last_name="Öberg")


@pytest.fixture
def visit(page, live_server, writer):
    """A function: open an address and tell what is wrong with how it looks."""
    client = Client()
    client.force_login(writer)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])

    def faults_of(address):
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        cut = page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll(".results, table")]
                .filter((each) => each.scrollWidth > each.clientWidth + 1)
                .map((each) => `för bred: ${each.tagName} ${each.className}`)"""
        )
        found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
        return cut + [f"{each['id']}: {each['nodes'][0]['target']}" for each in found]

    return faults_of


def act(verb, item):
    return f"{reverse('admin:news_newsitem_act', args=[verb])}?id={item.pk}"


def clashing(writer):
    """A page with a text that waits, and another for the same field in the form."""
    item = NewsItemFactory(title_sv="Ny lekplats i Kronogården", body_sv="<p>Grönt.</p>")
    item.save_draft(by=writer, values={"lead_sv": "Från december.", "body_sv": "<p>Snö.</p>"})
    item.schedule(by=writer, at=timezone.now() + timedelta(days=1))
    item.save_draft(by=writer, values={"lead_sv": "Från november.", "body_sv": "<p>Löv.</p>"})
    return item


def in_review(writer):
    item = NewsItemFactory(title_sv="Mötesplatsen i Sylte har öppet hela sommaren")
    item.save_draft(by=writer, values={"slug": "sommaren"})
    item.submit(by=writer, note="Klar.")
    return item


def pages(writer):
    """{name: address} of what an editor comes across, with something on each."""
    image = ImageFactory()
    draft, archived = NewsItemFactory(draft=True), NewsItemFactory(state=State.ARCHIVED)
    later = NewsItemFactory(publish_at=timezone.now() + timedelta(days=1))
    asked, two = in_review(writer), clashing(writer)
    InitiativeFactory(image=image, title_sv="Resurscentrum mot hedersrelaterat våld och förtryck")
    thrown = NewsItemFactory(draft=True, title_sv="Ett utkast som ingen ville ha kvar")
    thrown.move_to_bin(by=writer)
    many = f"{act('archive', asked)}&id={two.pk}"
    return {
        "listan": admin_url(NewsItem, "changelist"),
        "listan, filtrerad": admin_url(NewsItem, "changelist") + "?andringar=granskas",
        "insatserna": admin_url(InitiativeFactory._meta.model, "changelist"),
        "sidorna": admin_url(PageFactory._meta.model, "changelist"),
        "utkastet": admin_url(draft, "change"),
        "den arkiverade": admin_url(archived, "change"),
        "den som publiceras senare": admin_url(later, "change"),
        "den som granskas": admin_url(asked, "change"),
        "den med en text som väntar": admin_url(two, "change"),
        "publicera": act("publish_with", asked),
        "avpublicera": act("withdraw", asked),
        "skicka tillbaka": act("send_back", asked),
        "arkivera flera": many,
        "två texter sida vid sida": act("unschedule", two),
        "kasta": admin_url(draft, "delete"),
        "papperskorgen": reverse("admin:bin"),
        "översättningarna": reverse("admin:translations"),
        "importera översättningar": reverse("admin:translations_import"),
        "var bilden används": reverse("admin:images_image_uses", args=[image.pk]),
        "startsidans nyheter": reverse("admin:news_newsitem_start"),
    }


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_nothing_is_cut_off_and_everybody_can_use_it(page, visit, writer, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    visited = pages(writer)

    found = {name: visit(address) for name, address in visited.items()}

    assert found == dict.fromkeys(visited, [])
