"""What editors tell the search: words that mean the same, and which page stands first."""

import pytest

from publishing.models import Version
from search.finding import Search
from search.indexing import index
from search.models import PromotedAnswer, Synonyms
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
    ContactUnitFactory,
    InitiativeFactory,
    PromotedAnswerFactory,
    SynonymsFactory,
)
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


def send(desk, model, **fields):
    defaults = {"language": "sv", "reason": ""}
    return desk.post(admin_url(model, "add"), defaults | fields)


def complaint(answer, field):
    return " ".join(answer.context["adminform"].form.errors.get(field, []))


def page(**facts):
    item = InitiativeFactory(**facts)
    index([item])
    return item


# Synonyms


def test_words_that_mean_the_same_find_the_same_at_once_and_are_recorded(publisher):
    item = page(title_sv="Färdtjänst")

    answer = send(publisher, Synonyms, words=" rullstolstaxi \n\nfärdtjänst\n")

    row = Synonyms.objects.get()
    assert answer.status_code == 302
    assert row.words == "rullstolstaxi\nfärdtjänst"
    assert [hit.title for hit in Search("rullstolstaxi", "sv").results().hits] == [item.title]
    assert Version.objects.of(row).count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("ensam", "Skriv minst två rader: ord som betyder samma sak."),
        ("ensam\n\n  \n", "Skriv minst två rader: ord som betyder samma sak."),
        ("bibblan\nBibblan ", "”Bibblan” står två gånger."),
        ("bibblan\n???", "Raden ”???” har inga ord."),
    ],
)
def test_what_can_not_be_synonyms_is_said_at_the_field(publisher, words, sentence):
    answer = send(publisher, Synonyms, words=words)

    assert complaint(answer, "words") == sentence


def test_words_that_another_group_has_are_refused_with_its_name(publisher):
    SynonymsFactory(words="granne\ngrannskap")

    answer = send(publisher, Synonyms, words="husgranne\nGrannar")

    assert complaint(answer, "words") == (
        "”Grannar” finns redan bland ”granne, grannskap”. Skriv de nya orden där i stället."
    )


def test_the_same_word_may_mean_something_else_in_another_language(publisher):
    SynonymsFactory(words="kille\npojke")

    assert send(publisher, Synonyms, language="en", words="kille\nkilim").status_code == 302


def test_what_stood_in_two_groups_already_can_be_saved_again(publisher):
    SynonymsFactory(words="pojkvän\nfästman")
    row = SynonymsFactory(words="pojkvän\npartner")
    form = admin_url(row, "change")

    answer = publisher.post(form, filled_in(publisher.get(form), reason="Från kuratorn."))

    assert answer.status_code == 302


@pytest.mark.parametrize("model", [Synonyms, PromotedAnswer])
def test_the_languages_to_choose_from_are_those_that_are_searched_apart(publisher, model):
    form = publisher.get(admin_url(model, "add")).context["adminform"].form

    assert [code for code, _name in form.fields["language"].choices] == ["sv", "fi", "en", "ar"]


# Promoted answers


def test_a_page_stands_first_for_what_editors_have_chosen(publisher):
    page(title_sv="Boka tid")
    item = page(title_sv="Rådgivning")

    address = item.get_absolute_url()
    answer = send(publisher, PromotedAnswer, queries="boka tid", path=address)

    assert answer.status_code == 302
    assert Search("boka tid", "sv").results().hits[0].title == "Rådgivning"


def test_an_address_is_taken_as_it_is_copied_from_the_browser(publisher, settings):
    path = page().get_absolute_url()

    for number, copied in enumerate([f"{settings.BASE_URL}{path}", f"/en{path}?a=b#c", path[:-1]]):
        send(publisher, PromotedAnswer, queries=f"fråga {'abc'[number]}x", path=copied)

    assert {answer.path for answer in PromotedAnswer.objects.all()} == {path}
    assert PromotedAnswer.objects.count() == 3


