"""Links by which people without account read one version, and nothing but that."""

import re

import pytest
import time_machine
from django.core import signing

from publishing.models import ShareLink, Track, Version
from publishing.purging import purge_bin
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    NewsItemFactory,
    StartPageFactory,
)
from tests.histories import erase
from tests.previews import changed_tables, rows_of_all_tables
from tests.situations import DAY, NOW, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def writer():
    return staff("Redaktörer")


@pytest.fixture
def item(writer):
    """A draft with two versions."""
    item = NewsItemFactory(draft=True, lead_sv="Först.")
    item.save_draft(by=writer, values={"lead_sv": "Sedan.", "title_fi": "Otsikko"})
    return item


def read(client, link, **query):
    return client.get(link.get_absolute_url(), query)


# What the reader gets


def test_the_reader_gets_the_version_with_a_note_on_top(client, item, writer):
    answer = read(client, item.share(by=writer, version=Version.objects.of(item).first()))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Först." in page
    assert "Sedan." not in page
    assert "Utkast för granskning." in page
    assert page.index("Utkast för granskning.") < page.index("<header")


def test_what_is_public_is_not_called_a_draft(client, writer):
    item = NewsItemFactory()

    page = read(client, item.share(by=writer)).content.decode()

    assert "Utkast för granskning." not in page
    assert "Du läser texten som är publicerad nu" in page


def test_the_draft_of_a_page_that_waits_for_its_minute_is_not_called_public(client, writer):
    item = NewsItemFactory(publish_at=NOW + DAY)

    assert "Utkast för granskning." in read(client, item.share(by=writer)).content.decode()


def test_the_reader_chooses_among_the_languages_of_the_version(client, item, writer):
    link = item.share(by=writer)

    finnish = read(client, link, sprak="fi")

    assert finnish.headers["Content-Language"] == "fi"
    assert '<html lang="fi"' in finnish.content.decode()
    assert '<a href="?sprak=fi" lang="fi">Suomi</a>' in read(client, link).content.decode()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("ar", "Texten finns inte på språket العربية än. Här är den på svenska."), ("xx", "")],
)
def test_a_language_that_is_missing_is_told_and_the_swedish_text_shown(
    client, item, writer, code, sentence
):
    page = read(client, item.share(by=writer), sprak=code).content.decode()

    assert '<html lang="sv"' in page
    assert sentence in page


def test_the_shared_page_and_the_one_that_is_over_are_valid_html(client, item, writer, html_errors):
    link = item.share(by=writer)
    pages = {code: read(client, link, sprak=code).text for code in ("sv", "fi", "ar")}

    assert html_errors({**pages, "over": client.get("/delad/finns-inte/").text}) == []


def test_links_in_the_page_lead_to_the_public_site(client, item, writer):
    page = read(client, item.share(by=writer)).content.decode()

    assert 'href="/nyheter/"' in page
    assert "<base" not in page


def test_a_version_with_gaps_is_shown_without_them(client, item, writer):
    link = item.share(by=writer, version=Version.objects.of(item).first())
    erase(item, 1, ["lead_sv", "title_sv"])

    page = read(client, link).content.decode()

    assert "Först." not in page
    assert "(utan rubrik)" in page
    assert "Delar av texten är borttagna." in page


def test_the_start_page_is_shared_too(client, writer):
    start = StartPageFactory(draft=True, lead_sv="Välkommen in.")

    assert "Välkommen in." in read(client, start.share(by=writer)).content.decode()


def test_nothing_keeps_what_is_shared_and_the_reader_gets_no_cookie(client, item, writer):
    answer = read(client, item.share(by=writer))

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Disallow: /delad/" in client.get("/robots.txt").content.decode()


def test_reading_is_counted_and_leaves_nothing_else_behind(client, item, writer):
    link = item.share(by=writer)
    before = rows_of_all_tables()

    read(client, link)
    client.head(link.get_absolute_url())
    read(client, link)

    assert changed_tables(before) == {"publishing_sharelink"}
    link.refresh_from_db()
    assert (link.opened, link.last_opened_at) == (2, NOW)


def test_a_shared_page_costs_few_queries(client, item, writer, django_assert_num_queries):
    link = item.share(by=writer)

    with django_assert_num_queries(12):
        read(client, link)


# A link that leads nowhere


def over(item, link, writer):
    ShareLink.objects.update(expires_at=NOW)


def revoked(item, link, writer):
    item.stop_sharing(link, by=writer)


def binned(item, link, writer):
    row(item).move_to_bin(by=AdministratorFactory())


def purged(item, link, writer):
    binned(item, link, writer)
    Track.objects.update(binned_at=NOW - 91 * DAY)
    purge_bin()


def deleted(item, link, writer):
    type(item).objects.all().delete()


def without_address(answer):
    """The page, but for its footer's link for who wants to report a fault in just this page."""
    return re.sub(r'\?sida=[^"]*', "", answer.content.decode())


@pytest.mark.parametrize("end", [over, revoked, binned, purged, deleted])
def test_a_link_that_leads_nowhere_says_so_in_the_same_words(client, item, writer, end):
    link = item.share(by=writer)
    end(item, link, writer)

    answer = read(client, link)
    unknown = client.get("/delad/finns-inte/")

    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert without_address(answer) == without_address(unknown)
    assert "Länken gäller inte" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_link_to_what_is_taken_up_from_the_bin_leads_there_again(client, item, writer):
    link = item.share(by=writer)
    binned(item, link, writer)
    type(item).take_out_of_bin(item.pk, by=AdministratorFactory())

    assert read(client, link).status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        lambda link: str(link.pk),
        lambda link: link.token[:-1] + ("A" if link.token[-1] != "A" else "B"),
        lambda link: signing.dumps(link.pk, salt="another"),
        lambda link: signing.dumps(link.pk + 1, salt="publishing.share"),
        lambda link: "x" * 2000,
        lambda link: "å",
    ],
    ids=["the key", "changed", "another salt", "the next", "long", "odd"],
)
def test_a_token_that_nobody_gave_leads_nowhere(client, item, writer, token):
    link = item.share(by=writer)

    assert client.get(f"/delad/{token(link)}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_link_can_only_be_read(client, item, writer, method):
    link = item.share(by=writer)

    assert getattr(client, method)(link.get_absolute_url()).status_code == 405
