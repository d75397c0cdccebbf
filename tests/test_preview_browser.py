"""Previews, pages as they were and shared drafts in a real browser: for everybody, on a phone."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from publishing.models import ShareLink
from tests.admin_forms import admin_url
from tests.factories import AdministratorFactory, NewsItemFactory
from tests.histories import address
from tests.pictures import image_with_files
from tests.previews import press_preview

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def writer(live_server):
    return AdministratorFactory(first_name="Åsa", last_name="Öberg")


@pytest.fixture
def item(writer):
    item = NewsItemFactory(lead_sv="Det som syns.")
    text = {"title_sv": "Ny lekplats", "title_ar": "خبر", "lead_sv": "Utkastet."}
    item.save_draft(by=writer, values={**text, "image": image_with_files().pk})
    return item


@pytest.fixture
def client_of_writer(writer):
    client = Client()
    client.force_login(writer)
    return client


@pytest.fixture
def cookie(client_of_writer, live_server):
    value = client_of_writer.cookies["sessionid"].value
    return {"name": "sessionid", "value": value, "url": live_server.url}


def pages_of(item, client, link):
    frame = press_preview(client, item, title_sv="", slug="", lead_sv="Ettlångtordutanrum" * 6)
    draft = urlsplit(frame.request["PATH_INFO"]).path
    return {
        "förhandsvisningen": draft,
        "förhandsvisningen på mobil": f"{draft}?bredd=mobil",
        "språket som inte finns": f"{draft}?sprak=fi",
        "förhandsvisningen som inte finns kvar": f"{draft[:-4]}xxx/",
        "versionen": address(item, "version_preview", 2),
        "som det var": address(item, "as_it_was"),
        "när den inte syntes": address(item, "as_it_was") + "?at_0=2020-01-01&at_1=08:00",
        "historiken": address(item),
        "delningen": address(item, "share"),
        "alla delade länkar": "/admin/delade-lankar/",
        "det delade": link.get_absolute_url(),
        "det delade på arabiska": link.get_absolute_url() + "?sprak=ar",
        "länken som inte gäller": "/delad/finns-inte/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_previews_and_shared_drafts_are_for_everybody(
    page, item, writer, client_of_writer, cookie, scheme, width
):
    link = item.share(by=writer)
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    complaints, found = [], {}
    page.on("console", lambda said: complaints.append(said.text))
    pages = pages_of(item, client_of_writer, link)

    for name, path in pages.items():
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        faults = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
        found[name] = [*(["för bred"] if wide else []), *(fault["id"] for fault in faults)]

    assert found == dict.fromkeys(pages, [])
    # That the frame's sandbox lets no script run is as it should be
    expected = ("404 (Not Found)", "Blocked script execution")
    assert [said for said in complaints if not any(each in said for each in expected)] == []


@pytest.mark.parametrize("has_scripts", [True, False])
def test_what_is_written_is_seen_on_a_phone_and_is_still_in_the_form(
    browser, live_server, item, cookie, has_scripts
):
    context = browser.new_context(java_script_enabled=has_scripts, base_url=live_server.url)
    context.add_cookies([cookie])
    form = context.new_page()
    form.goto(admin_url(item, "change"))
    form.get_by_label("Ingress").first.fill("Det jag nyss skrev.")

    with context.expect_page() as opened:
        form.get_by_role("button", name="Förhandsvisa").click()
    tab = opened.value
    tab.get_by_role("link", name="Mobil (375 px)").click()

    frame = tab.locator("iframe")
    expect(tab.frame_locator("iframe").get_by_text("Det jag nyss skrev.")).to_be_visible()
    expect(tab.get_by_text("Utkast, inte sparat.")).to_be_visible()
    assert frame.evaluate("frame => frame.clientWidth") == 375
    picture = tab.frame_locator("iframe").locator("main img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    tab.close()
    expect(form.get_by_label("Ingress").first).to_have_value("Det jag nyss skrev.")
    assert item.track.find(item).newest.data["lead_sv"] == "Utkastet."
    context.close()


def test_a_shared_draft_is_read_with_its_picture_by_somebody_without_account(page, item, writer):
    link = item.share(by=writer)

    page.goto(link.get_absolute_url())

    expect(page.get_by_text("Utkast för granskning.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ny lekplats")).to_be_visible()
    picture = page.locator("main img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert page.context.cookies() == []
    assert ShareLink.objects.get().opened == 1
