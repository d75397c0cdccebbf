"""The titles that the dialog for links chooses among."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.admin import pages_to_link
from publishing.models import Reference
from tests.admin_forms import staff, with_rights
from tests.factories import (
    ContactUnitFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    client.force_login(staff("Redaktörer"))

    def found(text, **query):
        response = client.get("/admin/lanka/", {"q": text, **query})
        assert response.status_code == 200
        return response.json()["pages"]

    return found


def titles(pages):
    return [each["title"] for each in pages]


def test_pages_of_every_kind_are_found_by_a_part_of_their_title(ask):
    above = PageFactory(slug="stod", title_sv="Stöd")
    PageFactory(slug="ovning", title_sv="Övningar", parent=above)
    NewsItemFactory(title_sv="Vi har övat")
    InitiativeFactory(title_sv="Läxhjälp")
    ContactUnitFactory(name_sv="Övre enheten", slug="ovre")

    pages = ask("ÖV")

    assert titles(pages) == ["Övningar", "Övre enheten", "Vi har övat"]
    assert pages[0]["path"] == "/om/stod/ovning/"
    assert pages[1]["path"] == "/kontakt/ovre/"


def test_all_words_must_be_there(ask):
    NewsItemFactory(title_sv="Badet öppnar")
    NewsItemFactory(title_sv="Badet stänger")

    assert titles(ask("öppnar bad")) == ["Badet öppnar"]


def test_a_draft_is_marked(ask):
    NewsItemFactory(draft=True, title_sv="Badet")

    assert ask("badet")[0]["about"].endswith("utkast – syns inte än")


def test_a_title_is_shown_in_the_language_of_the_text_where_there_is_one(ask):
    NewsItemFactory(title_sv="Badet", title_fi="Uimala")
    NewsItemFactory(title_sv="Badplatsen", title_fi="")

    pages = ask("bad", sprak="fi")

    assert [(each["title"], each["language"]) for each in pages] == [
        ("Badplatsen", "sv"),
        ("Uimala", "fi"),
    ]


def test_at_most_twenty_are_shown_and_of_nothing_nothing(ask):
    NewsItemFactory.create_batch(25, title_sv="Badet")

    assert len(ask("badet")) == 20
    assert ask("  ") == []


def test_what_begins_with_the_words_is_found_among_any_number_that_hold_them(ask, monkeypatch):
    monkeypatch.setattr(pages_to_link, "LOOKED_AT", 3)
    NewsItemFactory(title_sv="Öppet bad")
    NewsItemFactory(title_sv="Äldre har öppet")
    NewsItemFactory.create_batch(4, title_sv="Nu är det öppet")

    assert titles(ask("öppet")) == ["Öppet bad", "Nu är det öppet", "Nu är det öppet"]


@pytest.mark.parametrize("title", ["Övning", "EN ÖVNING", "Ny övning", "Storövning", "Övre övning"])
@pytest.mark.parametrize("asked", ["övning", "ÖVNING", "Övning", "öV"])
def test_small_letters_and_capitals_are_the_same(ask, title, asked):
    NewsItemFactory(title_sv=title)

    assert titles(ask(asked)) == [title]


def test_what_is_asked_oddly_is_answered(ask):
    NewsItemFactory(title_sv="Badet")
    NewsItemFactory(title_sv="100 % bad_hus")

    assert titles(ask("badet", sprak="xx")) == ["Badet"]
    assert ask("%_'\"" * 100) == []
    assert ask(" ".join(f"{number:x}" for number in range(50))) == []
    assert titles(ask("d_h")) == titles(ask("%")) == ["100 % bad_hus"]


def test_nothing_is_changed_that_way(client):
    client.force_login(staff("Redaktörer"))

    assert client.post("/admin/lanka/", {"q": "a"}).status_code == 405


def test_who_may_only_look_finds_what_residents_see(client):
    client.force_login(with_rights("view_newsitem"))
    NewsItemFactory(title_sv="Badet")
    NewsItemFactory(draft=True, title_sv="Badplatsen")
    PageFactory(title_sv="Badhuset")

    pages = client.get("/admin/lanka/", {"q": "bad"}).json()["pages"]

    assert titles(pages) == ["Badet"]


def test_many_cost_what_few_do(ask):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            ask("bad")
        return len(captured)

    above = PageFactory(title_sv="Bada")
    PageFactory(title_sv="Badhus", parent=above)
    NewsItemFactory(title_sv="Badet")
    few = cost()
    NewsItemFactory.create_batch(15, title_sv="Badet")
    for number in range(15):
        PageFactory(title_sv="Badhus", slug=f"b{number}", parent=above)

    assert cost() == few <= 14


def test_what_is_chosen_is_what_where_used_and_moves_know(ask):
    page = PageFactory(title_sv="Badet")

    path = ask("badet")[0]["path"]
    item = NewsItemFactory(draft=True)
    item.save_draft(by=staff("Redaktörer"), values={"body_sv": f'<p><a href="{path}">x</a></p>'})

    assert Reference.objects.to(page).exists()
