"""Hitta stöd: some questions, then what fits the answers, why, and whom to call."""

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
    SiteSettingsFactory,
    StartPageFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db
FINDER = "/hitta-stod/"
NBSP = "\N{NO-BREAK SPACE}"


def group(slug, **facts):
    return TargetGroupFactory(slug=slug, name_sv=facts.pop("name", slug), **facts)


def asked(client, **answers):
    return client.get(FINDER, answers)


def found(client, **answers):
    """The titles of what fits, the best fit first."""
    return [hit.initiative.title for hit in asked(client, **answers).context["finding"].hits]


def reasons(client, **answers):
    [hit] = asked(client, **answers).context["finding"].hits
    return [str(reason.text) for reason in hit.reasons]


# What fits


def test_before_any_question_is_answered_nothing_is_looked_for(client):
    InitiativeFactory(title_sv="Familjehuset")

    response = client.get(FINDER)

    assert response.status_code == 200
    assert "Familjehuset" not in response.text


def test_what_is_for_a_group_fits_its_people_and_nobody_else(client):
    InitiativeFactory(title_sv="Familjehuset", target_groups=[group("foraldrar")])
    InitiativeFactory(title_sv="Våga bry dig", target_groups=[group("grannar")])

    assert found(client, malgrupp="foraldrar") == ["Familjehuset"]


def test_somebody_may_be_several_things_at_once(client):
    parents, neighbours = group("foraldrar"), group("grannar")
    InitiativeFactory(title_sv="Familjehuset", target_groups=[parents])
    InitiativeFactory(title_sv="Våga bry dig", target_groups=[neighbours])
    InitiativeFactory(title_sv="Nattvandring", target_groups=[parents, neighbours])

    titles = found(client, malgrupp=["foraldrar", "grannar"])

    assert sorted(titles) == ["Familjehuset", "Nattvandring", "Våga bry dig"]


def test_what_is_for_everybody_is_for_any_group_too(client):
    InitiativeFactory(title_sv="Nattvandring", target_groups=[group("grannar")])
    InitiativeFactory(title_sv="Krogar mot knark")

    assert found(client, malgrupp="grannar") == ["Nattvandring", "Krogar mot knark"]


@pytest.mark.parametrize(("age", "fits"), [(17, False), (18, True), (29, True), (30, False)])
def test_an_age_outside_the_limits_excludes(client, age, fits):
    InitiativeFactory(title_sv="Stationen", age_from=18, age_to=29)

    assert ("Stationen" in found(client, alder=age)) is fits


def test_a_new_born_child_has_an_age(client):
    InitiativeFactory(title_sv="Familjehuset", age_to=17)
    InitiativeFactory(title_sv="Stationen", age_from=18)

    assert found(client, alder=0) == ["Familjehuset"]


def test_what_is_for_a_district_fits_those_who_live_there(client):
    lextorp, sylte = DistrictFactory(slug="lextorp"), DistrictFactory(slug="sylte")
    InitiativeFactory(title_sv="Stationen", districts=[lextorp])
    InitiativeFactory(title_sv="Nattvandring", districts=[sylte])
    InitiativeFactory(title_sv="Jobbcentrum")

    assert found(client, stadsdel="lextorp") == ["Stationen", "Jobbcentrum"]


def test_who_lives_elsewhere_gets_what_is_for_the_whole_city(client):
    InitiativeFactory(title_sv="Stationen", districts=[DistrictFactory(slug="lextorp")])
    InitiativeFactory(title_sv="Jobbcentrum")

    assert found(client, stadsdel="~annan") == ["Jobbcentrum"]


def test_a_topic_leaves_what_is_about_it(client):
    InitiativeFactory(title_sv="Stationen", focus_area=FocusAreaFactory(slug="unga-i-jobb"))
    InitiativeFactory(title_sv="Familjehuset")

    assert found(client, omrade="unga-i-jobb") == ["Stationen"]


def test_all_answers_count(client):
    jobs, lextorp = FocusAreaFactory(slug="jobb"), DistrictFactory(slug="lextorp")
    InitiativeFactory(title_sv="Rätt", focus_area=jobs, age_from=16, districts=[lextorp])
    InitiativeFactory(title_sv="För gammal", focus_area=jobs, age_from=18, districts=[lextorp])
    InitiativeFactory(title_sv="Annat ämne", age_from=16, districts=[lextorp])
    InitiativeFactory(title_sv="Annan plats", focus_area=jobs, districts=[DistrictFactory()])

    assert found(client, omrade="jobb", alder=17, stadsdel="lextorp") == ["Rätt"]


