"""The page Hitta stöd: its questions, wrong answers, who must not be seen there, the way to it."""

import logging
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Phase
from pages.models import MenuItem
from tests.factories import (
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    HelplineFactory,
    InitiativeFactory,
    OpeningHoursFactory,
    StartPageFactory,
    TargetGroupFactory,
)
from tests.test_finder import FINDER, NBSP, asked, group

pytestmark = pytest.mark.django_db


# The page


@pytest.mark.parametrize(("number", "words"), [(1, "1 insats passar"), (3, "3 insatser passar")])
def test_the_number_is_announced(client, number, words):
    for _ in range(number):
        InitiativeFactory()

    assert f'role="status">{words}</p>' in asked(client, alder=17).text


def test_answers_are_worded_as_somebody_gives_them(client):
    parents = group("foraldrar", name="föräldrar", said_by_member_sv="Jag är förälder")
    InitiativeFactory(target_groups=[parents, group("grannar", name="grannar")])

    text = client.get(FINDER).text

    assert "Jag är förälder" in text
    assert "Grannar" in text


def test_what_leads_to_nobody_is_not_offered(client):
    TargetGroupFactory(name_sv="föreningar")
    DistrictFactory(name_sv="Björndalen").initiative_set.add(InitiativeFactory(phase=Phase.ENDED))
    FocusAreaFactory(title_sv="Bostäder")
    InitiativeFactory(focus_area=FocusAreaFactory(title_sv="Jobb"))

    text = client.get(FINDER).text

    assert "Jobb" in text
    assert not re.search("Föreningar|Björndalen|Bostäder", text)


def test_what_nobody_can_answer_is_not_asked(client):
    asked_about = client.get(FINDER).text

    assert "Hur gammal är du?" in asked_about
    assert not re.search(r"Vem är du\?|Var bor du\?|Vad gäller det\?", asked_about)
    assert client.get(f"{FINDER}?alder=17&stadsdel=lextorp").status_code == 200


def test_the_answers_are_said_again_and_stay_in_the_form(client):
    parents = group("foraldrar", said_by_member_sv="Jag är förälder")
    InitiativeFactory(target_groups=[parents])

    text = asked(client, malgrupp="foraldrar", alder="17").text

    assert '<li class="chip">Jag är förälder</li>' in text
    assert f'<li class="chip">17{NBSP}år</li>' in text
    assert re.search(r'value="foraldrar"[^>]* checked', text)
    assert 'value="17"' in text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"alder": "abc"}, "Skriv åldern med siffror"),
        ({"alder": "-1"}, "Skriv en ålder mellan 0 och 120."),
        ({"alder": "999"}, "Skriv en ålder mellan 0 och 120."),
        ({"alder": "9" * 400}, "Skriv"),
        ({"alder": "17.5"}, "Skriv åldern med siffror"),
        ({"malgrupp": "finns-inte"}, "Det svaret finns inte."),
        ({"malgrupp": ["foraldrar", "' OR 1=1 --"]}, "Det svaret finns inte."),
        ({"stadsdel": "finns-inte"}, "Det svaret finns inte."),
        ({"stadsdel": "<script>"}, "Det svaret finns inte."),
        ({"omrade": "../../etc/passwd"}, "Det svaret finns inte."),
    ],
)
def test_a_wrong_answer_is_explained_at_its_question_and_above(client, answers, said):
    InitiativeFactory(target_groups=[group("foraldrar")], districts=[DistrictFactory()])

    response = asked(client, **answers)

    [name] = answers
    assert response.status_code == 400
    assert re.search(rf'role="alert".*href="#fraga-{name}".*{said}', response.text, re.DOTALL)
    assert re.search(rf'id="fraga-{name}".*id="id_{name}_error">{said}', response.text, re.DOTALL)
    assert "<script>" not in response.text


def test_a_wrong_age_stays_as_it_was_typed_and_so_do_the_other_answers(client):
    InitiativeFactory(target_groups=[group("foraldrar")])

    text = asked(client, alder="sjutton", malgrupp="foraldrar").text

    assert 'value="sjutton"' in text
    assert re.search(r'value="foraldrar"[^>]* checked', text)


@pytest.mark.parametrize(
    "query",
    ["alder[]=17", "alder=1&alder=17", "x=1", "alder=%20", "alder=+5", "alder=%D9%A1%D9%A7"],
)
def test_an_odd_address_is_no_error(client, query):
    InitiativeFactory()

    assert client.get(f"{FINDER}?{query}").status_code == 200


# Who must not be seen here


def test_a_sensitive_answer_gives_the_quick_exit_and_acute_help(client):
    HelplineFactory()
    exposed = group("valdsutsatta", is_sensitive=True)
    InitiativeFactory(target_groups=[exposed], age_from=90)

    text = asked(client, malgrupp="valdsutsatta", alder=3).text

    assert "Lämna sidan snabbt" in text
    assert "Akut hjälp" in text


def test_a_sensitive_topic_does_so_even_where_nothing_fits(client):
    area = FocusAreaFactory(slug="vald")
    InitiativeFactory(focus_area=area, is_sensitive=True, age_from=90)

    assert "Lämna sidan snabbt" in asked(client, omrade="vald", alder=3).text


