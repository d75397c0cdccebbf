"""What machines may ask: results as JSON, suggestions, and the OpenSearch description."""

import json
import xml.etree.ElementTree as ElementTree
from datetime import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Resource
from search.api import SCHEMA
from search.finding import PER_PAGE
from search.indexing import rebuild
from search.models import KindOfHit, PromotedAnswer
from tests.factories import (
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    SiteSettingsFactory,
)

pytestmark = pytest.mark.django_db
SCHEMA_OF_RESULTS = json.loads((settings.BASE_DIR / "static" / SCHEMA).read_text("utf-8"))
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def is_of_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults(value, schema, place="answer"):
    """What in ``value`` breaks the part of JSON Schema that ours uses."""
    known = {"$schema", "title", "description", "type", "required", "properties", "items"}
    known |= {"additionalProperties", "minimum", "maxLength", "format"}
    yield from (f"{place}: {word}?" for word in set(schema) - known)
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(is_of_type(value, name) for name in names):
        yield f"{place}: {value!r} is no {names}"
    elif isinstance(value, dict):
        wanted = set(schema["properties"])
        yield from (f"{place}.{name} is missing" for name in set(schema["required"]) - set(value))
        yield from (f"{place}.{name} is not told of" for name in set(value) - wanted)
        for name in wanted & set(value):
            yield from faults(value[name], schema["properties"][name], f"{place}.{name}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from faults(item, schema["items"], f"{place}[{at}]")
    elif value is not None:
        yield from _faults_of_one(value, schema, place)


def _faults_of_one(value, schema, place):
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{place}: {value} is too little"
    if "maxLength" in schema and len(value) > schema["maxLength"]:
        yield f"{place} is too long"
    if schema.get("format") == "uri" and not value.startswith(("http://", "https://")):
        yield f"{place}: {value} is no absolute address"
    if schema.get("format") == "date-time" and not datetime.fromisoformat(value).tzinfo:
        yield f"{place}: {value} has no time zone"


@pytest.fixture
def content(client):
    area = FocusAreaFactory(title_sv="Jobb åt unga", slug="jobb")
    InitiativeFactory(title_sv="Stationen & <b>", slug="stationen", focus_area=area)
    NewsItemFactory(title_sv="Stationen öppnar", slug="stationen", focus_areas=[area])
    Resource.objects.create(title="Stationen i siffror", url="https://a.example/stationen")
    ContactUnitFactory(name_sv="Kontaktcenter", slug="kontaktcenter")
    PromotedAnswer.objects.create(queries="stationen", path="/kontakt/kontaktcenter/")
    rebuild()


def test_an_answer_holds_what_its_schema_says(client, content):
    for query in ("q=stationen", "q=statoinen", "q=", "", "q=finnsinte", "q=stationen&typ=nyheter"):
        response = client.get(f"/sok/resultat.json?{query}")

        assert response.headers["Content-Type"] == "application/json"
        assert list(faults(response.json(), SCHEMA_OF_RESULTS)) == [], query


def test_the_schema_finds_faults():
    assert set(faults({"query": 1, "odd": True}, SCHEMA_OF_RESULTS)) >= {
        *["answer.hits is missing", "answer.odd is not told of"],
        "answer.query: 1 is no ['string']",
    }


def test_each_answer_leads_to_its_schema(client):
    link = client.get("/sok/resultat.json?q=a").headers["Link"]

    assert link == f'<{settings.BASE_URL}/static/{SCHEMA}>; rel="describedby"'


def test_a_hit_has_an_absolute_address_and_plain_text(client, content):
    hits = {
        hit["title"]: hit for hit in client.get("/sok/resultat.json?q=stationen").json()["hits"]
    }

    assert hits["Stationen & <b>"]["url"] == f"{settings.BASE_URL}/insatser/stationen/"
    assert hits["Stationen & <b>"]["type"] == "insatser"
    assert hits["Stationen öppnar"]["date"] == "2024-06-07T06:00:00+00:00"
    assert hits["Stationen i siffror"]["url"] == "https://a.example/stationen"
    assert hits["Stationen i siffror"]["is_external"] is True
    assert hits["Kontaktcenter"]["is_promoted"] is True
    assert "<mark>" not in str(hits)


def test_it_answers_as_the_page_does(client, content):
    for query in ("q=stationen", "q=stationen&typ=nyheter", "q=stationen&omrade=jobb"):
        answer = client.get(f"/sok/resultat.json?{query}").json()
        shown = client.get(f"/sok/?{query}").context["hits"]

        assert [hit["title"] for hit in answer["hits"]] == [hit.document.title for hit in shown]


def test_the_address_decides_the_language(client, content):
    InitiativeFactory(title_sv="Stationen", title_en="The Station", slug="the-station")
    rebuild()

    answer = client.get("/en/sok/resultat.json?q=station").json()

    hits = {hit["title"]: hit for hit in answer["hits"]}
    assert answer["language"] == "en"
    assert hits["The Station"]["url"] == f"{settings.BASE_URL}/en/insatser/the-station/"
    assert hits["Stationen öppnar"]["language"] == "sv"
    assert hits["Stationen öppnar"]["url"] == f"{settings.BASE_URL}/nyheter/stationen/"


def test_pages_lead_to_one_another(client):
    for _ in range(PER_PAGE + 1):
        PageFactory(title_sv="Cykelvägar")
    rebuild()

    first = client.get("/sok/resultat.json?q=cykelvägar").json()
    second = client.get(first["next"].removeprefix(settings.BASE_URL)).json()

    assert (first["total"], first["pages"], first["previous"]) == (PER_PAGE + 1, 2, None)
    assert (len(second["hits"]), second["page"], second["next"]) == (1, 2, None)
    assert client.get(second["previous"].removeprefix(settings.BASE_URL)).json() == first


def test_pages_of_other_sites_may_ask(client):
    response = client.get("/sok/resultat.json?q=a", headers={"origin": "https://a.example"})

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert response.headers["ETag"]


def test_a_browser_that_asks_first_is_told_what_is_allowed(client):
    response = client.options(
        "/sok/resultat.json",
        headers={"origin": "https://a.example", "access-control-request-method": "GET"},
    )

    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_only_the_results_are_open_to_other_sites(client):
    for address in ("/sok/", "/sok/forslag.json?q=st", "/"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers


def test_nobody_may_post(client):
    assert client.post("/sok/resultat.json").status_code == 405


def test_the_documentation_names_every_type_and_every_parameter():
    text = (settings.BASE_DIR / "docs/search-api.md").read_text("utf-8")

    assert all(f"`{name}`" in text for name in [*KindOfHit.values, "q", "typ", "omrade", "sida"])


# Suggestions


def suggested(client, query, prefix=""):
    rows = client.get(f"{prefix}/sok/forslag.json", {"q": query}).json()["suggestions"]
    return [row["title"] for row in rows]


def test_titles_with_a_word_that_begins_so_are_suggested(client):
    InitiativeFactory(title_sv="Stationen", slug="stationen")
    NewsItemFactory(title_sv="Nya stationen")
    PageFactory(title_sv="Bussar", lead_sv="Från stationen.")
    rebuild()

    answer = client.get("/sok/forslag.json?q=stat").json()

    assert suggested(client, "stat") == ["Stationen", "Nya stationen"]
    assert answer["suggestions"][0] == {
        "title": "Stationen",
        "url": "/insatser/stationen/",
        "language": "sv",
    }


@pytest.mark.parametrize("query", ["föräldr", "forald", "FÖRÄLDR", "stöd till för", "stödet förä"])
def test_letters_may_lack_their_marks_and_words_have_other_forms(client, query):
    InitiativeFactory(title_sv="Stöd till föräldrar")
    rebuild()

    assert suggested(client, query) == ["Stöd till föräldrar"]


def test_a_reader_is_suggested_what_exists_in_the_language_and_else_the_swedish(client):
    InitiativeFactory(title_sv="Stationen", title_en="The station", slug="a")
    InitiativeFactory(title_sv="Stallet", slug="b")
    rebuild()

    answer = client.get("/en/sok/forslag.json?q=sta").json()["suggestions"]

    assert answer == [
        {"title": "The station", "url": "/en/insatser/a/", "language": "en"},
        {"title": "Stallet", "url": "/insatser/b/", "language": "sv"},
    ]


def test_at_most_eight_are_suggested_and_none_twice(client):
    for number in range(12):
        PageFactory(title_sv=f"Cykelväg {number}")
    PageFactory(title_sv="Bussväg")
    PageFactory(title_sv="Bussväg")
    rebuild()

    assert len(suggested(client, "cyk")) == 8
    assert suggested(client, "buss") == ["Bussväg"]


@pytest.mark.parametrize("query", ["", " ", "s", "!", "\0", '"', "NEAR(", "x" * 10_000])
def test_too_little_or_nothing_sensible_suggests_nothing(client, query):
    InitiativeFactory(title_sv="Stationen")
    rebuild()

    assert suggested(client, query) == []


def test_what_is_not_public_is_not_suggested(client):
    InitiativeFactory(title_sv="Stationen", draft=True)
    rebuild()

    assert suggested(client, "stat") == []


def test_suggestions_cost_one_query(client, django_assert_num_queries):
    for number in range(20):
        PageFactory(title_sv=f"Cykelväg {number}")
    rebuild()
    due = 1

    with django_assert_num_queries(1 + due):
        client.get("/en/sok/forslag.json?q=cyk")


# OpenSearch


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_browser_learns_to_search_here(client, prefix):
    SiteSettingsFactory()
    response = client.get(f"{prefix}/opensearch.xml")

    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own answer
    urls = {url.get("type"): url.get("template") for url in root.iter(f"{OPENSEARCH}Url")}
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert urls["text/html"].startswith(f"{settings.BASE_URL}{prefix}/sok/?q={{searchTerms}}")
    assert 0 < len(root.find(f"{OPENSEARCH}ShortName").text) <= 16
    assert len(root.find(f"{OPENSEARCH}LongName").text) <= 48
    assert root.find(f"{OPENSEARCH}Language").text == (prefix.strip("/") or "sv")


def test_each_page_links_the_description_of_its_language(client):
    for prefix in ("", "/fi"):
        assert 'rel="search" type="application/opensearchdescription+xml" title="' in (
            client.get(f"{prefix}/nyheter/").text
        )
        assert f'href="{prefix}/opensearch.xml"' in client.get(f"{prefix}/nyheter/").text


def test_machines_do_not_pay_for_the_furniture(client):
    InitiativeFactory(title_sv="Stationen")
    rebuild()

    for address, most in [("/sok/resultat.json?q=stationen", 6), ("/opensearch.xml", 1)]:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= most + 1, address  # and whether something is due