def test_the_one_with_the_most_reasons_of_its_own_comes_first(client):
    young, lextorp = group("unga"), DistrictFactory(slug="lextorp")
    InitiativeFactory(title_sv="Alla", order=1)
    InitiativeFactory(title_sv="Unga", order=2, target_groups=[young])
    both = {"target_groups": [young], "districts": [lextorp]}
    InitiativeFactory(title_sv="Unga i Lextorp", order=3, **both)

    titles = found(client, malgrupp="unga", stadsdel="lextorp", alder=17)

    assert titles == ["Unga i Lextorp", "Unga", "Alla"]


def test_those_that_fit_as_well_come_in_the_editors_order(client):
    young = group("unga")
    area = FocusAreaFactory()
    InitiativeFactory(title_sv="Sist", order=20, focus_area=area, target_groups=[young])
    InitiativeFactory(title_sv="Först", order=10, focus_area=area, target_groups=[young])

    assert found(client, malgrupp="unga") == ["Först", "Sist"]


def test_what_fits_in_several_ways_is_there_once(client):
    groups = [group("unga"), group("foraldrar")]
    districts = [DistrictFactory(slug="lextorp"), DistrictFactory(slug="sylte")]
    InitiativeFactory(title_sv="Drogsnack", target_groups=groups, districts=districts)

    titles = found(client, malgrupp=["unga", "foraldrar"], stadsdel="sylte")

    assert titles == ["Drogsnack"]


def test_nobody_is_sent_to_what_has_ended_or_is_not_public(client):
    InitiativeFactory(title_sv="Slut", phase=Phase.ENDED)
    InitiativeFactory(title_sv="Ett utkast", draft=True)
    InitiativeFactory(title_sv="Stationen")

    assert found(client, alder=20) == ["Stationen"]


# Why


def test_a_group_is_a_reason_and_only_the_readers_own(client):
    groups = [group("foraldrar", name="föräldrar"), group("unga", name="unga")]
    InitiativeFactory(target_groups=groups)

    assert reasons(client, malgrupp="foraldrar") == ["För föräldrar"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"age_from": 16, "age_to": 20}, f"För den som är 16–20{NBSP}år"),
        ({"age_from": 16}, f"För den som har fyllt 16{NBSP}år"),
        ({"age_to": 17}, f"För den som är högst 17{NBSP}år"),
        ({}, "För alla åldrar"),
    ],
)
def test_an_age_is_a_reason_in_words(client, limits, words):
    InitiativeFactory(**limits)

    assert reasons(client, alder=17) == [words]


def test_where_somebody_lives_is_a_reason_and_only_that_district(client):
    districts = [
        DistrictFactory(slug="kronogarden", name_sv="Kronogården"),
        DistrictFactory(slug="sylte", name_sv="Sylte"),
    ]
    InitiativeFactory(districts=districts)

    assert reasons(client, stadsdel="kronogarden") == ["Du bor i Kronogården"]


def test_no_limit_is_a_reason_too(client):
    DistrictFactory(slug="lextorp").initiative_set.add(InitiativeFactory(age_from=90))
    group("unga").initiative_set.add(InitiativeFactory(age_from=90))
    InitiativeFactory()

    said = reasons(client, malgrupp="unga", alder=17, stadsdel="lextorp")

    assert said == ["För alla, vem du än är", "För alla åldrar", "För alla stadsdelar"]


def test_a_topic_is_a_reason_in_the_readers_own_words(client):
    area = FocusAreaFactory(slug="jobb", title_sv="Få fler unga i jobb", topic_sv="Jobb och skola")
    InitiativeFactory(focus_area=area)

    assert reasons(client, omrade="jobb") == ["Handlar om: Jobb och skola"]


def test_only_what_was_asked_about_is_a_reason(client):
    InitiativeFactory(age_from=16, target_groups=[group("unga")])

    assert len(reasons(client, alder=17)) == 1


