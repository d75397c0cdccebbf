"""The pictures of docs/redaktorshandbok.md: handbook.py ADDRESS CHROMIUM PASSWORD."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent.parent / "docs/images/handbok"
WIDTH, HEIGHT = 1100, 760
TITLE = "Badet öppnar på lördag"
LEAD = "På lördag den 5 december klockan nio öppnar badet efter vinterns renovering."


class Camera:
    """A publisher's browser, and what it sees as small pictures."""

    def __init__(self, page, site):
        self.page, self.site = page, site

    def go(self, address):
        self.page.goto(self.site + address)
        self.page.wait_for_load_state("networkidle")

    def take(self, name, of=None):
        self.page.wait_for_timeout(300)  # the cursor and what slides
        picture = Image.open(BytesIO((of or self.page).screenshot(animations="disabled")))
        picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=72, method=6)
        sys.stdout.write(f"{name}.webp\n")


def log_in(camera, password):
    camera.go("/admin/")
    camera.page.locator("[name=login]").fill("publicist")
    camera.take("logga-in")
    camera.page.locator("[name=password]").fill(password)
    camera.page.keyboard.press("Enter")
    camera.page.wait_for_load_state("networkidle")
    camera.take("startsidan")


def write(camera):
    page = camera.page
    camera.go("/admin/news/newsitem/add/")
    page.locator("#id_title_sv").fill(TITLE)
    page.locator("#id_lead_sv").fill(LEAD)
    area = page.locator(".field-body_sv .ProseMirror[contenteditable]")
    area.click()
    page.keyboard.type("Ta med egen handduk. Alla öppettider står hos kontaktcenter")
    page.evaluate("scrollTo(0, 0)")
    camera.take("skriva")
    area.click()
    page.keyboard.press("End")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.wait_for_timeout(300)  # until the editor has heard of the selection
    page.keyboard.press("Control+K")
    page.get_by_role("combobox", name="Sök en sida").press_sequentially("kontakt", delay=30)
    page.locator("dialog [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    camera.take("lank", page.get_by_role("dialog", name="Länk"))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Använd").click()
    page.locator("#id_unit").select_option(index=1)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    camera.take("knapparna")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Förhandsvisa").click()
    return opened.value


def look(camera, preview):
    preview.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    preview.wait_for_load_state("networkidle")
    seen = Camera(preview, camera.site)
    seen.take("forhandsvisning")
    preview.get_by_role("link", name="Så läses sidan upp").click()
    preview.wait_for_load_state("networkidle")
    seen.take("sa-lases-sidan-upp")
    preview.close()


def publish(camera):
    page = camera.page
    page.get_by_role("button", name="Välj tid och språk …").click()
    page.wait_for_load_state("networkidle")
    camera.take("tid-och-sprak")


def more(camera):
    page = camera.page
    camera.go("/admin/images/image/add/?_popup=1")
    camera.take("ny-bild")
    camera.go("/admin/oversattningar/")
    camera.take("oversattningar")
    camera.go("/admin/news/newsitem/")
    camera.take("listan")
    page.locator("#result_list th a").last.click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Historik").first.click()
    page.wait_for_load_state("networkidle")
    camera.take("historik")
    camera.go("/admin/pages/notice/add/")
    camera.take("krismeddelande")


def main(site, chromium, password):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu"])
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            color_scheme="light",
            reduced_motion="reduce",
        )
        camera = Camera(context.new_page(), site)
        log_in(camera, password)
        look(camera, write(camera))
        publish(camera)
        more(camera)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
