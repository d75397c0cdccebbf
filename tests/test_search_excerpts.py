"""What is quoted of a text that was found, and which of its words are marked."""

import re

import pytest
from django.utils.translation import override

from search import excerpts, mending, queries, wordbook
from search.excerpts import Marker
from search.indexing import rebuild
from search.models import Synonyms
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def marker(text, language="sv"):
    """The Marker of a query as a search leaves it."""
    query = queries.read(text, language)
    known = wordbook.knowledge([language])
    wordbook.add_synonyms(query, known[language][0])
    wordbook.look_up([query])
    mending.mend([query])
    return Marker(query)


def marked_in(html):
    return re.findall("<mark>(.*?)</mark>", html)


# Which words


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("brott", "Brottet och brotten är brott.", ["Brottet", "brotten", "brott"]),
        ("föräldrar", "En förälder, föräldrarnas stöd.", ["förälder", "föräldrarnas"]),
        ("foraldrastod", "Om föräldrastöd.", ["föräldrastöd"]),
        ("soc", "Socialtjänsten svarar.", ["Socialtjänsten"]),
        ("stöd till föräldrar", "Stöd till alla föräldrar.", ["Stöd", "föräldrar"]),
        ("0520-49 50 00", "Ring 0520 49 50 00 i dag.", ["0520 49 50 00"]),
        ("stad", "Staden mellan trädstammar", ["Staden"]),
        ("plats för alla", "En plats för alla.", ["plats"]),
        ("för alla", "Öppet för alla.", ["för", "alla"]),
    ],
)
def test_the_words_that_answer_are_marked_in_all_their_forms(query, text, marked):
    assert marked_in(marker(query).marked(text)) == marked


def test_words_that_editors_say_mean_the_same_are_marked():
    Synonyms.objects.create(words="knark\nnarkotika")
    InitiativeFactory(title_sv="Fri från narkotika")
    rebuild()

    assert marked_in(marker("knark").marked("Vi säger narkotika.")) == ["narkotika"]


def test_a_word_that_holds_what_was_asked_for_is_marked():
    InitiativeFactory(title_sv="Hedersvåld")
    rebuild()

    assert marked_in(marker("våld").marked("Om hedersvåld")) == ["hedersvåld"]


def test_the_word_that_a_typing_error_was_taken_for_is_marked():
    InitiativeFactory(title_sv="Föräldrastöd")
    rebuild()

    assert marked_in(marker("föräldrastöt").marked("Om föräldrastöd")) == ["föräldrastöd"]


def test_arabic_words_are_marked_with_their_vowel_signs():
    assert marked_in(marker("عمل", "ar").marked("نبحث عن العَمَل هنا")) == ["العَمَل"]


def test_a_soft_hyphen_divides_no_word():
    assert marked_in(marker("föräldrar").marked("för\u00adäldrar")) == ["för\u00adäldrar"]


def test_a_phone_number_keeps_its_order_on_an_arabic_page():
    with override("ar"):
        html = marker("ring").marked("Ring 0520-49 50 00")

    assert html == '<mark>Ring</mark> <bdi dir="ltr">0520-49 50 00</bdi>'


def test_nothing_of_the_text_is_taken_for_html():
    html = marker("brott").excerpt('<b onclick="x">brott</b> & "mer"')

    assert html == (
        "&lt;b onclick=&quot;x&quot;&gt;<mark>brott</mark>&lt;/b&gt; &amp; &quot;mer&quot;"
    )


# Which sentences


def test_an_excerpt_begins_with_a_sentence_that_answers():
    text = "Här står något annat. " * 15 + "Brottet anmäls till polisen. " + "Så är det. " * 20

    html = marker("brott").excerpt(text)

    assert html.startswith("<mark>Brottet</mark> anmäls till polisen. Så är det.")


def test_an_excerpt_holds_most_of_what_was_asked_for():
    other = "Det här handlar om något annat än så, och det står här för att ta plats på sidan. " * 3
    text = f"Ungdomar finns här. {other}Ungdomar får hjälp med skola. {other}"

    assert marked_in(marker("ungdomar skola").excerpt(text)) == ["Ungdomar", "skola"]


def test_without_any_answer_it_is_the_beginning():
    assert marker("brott").excerpt("Det första. Det andra.") == "Det första. Det andra."


def test_a_long_sentence_is_cut_between_words_around_what_was_found():
    text = "ord " * 100 + "brottet " + "mer " * 100

    html = marker("brott").excerpt(text)

    assert html.startswith("… ord")
    assert html.endswith("mer …")
    assert marked_in(html) == ["brottet"]
    assert len(html) <= excerpts.LENGTH + 30


def test_a_word_without_an_end_is_cut_all_the_same():
    assert len(marker("brott").excerpt("x" * 50_000)) <= excerpts.LENGTH + 10


def test_a_heading_is_parted_from_what_follows_it():
    html = marker("brott").excerpt("Så anmäler du\nBrottet anmäls. Sedan\nväntar du.")

    assert html == "Så anmäler du – <mark>Brottet</mark> anmäls. Sedan – väntar du."


def test_an_empty_text_gives_an_empty_excerpt():
    assert marker("brott").excerpt("\n") == ""