def test_a_name_is_escaped_in_a_reason(client):
    InitiativeFactory(target_groups=[group("x", name="<b>alla</b>")])

    assert "För &lt;b&gt;alla&lt;/b&gt;" in asked(client, malgrupp="x").text


# Whom to call


def test_its_own_number_goes_first(client):
    unit = ContactUnitFactory(phone="0520-11 11 11")
    InitiativeFactory(phone="0520-22 22 22", unit=unit)

    text = asked(client, alder=17).text

    assert 'href="tel:+46520222222"' in text
    assert "0520-11 11 11" not in text


def test_else_the_units_number_with_when_it_is_answered(client):
    unit = ContactUnitFactory(name_sv="Familjehuset", phone="0520-11 11 11")
    for weekday in range(7):
        OpeningHoursFactory(unit=unit, weekday=weekday)
    InitiativeFactory(unit=unit)

    text = asked(client, alder=17).text

    assert "Ring Familjehuset" in text
    assert 'href="tel:+46520111111"' in text
    assert "Öppet i dag" in text or "Stängt i dag" in text


def test_else_the_number_that_stands_on_every_page(client):
    contact = ContactUnitFactory(name_sv="Kontaktcenter", phone="0520-49 50 00")
    SiteSettingsFactory(contact_unit=contact)
    InitiativeFactory(unit=ContactUnitFactory(name_sv="Familjehuset"))

    text = asked(client, alder=17).text

    assert "Ring Kontaktcenter" in text
    assert "Ring Familjehuset" not in text


def test_hours_in_words_stand_beside_a_number_too(client):
    unit = ContactUnitFactory(phone="0520-11 11 11", hours_note_sv="Telefonen är öppen dagtid.")
    InitiativeFactory(unit=unit)

    assert "Telefonen är öppen dagtid." in asked(client, alder=17).text


# Nothing fits


def nearly(client, **answers):
    return {
        question: [hit.initiative.title for hit in hits]
        for question, _address, hits in asked(client, **answers).context["nearly"]
    }


def test_nothing_fits_says_so_with_whom_to_ask(client):
    contact = ContactUnitFactory(name_sv="Kontaktcenter", phone="0520-49 50 00")
    SiteSettingsFactory(contact_unit=contact)
    InitiativeFactory(age_from=18)

    text = asked(client, alder=3).text

    assert re.search(r'role="status">Vi hittade inget som passar', text)
    assert "0520-49 50 00" in text
    assert 'href="/insatser/"' in text


def test_nothing_fits_shows_what_does_but_for_one_answer(client):
    jobs = FocusAreaFactory(slug="jobb")
    InitiativeFactory(title_sv="Stationen", focus_area=jobs, age_from=18)
    InitiativeFactory(title_sv="Familjehuset", age_to=17)
    InitiativeFactory(title_sv="Långt ifrån", age_from=65)

    near = nearly(client, alder=17, omrade="jobb")

    assert near == {"Hur gammal är du?": ["Stationen"], "Vad gäller det?": ["Familjehuset"]}


def test_what_nearly_fits_says_what_does_not(client):
    jobs = FocusAreaFactory(slug="jobb")
    InitiativeFactory(focus_area=jobs, age_from=18, age_to=29)

    text = asked(client, alder=17, omrade="jobb").text

    assert f"Stämmer inte: För den som är 18–29{NBSP}år" in text


def test_each_loosened_answer_has_an_address_that_finds_it(client):
    jobs = FocusAreaFactory(slug="jobb")
    InitiativeFactory(title_sv="Stationen", focus_area=jobs, age_from=18)

    [(_question, address, _hits)] = asked(client, alder=17, omrade="jobb").context["nearly"]

    assert address == "/hitta-stod/?omrade=jobb"
    assert [h.initiative.title for h in client.get(address).context["finding"].hits] == [
        "Stationen"
    ]


def test_while_something_fits_nothing_else_is_shown(client):
    InitiativeFactory(age_from=18)
    InitiativeFactory(age_to=17, target_groups=[group("unga")])

    assert nearly(client, alder=17, malgrupp="unga") == {}


def test_no_answer_at_all_is_asked_for_one(client):
    InitiativeFactory(title_sv="Stationen")

    response = client.get(f"{FINDER}?alder=&stadsdel=&omrade=")

    assert response.status_code == 200
    assert "Du har inte svarat på något än" in response.text
    assert "Stationen" not in response.text


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
