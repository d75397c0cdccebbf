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
from tests.demo_texts import FIXTURES, ROWS, TRANSLATED, blocks, plain, texts
from trollhattan_portal.catalogues import catalogue_path
from trollhattan_portal.catalogues import read as read_catalogue

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# Those of one language lead to the same words in all of them
SEARCHES = [
    "/sok/?q=stationen+lextorp",
    "/sok/?q=qwertyuiop",
    "/en/sok/?q=work",
    "/ar/sok/?q=%D8%B9%D9%85%D9%84",
]
every_other_language = pytest.mark.parametrize("language", OTHERS)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
TAG = re.compile(r"\s*<[^>]*>\s*")
DASH = re.compile(r"\s+[–·]\s+")
PUNCTUATION = re.compile(r"\s+[–·(]\s*|[:;,.!?)]+(?:\s+|$)")
# None of them is a word in Finnish or English
SWEDISH_WORDS = {
    *["att", "av", "det", "du", "eller", "från", "för", "här", "inte", "med", "något", "och"],
    *["oss", "på", "som", "så", "vi", "vill", "är"],
}


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """{address: Seen} of the whole demo, read once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        rebuild()
        seen = crawl(Client(), *SEARCHES)
        transaction.set_rollback(True)
    return seen


def texts_of(language):
    """What the demo says in a language, block by block."""
    return {normal(block) for _where, value in texts(language) for block in blocks(value)}


def site_name(language):
    names = next(row["fields"] for row in ROWS if row["model"] == "pages.sitesettings")
    return names.get(f"name_{language.replace('-', '_')}") or names["name_sv"]


class Swedish:
    """What is Swedish and not a part of the language's own words, as proper names are.

    What the demo or a catalogue says is known by its whole text, alone, filled in or joined with
    others; what somebody has written into a template, by words that few sentences are without.
    """

    def __init__(self, language):
        # The site's name is a proper name where it has none in the language
        own, self.language = texts_of(language) | {normal(site_name(language))}, language
        self.texts, patterns = {text.casefold() for text in texts_of("sv")}, []
        for message in read_catalogue(catalogue_path(language)):
            own |= {normal(plain(form)) for form in several(message.string)}
            for form in filter(None, several(message.id)):
                self.texts |= {piece.casefold() for piece in TAG.split(normal(form)) if piece}
                filled = PLACEHOLDER.split(normal(form))
                if len(filled) > 1 and re.search(r"[^\W\d_]{4}", PLACEHOLDER.sub("", form)):
                    patterns.append(".+?".join(map(re.escape, filled)))
        self.own = "\n".join(own).casefold()
        self.patterns = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))

    def left_in(self, page):
        """The Swedish texts of ``page`` that say that they are in its language."""
        words = [text for part, text in page.words if part == self.language]
        return [text for text in words if self.is_one(text)]

    def is_one(self, text):
        if text.casefold() in self.own:
            return False
        # Lättläst is Swedish too, in which only whole texts can be told apart
        if self.language == "sv-simple":
            return text.casefold() in self.texts
        known = self.patterns.fullmatch(text) or any(
            part in self.texts and part not in self.own for part in whole_parts(text)
        )
        return bool(known) or any(map(self.is_written_in_swedish, PUNCTUATION.split(text)))

    def is_written_in_swedish(self, part):
        words = {*re.findall(r"[^\W\d_]+", part.casefold())}
        is_address = " " not in part and ("@" in part or "://" in part)
        return bool(SWEDISH_WORDS & words) and not is_address and part.casefold() not in self.own


def whole_parts(text):
    """What ``text`` may be put together from, as "Kontakt – Trollhättan – tilaa kaikille" is."""
    halves = {half for at in DASH.finditer(text) for half in (text[: at.start()], text[at.end() :])}
    return {part.casefold() for part in {text, *halves, *PUNCTUATION.split(text)}}


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


@pytest.mark.parametrize(
    "html",
    [
        "<p>Akut hjälp</p>",
        "<p>Nyheter 2024</p>",
        "<h1>Lättillgängligt stöd till föräldrar</h1>",
        "<dt>Öppettider: besök och telefon</dt>",
        "<dd>7 kesäkuuta av folkhälsostrategen</dd>",
        "<p>En mening som ingen har översatt än.</p>",
        '<img alt="Viktigt meddelande">',
        '<nav aria-label="Länkstig"></nav>',
        '<input placeholder="Ålder">',
        '<a title="Visa på karta"></a>',
        "<title>Insatser – Trollhättan – tilaa kaikille</title>",
        "<title>Toimet – Trollhättan – med plats för alla</title>",
        '<meta name="description" content="Alla delar av webbplatsen på en sida.">',
        '<meta property="og:title" content="Nyheter">',
        '<meta property="og:site_name" content="Trollhättan – med plats för alla">',
        '<script type="application/ld+json">{"step": [{"name": "Fokusområden"}]}</script>',
    ],
)
def test_the_search_for_swedish_finds_it_wherever_it_is_said(html):
    assert Swedish("fi").left_in(read(f'<html lang="fi">{html}</html>'))


@pytest.mark.parametrize(
    "html",
    [
        '<p lang="sv">Akut hjälp</p>',
        "<p>Göteborg</p>",
        "<p>Kasvun ja kehityksen toimisto (Kontoret Tillväxt och utveckling)</p>",
        '<script type="application/ld+json">{"url": "/insatser/", "dayOfWeek": "Monday"}</script>',
        "<script>Akut hjälp</script>",
    ],
)
def test_the_search_for_swedish_finds_nothing_else(html):
    assert Swedish("fi").left_in(read(f'<html lang="fi">{html}</html>')) == []


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


def test_links_stay_in_the_language_of_the_page_where_they_can(pages):
    """But for the language menu, which names each page in every language once."""
    for language in OTHERS:
        for page in in_language(pages, language).values():
            menu = {address.partition("?")[0] for address in page.alternates.values()}
            links = (followed(link).partition("?")[0] for link in page.links)
            astray = {link for link in links if link and language_of(link) != language}
            astray = {link for link in astray if may_be_read_in(language, pages.get(link))}
            assert {settings.BASE_URL + link for link in astray} <= menu, page.address


def may_be_read_in(language, page):
    """A page that names no languages at all is no proof that there is none in this one."""
    return not (page and page.alternates) or language in page.alternates
