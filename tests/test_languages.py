"""Every page of the demo in every language: it says its language, and hides no Swedish in it."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.translation import get_language_info

from search.indexing import rebuild
from tests.crawling import crawl, followed, language_of, normal, read
from tests.demo_texts import FIXTURES, TRANSLATED, blocks, texts
from trollhattan_portal.catalogues import catalogue_path
from trollhattan_portal.catalogues import read as read_catalogue

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# Those of one language lead to the same words in all of them
SEARCHES = [
    "/sok/?q=stationen",
    "/sok/?q=qwertyuiop",
    "/en/sok/?q=work",
    "/ar/sok/?q=%D8%B9%D9%85%D9%84",
]
every_other_language = pytest.mark.parametrize("language", OTHERS)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """{address: Seen} of the whole demo, read once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        rebuild()
        seen = crawl(Client(), also=SEARCHES)
        transaction.set_rollback(True)
    return seen


def texts_of(language):
    """What the demo says in a language, block by block."""
    return {normal(block) for _where, value in texts(language) for block in blocks(value)}


class Swedish:
    """What is Swedish and not a part of the language's own words, as proper names are."""

    def __init__(self, language):
        own, self.language = texts_of(language), language
        self.texts, patterns = texts_of("sv"), []
        for message in read_catalogue(catalogue_path(language)):
            own |= {normal(form) for form in several(message.string)}
            for form in filter(None, several(message.id)):
                if not PLACEHOLDER.search(form):
                    self.texts.add(normal(form))
                elif re.search(r"[^\W\d_]{4}", PLACEHOLDER.sub("", form)):
                    patterns.append(".+?".join(map(re.escape, PLACEHOLDER.split(normal(form)))))
        self.own = "\n".join(own)
        self.patterns = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))

    def left_in(self, page):
        """The Swedish texts of ``page`` that say that they are in its language."""
        words = [text for part, text in page.words if part == self.language]
        return [text for text in words if self.is_one(text) and text not in self.own]

    def is_one(self, text):
        # Lättläst is Swedish too, in which only whole texts can be told apart
        is_filled = self.language != "sv-simple" and self.patterns.fullmatch(text)
        return text in self.texts or is_filled


def several(forms):
    return forms if isinstance(forms, tuple) else (forms,)


def in_language(pages, language):
    return {
        address: page
        for address, page in pages.items()
        if language_of(address) == language and page.status == 200 and page.lang
    }


def test_the_crawl_comes_to_every_kind_of_page_in_every_language(pages):
    for language in ("sv", *TRANSLATED):
        found = {address.removeprefix(f"/{language}") for address in in_language(pages, language)}
        assert {"/", "/insatser/", "/insatser/stationen/", "/nyheter/?ar=2024"} <= found
        assert {"/kontakt/kontaktcenter/", "/om/social-hallbarhet/", "/webbplatskarta/"} <= found
        assert len(found) > 60


def test_no_page_fails_and_no_link_is_broken(pages):
    assert {page.address: page.status for page in pages.values() if page.status >= 400} == {}


def test_each_page_says_its_language_and_direction(pages):
    for language, _name in settings.LANGUAGES:
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        for page in in_language(pages, language).values():
            assert (page.lang, page.dir) == (language, direction), page.address


@every_other_language
def test_no_swedish_is_left_unmarked(pages, language):
    swedish = Swedish(language)

    found = {
        page.address: left
        for page in in_language(pages, language).values()
        if (left := swedish.left_in(page))
    }

    assert found == {}


def test_the_search_for_swedish_finds_it():
    page = read(
        '<html lang="fi"><p>Akut hjälp</p><p lang="sv">Akut hjälp</p><img alt="Viktigt meddelande">'
        "<p>Nyheter 2024</p><h1>Lättillgängligt stöd till föräldrar</h1><p>Göteborg</p></html>"
    )

    assert Swedish("fi").left_in(page) == [
        "Akut hjälp",
        "Viktigt meddelande",
        "Nyheter 2024",
        "Lättillgängligt stöd till föräldrar",
    ]


def test_the_languages_of_a_page_point_at_one_another(pages):
    by_canonical = {page.canonical: page for page in pages.values() if page.canonical}

    for page in by_canonical.values():
        if page.alternates:
            assert page.alternates[page.lang] == page.canonical
            assert page.alternates["x-default"] == page.alternates["sv"]
            for other in set(page.alternates.values()):
                assert by_canonical[other].alternates == page.alternates, other


def test_everything_in_the_demo_exists_in_every_language(pages):
    wanted = {"sv", *TRANSLATED}
    reached = [page for page in pages.values() if language_of(page.address) in wanted]

    assert [page.address for page in reached if page.status == 302] == []
    assert [page.address for page in reached if page.lang and wanted - set(page.alternates)] == []


def test_a_page_costs_at_most_one_query_more_than_in_swedish(pages):
    for language in OTHERS:
        for address, page in in_language(pages, language).items():
            if "?q=" in address:  # words of another language are looked for in both
                continue
            swedish = pages[address.removeprefix(f"/{language}")]
            assert page.queries <= swedish.queries + 1, address


def test_links_stay_in_the_language_of_the_page(pages):
    """But for the language menu, which names each page in every language once."""
    for language in OTHERS:
        for page in in_language(pages, language).values():
            menu = {address.partition("?")[0] for address in page.alternates.values()}
            links = (followed(link).partition("?")[0] for link in page.links)
            astray = {link for link in links if link and language_of(link) != language}
            assert {settings.BASE_URL + link for link in astray} <= menu, page.address
