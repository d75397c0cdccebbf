"""News: the newest first, by year and area, and honest about their age."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from publishing.models import State
from tests.factories import (
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    SiteSettingsFactory,
    StartPageFactory,
)

pytestmark = pytest.mark.django_db
TITLE = "Trollhättan – med plats för alla"
OLD = "Den här nyheten är äldre än sex månader"


def titles(response):
    return [item.title for item in response.context["items"]]


def test_the_newest_item_stands_first(client):
    NewsItemFactory(title_sv="Äldre", publish_at=datetime(2024, 3, 20, tzinfo=UTC))
    NewsItemFactory(title_sv="Nyare", publish_at=datetime(2024, 6, 7, tzinfo=UTC))

    response = client.get("/nyheter/")

    assert titles(response) == ["Nyare", "Äldre"]


def test_a_visitor_does_not_see_tomorrows_news(client):
    item = NewsItemFactory(publish_at=timezone.now() + timedelta(days=1))

    assert client.get(item.get_absolute_url()).status_code == 404
    assert titles(client.get("/nyheter/")) == []


def test_a_visitor_does_not_see_a_draft(client):
    item = NewsItemFactory(draft=True)

    assert client.get(item.get_absolute_url()).status_code == 404


def test_an_archived_item_keeps_its_address_and_says_that_it_is_archived(client):
    item = NewsItemFactory(state=State.ARCHIVED)

    response = client.get(item.get_absolute_url())

    assert response.status_code == 200
    assert "arkiverad" in response.text


def test_a_year_lists_its_own_items(client):
    NewsItemFactory(title_sv="Förra året", publish_at=datetime(2023, 5, 1, tzinfo=UTC))
    NewsItemFactory(title_sv="I år", publish_at=datetime(2024, 5, 1, tzinfo=UTC))

    response = client.get("/nyheter/", {"ar": 2023})

    assert titles(response) == ["Förra året"]


def test_a_year_is_paged(client):
    for day in range(1, 22):
        NewsItemFactory(publish_at=datetime(2024, 5, day, tzinfo=UTC))

    response = client.get("/nyheter/", {"ar": 2024, "sida": 2})

    assert len(titles(response)) == 1


def test_an_area_lists_its_own_items(client):
    area = FocusAreaFactory()
    NewsItemFactory(title_sv="Hör hit", focus_areas=[area])
    NewsItemFactory(title_sv="Hör inte hit")

    response = client.get("/nyheter/", {"omrade": area.slug})

    assert titles(response) == ["Hör hit"]


@pytest.mark.parametrize(
    "query",
    [
        "ar=1066",
        "ar=abc",
        "ar=2024&sida=-1",
        "ar=2024&sida=abc",
        "ar=2024&sida=99",
        "omrade=finns-inte",
    ],
)
def test_a_year_page_or_area_that_is_not_there_is_404(client, query):
    NewsItemFactory()

    assert client.get(f"/nyheter/?{query}").status_code == 404


@time_machine.travel("2024-12-07 12:00+01:00")
def test_an_item_says_nothing_of_its_age_on_the_day_it_becomes_six_months_old(client):
    item = NewsItemFactory(publish_at=datetime(2024, 6, 7, 6, tzinfo=UTC))

    assert OLD not in client.get(item.get_absolute_url()).text


@time_machine.travel("2024-12-08 00:30+01:00")
def test_an_item_older_than_six_months_says_so_by_itself(client):
    item = NewsItemFactory(publish_at=datetime(2024, 6, 7, 6, tzinfo=UTC))

    assert OLD in client.get(item.get_absolute_url()).text


@time_machine.travel("2024-06-10 12:00+02:00")
def test_the_start_page_has_the_editors_heading_over_fresh_news(client):
    StartPageFactory(news_title_sv="Detta händer just nu")
    NewsItemFactory(publish_at=datetime(2024, 6, 7, tzinfo=UTC))

    assert client.get("/").context["news_heading"] == "Detta händer just nu"


@time_machine.travel("2026-11-23 12:00+01:00")
def test_the_start_page_says_just_nyheter_over_old_news(client):
    StartPageFactory(news_title_sv="Detta händer just nu")
    NewsItemFactory(publish_at=datetime(2024, 6, 7, tzinfo=UTC))

    assert client.get("/").context["news_heading"] == "Nyheter"


def test_an_item_leads_to_the_newer_and_the_older(client):
    older, item, newer = (
        NewsItemFactory(publish_at=datetime(2024, month, 1, tzinfo=UTC)) for month in (3, 4, 5)
    )

    response = client.get(item.get_absolute_url())

    assert (response.context["older"], response.context["newer"]) == (older, newer)


def test_items_of_the_same_minute_have_an_order_too(client):
    first, second = NewsItemFactory(), NewsItemFactory()

    assert first.newer() == second
    assert second.older() == first


def test_an_item_leads_to_its_public_areas_and_initiatives_only(client):
    public, draft = InitiativeFactory(title_sv="Stationen"), InitiativeFactory(draft=True)
    item = NewsItemFactory(initiatives=[public, draft])

    response = client.get(item.get_absolute_url())

    assert public.get_absolute_url() in response.text
    assert draft.get_absolute_url() not in response.text


def test_a_follow_up_stands_on_the_page_of_its_initiative(client):
    initiative = InitiativeFactory()
    follow_up = NewsItemFactory(kind="follow_up", initiatives=[initiative])
    other = NewsItemFactory(initiatives=[initiative])

    response = client.get(initiative.get_absolute_url())

    assert follow_up.get_absolute_url() in response.text
    assert other.get_absolute_url() not in response.text


def test_the_atom_feed_names_its_author_and_can_be_found(client):
    SiteSettingsFactory(sender_sv="Trollhättans Stad")

    assert "<author><name>Trollhättans Stad</name></author>" in client.get(reverse("atom")).text
    assert f'type="application/atom+xml" title="{TITLE} (Atom)" href="{reverse("atom")}"' in (
        client.get("/").text
    )


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_the_feed_has_public_items_with_absolute_addresses(client, name):
    item = NewsItemFactory()
    NewsItemFactory(draft=True, title_sv="Ett utkast")

    response = client.get(reverse(name))

    assert f"http://testserver{item.get_absolute_url()}" in response.text
    assert "Ett utkast" not in response.text


LANGUAGE_OF = {
    "rss": r"<language>([\w-]+)</language>",
    "atom": r'<feed [^>]*xml:lang="([\w-]+)"',
}
OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.mark.parametrize("form", LANGUAGE_OF)
@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_a_feed_that_says_so(client, language, form):
    text = client.get(f"/{language}/nyheter/{form}.xml").text

    assert re.search(LANGUAGE_OF[form], text)[1] == language
    assert f"http://testserver/{language}/nyheter/" in text
    assert f'href="http://testserver/{language}/nyheter/{form}.xml"' in text
    assert f'type="application/{form}+xml" title' in client.get(f"/{language}/nyheter/").text
    assert f'href="/{language}/nyheter/{form}.xml"' in client.get(f"/{language}/nyheter/").text


@pytest.mark.parametrize("form", LANGUAGE_OF)
def test_a_feed_has_the_items_that_exist_in_its_language_and_no_swedish(client, form):
    area = FocusAreaFactory(title_sv="Trygghet")
    here = NewsItemFactory(title_fi="Suomeksi", lead_sv="En ingress.", focus_areas=[area])
    elsewhere = NewsItemFactory(title_en="English", title_fi="")

    text = client.get(f"/fi/nyheter/{form}.xml").text

    assert "Suomeksi" in text
    assert f"http://testserver/fi/nyheter/{here.slug}/" in text
    assert elsewhere.slug not in text
    assert "En ingress." not in text
    assert "Trygghet" not in text


def test_a_feed_is_asked_for_again_only_when_it_has_changed(client):
    item = NewsItemFactory(title_fi="Suomeksi")
    first = client.get("/fi/nyheter/rss.xml")
    kept = {"if-none-match": first.headers["ETag"]}

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/fi/nyheter/rss.xml", headers=kept).status_code == 304

    item.title_fi = "Uusi"
    item.save()

    assert client.get("/fi/nyheter/rss.xml", headers=kept).status_code == 200
