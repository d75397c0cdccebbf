"""What search engines, feed readers, caches and watchers are told."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, connection

from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    SiteSettingsFactory,
    StartPageFactory,
)

pytestmark = pytest.mark.django_db


def json_ld(response):
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.S)
    return {data["@type"]: data for data in map(json.loads, scripts)}


def test_a_news_item_is_a_news_article(client):
    item = NewsItemFactory(title_sv="Mässan drog många")

    article = json_ld(client.get(item.get_absolute_url()))["NewsArticle"]

    assert article["headline"] == "Mässan drog många"
    assert article["datePublished"] == "2024-06-07T08:00:00+02:00"
    assert article["mainEntityOfPage"] == f"http://testserver{item.get_absolute_url()}"


def test_what_is_not_translated_is_not_told_as_if_it_were(client):
    unit = ContactUnitFactory(name_en="The contact centre", helps_with_sv="Frågor om service")
    ContactFunctionFactory(unit=unit, role_sv="Folkhälsostrateg", phone="0520-49 79 70")
    item = NewsItemFactory(title_en="The fair", lead_sv="Många kom till mässan.", unit=unit)

    article = json_ld(client.get(f"/en{item.get_absolute_url()}"))["NewsArticle"]
    office = json_ld(client.get(f"/en{unit.get_absolute_url()}"))["GovernmentOffice"]

    assert (article["headline"], article.get("description")) == ("The fair", None)
    assert (office["name"], office.get("description")) == ("The contact centre", None)
    assert "Folkhälsostrateg" not in json.dumps(office, ensure_ascii=False)


def test_the_start_page_names_the_municipality(client):
    SiteSettingsFactory(sender_sv="Trollhättans Stad", sender_url="https://www.trollhattan.se/")

    sender = json_ld(client.get("/"))["GovernmentOrganization"]

    assert (sender["name"], sender["url"]) == ("Trollhättans Stad", "https://www.trollhattan.se/")


def test_the_way_back_is_told_to_machines_too(client):
    item = NewsItemFactory(title_sv="Mässan")

    trail = json_ld(client.get(item.get_absolute_url()))["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"]) for step in trail] == [
        (1, "Start"),
        (2, "Nyheter"),
        (3, "Mässan"),
    ]
    assert trail[1]["item"] == "http://testserver/nyheter/"


def test_a_title_cannot_end_the_script_that_holds_it(client):
    item = NewsItemFactory(title_sv="</script><script>alert(1)</script>")

    assert "<script>alert" not in client.get(item.get_absolute_url()).text


def test_a_page_names_its_canonical_address_without_stray_parameters(client):
    item = NewsItemFactory()

    text = client.get(item.get_absolute_url(), {"utm_source": "x"}).text

    assert f'<link rel="canonical" href="http://testserver{item.get_absolute_url()}">' in text


def test_a_page_of_the_archive_is_canonical_with_its_year(client):
    NewsItemFactory()

    text = client.get("/nyheter/", {"ar": 2024, "x": 1}).text

    assert '<link rel="canonical" href="http://testserver/nyheter/?ar=2024">' in text


def test_languages_point_at_one_another(client):
    page = PageFactory(title_fi="Suomeksi")
    swedish, finnish = (f"http://testserver{p}{page.get_absolute_url()}" for p in ("", "/fi"))

    for prefix in ("", "/fi"):
        text = client.get(prefix + page.get_absolute_url()).text
        assert f'<link rel="alternate" hreflang="sv" href="{swedish}">' in text
        assert f'<link rel="alternate" hreflang="fi" href="{finnish}">' in text
        assert f'<link rel="alternate" hreflang="x-default" href="{swedish}">' in text


def test_a_shared_link_has_title_text_and_address(client):
    item = NewsItemFactory(title_sv="Mässan", lead_sv="Många kom till mässan.")

    text = client.get(item.get_absolute_url()).text

    assert '<meta property="og:title" content="Mässan">' in text
    assert '<meta property="og:description" content="Många kom till mässan.">' in text
    assert f'<meta property="og:url" content="http://testserver{item.get_absolute_url()}">' in text


# Sitemap, robots, security, health


def sitemap(client, section):
    tree = ElementTree.fromstring(client.get(f"/sitemap-{section}.xml").content)  # noqa: S314
    return [loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_sitemap_has_public_rows_only(client):
    item = NewsItemFactory()
    NewsItemFactory(draft=True)

    assert sitemap(client, "nyheter") == [f"http://testserver{item.get_absolute_url()}"]


def test_the_start_page_is_in_the_sitemap_in_its_languages(client):
    StartPageFactory(title_fi="Tilaa kaikille")

    assert sitemap(client, "start") == ["http://testserver/", "http://testserver/fi/"]


def test_the_sitemap_has_the_public_address_whatever_name_was_asked(client, settings):
    settings.BASE_URL = "https://portal.example"
    item = NewsItemFactory()

    assert sitemap(client, "nyheter") == [f"https://portal.example{item.get_absolute_url()}"]


def test_the_sitemap_names_each_language_in_which_a_page_exists(client):
    PageFactory(slug="om-oss", title_fi="Meistä")

    assert sitemap(client, "sidor") == [
        "http://testserver/om/om-oss/",
        "http://testserver/fi/om/om-oss/",
    ]
    assert 'hreflang="x-default"' in client.get("/sitemap-sidor.xml").text


@pytest.mark.parametrize("make", [NewsItemFactory, InitiativeFactory, PageFactory])
def test_the_index_says_when_a_part_last_changed(client, make):
    make()

    assert "<lastmod>" in client.get("/sitemap.xml").text


def test_robots_are_shown_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


def test_who_finds_a_hole_is_told_whom_to_write_to(client, settings):
    settings.SECURITY_CONTACT = "mailto:it-sakerhet@example.se"

    text = client.get("/.well-known/security.txt").text

    assert "Contact: mailto:it-sakerhet@example.se" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.M)


def test_without_a_contact_there_is_no_security_txt(client):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_health_is_ok_while_the_database_answers(client):
    assert client.get("/halsa/").status_code == 200


def test_health_is_503_when_the_database_is_down(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)

    assert client.get("/halsa/").status_code == 503


def test_the_old_short_address_leads_home_for_good(client):
    response = client.get("/plats-for-alla/")

    assert (response.status_code, response.url) == (301, "/")


# Caching


def page_types():
    return ["/", "/fokusomraden/", "/insatser/", "/nyheter/", "/kontakt/", "/webbplatskarta/"]


@pytest.mark.parametrize("address", page_types())
def test_a_page_that_has_not_changed_is_not_sent_again(client, address):
    etag = client.get(address).headers["ETag"]

    response = client.get(address, headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_a_changed_page_is_sent_on_the_very_next_request(client):
    item = NewsItemFactory(title_sv="Före")
    etag = client.get(item.get_absolute_url()).headers["ETag"]
    item.title_sv = "Efter"
    item.save()

    response = client.get(item.get_absolute_url(), headers={"if-none-match": etag})

    assert response.status_code == 200
    assert "Efter" in response.text


@pytest.mark.parametrize("address", page_types())
def test_head_answers_like_get_without_a_body(client, address):
    head, get = client.head(address), client.get(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]
    assert client.head(address, headers={"if-none-match": get.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", [*page_types(), "/finns-inte/", "/nyheter/rss.xml"])
def test_a_page_sets_no_cookie_and_varies_on_none(client, address):
    ContactUnitFactory()

    response = client.get(address)

    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize(
    "address",
    [*page_types(), "/finns-inte/", "/nyheter/rss.xml", "/sitemap.xml", "/robots.txt", "/fi/"],
)
def test_a_page_may_be_kept_only_if_the_cache_asks_each_time(client, address):
    assert client.get(address).headers["Cache-Control"] == "public, no-cache"


def test_nobody_keeps_a_page_of_the_back_office(client):
    for address in ("/admin/", "/konto/login/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]
