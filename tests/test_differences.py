"""What differs between two versions, as people read it."""

import time

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.models import ContactUnit
from news.models import NewsItem
from publishing import snapshot
from publishing.differences import Part, differences
from tests.factories import FocusAreaFactory, NewsItemFactory
from tests.shown import shown, shown_body, shown_lead

NBSP = "\N{NO-BREAK SPACE}"


def side(difference, kind):
    return "".join(part.text for part in difference.parts if part.kind in ("same", kind))


# Which fields, and in what order


def test_only_fields_that_differ_are_shown():
    old = {"title_sv": "Hej", "lead_sv": "Nu", "slug": "hej"}

    assert list(shown(NewsItem, old, {**old, "lead_sv": "Sedan"})) == ["lead_sv"]


def test_swedish_comes_first_and_what_has_no_language_last():
    names = ["slug", "title_ar", "gammal", "lead_sv", "title_fi", "title_sv_simple", "title_sv"]

    found = differences(NewsItem, {}, dict.fromkeys(names, "x"))

    assert [(each.field, each.language) for each in found] == [
        ("title_sv", "sv"),
        ("lead_sv", "sv"),
        ("title_sv_simple", "sv-simple"),
        ("title_fi", "fi"),
        ("title_ar", "ar"),
        ("slug", ""),
        ("gammal", ""),
    ]


def test_each_field_has_its_swedish_name_and_its_direction():
    with override("ar"):
        found = differences(NewsItem, {}, {"title_sv": "Hej", "title_ar": "مرحبا", "unit": None})
        found += differences(ContactUnit, {}, {"opening_hours": [{"weekday": 0}]})

    assert [(each.label, each.direction) for each in found] == [
        ("Rubrik", "ltr"),
        ("Rubrik", "rtl"),
        ("Öppettider", "ltr"),
    ]


def test_what_the_model_has_no_longer_is_shown_too():
    old = {"citat": "Hej", "bilder": [3], "visas": True, "rader": [{"tal": [1.5, 2]}]}

    assert shown(NewsItem, old, {}) == {
        "citat": "[-Hej-]",
        "bilder": "[-3-]",
        "visas": "[-ja-]",
        "rader": "[-tal: 1,5 2-]",
    }
    label = differences(NewsItem, old, {})[0].label
    assert label == "citat (fältet finns inte längre)"


@pytest.mark.parametrize(
    ("value", "text"),
    [("<p>Hej</p>", "Hej"), ("<p> </p>", ""), ("<3 <![x[", "<3 <![x["), ([[1, 2]], "1, 2")],
)
def test_whatever_the_model_has_no_longer_can_be_read(value, text):
    (difference,) = differences(NewsItem, {"citat": value}, {})

    assert side(difference, "removed") == text


@pytest.mark.parametrize("empty", [{}, {"body_sv": None, "lead_sv": None}, {"areas": []}])
def test_all_that_is_empty_is_the_same(empty):
    assert differences(NewsItem, empty, {"lead_sv": "", "body_sv": "", "focus_areas": []}) == []


@pytest.mark.django_db
def test_an_item_does_not_differ_from_itself():
    data = snapshot.read(NewsItemFactory(focus_areas=[FocusAreaFactory()]))

    assert differences(NewsItem, data, {**data}) == []


# Texts


def test_a_changed_text_shows_which_words_changed():
    assert shown_lead("Öppet till fem på måndag.", "Öppet till sex på måndag.") == (
        "Öppet till [-fem-]{+sex+} på måndag."
    )


def test_a_word_is_the_same_when_it_is_no_longer_the_first():
    assert shown_lead("badet har öppet", "Nu badet har öppet") == "{+Nu+} badet har öppet"


def test_signs_are_no_part_of_the_word_before_them():
    assert shown_lead("Ring oss nu.", "Ring oss nu!") == "Ring oss nu[-.-]{+!+}"
    assert shown_lead("Ring oss nu.", "Ring oss sen.") == "Ring oss [-nu-]{+sen+}."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Vi ses", "Vi  ses", "Vi [-ses-]{+ ses+}"),
        ("8 juni", f"8{NBSP}juni", f"8[- juni-]{{+{NBSP}juni+}}"),
        ("Vi ses", "Vi ses ", "Vi ses{+ +}"),
        ("Gatan 1", "Gatan 1\n", "Gatan 1\n{+\n+}"),
    ],
)
def test_changed_space_is_a_change(old, new, expected):
    assert shown_lead(old, new) == expected


