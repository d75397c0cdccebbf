"""The image bank in a real browser: many uploads with their progress, and the focal point."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from images.models import Image
from images.recipe import VARIANTS
from tests.admin_forms import admin_url, staff
from tests.factories import NewsItemFactory
from tests.pictures import image_with_files, picture, picture_file
from tests.test_admin_accessibility import LEVELS
from tests.test_images_queries import drawing

pytestmark = pytest.mark.browser

UPLOAD = reverse("admin:images_image_upload")
TEXTS = reverse("admin:images_image_texts")


@pytest.fixture
def log_in(live_server):
    def log_in(context, role="Publicister"):
        client = Client()
        client.force_login(staff(role))
        value = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])

    return log_in


@pytest.fixture
def desk(page, log_in):
    """The page of somebody who is logged in; at the end the browser has had no complaint."""
    heard = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text))
    log_in(page.context, "Publicister")
    yield page
    assert heard == []


def file(drawn, name):
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture_file(drawn).read()}


FALLS, BALLS = file(picture(), "fallen.jpg"), file(drawing(), "bollar.jpg")
BAD = {"name": "skylt.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}


def row(page, name):
    return page.locator(".bank-uploads li").filter(has_text=name)


def choose(page, *files):
    page.get_by_label("Bildfiler").set_input_files(list(files))
    page.get_by_role("button", name="Ladda upp", exact=True).click()


# Many uploads


def test_many_files_are_sent_one_by_one_and_each_tells_what_came_of_it(desk):
    desk.goto(UPLOAD)

    choose(desk, FALLS, BAD, BALLS)

    expect(desk.get_by_role("status")).to_have_text("Klart. 2 bilder är uppladdade.")
    expect(row(desk, "fallen.jpg")).to_contain_text("Uppladdad.")
    expect(row(desk, "fallen.jpg").locator("img")).to_be_visible()
    expect(row(desk, "skylt.svg")).to_contain_text("SVG-filer tas inte emot")
    assert Image.objects.count() == 2

    desk.get_by_role("link", name="Skriv alternativtexter till 2 bilder").click()
    expect(desk.get_by_role("group")).to_have_count(2)
    desk.get_by_role("group", name="fallen").get_by_label("Alternativtext").fill("Ett fall.")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Sparat: 1 bild.")).to_be_visible()
    assert Image.objects.get(title="fallen").alt_sv == "Ett fall."


def test_a_file_on_its_way_has_a_bar_with_a_name(desk):
    held = []
    desk.goto(UPLOAD)
    desk.route("**/ladda-upp/", lambda route: held.append(route))

    choose(desk, FALLS, BALLS)

    expect(desk.get_by_role("progressbar", name="Laddar upp fallen.jpg")).to_be_visible()
    expect(desk.get_by_role("status")).to_have_text("2 filer kvar.")
    expect(row(desk, "bollar.jpg")).to_contain_text("Väntar.")
    held[0].continue_()
    desk.unroute("**/ladda-upp/")
    expect(desk.get_by_role("status")).to_have_text("Klart. 2 bilder är uppladdade.")


def test_a_double_waits_for_a_choice(desk):
    there = Image.objects.create_from_file(picture_file(drawing()), title="Bollarna")
    there.make_renditions()
    desk.goto(UPLOAD)

    choose(desk, BALLS)

    expect(row(desk, "bollar.jpg")).to_contain_text("lik en som redan finns")
    expect(row(desk, "bollar.jpg").get_by_role("link", name="Bollarna")).to_be_visible()
    desk.get_by_role("button", name="Ladda upp ändå bollar.jpg").click()
    expect(row(desk, "bollar.jpg")).to_contain_text("Uppladdad.")
    assert Image.objects.count() == 2


def test_who_is_logged_out_meanwhile_logs_in_elsewhere_and_goes_on(page, log_in):
    log_in(page.context)
    page.goto(UPLOAD)
    Session.objects.all().delete()

    choose(page, FALLS)

    expect(row(page, "fallen.jpg")).to_contain_text("Du är inte inloggad längre.")
    log_in(page.context)
    _renew_token(page)
    page.get_by_role("button", name="Försök igen fallen.jpg").click()
    expect(row(page, "fallen.jpg")).to_contain_text("Uppladdad.")


def _renew_token(page):
    """As who logs in gets another."""
    cookies = page.context.cookies()
    [mine] = [each for each in cookies if each["name"] == "csrftoken"]
    page.context.add_cookies([mine | {"value": mine["value"][::-1]}])


def test_a_lost_network_loses_no_file(page, log_in):
    log_in(page.context)
    page.goto(UPLOAD)
    page.route("**/ladda-upp/", lambda route: route.abort())

    choose(page, FALLS)
    expect(row(page, "fallen.jpg")).to_contain_text("Förbindelsen bröts.")

    page.unroute("**/ladda-upp/")
    page.get_by_role("button", name="Försök igen fallen.jpg").click()
    expect(row(page, "fallen.jpg")).to_contain_text("Uppladdad.")


def test_without_scripts_all_files_are_sent_at_once(browser, live_server, log_in):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    log_in(context)
    page = context.new_page()
    page.goto(UPLOAD)

    choose(page, FALLS, BAD)

    expect(row(page, "fallen.jpg")).to_contain_text("Uppladdad.")
    expect(row(page, "skylt.svg")).to_contain_text("SVG-filer tas inte emot")
    expect(page.get_by_role("link", name="Skriv alternativtexter till 1 bild")).to_be_visible()
    context.close()


# The focal point


@pytest.fixture
def focus(desk):
    """The form of a picture of 1600 × 1000, and the place where its point is set."""
    image = Image.objects.create_from_file(picture_file(drawing((1600, 1000))))
    image.make_renditions()
    desk.goto(admin_url(image, "change"))
    return image, desk.locator(".focus__picture")


def place_of(crop):
    """As CSS says it: how far along its side a crop begins."""
    left, top, width, height = crop
    across = round(left / (1600 - width) * 100) if width < 1600 else 50
    down = round(top / (1000 - height) * 100) if height < 1000 else 50
    return f"{across}% {down}%"


def value(desk, side):
    return float(desk.locator(f"#id_focal_{side}").input_value())


def test_the_focal_point_is_set_by_a_click_and_every_crop_follows(desk, focus):
    image, whole = focus
    whole.scroll_into_view_if_needed()
    edges = whole.bounding_box()

    whole.click(position={"x": edges["width"] * 0.9, "y": edges["height"] * 0.2})

    assert (value(desk, "x"), value(desk, "y")) == (
        pytest.approx(0.9, abs=0.011),
        pytest.approx(0.2, abs=0.011),
    )
    places = {
        name: desk.locator(f".focus__crop--{name} img").evaluate("e => e.style.objectPosition")
        for name in ("card", "wide", "full", "share")
    }
    focus = (value(desk, "x"), value(desk, "y"))
    crops = {name: shape.crop(1600, 1000, focus) for name, shape in VARIANTS.items()}
    assert places == {name: place_of(crop) for name, crop in crops.items()}
    with desk.expect_navigation():  # what is written is kept first
        desk.get_by_role("button", name="Spara", exact=True).last.click()
    image.refresh_from_db()
    assert image.focal_x == pytest.approx(0.9, abs=0.011)


def test_the_focal_point_is_moved_by_the_keyboard_and_told(desk, focus):
    point = desk.get_by_role("button", name="Fokuspunkten")
    point.focus()

    for key in ["ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown", "ArrowDown"]:
        desk.keyboard.press(key)

    assert (value(desk, "x"), value(desk, "y")) == (0.59, 0.6)
    expect(desk.locator(".focus__status")).to_have_text(
        "Fokuspunkten är 59 % från vänster och 60 % uppifrån."
    )
    expect(point).to_have_accessible_name(
        "Fokuspunkten: 59 % från vänster, 60 % uppifrån. Flytta med piltangenterna."
    )


def test_the_point_stays_in_the_picture(desk, focus):
    desk.get_by_role("button", name="Fokuspunkten").focus()

    for _ in range(7):
        desk.keyboard.press("Shift+ArrowLeft")

    assert value(desk, "x") == 0


def test_what_is_typed_moves_the_point_too(desk, focus):
    desk.locator("#id_focal_x").fill("0.25")

    expect(desk.get_by_role("button", name="Fokuspunkten: 25 % från vänster")).to_be_visible()


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_bank_are_for_everybody(browser, live_server, log_in, scheme):
    image = image_with_files(title="Torget")
    Image.objects.create_from_file(picture_file(), title="Torget igen").make_renditions()
    NewsItemFactory(image=image)
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": 320, "height": 800}
    )
    log_in(context)
    page = context.new_page()
    faults = []
    addresses = [admin_url(image, "changelist"), admin_url(image, "change"), UPLOAD, TEXTS]
    addresses += [admin_url(image, "doubles"), admin_url(image, "consent", image.pk)]
    for address in addresses:
        page.goto(address)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
        violations = found.response["violations"]
        faults += [(address, each["id"], each["nodes"][0]["html"]) for each in violations]
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults.append((address, "wider than the screen"))
    context.close()

    assert faults == []
