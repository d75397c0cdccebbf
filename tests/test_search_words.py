"""Words as terms: what counts as the same word, and how near two words are."""

import pytest

from search import analysis
from search.mending import distance
from search.queries import folded_root, read
from search.wordbook import pieces


def same(one, other, language="sv"):
    return analysis.stem(one, language) == analysis.stem(other, language)


@pytest.mark.parametrize(
    "forms",
    [
        "brott brottet brottets brotten",
        "våld våldet våldets",
        "jobb jobbet jobben jobba jobbar",
        "stöd stödet",
        "förälder föräldrar föräldrars föräldrarna föräldrarnas",
        "bostad bostaden bostäder bostäderna",
        "stad staden städer städernas",
        "studentbostad studentbostäder",
        "förskola förskolan förskolor förskolorna",
        "mässa mässan mässor",
        "kvinna kvinnan kvinnor kvinnors",
        "dotter döttrar döttrarna",
        "vän vänner vännerna",
        "natt nätter",
        "bok böcker böckerna",
        "hus huset husen",
        "slå slår slagen slog",
        "polis polisen poliser polisens",
        "kris krisen kriser",
        "kurs kursen kurser",
        "plats platsen platser platsernas",
        "lekplats lekplatsens lekplatser",
        "vuxen vuxna vuxnas",
        "socialtjänst socialtjänsten socialen soc",
    ],
)
def test_the_forms_of_a_swedish_word_are_one(forms):
    first, *others = forms.split()

    assert [other for other in others if not same(first, other)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("våld", "vald"), ("man", "mån"), ("kronogården", "kronan"), ("hat", "hatt")],
)
def test_other_words_stay_others(one, other):
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("houses", "house", "en"),
        ("talossa", "talo", "fi"),
        ("المدارس", "مدارس", "ar"),
        ("bostäder", "bostad", "sv-simple"),
        ("guri", "guri", "so"),
    ],
)
def test_other_languages_have_stems_of_their_own(one, other, language):
    assert same(one, other, language)


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("föräldrar", "foraldrar"),
        ("café", "cafe"),
        ("blåbär", "blabar"),
        ("smørrebrød", "smorrebrod"),
        ("straße", "strasse"),
        ("مدرسة", "مدرسه"),
        ("أهل", "اهل"),
    ],
)
def test_a_word_is_folded_to_its_bare_letters(word, bare):
    assert analysis.fold(word) == bare


def test_words_are_letters_and_digits_whatever_stands_between():
    text = "Studie- och yrkes\N{SOFT HYPHEN}vägledning (syv), «112»…\N{RIGHT-TO-LEFT MARK}"

    assert analysis.words(text) == ["studie", "och", "yrkesvägledning", "syv", "112"]


def test_marks_on_arabic_letters_and_stretched_words_are_left_out():
    assert analysis.words("مُخَدِّرات مخـــدرات") == ["مخدرات", "مخدرات"]


def test_a_phone_number_is_a_word_however_it_is_written():
    nbsp = "\N{NO-BREAK SPACE}"

    found = [*analysis.numbers(f"0520-49{nbsp}50{nbsp}00"), *analysis.numbers("ring 0520 495000")]

    assert found == ["0520495000", "0520495000"]


@pytest.mark.parametrize(
    "written",
    [
        "+46520495000",
        "+46 520 49 50 00",
        "+46 (0)520-49 50 00",
        "0046 520 49 50 00",
        "46520495000",
        "(0520) 49 50 00",
        "(0520)495000",
        "0520/49 50 00",
    ],
)
def test_a_number_with_signs_or_from_abroad_is_the_same_number(written):
    assert analysis.numbers(f"Ring {written}.") == ["0520495000"]


def test_other_numbers_stay_as_they_are():
    text = "Åren 2018–2019 (eller 2023/2024), 1 200 jobbsökande, 114 14 och 116 111"

    assert analysis.numbers(text) == ["20182019", "11414", "116111"]


def test_a_number_is_found_without_its_area_code():
    assert analysis.looked_up("0520-49 50 00")[-2:] == ["0520495000", "495000"]


def test_rich_text_is_read_without_its_tags():
    assert analysis.plain("<h2>Öppet</h2><p>Måndag &amp; <strong>fredag</strong></p>") == (
        "Öppet\nMåndag & fredag"
    )


def test_no_text_has_no_terms():
    assert analysis.terms(analysis.looked_up("… – !"), "sv") == ""


def test_a_term_is_letters_and_digits_only():
    words = analysis.looked_up('O\'Brien; DROP TABLE--"x" NEAR(a b) *')
    line = analysis.terms(words, "sv-simple")

    assert all(term.isalnum() for term in line.split())


# Compounds and typing errors


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("föräldrastöd", ("föräldrar", "stöd")),
        ("hedersvåld", ("heder", "våld")),
        ("ungdomsjobb", ("ungdom", "jobb")),
        ("bostadsmarknad", ("bostäder", "marknad")),
    ],
)
def test_a_compound_may_be_made_of_its_parts(word, split):
    assert tuple(folded_root(part, "sv") for part in split) in pieces(word, "sv")


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [
        ("stationen", "stationen", 0),
        ("stationne", "stationen", 1),
        ("staionen", "stationen", 1),
        ("stattionen", "stationen", 1),
        ("stotionen", "stationen", 1),
        ("sommarjobsmässa", "sommarjobbsmässan", 2),
        ("", "abc", 3),
    ],
)
def test_the_distance_of_two_words_is_their_typing_errors(one, other, away):
    assert distance(one, other) == distance(other, one) == away


# What somebody types


def test_a_query_is_read_as_far_as_anybody_writes():
    query = read("ord " * 4_000, "sv")

    assert len(query.units) == 1


def test_words_that_say_little_are_not_required_of_a_page():
    query = read("Vem får gå till Stationen?", "sv")

    assert [unit.words for unit in query.required] == [["stationen"]]


def test_words_that_say_little_are_required_when_there_are_no_others():
    query = read("för alla", "sv")

    assert [unit.words for unit in query.required] == [["för"], ["alla"]]


@pytest.mark.parametrize("text", ["", "   ", "\0", "!?", "\N{RIGHT-TO-LEFT MARK}", "🙂"])
def test_what_has_no_words_asks_for_nothing(text):
    assert read(text, "sv").units == []
