"""Where somebody writes a little and sends it: why something is done, what many pictures show.

In real browsers, at the site as two workers serve it. Nothing is sent that would be lost, and
nothing is left that isn't sent before she has been asked.
"""

import os
import signal
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from images.models import Image
from news.models import NewsItem
from publishing.models import State
from tests.admin_forms import admin_url
from tests.factories import ContactUnitFactory, ImageFactory, NewsItemFactory
from tests.running import PASSWORD, until
from tests.test_act_page import act_url
from tests.test_nothing_is_lost import base_url, end_session, log_in, sit_down

__all__ = ["base_url", "sit_down"]  # fixtures
pytestmark = pytest.mark.browser
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
numbers = count()


class Withdrawing:
    """The page that asks why something is withdrawn."""

    def __init__(self):
        self.item = NewsItemFactory(slug=f"osant-{next(numbers)}")
        self.address = act_url("withdraw", self.item)

    def write(self, page):
        page.get_by_label("Fel:").check()
        page.get_by_label("Kommentar").fill("Fel siffror.")

    def is_written(self, page):
        expect(page.get_by_label("Kommentar")).to_have_value("Fel siffror.")
        expect(page.get_by_label("Fel:")).to_be_checked()

    def send(self, page):
        page.get_by_role("button", name="Avpublicera").click()

    def is_done(self):
        return NewsItem.objects.get(pk=self.item.pk).state == State.WITHDRAWN


class Describing:
    """The page of the texts of many pictures."""

    def __init__(self):
        self.images = [ImageFactory(alt_sv=""), ImageFactory(alt_sv="")]
        for each in self.images:  # so that nothing is to be made of files that there aren't
            Image.objects.filter(pk=each.pk).update(renditions=each.rendition_key)
        keys = "&".join(f"id={each.pk}" for each in self.images)
        self.address = f"{reverse('admin:images_image_texts')}?{keys}"

    def write(self, page):
        for number, area in enumerate(page.get_by_label("Alternativtext").all()):
            area.fill(f"Barn som gungar, bild {number}")

    def is_written(self, page):
        for number, area in enumerate(page.get_by_label("Alternativtext").all()):
            expect(area).to_have_value(f"Barn som gungar, bild {number}")

    def send(self, page):
        page.get_by_role("button", name="Spara").click()

    def is_done(self):
        mine = Image.objects.filter(pk__in=[each.pk for each in self.images])
        return mine.filter(alt_sv__startswith="Barn som gungar").count() == len(self.images)


@pytest.fixture(params=[Withdrawing, Describing])
def writing(request, site):
    return request.param()


@pytest.fixture
def desk(writing, sit_down):
    """A page of the publicist's with something written in it that isn't sent."""
    return opened(sit_down(), writing)


def opened(page, writing):
    page.goto(writing.address)
    page.wait_for_load_state("networkidle")
    writing.write(page)
    return page


def dialog_of(page):
    return page.get_by_role("dialog", name="Logga in igen")


def log_in_here(page, name="publicist", password=PASSWORD):
    dialog_of(page).get_by_label("Användarnamn").fill(name)
    dialog_of(page).get_by_label("Lösenord").fill(password)
    dialog_of(page).get_by_role("button", name="Logga in").click()


def told(page):
    return page.locator(".unsent:not(:empty)")


def is_done(writing):
    return until(writing.is_done, 20)


# The session


def test_who_sends_without_a_session_logs_in_where_she_is_and_it_is_sent(writing, desk):
    end_session("publicist")

    writing.send(desk)
    expect(dialog_of(desk)).to_be_visible()
    assert not writing.is_done()
    log_in_here(desk, password="fel")
    expect(dialog_of(desk).get_by_role("alert")).to_contain_text("stämmer inte")
    log_in_here(desk)

    assert is_done(writing)


def test_who_would_rather_wait_keeps_the_text_and_is_asked_again(writing, desk):
    end_session("publicist")
    writing.send(desk)

    dialog_of(desk).get_by_role("button", name="Inte nu").click()

    expect(told(desk)).to_contain_text("Inget är skickat: du är utloggad.")
    writing.is_written(desk)
    writing.send(desk)
    log_in_here(desk)
    assert is_done(writing)


def test_who_has_logged_in_anew_in_another_tab_just_goes_on(writing, desk):
    end_session("publicist")
    log_in(desk.context.new_page(), "publicist")

    writing.send(desk)

    assert is_done(writing)


def test_nothing_is_sent_by_another_person_who_has_logged_in_since(writing, desk):
    end_session("publicist")
    tab = desk.context.new_page()
    log_in(tab, "administrator")

    writing.send(desk)

    expect(told(desk)).to_contain_text("någon annan har loggat in")
    writing.is_written(desk)
    assert not writing.is_done()
    end_session("administrator")
    log_in(tab, "publicist")
    writing.send(desk)
    assert is_done(writing)


def test_nothing_is_sent_by_another_person_who_logs_in_in_the_page(writing, desk):
    end_session("publicist")
    writing.send(desk)

    log_in_here(desk, "administrator")

    alert = dialog_of(desk).get_by_role("alert")
    expect(alert).to_contain_text("någon annan har loggat in")
    dialog_of(desk).get_by_role("button", name="Inte nu").click()
    writing.is_written(desk)
    assert not writing.is_done()


