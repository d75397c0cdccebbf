"""What Django says in the back office by itself is in words that editors use."""

import html
import re
from functools import cache
from pathlib import Path

import django
import pytest
from allauth import account
from django.test import Client
from django.utils.translation import gettext, ngettext

from news.models import NewsItem
from tests import admin_pages
from tests.admin_forms import admin_url, filled_in, messages_of
from tests.factories import AdministratorFactory, ContactUnitFactory, NewsItemFactory
from trollhattan_portal.catalogues import LOCALE, read

OWN = LOCALE / "sv" / "LC_MESSAGES"
DJANGO = Path(django.__file__).parent
SWEDISH = "locale/sv/LC_MESSAGES"
THEIRS = [
    *(DJANGO / folder / SWEDISH for folder in ["conf", "contrib/admin", "contrib/auth"]),
    Path(account.__file__).parent.parent / SWEDISH,
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?strong>")
LONG = 14  # characters of a phrase that nobody else would write


def entries(domain, folders):
    """{what stands in the code: what is shown, in one form or two}"""
    files = [folder / f"{domain}.po" for folder in folders]
    messages = [each for file in files if file.exists() for each in read(file)]
    return {_forms(each.id): _forms(each.string) for each in messages if each.id and each.string}


def _forms(texts):
    return (texts,) if isinstance(texts, str) else tuple(texts)


def pieces(texts):
    """The parts of ``texts`` between what is put into them, if they are long enough to know."""
    found = (piece.strip() for text in texts for piece in PLACEHOLDER.split(text))
    return {piece for piece in found if len(piece) >= LONG}


@cache
def banned():
    """Django's own Swedish of what we say otherwise, and the English that it has Swedish for."""
    theirs = entries("django", THEIRS)
    ours = entries("django", [OWN])
    odd = set().union(*(pieces(theirs[each]) for each in ours))
    english = set().union(*(pieces(each) for each, said in theirs.items() if each != said))
    said = "\n".join(text for texts in ours.values() for text in texts)
    found = odd | english | {"If disabled, the current password"}  # which stands in its code
    return {phrase for phrase in found if " " in phrase and phrase not in said}


def words_of(page):
    """What is read and heard of a page: its text, names and titles of what is in it."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", page.text, flags=re.S)
    heard = re.findall(r'(?:aria-label|title|placeholder|alt|value)="([^"]*)"', text)
    return html.unescape("\n".join([re.sub(r"<[^>]+>", "", text), *heard]))


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_we_say_otherwise_is_something_that_is_said(domain):
    theirs, ours = entries(domain, THEIRS), entries(domain, [OWN])

    assert set(ours) - set(theirs) == set()
    assert {each for each, said in ours.items() if theirs[each] == said} == set()


def test_each_is_said_in_our_words():
    for texts, said in entries("django", [OWN]).items():
        found = (gettext(texts[0]),) if len(texts) == 1 else (ngettext(*texts, 1),)
        assert found == said[:1]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_else_is_put_into_a_phrase_than_what_there_is(domain):
    for texts, said in entries(domain, [OWN]).items():
        put, needed = (set(PLACEHOLDER.findall(each)) for each in (said[0], texts[0]))
        assert put <= needed, texts


@pytest.mark.django_db
@pytest.mark.parametrize("group", admin_pages.GROUPS)
def test_no_page_says_it_in_odd_words_or_in_english(group):
    found = {}
    for name, (address, user) in admin_pages.GROUPS[group]().items():
        client = Client()
        if user:
            client.force_login(user)
        words = words_of(client.get(address, follow=True))
        if said := {phrase for phrase in banned() if phrase in words}:
            found[name] = said

    assert found == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"action": "publish"}, "Välj först en eller flera rader. Ingenting är ändrat."),
        ({"_selected_action": ["1"]}, "Välj först vad som ska göras. Ingenting är ändrat."),
    ],
)
def test_a_list_says_what_is_to_be_chosen_first(client, sent, answer):
    client.force_login(AdministratorFactory())
    NewsItemFactory()

    page = client.post(admin_url(NewsItem, "changelist"), {"index": 0, **sent}, follow=True)

    assert messages_of(page) == [answer]


@pytest.mark.django_db
def test_an_address_that_is_taken_is_said_to_be(client):
    client.force_login(AdministratorFactory())
    taken, unit = ContactUnitFactory(slug="fritid"), ContactUnitFactory()
    form = client.get(admin_url(unit, "change"))

    page = client.post(admin_url(unit, "change"), filled_in(form, slug=taken.slug))

    assert "Adress används redan av en annan. Välj något annat." in page.text
    assert "Det gick inte att spara. Rätta felet nedan." in page.text
