"""The session, the tab, the network and the server are killed in the middle of writing.

In real browsers, at the site as two workers serve it. The text always comes back.
"""

import os
import shutil
import signal
from itertools import count
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from news.models import NewsItem
from publishing.models import OpenForm, Track, kind_of
from tests.admin_forms import admin_url
from tests.factories import NewsItemFactory, NoticeFactory
from tests.running import PASSWORD, until

pytestmark = pytest.mark.browser
numbers = count()


@pytest.fixture
def base_url(site):
    return f"http://127.0.0.1:{site.port}"


@pytest.fixture
def sit_down(site, browser, base_url):
    """A function: a new browser in which somebody of the demo's users has logged in."""
    windows = []
    # All tests log in from one address: the log-ins of a minute are counted anew for each
    shutil.rmtree(Path(site.settings["DATA_DIR"]) / "cache", ignore_errors=True)

    def open_window(name="publicist", **facts):
        windows.append(browser.new_context(base_url=base_url, **facts))
        page = windows[-1].new_page()
        log_in(page, name)
        return page

    yield open_window
    for window in windows:
        window.close()


def log_in(page, name):
    page.goto("/konto/login/")
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/admin/")


def a_draft(**facts):
    return NewsItemFactory(draft=True, slug=f"kladd-{next(numbers)}", title_sv="Sparad", **facts)


def write(page, text, field="lead_sv"):
    page.locator(f"#id_{field}").fill(text)


def body(page):
    return page.locator("#id_body_sv").locator("xpath=..").locator("[contenteditable]")


def saved_as_draft(page):
    expect(page.locator(".open-form__state")).to_contain_text("Sparat som kladd")


def end_session(name):
    person = get_user_model().objects.get(username=name)
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def save(page):
    page.locator(".submit-row input[name=_save]").click()


def text_in(item, field="lead_sv"):
    return Track.find(item).newest.data[field]


def is_saved(item, text, field="lead_sv"):
    return until(lambda: is_there(item, text, field), 20)


# The tab