def test_other_line_ends_are_no_change():
    assert shown_lead("Gatan 1\nStaden", "Gatan 1\r\nStaden") is None


def test_a_text_that_is_all_new_is_not_mixed_with_the_old():
    assert shown_lead("Vi har öppet i dag.", "Badet stänger klockan tre") == (
        "[-Vi har öppet i dag.-]{+Badet stänger klockan tre+}"
    )


def test_an_added_paragraph_leaves_the_others_alone():
    old = "<p>Ett är först.</p><p>Tre är sist.</p>"

    assert shown_body(old, old.replace("<p>Tre", "<p>Här kommer två.</p><p>Tre")) == (
        "Ett är först.\n{+Här kommer två.\n+}Tre är sist."
    )


def test_a_changed_last_paragraph_ends_without_a_line_break():
    old = "<p>Vi har bytt tider.</p><p>Öppet till fem</p>"

    assert shown_body(old, old.replace("fem", "sex")) == (
        "Vi har bytt tider.\nÖppet till [-fem-]{+sex+}"
    )


def test_a_changed_paragraph_is_compared_with_its_own_older_version():
    old = "<p>Borttaget stycke om annat.</p><p>Vi har öppet alla dagar.</p>"

    assert shown_body(old, "<p>Vi har stängt alla dagar.</p><p>Och ännu något.</p>") == (
        "[-Borttaget stycke om annat.\n-]Vi har [-öppet-]{+stängt+} alla dagar.\n"
        "{+Och ännu något.+}"
    )


def test_a_changed_paragraph_is_found_below_new_ones():
    old = "<p>Vi har öppet alla dagar.</p>"

    assert shown_body(old, "<p>Ett nytt stycke.</p><p>Vi har stängt alla dagar.</p>") == (
        "{+Ett nytt stycke.\n+}Vi har [-öppet-]{+stängt+} alla dagar."
    )


# Any text

texts = st.lists(st.sampled_from(["Ett", "två.", "två", "(tre)", "*", " ", "  ", "\n"])).map(
    "".join
)


@settings(deadline=None)
@given(texts, texts)
def test_the_parts_hold_all_of_both_texts(old, new):
    for difference in differences(NewsItem, {"lead_sv": old}, {"lead_sv": new}):
        assert side(difference, "removed").split() == old.split()
        assert side(difference, "added").split() == new.split()
        assert any(part.kind != "same" for part in difference.parts)


def test_a_text_from_outside_stays_plain_text():
    html = "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"

    (difference,) = differences(NewsItem, {}, {"body_sv": html})

    assert difference.parts == [Part("added", "<script>alert(1)</script>")]
    assert type(difference.parts[0].text) is str


def long_text(words, paragraph):
    texts = [" ".join(words[at : at + paragraph]) for at in range(0, len(words), paragraph)]
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("paragraph", [80, 20_000])
def test_a_book_is_compared_within_a_second(paragraph):
    words = [f"ord{n**3 % 4999}{'.' if n % 12 == 0 else ''}" for n in range(20_000)]
    changed = ["nytt" if n % 100 == 50 else word for n, word in enumerate(words)]
    old, new = long_text(words, paragraph), long_text(changed, paragraph)

    started = time.process_time()
    (difference,) = differences(NewsItem, {"body_sv": old}, {"body_sv": new})
    seconds = time.process_time() - started

    added = [part.text.strip() for part in difference.parts if part.kind == "added"]
    assert added == ["nytt"] * 200
    assert seconds < 1


def test_a_text_of_equal_lines_is_compared_within_a_second():
    old = ["Ring oss.", ""] * 5_000
    new = ["Ring inte." if n % 100 == 50 else line for n, line in enumerate(old)]

    started = time.process_time()
    (difference,) = differences(NewsItem, {"lead_sv": "\n".join(old)}, {"lead_sv": "\n".join(new)})
    seconds = time.process_time() - started

    added = [part.text for part in difference.parts if part.kind == "added"]
    assert added == ["inte"] * 100
    assert seconds < 1
