"""The demo is written in plain and correct Swedish."""

import re

import pytest

from tests.demo_texts import (
    NBSP,
    PHONE,
    PUBLISHED,
    lix,
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
