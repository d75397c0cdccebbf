"""An editor's first news item with a picture, from log-in to published: at most twelve clicks."""

import pytest
from playwright.sync_api import expect

from images.models import Image
from news.models import NewsItem
from tests.admin_forms import staff
from tests.factories import ContactUnitFactory, SiteSettingsFactory
from tests.pictures import picture_file
from tests.test_login import PASSWORD

pytestmark = pytest.mark.browser

# Every press of the mouse, on any page and in any window, is told to the test
TELL = """addEventListener("mousedown", (event) => {
    if (event.isTrusted) told(event.target.outerHTML.slice(0, 80));
}, true);"""


@pytest.fixture
def clicks(page):
    heard = []
    page.context.expose_binding("told", lambda _source, what: heard.append(what))
    page.context.add_init_script(TELL)
    return heard


@pytest.fixture
def publisher():
    user = staff("Publicister")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_first_news_item_with_a_picture_takes_twelve_clicks(page, live_server, publisher, clicks):
    SiteSettingsFactory()
    ContactUnitFactory(name_sv="Kultur och fritid")

    # Logs in: the cursor stands in the first field
    page.goto(f"{live_server.url}/admin/")
    page.locator("[name=login]").click()
    page.keyboard.type(publisher.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    # Writes
    page.locator("main .model-newsitem .addlink, #content .model-newsitem .addlink").first.click()
    page.locator("#id_title_sv").click()
    page.keyboard.type("Badet öppnar på lördag")
    page.locator("#id_lead_sv").click()
    page.keyboard.type("På lördag den 5 december öppnar badet klockan nio.")
    page.locator(".field-body_sv .ProseMirror[contenteditable]").click()
    page.keyboard.type("Ta med egen handduk.")

    # Puts a new picture into the bank, in a window of its own
    with page.expect_popup() as opened:
        page.locator(".field-image .add-related").click()
    popup = opened.value
    with popup.expect_file_chooser() as chooser:
        popup.locator("#id_upload").click()
    file = picture_file()
    chooser.value.set_files({"name": file.name, "mimeType": "image/jpeg", "buffer": file.read()})
    clicks.append("the button Öppna of the window in which one chooses a file")
    for name, text in [("title", "Badet"), ("alt_sv", "Ett tomt bad i morgonljus.")]:
        popup.locator(f"#id_{name}").focus()  # with the Tab key
        popup.keyboard.type(text)
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Spara", exact=True).click()

    # Says whose it is, and publishes
    page.locator("#id_unit").select_option(label="Kultur och fritid")
    clicks += ["the list of units", "the unit"]
    with page.expect_navigation():  # what is written is kept first
        page.locator("[name=_publish]").click()

    assert len(clicks) <= 12, clicks
    item, image = NewsItem.objects.published().get(), Image.objects.get()
    assert item.image == image
    page.goto(live_server.url + item.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Badet öppnar på lördag")
    expect(page.get_by_role("img", name="Ett tomt bad i morgonljus.")).to_be_visible()
