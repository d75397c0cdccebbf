"""/sok/: what was found, how it is told, and that no query is refused."""

import html
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import Resource
from search.finding import PER_PAGE
from search.indexing import rebuild
from search.models import PromotedAnswer, Synonyms
from tests.crawling import read
from tests.factories import (
    ContactUnitFactory,
    FocusAreaFactory,
    HelplineFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    SiteSettingsFactory,
)
from trollhattan_portal.sitemaps import SITEMAPS

pytestmark = pytest.mark.django_db
FURNITURE_AND_DUE = 5
MOST_QUERIES = 6
COUNTED = 1  # what is missed, in one statement


def ask(client, query, prefix="", **parameters):
    more = "".join(f"&{name}={quote(str(value))}" for name, value in parameters.items())
    return client.get(f"{prefix}/sok/?q={quote(query)}{more}")


def seen(response):
    """What a person reads: no tags, single spaces."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", response.text))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def titles(response):
    return [hit.document.title for hit in response.context.get("hits", [])]


# What a hit tells


def test_each_hit_is_a_heading_with_one_link_and_its_kind(client):
    InitiativeFactory(title_sv="Stationen", slug="stationen")
    rebuild()

    response = ask(client, "stationen")

    [hit] = re.findall(r'<li class="hit">.*?</li>', response.text, re.DOTALL)
    assert re.search(r'<h2[^>]*><a [^>]*href="/insatser/stationen/"', hit)
    assert hit.count("<a ") == 1
    assert "Insatser" in hit


def test_news_tells_its_day_and_other_pages_do_not(client):
    NewsItemFactory(title_sv="Mässan var i maj")
    InitiativeFactory(title_sv="Mässan")
    rebuild()

    text = seen(ask(client, "mässan"))

    assert "Nyheter · 7 juni 2024" in text
    assert text.count("7 juni 2024") == 1


def test_the_words_of_a_hit_are_marked_in_title_and_excerpt(client):
    InitiativeFactory(title_sv="Hjälp mot brotten", lead_sv="Vi är med när brottet har hänt.")
    rebuild()

    text = ask(client, "brott").text

    assert "Hjälp mot <mark>brotten</mark>" in text
    assert "Vi är med när <mark>brottet</mark> har hänt." in text


def test_what_is_on_another_site_says_so(client):
    Resource.objects.create(title="Rapport om jämlikhet", url="https://a.example/rapport")
    rebuild()

    text = ask(client, "rapport").text

    assert 'href="https://a.example/rapport"' in text
    assert "(annan webbplats)" in text


def test_a_hit_that_lacks_a_translation_is_marked_swedish_and_leads_to_the_swedish_page(client):
    InitiativeFactory(title_sv="Stationen", slug="stationen", lead_sv="Du får hjälp.")
    rebuild()

    [hit] = re.findall(r'<li class="hit">.*?</li>', ask(client, "stationen", "/en").text, re.DOTALL)

    assert 'href="/insatser/stationen/" hreflang="sv"' in hit
    assert hit.count('lang="sv" dir="ltr"') == 2  # title and excerpt
    assert "in Swedish" in hit


def test_a_translated_hit_leads_to_its_page_in_the_language_of_the_reader(client):
    InitiativeFactory(title_sv="Stationen", title_en="The Station", slug="stationen")
    rebuild()

    [hit] = re.findall(r'<li class="hit">.*?</li>', ask(client, "station", "/en").text, re.DOTALL)

    assert 'href="/en/insatser/stationen/"' in hit
    assert "Swedish" not in hit


def test_nothing_that_is_found_can_write_in_the_page(client):
    InitiativeFactory(title_sv="<b>Stationen</b> & mer", lead_sv='<script>alert("x")</script>')
    rebuild()

    text = ask(client, "stationen").text

    assert "&lt;b&gt;<mark>Stationen</mark>&lt;/b&gt; &amp; mer" in text
    assert "<script>alert" not in text


# How many


@pytest.mark.parametrize(
    ("number", "words"), [(0, "Inga träffar"), (1, "1 träff"), (3, "3 träffar")]
)
def test_the_number_of_hits_is_announced(client, number, words):
    for _ in range(number):
        PageFactory(title_sv="Cykelvägar")
    rebuild()

    text = ask(client, "cykelvägar").text

    assert f'role="status">{words}</p>' in text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_beyond_counting_is_announced_as_more(client, monkeypatch):
    monkeypatch.setattr("search.finding.MOST_HITS", 4)
    monkeypatch.setattr("search.views.MOST_HITS", 4)
    for _ in range(6):
        PageFactory(title_sv="Cykelvägar")
    rebuild()

    response = ask(client, "cykelvägar")

    assert 'role="status">Över 4 träffar</p>' in response.text
    assert not re.search(r'class="chip"[^>]*>[^<]*\(', response.text)


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("/sv-simple", "Vi hittade 2 sidor"), ("/fi", "2 hakutulosta"), ("/en", "2 results")]
    + [("/ar", "نتيجتان")],
)
def test_the_number_is_told_in_every_language(client, prefix, words):
    for _ in range(2):
        PageFactory(title_sv="Cykelvägar")
    rebuild()

    assert f'role="status">{words}</p>' in ask(client, "cykelvägar", prefix).text


def test_many_hits_are_shown_page_by_page(client):
    for _ in range(PER_PAGE + 2):
        PageFactory(title_sv="Cykelvägar")
    rebuild()

    first, second = ask(client, "cykelvägar"), ask(client, "cykelvägar", sida=2)

    assert (len(titles(first)), len(titles(second))) == (PER_PAGE, 2)
    shown = [hit.document.pk for page in (first, second) for hit in page.context["hits"]]
    assert len(set(shown)) == PER_PAGE + 2
    assert f'href="?{html.escape("q=cykelv%C3%A4gar&sida=2")}"' in first.text
    assert "sida 2" in re.search(r"<title>(.*?)</title>", second.text)[1]


# Filters


@pytest.fixture
def areas(client):
    jobs = FocusAreaFactory(title_sv="Jobb åt unga", slug="jobb")
    safety = FocusAreaFactory(title_sv="Trygghet", slug="trygghet")
    InitiativeFactory(title_sv="Mötesplats ett", focus_area=jobs)
    InitiativeFactory(title_sv="Mötesplats två", focus_area=safety)
    NewsItemFactory(title_sv="Mötesplats tre", focus_areas=[jobs])
    rebuild()


def chips(response):
    """[(text, address, whether it is chosen)]"""
    found = re.findall(
        r'<a class="chip" href="([^"]*)"( aria-current="true")?>(.*?)</a>', response.text
    )
    return [(words, html.unescape(url), bool(chosen)) for url, chosen, words in found]


def test_kinds_and_areas_are_links_that_say_how_many_they_leave(client, areas):
    labels = [label for label, _url, _chosen in chips(ask(client, "mötesplats"))]

    assert labels == [
        *["Alla slag", "Insatser (2)", "Nyheter (1)"],
        *["Alla områden", "Jobb åt unga (2)", "Trygghet (1)"],
    ]


def test_each_filter_leaves_as_many_as_it_says(client, areas):
    for label, url, _chosen in chips(ask(client, "mötesplats")):
        if number := re.search(r"\((\d+)\)", label):
            assert len(titles(client.get(url))) == int(number[1]), label


def test_the_chosen_filter_is_marked_and_there_is_a_way_back_to_all(client, areas):
    response = ask(client, "mötesplats", typ="nyheter")

    assert titles(response) == ["Mötesplats tre"]
    assert [label for label, _url, chosen in chips(response) if chosen] == ["Nyheter (1)"]
    back = next(url for label, url, _chosen in chips(response) if label == "Alla slag")
    assert len(titles(client.get(back))) == 3


def test_both_filters_hold_at_once_and_say_what_each_would_leave_of_the_other(client, areas):
    response = ask(client, "mötesplats", typ="insatser", omrade="jobb")

    assert titles(response) == ["Mötesplats ett"]
    assert [label for label, _url, _chosen in chips(response)] == [
        *["Alla slag", "Insatser (1)", "Nyheter (1)"],
        *["Alla områden", "Jobb åt unga (1)", "Trygghet (1)"],
    ]


@pytest.mark.parametrize("chosen", [{"typ": "insatser"}, {"omrade": "jobb"}])
def test_what_a_second_filter_says_that_it_leaves_it_leaves(client, areas, chosen):
    for label, url, _chosen in chips(ask(client, "mötesplats", **chosen)):
        if number := re.search(r"\((\d+)\)", label):
            assert len(titles(client.get(url))) == int(number[1]), label


def test_choices_that_leave_nothing_offer_to_search_everything(client, areas):
    response = ask(client, "mötesplats", typ="nyheter", omrade="trygghet")

    assert titles(response) == []
    assert 'href="/sok/?q=m%C3%B6tesplats"' in response.text


# What else is offered


def test_the_answer_that_editors_have_chosen_comes_first_and_says_so(client):
    InitiativeFactory(title_sv="Boka tid hos oss")
    ContactUnitFactory(name_sv="Kontaktcenter", slug="kontaktcenter")
    PromotedAnswer.objects.create(queries="boka tid", path="/kontakt/kontaktcenter/")
    rebuild()

    response = ask(client, "boka tid")

    assert titles(response)[0] == "Kontaktcenter"
    assert response.text.count("Utvalt svar") == 1


def test_a_typing_error_is_mended_and_the_page_says_what_it_looked_for(client):
    InitiativeFactory(title_sv="Föräldrastöd")
    rebuild()

    response = ask(client, "föräldrastöt")

    assert titles(response) == ["Föräldrastöd"]
    assert "Visar träffar för föräldrastöd" in seen(response)
    assert 'value="föräldrastöt"' in response.text


def test_nobody_is_told_of_a_word_that_they_can_not_read(client):
    tomorrow = timezone.now() + timedelta(days=1)
    InitiativeFactory(title_sv="Hemligheten", publish_at=tomorrow)
    InitiativeFactory(title_sv="Stationen")
    rebuild()

    for query in ("hemmligheten", "stationen hemmligheten"):
        assert "hemligheten" not in ask(client, query).text.lower()


def test_nothing_found_says_what_to_try_whom_to_ask_and_where_to_begin(client):
    SiteSettingsFactory(contact_unit=ContactUnitFactory())
    FocusAreaFactory(title_sv="Trygghet", slug="trygghet")
    rebuild()

    response = ask(client, "qwertyuiop")

    assert response.status_code == 200
    assert "Kontrollera stavningen." in response.text
    assert 'href="/fokusomraden/trygghet/"' in response.text
    assert 'id="kontaktruta"' in response.text


def test_no_query_is_a_friendly_page_with_the_field(client):
    FocusAreaFactory(title_sv="Trygghet", slug="trygghet")
    rebuild()

    for address in ("/sok/", "/sok/?q=", "/sok/?q=%20%20"):
        response = client.get(address)

        assert response.status_code == 200
        assert 'name="q"' in response.text
        assert 'href="/fokusomraden/trygghet/"' in response.text
        assert 'role="status"' not in response.text


def test_what_residents_may_not_see_is_not_found(client):
    tomorrow, yesterday = (timezone.now() + timedelta(days=days) for days in (1, -1))
    InitiativeFactory(title_sv="Stationen utkast", draft=True)
    InitiativeFactory(title_sv="Stationen i morgon", publish_at=tomorrow)
    InitiativeFactory(title_sv="Stationen i går", expire_at=yesterday)
    rebuild()

    assert titles(ask(client, "stationen")) == []


# When the subject is sensitive


def test_a_sensitive_hit_gives_quick_exit_and_acute_help(client):
    HelplineFactory(name_sv="Nödnumret")
    InitiativeFactory(title_sv="Stöd vid våld", is_sensitive=True)
    rebuild()

    response = ask(client, "våld")

    assert "Lämna sidan snabbt" in response.text
    assert response.text.index("Akut hjälp") < response.text.index('class="hit"')


def test_an_area_with_something_sensitive_is_sensitive_among_the_first_hits(client):
    HelplineFactory()
    area = FocusAreaFactory(title_sv="Jämställdhet")
    InitiativeFactory(title_sv="Stöd vid hot", is_sensitive=True, focus_area=area)
    rebuild()

    assert "Lämna sidan snabbt" in ask(client, "jämställdhet").text


def test_other_hits_give_neither(client):
    HelplineFactory()
    InitiativeFactory(title_sv="Stöd vid våld", is_sensitive=True)
    InitiativeFactory(title_sv="Stationen")
    rebuild()

    response = ask(client, "stationen")

    assert "Lämna sidan snabbt" not in response.text
    assert "Akut hjälp" not in response.text


# The page and machines


def test_a_page_of_results_is_for_no_search_engine_and_has_one_address(client):
    InitiativeFactory(title_sv="Stationen")
    rebuild()

    response = client.get("/sok/?x=1&typ=odd&sida=1&q=%20stationen ")

    page = read(response.text)
    assert '<meta name="robots" content="noindex">' in response.text
    assert page.canonical == f"{settings.BASE_URL}/sok/?q=stationen"
    assert page.alternates["en"] == f"{settings.BASE_URL}/en/sok/?q=stationen"


def test_search_is_in_no_sitemap(client):
    assert not any("/sok/" in client.get(f"/sitemap-{name}.xml").text for name in SITEMAPS)


def test_caches_ask_each_time_and_are_told_when_nothing_has_changed(client):
    first = ask(client, "stationen")

    again = client.get("/sok/?q=stationen", headers={"if-none-match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert again.status_code == 304


# No query is refused

NASTY = [
    *['"', '""', "*", "NEAR(", "NEAR(a b, 3)", "';--", "' OR 1=1 --", "a AND", "(", "-", "våld*"],
    *[
        "a" * 10_000,
        "å " * 5_000,
        "\u202egnirts",
        "\u200f\u2066x\u2069",
        "😀",
        "👩‍👩‍👧",
        "\0",
        "a\0b",
    ],
    *["%", "%00", "_", "\\", "\n\r\t", "<script>alert(1)</script>", "title_terms:våld", "^", "{}"],
    *["ﷺ" * 300, "e\u0301" * 400, "\ufeff", "1" * 400, "svsbrott"],
]


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("query", NASTY, ids=lambda query: ascii(query[:12]))
def test_whatever_is_typed_is_answered(client, query, prefix):
    InitiativeFactory(title_sv="Stöd vid våld och brott")
    Synonyms.objects.create(words="våld\nslag")
    rebuild()

    response = ask(client, query, prefix)

    assert response.status_code == 200
    assert 'id="sok" name="q"' in response.text
    assert "\0" not in response.text


@pytest.mark.parametrize("path", ["/sok/", "/sok/forslag.json", "/sok/resultat.json"])
@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%00", "%00=%ff", "q=" + "%C3%A5" * 10_000])
def test_bytes_that_are_no_text_are_answered(client, path, query):
    assert client.get(f"{path}?{query}").status_code == 200


def test_only_the_search_takes_odd_queries(client):
    assert client.get("/nyheter/?q=%00").status_code == 400
    assert client.get("/sok%00/?q=a").status_code == 400


@pytest.mark.parametrize(
    "choice",
    [
        *["sida=0", "sida=-1", "sida=abc", "sida=99999999999999999999", "sida=²", "sida=2&sida=x"],
        *["typ=odd", "typ=%00", "typ=%27%3B--", "omrade=finns-inte", "omrade=%00", "omrade=%25"],
        *["omrade=../../etc", "omrade=" + "x" * 5_000, "typ[]=1"],
    ],
)
def test_odd_choices_are_left_out(client, choice):
    InitiativeFactory(title_sv="Stationen")
    rebuild()

    response = client.get(f"/sok/?q=stationen&{choice}")

    assert response.status_code == 200
    assert titles(response) == ["Stationen"]
    assert read(response.text).canonical == f"{settings.BASE_URL}/sok/?q=stationen"


def test_the_field_keeps_the_query_but_nothing_that_turns_the_page_round(client):
    response = ask(client, '\u202e"våld" \0& <b>')

    assert 'value="&quot;våld&quot;  &amp; &lt;b&gt;"' in response.text


def test_a_long_query_is_cut_where_it_is_no_longer_read(client):
    response = ask(client, "x" * 10_000)

    assert f'value="{"x" * 300}"' in response.text


# What it costs


def grow(first, number, *, is_sensitive=False):
    for at in range(first, first + number):
        area = FocusAreaFactory(title_sv=f"Område {at} mötesplats", slug=f"omrade-{at}")
        InitiativeFactory(title_sv=f"Mötesplats {at}", is_sensitive=is_sensitive, focus_area=area)
        NewsItemFactory(title_sv=f"Nyhet {at} om mötesplats", focus_areas=[area])
    HelplineFactory()
    rebuild()


ADDRESSES = [
    *["/sok/", "/sok/?q=m%C3%B6tesplats", "/sok/?q=m%C3%B6tesplatz+nyhat", "/sok/?q=finnsinte"],
    *["/sok/?q=m%C3%B6tesplats&typ=nyheter", "/sok/?q=m%C3%B6tesplats&omrade=omrade-0"],
    *["/en/sok/?q=m%C3%B6tesplats", "/sok/?q=m%C3%B6tesplats&sida=2"],
]


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("is_sensitive", "more"), [(False, 0), (True, 1)])
def test_a_search_costs_at_most_six_queries_and_one_for_acute_help(
    client, address, is_sensitive, more
):
    SiteSettingsFactory(contact_unit=ContactUnitFactory())
    grow(0, 2, is_sensitive=is_sensitive)
    few = queries(client, address)
    grow(2, 25, is_sensitive=is_sensitive)
    many = queries(client, address)

    assert max(few, many) <= MOST_QUERIES + FURNITURE_AND_DUE + COUNTED + more


def test_the_demo_answers_in_every_language(client):
    call_command("loaddata", *sorted((settings.BASE_DIR / "fixtures").glob("*.json")), verbosity=0)
    rebuild()

    for prefix, query in [("", "våld"), ("/sv-simple", "jobb"), ("/fi", "työ"), ("/en", "work")]:
        assert titles(ask(client, query, prefix)), query
    assert titles(ask(client, "عمل", "/ar"))
