"""Headers, cookies, odd requests and the pages for what goes wrong."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client, override_settings

from news.models import NewsItem
from tests.factories import NewsItemFactory

pytestmark = pytest.mark.django_db


def directives(response):
    policy = response.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


@pytest.mark.parametrize(
    "address", ["/", "/nyheter/", "/sok/?q=a", "/finns-inte/", "/admin/", "/konto/login/"]
)
def test_the_content_policy_allows_nothing_inline_and_no_other_host(client, address):
    policy = directives(client.get(address))

    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    sources = {source for values in policy.values() for source in values}
    assert all(re.fullmatch(r"'(self|none|nonce-.+|sha256-.+)'", source) for source in sources)


def test_a_public_page_has_no_nonce_since_caches_share_it(client):
    assert "nonce" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_every_page_has_the_protecting_headers(client, header, value):
    assert client.get("/").headers[header] == value


def test_camera_microphone_and_position_are_switched_off(client):
    policy = client.get("/").headers["Permissions-Policy"]

    assert all(f"{part}=()" in policy for part in ("camera", "microphone", "geolocation"))


def test_https_is_remembered_for_a_year_with_subdomains(client):
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        response = Client().get("/", secure=True)

    assert response.headers["Strict-Transport-Security"].startswith(
        "max-age=31536000; includeSubDomains"
    )


def test_a_reader_gets_no_cookie_and_no_session(client):
    item = NewsItemFactory()

    own = item.get_absolute_url()
    for address in ("/", own, "/insatser/?alder=17", "/sok/?q=a", "/finns-inte/"):
        assert not client.get(address).cookies

    assert not Session.objects.exists()


def test_no_page_asks_another_host_for_anything(client):
    text = client.get("/").text

    loaded = re.findall(r'<(?:script|img|source|iframe)[^>]+src(?:set)?="([^"]+)"', text)
    loaded += re.findall(r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]+href="([^"]+)"', text)
    assert loaded
    assert all(address.startswith("/") for address in loaded)


def test_no_page_has_inline_style_or_script(client):
    text = client.get(NewsItemFactory().get_absolute_url()).text

    assert not re.search(r"\sstyle=|\son\w+=|<style", text)
    assert not re.search(r"<script(?![^>]*(src=|application/ld\+json))", text)


ADDRESSES = ["/", "/nyheter/", "/insatser/", "/hitta-stod/", "/kontakt/", "/sok/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_reading_pages_changes_nothing_and_takes_no_posts(address, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert response.status_code == 403
    assert '<html lang="sv"' in response.text


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/", headers={"host": "ond.example"}).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/nyheter/?sida=-1",
        "/nyheter/?sida=abc",
        "/nyheter/?ar=99999999999999999999",
        "/nyheter/?omrade=%00",
        "/nyheter/%00/",
        "/insatser/?malgrupp=%00",
        "/insatser/?alder=%C3%28",
        "/insatser/?alder=" + "9" * 400,
        "/insatser/?omrade=../../etc/passwd",
        "/insatser/?fas=<script>",
        "/hitta-stod/?malgrupp=%00",
        "/hitta-stod/?alder=%C3%28",
        "/nyheter/%C3%28/",
        "/nyheter/?x=" + "y" * 100_000,
        "/om/../../etc/passwd/",
        "/media/..%2f..%2fsettings.py",
        "/media/documents/..%2f..%2fsettings.py",
        "/sitemap-finns-inte.xml",
        "/sitemap-nyheter.xml?p=abc",
        "/fi/finns-inte/",
        "/xx/",
    ],
)
def test_an_odd_request_is_answered_400_or_404(client, address):
    assert client.get(address).status_code in (400, 404)


@pytest.mark.parametrize("address", ["/?x=%00", "/?%ff=1", "/?a=%ff&a=b", "/%00/"])
def test_an_odd_request_is_answered_in_swedish(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert '<html lang="sv"' in response.text


def test_not_found_is_in_swedish_with_ways_on(client):
    response = client.get("/finns-inte/")

    assert response.status_code == 404
    assert '<html lang="sv"' in response.text
    assert 'href="/webbplatskarta/"' in response.text
    assert 'href="/"' in response.text
    assert 'href="/kontakt/"' in response.text


def test_the_error_page_works_with_the_database_down(monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("nere")

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", refuse)
    monkeypatch.setattr(NewsItem.objects, "get_queryset", refuse)

    response = Client(raise_request_exception=False).get("/nyheter/")

    assert response.status_code == 500
    assert "Trollhättans Stad" in response.text
    assert "0520-49" in response.text


def test_a_staff_member_only_sees_the_style_guide(client):
    assert client.get("/styleguide/").status_code == 302
