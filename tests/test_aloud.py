"""Så läses sidan upp: what a screen reader makes of the page that residents would get."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.aloud import Aloud
from tests.admin_forms import admin_url
from tests.factories import NewsItemFactory
from tests.previews import client_of, key_in, press_preview


def told(html, language="sv"):
    return Aloud.of(f'<html lang="{language}"><body><main>{html}</main></body></html>')


def problems(lines):
    return [line.problem for line in lines]


def test_headings_in_their_order_are_right():
    page = told("<h1>Ett</h1><h2>Två</h2><h3>Tre</h3><h2>Fyra</h2>")

    assert [(line.level, line.text) for line in page.headings] == [
        (1, "Ett"),
        (2, "Två"),
        (3, "Tre"),
        (2, "Fyra"),
    ]
    assert page.problems == 0


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<h2>Ett</h2>", "En nivå är överhoppad"),
        ("<h1>Ett</h1><h3>Tre</h3>", "ingen rubrik på nivå 2"),
        ("<h1>Ett</h1><h1>Två</h1>", "redan en huvudrubrik"),
        ("<h1> </h1>", "Rubriken är tom"),
    ],
)
def test_a_heading_in_the_wrong_place_is_marked(html, says):
    assert says in problems(told(html).headings)[-1]


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ('<a href="/a/">Läs mer</a>', "säger inte vart"),
        ('<a href="/a/">Här.</a>', "säger inte vart"),
        ('<a href="/a/"></a>', "ingen text"),
        ('<a href="https://a.example/">https://a.example/</a>', "tecken för tecken"),
        ('<a href="/a/">Badet</a> <a href="/b/">Badet</a>', "samma text"),
    ],
)
def test_a_link_that_says_nothing_by_itself_is_marked(html, says):
    assert says in problems(told(html).links)[-1]


def test_a_link_is_called_what_is_read():
    page = told('<a href="/a/"><span aria-hidden="true">→</span> <img src="x" alt="Badet"></a>')

    assert [(line.text, line.detail, line.problem) for line in page.links] == [("Badet", "/a/", "")]


def test_pictures_are_told_by_their_alternative_texts():
    page = told('<img src="x" alt="Ett bad"><img src="x" alt=""><img src="x">')

    assert [(line.text, line.detail, line.problem) for line in page.pictures] == [
        ("Ett bad", "", ""),
        ("", "Dekorativ: läses inte upp.", ""),
        ("", "", "Bilden saknar alternativtext."),
    ]


def test_another_language_is_told_once_with_its_first_words():
    page = told('<p lang="fi">Terve <b lang="fi">taas</b></p><p lang="sv">Hej</p>')

    assert [(line.text, line.detail) for line in page.languages] == [("Terve taas", "fi")]


def test_a_table_is_told_by_its_caption():
    page = told("<table><caption>Priser</caption></table><table></table>")

    assert [(line.text, line.problem) for line in page.tables] == [
        ("Priser", ""),
        ("", "Tabellen saknar rubrik."),
    ]


def test_menus_and_what_is_hidden_are_left_out():
    page = Aloud.of(
        '<html lang="sv"><body><header><a href="/">Start</a></header><main>'
        '<p hidden><a href="/x/">Läs mer</a></p></main></body></html>'
    )

    assert page.links == []


BODY = '<h3>Hoppad nivå</h3><p>Se <a href="/om/">här</a>.</p>'


@pytest.mark.django_db
def test_the_page_of_a_version_tells_of_what_residents_would_get():
    client, item = client_of("Redaktörer"), NewsItemFactory(title_sv="Badet", title_fi="Uimala")
    item.save_draft(by=client.user, values={"body_sv": BODY})

    answer = client.get(admin_url(item, "version_aloud", item.pk, item.track.newest.number))

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Hoppad nivå" in page
    assert "En nivå är överhoppad" in page
    assert "Texten säger inte vart länken leder." in page
    finnish = client.get(answer.request["PATH_INFO"] + "?sprak=fi").content.decode()
    assert "Uimala" in finnish


@pytest.mark.django_db
def test_what_is_written_is_told_before_it_is_saved():
    client, item = client_of("Redaktörer"), NewsItemFactory(draft=True)
    frame = press_preview(client, item, body_sv=BODY)

    answer = client.get(admin_url(item, "preview_aloud", key_in(frame)))

    assert "Hoppad nivå" in answer.content.decode()
    assert "private, no-store" in answer.headers["Cache-Control"]
    assert client_of("Publicister").get(answer.request["PATH_INFO"]).status_code == 404


@pytest.mark.django_db
def test_what_was_saved_last_is_told_with_and_without_versions():
    client, item = client_of("Redaktörer"), NewsItemFactory(title_sv="Badet")
    address = admin_url(item, "aloud", item.pk)

    assert "Badet" in client.get(address).content.decode()
    item.save_draft(by=client.user, values={"body_sv": BODY})
    assert "Hoppad nivå" in client.get(address).content.decode()
    assert client.get(admin_url(item, "aloud", item.pk + 1)).status_code == 404


@pytest.mark.django_db
def test_a_language_that_is_not_there_yet_is_said_to_be_so():
    client, item = client_of("Redaktörer"), NewsItemFactory(title_en="")
    item.save_draft(by=client.user, values={"body_sv": BODY})
    address = admin_url(item, "version_aloud", item.pk, 1)

    english = client.get(f"{address}?sprak=en").content.decode()
    assert "Sidan finns inte på språket English" in english
    assert client.get(f"{address}?sprak=xx").status_code == 200


@pytest.mark.django_db
def test_form_and_preview_lead_there():
    client, item = client_of("Redaktörer"), NewsItemFactory()
    item.save_draft(by=client.user, values={"body_sv": BODY})

    form = client.get(admin_url(item, "change")).content.decode()
    frame = press_preview(client, item, body_sv=BODY)

    assert f'href="{admin_url(item, "aloud", item.pk)}"' in form
    assert admin_url(item, "preview_aloud", key_in(frame)) in frame.content.decode()


@pytest.mark.django_db
def test_a_long_text_costs_what_a_short_does():
    client, item = client_of("Redaktörer"), NewsItemFactory()
    item.save_draft(by=client.user, values={"body_sv": BODY})
    item.save_draft(by=client.user, values={"body_sv": BODY * 100})

    def cost(number):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(admin_url(item, "version_aloud", item.pk, number)).status_code == 200
        return len(captured)

    cost(2)
    assert cost(2) == cost(3) <= 22
