"""The demo is written in plain and correct Swedish."""

import re
from collections import defaultdict

import pytest

from publishing.quality.reading import lix
from tests.demo_texts import (
    NBSP,
    PHONE,
    PUBLISHED,
    ROWS,
    TRANSLATED,
    figures_in,
    phones_in,
    plain,
    texts,
    whole_text,
    words_and_sentences,
)

MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"


def test_every_lead_is_one_or_two_whole_sentences_that_fill_a_card():
    for fields in PUBLISHED:
        _, sentences = words_and_sentences(fields["lead_sv"])
        assert len(sentences) <= 2, fields["lead_sv"]
        assert fields["lead_sv"][-1] in ".?!"
        assert 90 <= len(fields["lead_sv"]) <= 220, fields["lead_sv"]


def test_lix_is_words_a_sentence_plus_per_cent_of_long_words():
    assert lix("ord " * 49 + "slut.") == 50
    assert lix("Ord " * 24 + "slut. " + "T.ex. " * 24 + "slut.") == 25
    assert lix("ord " * 48 + "slut.") is None


@pytest.mark.parametrize("fields", PUBLISHED, ids=lambda fields: fields.get("slug", "start"))
def test_texts_are_easy_to_read(fields):
    """LIX 30–45: lättläst to the easier half of medelsvår."""
    score = lix(whole_text(fields))

    assert score is None or 30 <= score <= 45


def test_numbers_and_units_never_part_at_a_line_end():
    parted = re.compile(rf"\d (?:%|§|år\b|kap\b|\d|(?:{MONTHS})\b)")

    assert [where for where, value in texts() if parted.search(plain(value))] == []


def test_quotation_marks_dashes_and_spaces_are_swedish():
    for where, value in texts():
        text = plain(value)
        assert not re.search(r"[\"'“]|\w - \w|—", text), where
        assert not re.search(r"\d-\d", PHONE.sub("", text.replace(NBSP, " "))), where
        assert "  " not in value, where
        assert value == value.strip(), where


# The other languages

every_other_language = pytest.mark.parametrize("language", TRANSLATED)
SWEDISH_DOCUMENTS = {"document", "link"}  # which keep their own names


def pairs(language):
    """(where, the Swedish text, the same in a language or None)."""
    suffix = language.replace("-", "_")
    for row in ROWS:
        fields = row["fields"]
        for name, value in fields.items():
            if name.endswith("_sv") and value:
                where = f"{row['model']} {row['pk']} {name}"
                yield where, value, fields.get(f"{name.removesuffix('sv')}{suffix}")


def by_row(language):
    """The same for whole rows: a description may say in words what the Swedish title says."""
    rows = defaultdict(lambda: ([], []))
    for where, swedish, text in pairs(language):
        own, other = rows[where.rpartition(" ")[0]]
        own.append(swedish)
        other.append(text or swedish)
    return [(where, "\n".join(own), "\n".join(other)) for where, (own, other) in rows.items()]


@every_other_language
def test_everything_is_translated(language):
    """But for places, and documents that are Swedish themselves on pages in foreign languages."""
    documents = {
        f"{row['model']} {row['pk']} title_sv"
        for row in ROWS
        if row["fields"].get("kind") in SWEDISH_DOCUMENTS and language != "sv-simple"
    }

    places = {
        f"{row['model']} {row['pk']} name_sv"
        for row in ROWS
        if row["model"] == "initiatives.district"
    }

    untranslated = {where for where, _swedish, text in pairs(language) if not text}
    assert untranslated == documents | places


@every_other_language
def test_a_translation_has_the_links_of_the_swedish_text(language):
    for where, swedish, text in pairs(language):
        wanted, found = (re.findall(r'href="([^"]*)"', each) for each in (swedish, text or swedish))
        assert set(found) <= set(wanted) if language == "sv-simple" else found == wanted, where


@every_other_language
def test_a_translation_has_the_phone_numbers_and_the_figures_of_the_swedish_text(language):
    for where, swedish, text in pairs(language):
        if text:
            assert phones_in(plain(text)) <= phones_in(plain(swedish)), where
    for where, swedish, text in by_row(language):
        wanted, found = figures_in(swedish), figures_in(text)
        assert found <= wanted if language == "sv-simple" else found == wanted, where


@pytest.mark.parametrize("fields", PUBLISHED, ids=lambda fields: fields.get("slug", "start"))
def test_lattlast_is_very_easy_to_read(fields):
    """LIX at most 25 for each text of fifty words or more."""
    for name, value in fields.items():
        if name.endswith("_sv_simple") and (score := lix(plain(f"<p>{value}</p>"))):
            assert score <= 25, name


def test_lattlast_speaks_in_short_sentences():
    for where, value in texts("sv-simple"):
        words, sentences = words_and_sentences(plain(value))
        assert len(words) / max(len(sentences), 1) <= 15, where


def test_english_quotes_and_finnish_times_are_written_as_there():
    assert [where for where, value in texts("fi") if re.search(r"\d:\d\d", plain(value))] == []
    assert [where for where, value in texts("en") if re.search(r"[\"”]\w", plain(value))] == []
