"""The list of how every translation stands, and who may open it."""

import re

import pytest

from publishing.history import begin_histories
from publishing.models import Origin
from tests.admin_forms import admin_url, staff, with_rights
from tests.doors import WRITERS, clients
from tests.factories import AdministratorFactory, ContactUnitFactory, NewsItemFactory, PageFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/oversattningar/"
EXPORT = f"{LIST}exportera/"
IMPORT = f"{LIST}importera/"


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def published(by, title, title_en="", **facts):
    item = NewsItemFactory(draft=True, title_sv=title, title_en=title_en)
    item.save_draft(by=by, values={"lead_sv": "Mer."}, **facts)
    item.publish(by=by)
    return item


def stale(by, title):
    item = published(by, f"{title} förr", "English")
    item.save_draft(by=by, values={"title_sv": title})
    item.publish(by=by)
    return item


def machine(by, title):
    item = published(by, title)
    item.save_draft(by=by, values={"title_en": "Machine"}, origin=Origin.MACHINE)
    item.publish(by=by)
    return item


def reviewed(by, title):
    item = published(by, title, "English")
    item.confirm_translation("en", by=by, reviewed=True)
    return item


def draft(by, title):
    item = NewsItemFactory(draft=True, title_sv=title)
    item.record_creation(by=by)
    return item


def titles(page):
    return [title for title, _kind, _cells in page.context["rows"] if title != "Kontaktcenter"]


def opened(form):
    """The ids of the unfolded languages of a form, which may be written without a script."""
    return re.findall(r'<fieldset id="(sprak-[^"]+)"[^>]*>\s*<details open>', form)


def test_the_most_urgent_comes_first_and_drafts_last(publisher):
    by = publisher.user
    draft(by, "Utkast")
    published(by, "Ogranskad", "English")
    machine(by, "Maskin")
    published(by, "Saknas")
    stale(by, "Ändrad")
    reviewed(by, "Aktuell")

    page = publisher.get(LIST, {"sprak": "en"})

    assert titles(page) == ["Ändrad", "Saknas", "Maskin", "Ogranskad", "Utkast"]


def test_without_a_language_the_worst_of_them_counts(publisher):
    published(publisher.user, "Saknas")
    stale(publisher.user, "Ändrad")

    assert titles(publisher.get(LIST)) == ["Ändrad", "Saknas"]


def test_what_needs_nothing_is_seen_when_it_is_asked_for(publisher):
    reviewed(publisher.user, "Aktuell")

    assert titles(publisher.get(LIST, {"sprak": "en"})) == []
    assert titles(publisher.get(LIST, {"sprak": "en", "lage": "alla"})) == ["Aktuell"]
    assert titles(publisher.get(LIST, {"sprak": "en", "lage": "current"})) == ["Aktuell"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"lage": "stale"}, ["Ändrad"]),
        ({"lage": "missing", "sprak": "en"}, ["Saknas", "En sida"]),
        ({"lage": "missing", "sprak": "en", "slag": "pages.page"}, ["En sida"]),
        ({"slag": "pages.page"}, ["En sida"]),
        ({"lage": "unreviewed"}, []),
    ],
)
def test_the_list_is_filtered(publisher, asked, found):
    stale(publisher.user, "Ändrad")
    published(publisher.user, "Saknas")
    page = PageFactory(draft=True, title_sv="En sida")
    page.record_creation(by=publisher.user)

    assert titles(publisher.get(LIST, asked)) == found


def test_a_language_that_came_later_is_missing(publisher):
    item = reviewed(publisher.user, "Aktuell")
    del item.track.translations["en"]
    item.track.save()

    assert titles(publisher.get(LIST, {"sprak": "en", "lage": "missing"})) == ["Aktuell"]


@pytest.mark.parametrize(
    "odd",
    [
        {"slag": "x", "sprak": "xx", "lage": "-"},
        {"sprak": "sv"},
        {"sida": "-1"},
        {"sida": "x"},
        {"slag": "auth.user"},
    ],
)
def test_odd_words_ask_for_nothing(publisher, odd):
    stale(publisher.user, "Ändrad")

    assert titles(publisher.get(LIST, odd)) == ["Ändrad"]