def test_without_a_script_it_is_as_before(writing, sit_down):
    page = opened(sit_down(java_script_enabled=False), writing)
    end_session("publicist")

    writing.send(page)
    page.locator("#id_login").fill("publicist")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("button", name="Till formuläret med din text").click()

    writing.is_written(page)
    writing.send(page)
    assert is_done(writing)


# The network and the server


def test_the_network_is_gone_and_she_tries_again_when_it_is_back(writing, desk):
    desk.context.set_offline(True)

    writing.send(desk)

    expect(told(desk)).to_contain_text("Inget är skickat: nätverket svarar inte.")
    writing.is_written(desk)
    assert not writing.is_done()
    desk.context.set_offline(False)
    writing.send(desk)
    assert is_done(writing)


def test_the_network_goes_while_she_logs_in(writing, desk):
    end_session("publicist")
    writing.send(desk)
    expect(dialog_of(desk)).to_be_visible()
    desk.context.set_offline(True)
    log_in_here(desk)
    expect(dialog_of(desk).get_by_role("alert")).to_contain_text("Nätverket svarar inte")

    desk.context.set_offline(False)
    log_in_here(desk)

    assert is_done(writing)


def test_a_server_that_can_not_answer_gets_nothing_and_is_asked_again(writing, desk):
    desk.route("**/admin/kladd/*", lambda route: route.fulfill(status=503))

    writing.send(desk)

    expect(told(desk)).to_contain_text("servern hinner inte med")
    writing.is_written(desk)
    assert not writing.is_done()
    desk.unroute("**/admin/kladd/*")
    writing.send(desk)
    assert is_done(writing)


def test_the_workers_are_killed_before_she_sends(site, writing, desk):
    for worker in site.workers():
        os.kill(worker, signal.SIGKILL)

    writing.send(desk)
    until(lambda: len(site.workers()) == 2)

    if told(desk).count():
        writing.send(desk)
    assert is_done(writing)


# Leaving


def leave(page):
    """The types of what the browser asks when she goes to another page; she stays if asked."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Redaktion").first.click(no_wait_after=True)
    until(lambda: page.wait_for_timeout(50) or asked or page.url.endswith("/admin/"), 10)
    return asked


def test_who_leaves_what_she_has_written_is_asked(writing, desk):
    assert leave(desk) == ["beforeunload"]
    writing.is_written(desk)


def test_who_has_written_nothing_is_not_asked(writing, sit_down):
    page = sit_down()
    page.goto(writing.address)
    page.wait_for_load_state("networkidle")
    page.locator("textarea, input[type=text]").first.focus()

    assert leave(page) == []


def test_who_sends_is_not_asked(writing, desk):
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    writing.send(desk)

    assert is_done(writing)
    assert asked == []


def test_who_leaves_what_was_refused_is_asked(site, sit_down):
    page, item = sit_down(), NewsItemFactory(slug=f"osant-{next(numbers)}")
    page.goto(act_url("withdraw", item))
    page.wait_for_load_state("networkidle")
    page.get_by_label("Kommentar").fill("Fel siffror.")
    with page.expect_navigation():
        page.get_by_role("button", name="Avpublicera").click()
    page.wait_for_load_state("networkidle")

    assert leave(page) == ["beforeunload"]


def test_places_in_a_list_are_asked_about_and_ticked_rows_are_not(site, sit_down):
    ContactUnitFactory(order=1)
    page = sit_down("administrator")
    page.goto(admin_url(ContactUnitFactory(order=2), "changelist"))
    page.wait_for_load_state("networkidle")
    page.locator("[name=_selected_action]").first.check()
    assert leave(page) == []

    page.go_back()
    page.wait_for_load_state("networkidle")
    page.locator("[name=form-0-order]").fill("7")

    assert leave(page) == ["beforeunload"]


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_and_what_is_told_are_for_everybody(sit_down, writing, scheme):
    page = sit_down(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 700})
    opened(page, writing)
    end_session("publicist")
    writing.send(page)
    expect(dialog_of(page)).to_be_visible()
    log_in_here(page, password="fel")
    expect(dialog_of(page).get_by_role("alert")).to_be_visible()

    found = faults(page)
    page.get_by_role("button", name="Inte nu").click()
    expect(told(page)).to_be_visible()

    assert (found, faults(page)) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def faults(page):
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]


def test_the_dialog_is_used_by_the_keyboard_alone(writing, desk):
    end_session("publicist")
    button = desk.locator("#content input[type=submit]").first
    button.focus()
    desk.keyboard.press("Enter")

    expect(dialog_of(desk).get_by_label("Användarnamn")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(dialog_of(desk)).to_be_hidden()
    expect(button).to_be_focused()
    desk.keyboard.press("Enter")
    expect(dialog_of(desk).get_by_label("Användarnamn")).to_be_focused()
    desk.keyboard.type("publicist")
    desk.keyboard.press("Tab")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")

    assert is_done(writing)