def test_a_sensitive_answer_does_so_beside_a_wrong_one(client):
    InitiativeFactory(target_groups=[group("valdsutsatta", is_sensitive=True)])

    text = asked(client, malgrupp="valdsutsatta", alder="abc").text

    assert "Lämna sidan snabbt" in text


def test_something_sensitive_among_what_fits_does_so(client):
    InitiativeFactory(is_sensitive=True)

    assert "Lämna sidan snabbt" in asked(client, alder=17).text


def test_something_sensitive_among_what_nearly_fits_does_so(client):
    jobs = FocusAreaFactory(slug="jobb")
    InitiativeFactory(focus_area=jobs, age_from=90)
    InitiativeFactory(is_sensitive=True)

    text = asked(client, alder=17, omrade="jobb").text

    assert "Lämna sidan snabbt" in text


def test_an_ordinary_answer_and_the_first_page_do_not(client):
    HelplineFactory()
    InitiativeFactory(target_groups=[group("unga")])
    InitiativeFactory(is_sensitive=True, target_groups=[group("grannar")])

    for text in (asked(client, malgrupp="unga").text, client.get(FINDER).text):
        assert "Lämna sidan snabbt" not in text
        assert 'href="tel:112"' in text


def test_answers_are_kept_by_no_cache_sent_to_no_next_page_and_found_by_no_search_engine(client):
    for answers in ({"alder": 17}, {"alder": "abc"}, {"malgrupp": "finns-inte"}):
        response = asked(client, **answers)

        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert '<meta name="robots" content="noindex">' in response.text


def test_the_first_page_may_be_kept_and_found(client):
    response = client.get(FINDER)

    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "noindex" not in response.text
    assert "/hitta-stod/" in client.get("/sitemap-delar.xml").text


def test_answers_leave_no_trace_with_us(client, caplog):
    InitiativeFactory(target_groups=[group("hemlig")])
    caplog.set_level(logging.DEBUG)

    with CaptureQueriesContext(connection) as queries:
        responses = [asked(client, malgrupp="hemlig", alder=age) for age in ("17", "abc")]

    logged = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not [line for line in logged if "hemlig" in line]
    assert not [q for q in queries if re.match("INSERT|UPDATE|DELETE", q["sql"])]
    assert not any(response.cookies for response in responses)


def test_the_page_names_its_address_without_the_answers(client):
    text = asked(client, alder=17).text

    assert re.search(r'<link rel="canonical" href="[^"?]*/hitta-stod/">', text)
    assert not re.search(r'hreflang="[^"]*" href="https?://[^"]*\?', text)


# The way here


def test_the_start_page_the_list_the_site_map_and_the_menu_lead_here(client):
    StartPageFactory()
    InitiativeFactory()

    for address in ("/", "/insatser/", "/webbplatskarta/"):
        main = client.get(address).text.partition("<main")[2]
        assert f'href="{FINDER}"' in main
    assert MenuItem.before_there_are_any()[0].get_absolute_url() == FINDER


def test_another_language_keeps_the_answers(client):
    InitiativeFactory()

    text = asked(client, alder=17).text

    assert 'href="/ar/hitta-stod/?alder=17"' in text


@pytest.mark.parametrize("language", ["sv-simple", "fi", "en", "ar"])
def test_a_swedish_name_says_so_on_a_page_in_another_language(client, language):
    InitiativeFactory(target_groups=[group("foraldrar", name="föräldrar")])

    text = client.get(f"/{language}{FINDER}", {"malgrupp": "foraldrar"}).text

    assert re.search(r'fit__reason">[^<]*<span lang="sv" dir="ltr">föräldrar</span>', text)


# What it costs


def grow(number, young, lextorp):
    for _ in range(number):
        unit = ContactUnitFactory(phone="0520-11 11 11")
        OpeningHoursFactory(unit=unit)
        InitiativeFactory(
            unit=unit,
            is_sensitive=True,
            age_from=16,
            target_groups=[young, TargetGroupFactory()],
            districts=[lextorp, DistrictFactory()],
        )


FIRST_PAGE = 4 + 1 + 3  # the furniture, whether something is due, the answers to choose from
ACUTE = 1
HITS = 5  # initiatives, their groups, districts and units, and those units' hours


@pytest.mark.parametrize(
    ("answers", "most"),
    [
        ({}, FIRST_PAGE),
        ({"malgrupp": "unga", "alder": 17, "stadsdel": "lextorp"}, FIRST_PAGE + ACUTE + HITS),
        # Nothing fits, and of three answers it is one that stands in the way
        ({"malgrupp": "unga", "alder": 3, "stadsdel": "lextorp"}, FIRST_PAGE + ACUTE + 3 + HITS),
    ],
)
def test_a_page_costs_the_same_however_many_rows_there_are(client, answers, most):
    rows = group("unga"), DistrictFactory(slug="lextorp")
    address = f"{FINDER}?{urlencode(answers)}"

    grow(1, *rows)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    grow(12, *rows)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few) <= most