NO_PAGE = "Det finns ingen sida på den adressen som besökare kan läsa."


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("kontakt", "Börja adressen med /, till exempel /om/."),
        ("https://example.se/", "Börja adressen med /, till exempel /om/."),
        ("//example.se/", "Börja adressen med /, till exempel /om/."),
        ("/finns-inte/", NO_PAGE),
        ("/insatser/finns-inte/", NO_PAGE),
        ("/admin/", NO_PAGE),
        (
            "/webbplatskarta/",
            "Den sidan går inte att söka på. Välj till exempel en insats eller en kontakt.",
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_at_the_field(publisher, path, sentence):
    answer = send(publisher, PromotedAnswer, queries="boka tid", path=path)

    assert complaint(answer, "path") == sentence


def test_a_page_that_residents_can_not_read_is_no_answer(publisher):
    draft = page(draft=True)

    path = draft.get_absolute_url()
    answer = send(publisher, PromotedAnswer, queries="boka tid", path=path)

    assert complaint(answer, "path") == NO_PAGE


def test_an_answer_that_residents_can_not_read_any_more_says_so_and_can_be_kept(publisher):
    row = PromotedAnswerFactory(path="/insatser/borttagen/")
    address = admin_url(row, "change")

    form = publisher.get(address)
    answer = publisher.post(address, filled_in(form, reason="Kommer tillbaka i höst."))

    assert "Besökarna kan inte läsa sidan, så den visas inte. Välj en annan." in form.text
    assert answer.status_code == 302


def test_a_search_has_one_answer(publisher):
    first = PromotedAnswerFactory(queries="boka tid")

    path = page().get_absolute_url()
    answer = send(publisher, PromotedAnswer, queries="boka tider", path=path)

    assert complaint(answer, "queries") == (
        f"”boka tider” leder redan till {first.path}. Ta bort raden där först."
    )


def test_searches_are_needed(publisher):
    answer = send(publisher, PromotedAnswer, queries=" \n", path=page().get_absolute_url())

    assert complaint(answer, "queries") != ""


# Both


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (lambda: SynonymsFactory(words="bibblan\nbibliotek"), "/sok/?q=bibblan"),
        (lambda: PromotedAnswerFactory(queries="boka tid", language="fi"), "/fi/sok/?q=boka+tid"),
    ],
)
def test_what_is_kept_is_tried_with_one_click(publisher, make, address):
    form = publisher.get(admin_url(make(), "change"))

    assert f'href="{address}"' in form.text


@pytest.mark.parametrize("factory", [SynonymsFactory, PromotedAnswerFactory])
def test_the_list_is_chosen_by_language_and_searched(publisher, factory):
    factory()
    factory(language="fi", reason="Kuraattori.")
    address = admin_url(factory._meta.model, "changelist")

    counts = [
        publisher.get(address, asked).context["cl"].result_count
        for asked in [{}, {"sprak": "fi"}, {"q": "kuraattori"}, {"sprak": "ar"}]
    ]

    assert counts == [2, 1, 1, 0]


@pytest.mark.parametrize("factory", [SynonymsFactory, PromotedAnswerFactory])
def test_an_editor_sees_them_and_changes_nothing(client, factory):
    row = factory()
    client.force_login(staff("Redaktörer"))

    form = client.get(admin_url(row, "change"))

    assert row.lines()[0] in words_of(form)
    assert client.post(admin_url(row, "change"), {"reason": "x"}).status_code == 403
    assert client.get(admin_url(factory._meta.model, "add")).status_code == 403


# Keywords


def test_keywords_are_written_with_a_contact_and_find_it(publisher):
    unit = ContactUnitFactory()
    form = admin_url(unit, "change")

    answer = publisher.post(form, filled_in(publisher.get(form), keywords="växel, receptionen"))

    unit.refresh_from_db()
    index([unit])
    assert answer.status_code == 302
    assert Search("receptionen", "sv").results().total == 1


def test_keywords_of_a_page_wait_until_it_is_published(publisher):
    item = page()
    form = admin_url(item, "change")
    publisher.post(form, filled_in(publisher.get(form), keywords="rullstolstaxi"))

    item.refresh_from_db()
    assert item.keywords == ""
    item.publish(by=staff("Publicister"))

    index([item])
    assert item.keywords == "rullstolstaxi"
    assert Search("rullstolstaxi", "sv").results().total == 1