def test_a_cell_says_in_words_how_it_stands_and_leads_to_the_form(publisher):
    item = stale(publisher.user, "Ändrad")

    html = publisher.get(LIST).content.decode()
    address = f"{admin_url(item, 'change')}?sprak=en"

    assert f'href="{address}#sprak-en">Svenskan har ändrats' in html
    form = publisher.get(address).content.decode()
    assert opened(form) == ["sprak-en"]
    assert opened(publisher.get(admin_url(item, "change")).content.decode()) == []


def test_what_is_thrown_away_is_left_out(publisher):
    item = draft(publisher.user, "Kastad")
    item.move_to_bin(by=publisher.user)

    assert titles(publisher.get(LIST)) == []


def test_a_page_has_fifty_and_keeps_the_filter(publisher):
    for number in range(51):
        draft(publisher.user, f"Nummer {number}")

    first = publisher.get(LIST, {"slag": "news.newsitem"})
    second = publisher.get(LIST, {"slag": "news.newsitem", "sida": "2"})

    assert (len(titles(first)), len(titles(second))) == (50, 1)
    assert "?slag=news.newsitem&amp;sprak=&amp;lage=&amp;sida=2" in first.content.decode()


def test_the_list_costs_the_same_however_long_it_is(publisher, django_assert_num_queries):
    draft(publisher.user, "Ett")
    begin_histories()
    with django_assert_num_queries(7):  # session, person and her rights, number, rows
        publisher.get(LIST)
    for number in range(5):
        stale(publisher.user, f"Nummer {number}")

    with django_assert_num_queries(7):
        page = publisher.get(LIST)

    assert len(titles(page)) == 6


# Who may


@pytest.mark.parametrize("address", [LIST, f"{EXPORT}?sprak=en&form=csv", IMPORT])
def test_who_may_change_something_opens_it(address):
    found = {who: each.get(address).status_code for who, each in clients().items()}

    strangers = dict.fromkeys(["anonymous", "left", "not staff"], 302)
    assert found == {**strangers, "no group": 403, **dict.fromkeys(WRITERS, 200)}


@pytest.mark.parametrize("who", ["anonymous", "no group"])
def test_nobody_else_imports(who):
    page = clients()[who].post(IMPORT)

    assert page.status_code == 403
    assert ('name="_log_in"' in page.text) == (who == "anonymous")


def test_only_the_kinds_that_somebody_may_change_are_listed_and_exported(client):
    published(AdministratorFactory(), "En nyhet")
    ContactUnitFactory(name_sv="En enhet")
    begin_histories()
    client.force_login(with_rights("change_contactunit", "view_newsitem"))

    page = client.get(LIST, {"lage": "alla"})
    file = client.get(EXPORT, {"sprak": "en", "form": "csv"}).content.decode()

    assert titles(page) == ["En enhet"]
    assert "En enhet" in file
    assert "En nyhet" not in file


@pytest.mark.parametrize("address", [LIST, EXPORT])
def test_what_only_shows_takes_no_post(publisher, address):
    assert publisher.post(address).status_code == 405


def test_no_cache_keeps_it(publisher):
    for address in (LIST, IMPORT, f"{EXPORT}?sprak=en&form=xliff"):
        assert publisher.get(address).headers["Cache-Control"].startswith("private, no-store")


# The first page


def test_the_first_page_counts_what_there_is_to_do_and_leads_there(publisher):
    for number in range(2):
        stale(publisher.user, f"Nummer {number}")
    machine(publisher.user, "Maskin")

    page = publisher.get("/admin/")

    tasks = {f"{task.number} {task.what}": task.link for task in page.context["soon"]}
    assert tasks["2 texter har översättningar där svenskan har ändrats"] == f"{LIST}?lage=stale"
    assert tasks["1 text har översättningar som är maskinöversatta"] == f"{LIST}?lage=machine"
    assert len(titles(publisher.get(f"{LIST}?lage=stale"))) == 2
    assert f'href="{LIST}">Översättningar</a>' in page.content.decode()


def test_who_may_change_nothing_is_not_led_there(client):
    client.force_login(with_rights("view_newsitem"))

    assert LIST not in client.get("/admin/").content.decode()
