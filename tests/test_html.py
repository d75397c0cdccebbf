"""Every page type is valid HTML by the Nu checker, on the demo's own content."""

import pytest
from django.conf import settings
from django.core.management import call_command

from pages.models import Notice
from search.indexing import rebuild
from tests.conftest import ROOT
from tests.test_accessibility import PAGES

pytestmark = pytest.mark.django_db


def test_the_nu_checker_finds_no_error_on_any_page(client, html_errors):
    call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
    rebuild()
    Notice.objects.create(text_sv="Koka vattnet.", sender_sv="Trollhättans Stad")

    pages = {name: client.get(address).text for name, address in PAGES.items()}

    assert html_errors(pages) == []


def test_the_nu_checker_finds_no_error_in_any_other_language(client, html_errors):
    call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
    rebuild()
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    addresses = [address for address in PAGES.values() if not address.startswith("/konto/")]

    pages = {
        f"/{code}{address}": client.get(f"/{code}{address}").text
        for code in codes
        for address in addresses
    }

    assert html_errors(pages) == []


def test_the_nu_checker_finds_no_error_on_an_empty_site(client, html_errors):
    addresses = [address for address in PAGES.values() if address.count("/") <= 2]

    assert html_errors({address: client.get(address).text for address in addresses}) == []