def test_the_tab_is_closed_while_somebody_writes(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    write(page, "Min ingress.")
    body(page).fill("Min brödtext.")
    saved_as_draft(page)
    page.close()

    page = page.context.new_page()
    page.goto(admin_url(item, "change"))
    page.get_by_role("link", name="Ta tillbaka texten").click()
    expect(page.locator("#id_lead_sv")).to_have_value("Min ingress.")
    expect(body(page)).to_have_text("Min brödtext.")
    save(page)

    assert is_saved(item, "Min ingress.")
    page.goto(admin_url(item, "change"))
    expect(page.get_by_role("link", name="Ta tillbaka texten")).to_have_count(0)


def test_the_tab_is_hidden_at_once_after_the_last_word(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    page.wait_for_load_state("networkidle")
    write(page, "Sista ordet.")

    page.evaluate(
        """Object.defineProperty(document, "visibilityState", {value: "hidden"});
        document.dispatchEvent(new Event("visibilitychange"))"""
    )
    page.close(run_before_unload=False)

    until(lambda: OpenForm.objects.filter(fields__lead_sv=["Sista ordet."]).exists(), 10)


# Before the page's own scripts listen, so that it knows what they send while they are asked
OVERHEAR = """
  const stock = fetch;
  globalThis.sent = [];
  let isAsking = false;
  addEventListener("beforeunload", () => {
    isAsking = true;
    setTimeout(() => (isAsking = false));
  });
  globalThis.fetch = (place, facts) => {
    if (isAsking) sent.push([`${facts.body}`.length, facts.keepalive]);
    return stock(place, facts);
  };
"""


def test_a_text_too_long_to_be_sent_afterwards_is_sent_while_the_page_asks(sit_down):
    item, page = a_draft(), sit_down()
    page.add_init_script(OVERHEAR)
    page.goto(admin_url(item, "change"))
    page.wait_for_load_state("networkidle")
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.context.set_offline(True)  # else it may be kept before the page is asked to leave
    write(page, f"{'Långt. ' * 12_000}Sista ordet.")

    page.get_by_role("link", name="Redaktion").first.click(no_wait_after=True)

    until(lambda: page.wait_for_timeout(50) or page.evaluate("sent.length"), 10)
    [[length, is_kept_alive]] = page.evaluate("sent")
    assert length > 64 * 1024
    assert not is_kept_alive
    page.context.set_offline(False)
    saved_as_draft(page)


def test_two_tabs_with_new_texts_are_kept_apart(sit_down):
    first = sit_down()
    second = first.context.new_page()
    for page, text in [(first, "Den ena."), (second, "Den andra.")]:
        page.goto(admin_url(NewsItem, "add"))
        write(page, text)
        saved_as_draft(page)
        page.close()

    page = first.context.new_page()
    page.goto(admin_url(NewsItem, "add"))
    expect(page.get_by_role("link", name="Ta tillbaka texten")).to_have_count(2)
    page.get_by_role("link", name="Ta tillbaka texten").last.click()
    expect(page.locator("#id_lead_sv")).to_have_value("Den ena.")
    OpenForm.objects.all().delete()


# The session


def test_the_session_ends_while_somebody_writes_and_she_logs_in_in_place(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    write(page, "Min första mening.")
    saved_as_draft(page)
    end_session("publicist")
    write(page, "Min andra mening.")

    dialog = page.get_by_role("dialog", name="Logga in igen")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Användarnamn").fill("publicist")
    dialog.get_by_label("Lösenord").fill("fel")
    dialog.get_by_role("button", name="Logga in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("stämmer inte")
    dialog.get_by_label("Lösenord").fill(PASSWORD)
    dialog.get_by_role("button", name="Logga in").click()
    expect(dialog).to_be_hidden()
    saved_as_draft(page)
    save(page)

    assert is_saved(item, "Min andra mening.")


def test_who_logs_in_after_somebody_does_not_get_her_text_and_she_does(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    write(page, "Min första mening.")
    saved_as_draft(page)
    end_session("publicist")
    tab = page.context.new_page()
    log_in(tab, "redaktor")
    write(page, "Min andra mening.")

    state = page.locator(".open-form__state")
    expect(state).to_contain_text("någon annan har loggat in", timeout=20_000)
    assert not OpenForm.objects.filter(user__username="redaktor").exists()
    end_session("redaktor")
    log_in(tab, "publicist")
    saved_as_draft(page)
    if page.get_by_role("dialog", name="Logga in igen").is_visible():
        page.get_by_role("button", name="Inte nu").click()
    save(page)

    assert is_saved(item, "Min andra mening.")


def test_who_presses_save_without_a_session_loses_nothing(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    page.wait_for_load_state("networkidle")
    end_session("publicist")
    write(page, "Min ingress.")
    save(page)

    dialog = page.get_by_role("dialog", name="Logga in igen")
    dialog.get_by_label("Användarnamn").fill("publicist")
    dialog.get_by_label("Lösenord").fill(PASSWORD)
    dialog.get_by_role("button", name="Logga in").click()
    expect(dialog).to_be_hidden()
    save(page)

    assert is_saved(item, "Min ingress.")


def test_without_a_script_the_text_comes_back_after_the_log_in(sit_down):
    item, page = a_draft(), sit_down(java_script_enabled=False)
    page.goto(admin_url(item, "change"))
    write(page, "Min ingress.")
    end_session("publicist")
    save(page)

    page.locator("#id_login").fill("publicist")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("button", name="Till formuläret med din text").click()
    expect(page.locator("#id_lead_sv")).to_have_value("Min ingress.")
    save(page)

    assert is_saved(item, "Min ingress.")


def test_who_has_logged_in_anew_in_another_tab_just_goes_on(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    page.wait_for_load_state("networkidle")
    end_session("publicist")
    log_in(page.context.new_page(), "publicist")
    write(page, "Min ingress.")
    save(page)

    assert is_saved(item, "Min ingress.")


# The network


def test_the_network_goes_away_and_comes_back(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    write(page, "Min ingress.")

    expect(page.locator(".open-form__state")).to_contain_text("nätverket svarar inte")
    save(page)
    expect(page.locator("#id_lead_sv")).to_have_value("Min ingress.")
    page.context.set_offline(False)
    saved_as_draft(page)
    save(page)

    assert is_saved(item, "Min ingress.")


# The server


def test_the_server_is_killed_and_started_again_while_somebody_writes(site, sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    write(page, "Före.")
    saved_as_draft(page)
    for worker in site.workers():
        os.kill(worker, signal.SIGSTOP)
        os.kill(worker, signal.SIGKILL)
    write(page, "Efter.")
    save(page)

    until(lambda: len(site.workers()) == 2)
    until(lambda: is_kept(item, "Efter.") or is_there(item, "Efter."), 40)


def is_kept(item, text):
    mine = OpenForm.objects.at(kind_of(item), item.pk).unsaved()
    return mine.filter(fields__lead_sv=[text]).exists()


def is_there(item, text, field="lead_sv"):
    return Track.find(item) and text_in(item, field) == text


# Two people


def test_two_write_in_different_places_and_both_texts_survive(sit_down):
    item = a_draft()
    anna, bo = sit_down("publicist"), sit_down("administrator")
    anna.goto(admin_url(item, "change"))
    bo.goto(admin_url(item, "change"))
    expect(bo.locator(".open-form__others")).to_contain_text("har också sidan öppen")

    write(anna, "Annas ingress.")
    save(anna)
    assert is_saved(item, "Annas ingress.")
    write(bo, "Bos rubrik", "title_sv")
    expect(bo.locator(".open-form__others")).to_contain_text("har sparat en ny version")
    save(bo)

    assert is_saved(item, "Bos rubrik", "title_sv")
    assert text_in(item) == "Annas ingress."


def test_two_write_in_the_same_place_and_choose_between_both_texts(sit_down):
    item = a_draft()
    anna, bo = sit_down("publicist"), sit_down("administrator")
    for page in (anna, bo):
        page.goto(admin_url(item, "change"))

    write(anna, "Annas ingress.")
    save(anna)
    assert is_saved(item, "Annas ingress.")
    write(bo, "Bos ingress.")
    save(bo)

    clashes = bo.locator(".clashes")
    expect(clashes).to_contain_text("Annas ingress.")
    expect(clashes).to_contain_text("Bos ingress.")
    expect(bo.locator("#id_lead_sv")).to_have_value("Bos ingress.")
    save(bo)
    assert is_saved(item, "Bos ingress.")


# Leaving


def test_who_leaves_before_the_text_is_kept_is_asked(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator("#id_lead_sv").press_sequentially("Min ingress.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.get_by_role("link", name="Redaktion").first.click(no_wait_after=True)

    until(lambda: page.wait_for_timeout(50) or asked, 10)
    assert asked == ["beforeunload"]
    assert "Min ingress." in page.locator("#id_lead_sv").input_value()
    page.context.set_offline(False)
    saved_as_draft(page)


@pytest.mark.parametrize("make", [a_draft, NoticeFactory])
def test_who_has_changed_nothing_is_not_asked(sit_down, make):
    item, page = make(), sit_down()
    page.goto(admin_url(item, "change"))
    page.wait_for_load_state("networkidle")
    page.locator("input:not([type=hidden])").first.focus()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.wait_for_timeout(2500)
    page.get_by_role("link", name="Redaktion").first.click()
    page.wait_for_url("**/admin/")

    assert asked == []
    assert not OpenForm.objects.at(kind_of(item), item.pk).unsaved().exists()


def test_who_has_saved_is_not_asked(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    write(page, "Min ingress.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    save(page)

    assert is_saved(item, "Min ingress.")
    assert asked == []


def test_who_stops_a_slow_save_and_writes_on_is_kept_as_before(sit_down):
    item, page = a_draft(), sit_down()
    page.goto(admin_url(item, "change"))
    write(page, "Min ingress.")
    saved_as_draft(page)
    # The page stays, as when the request is stopped
    page.route(f"**{admin_url(item, 'change')}", lambda route: route.fulfill(status=204))
    page.locator(".submit-row input[name=_save]").click(no_wait_after=True)
    page.wait_for_timeout(500)

    body(page).press_sequentially("Mer text.")

    kept = OpenForm.objects.at(kind_of(item), item.pk)
    until(lambda: kept.filter(fields__body_sv__0__icontains="Mer text.").exists(), 20)
