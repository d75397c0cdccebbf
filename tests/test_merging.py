"""Two people's changes of one text: what becomes one, and what they must be asked about."""

import pytest

from publishing.merging import Clash, merge, split_blocks

RICH = {"body_sv"}
BODY = "<h2>Ett</h2><p>Två.</p><p>Tre.</p>"


def merged_body(mine, theirs, base=BODY):
    """The rich text that comes of both, or None when they clash."""
    sides = [{"body_sv": html} for html in (base, mine, theirs)]
    merged, clashes = merge(*sides, rich=RICH)
    return None if clashes else merged["body_sv"]


def merged_lines(mine, theirs, base="Ett\nTvå\nTre"):
    """The text by lines that comes of both, or None when they clash."""
    merged, clashes = merge({"text_sv": base}, {"text_sv": mine}, {"text_sv": theirs})
    return None if clashes else merged["text_sv"]


# Whole values


def test_what_one_side_changed_is_taken_from_it():
    base = {"title_sv": "Gammal", "order": 1, "unit": 3}
    mine = {**base, "title_sv": "Ny"}
    theirs = {**base, "order": 2, "unit": None}

    merged, clashes = merge(base, mine, theirs)

    assert merged == {"title_sv": "Ny", "order": 2, "unit": None}
    assert clashes == []


def test_the_same_change_on_both_sides_is_no_clash():
    merged, clashes = merge({"title_sv": "Gammal"}, {"title_sv": "Ny"}, {"title_sv": "Ny"})

    assert (merged, clashes) == ({"title_sv": "Ny"}, [])


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("Gammal", "Ny", "Nyare"),
        ("Gammal", "Ny", ""),
        ("Gammal", None, "Nyare"),
        ("", "Ny", "Nyare"),
        (1, 2, 3),
        (None, 2, 3),
        (True, False, None),
        ([{"id": 1, "opens": "08:00:00"}], [{"id": 1, "opens": "09:00:00"}], []),
    ],
)
def test_two_different_changes_of_a_value_clash_and_none_is_lost(base, mine, theirs):
    merged, clashes = merge({"field": base}, {"field": mine}, {"field": theirs})

    assert clashes == [Clash("field", base, mine, theirs)]
    assert merged == {"field": mine}


@pytest.mark.parametrize(("one", "other"), [("", None), (None, ""), (None, [])])
def test_all_that_is_empty_is_the_same(one, other):
    changed = {"field": [{"id": 1}]}

    assert merge({"field": one}, {"field": other}, changed) == (changed, [])
    assert merge({"field": one}, changed, {"field": other}) == (changed, [])


def test_zero_and_no_are_not_nothing():
    base = {"order": None, "is_minor": None}

    _merged, clashes = merge(base, {"order": 0, "is_minor": False}, {"order": 1, "is_minor": True})

    assert [clash.field for clash in clashes] == ["order", "is_minor"]


def test_a_field_that_the_older_text_lacks_was_empty():
    merged, clashes = merge({}, {"caption_sv": "Torget"}, {"order": 1})

    assert (merged, clashes) == ({"caption_sv": "Torget", "order": 1}, [])


def test_a_field_that_both_sides_lack_does_not_come_back():
    merged, clashes = merge({"quote_sv": "Citat"}, {}, {})

    assert (merged, clashes) == ({}, [])


def test_a_clash_names_a_missing_value_as_nothing():
    _merged, clashes = merge({}, {"title_sv": "Ny"}, {"title_sv": "Nyare"})

    assert clashes == [Clash("title_sv", None, "Ny", "Nyare")]


def test_other_line_ends_are_no_change():
    merged, clashes = merge(
        {"postal_address": "Gatan 1\n461 30 Staden"},
        {"postal_address": "Gatan 1\r\n461 30 Staden"},
        {"postal_address": "Gatan 2\n461 30 Staden"},
    )

    assert (merged, clashes) == ({"postal_address": "Gatan 2\n461 30 Staden"}, [])


# Relations


def test_relations_merge_by_what_each_side_added_and_removed():
    merged, clashes = merge({"areas": [1, 2, 3]}, {"areas": [2, 3, 9]}, {"areas": [1, 2, 4]})

    assert (merged, clashes) == ({"areas": [2, 4, 9]}, [])


def test_relations_never_clash_even_when_one_side_removed_all():
    merged, clashes = merge({"areas": [1]}, {"areas": []}, {"areas": [1, 2]})

    assert (merged, clashes) == ({"areas": [2]}, [])


def test_the_same_relation_added_twice_is_there_once():
    merged, clashes = merge({}, {"areas": [7, 1]}, {"areas": [7, 3]})

    assert (merged, clashes) == ({"areas": [1, 3, 7]}, [])


# What somebody has settled


def test_what_is_settled_decides_a_clash():
    merged, clashes = merge(
        {"title_sv": "Gammal"},
        {"title_sv": "Ny"},
        {"title_sv": "Nyare"},
        settled={"title_sv": "Nyast"},
    )

    assert (merged, clashes) == ({"title_sv": "Nyast"}, [])


def test_a_clash_can_be_settled_with_nothing():
    merged, clashes = merge({"unit": 1}, {"unit": 2}, {"unit": 3}, settled={"unit": None})

    assert (merged, clashes) == ({"unit": None}, [])


def test_what_is_settled_about_fields_that_do_not_clash_is_ignored():
    base = {"title_sv": "Gammal", "areas": [1], "body_sv": BODY}
    mine = {**base, "title_sv": "Ny", "areas": [1, 2]}
    theirs = {**base, "areas": [1, 3]}

    merged, clashes = merge(
        base, mine, theirs, rich=RICH, settled={"title_sv": "Nej", "areas": [], "lead_sv": "Nej"}
    )

    assert (merged, clashes) == ({"title_sv": "Ny", "areas": [1, 2, 3], "body_sv": BODY}, [])


# Texts by paragraph


def test_changes_of_different_paragraphs_merge():
    mine, theirs = BODY.replace("Ett", "Först"), BODY.replace("Tre.", "Sist.")

    assert merged_body(mine, theirs) == "<h2>Först</h2><p>Två.</p><p>Sist.</p>"


def test_changes_of_neighbouring_paragraphs_merge():
    mine, theirs = BODY.replace("Två.", "Mitten."), BODY.replace("Tre.", "Sist.")

    assert merged_body(mine, theirs) == "<h2>Ett</h2><p>Mitten.</p><p>Sist.</p>"


def test_two_changes_of_one_paragraph_clash():
    assert merged_body(BODY.replace("Två.", "Mitten."), BODY.replace("Två.", "2.")) is None


def test_the_same_change_of_one_paragraph_merges_with_others():
    mine = BODY.replace("Två.", "Mitten.").replace("Ett", "Först")
    theirs = BODY.replace("Två.", "Mitten.").replace("Tre.", "Sist.")

    assert merged_body(mine, theirs) == "<h2>Först</h2><p>Mitten.</p><p>Sist.</p>"


def test_a_change_and_a_removal_of_one_paragraph_clash():
    assert merged_body(BODY.replace("<p>Två.</p>", ""), BODY.replace("Två.", "Mitten.")) is None


def test_paragraphs_added_in_different_places_are_both_there():
    mine, theirs = f"<p>Noll.</p>{BODY}", f"{BODY}<p>Fyra.</p>"

    assert merged_body(mine, theirs) == f"<p>Noll.</p>{BODY}<p>Fyra.</p>"


def test_different_paragraphs_added_in_one_place_clash():
    assert merged_body(f"{BODY}<p>Fyra.</p>", f"{BODY}<p>Fem.</p>") is None


def test_the_same_paragraph_added_by_both_is_there_once():
    both = f"{BODY}<p>Fyra.</p>"

    assert merged_body(both.replace("Ett", "Först"), both) == both.replace("Ett", "Först")


def test_a_paragraph_added_after_one_that_the_other_changed_merges():
    mine, theirs = f"{BODY}<p>Fyra.</p>", BODY.replace("Tre.", "Sist.")

    assert merged_body(mine, theirs) == "<h2>Ett</h2><p>Två.</p><p>Sist.</p><p>Fyra.</p>"


def test_paragraphs_added_in_one_place_clash_also_when_one_side_changed_the_one_before():
    mine = f"{BODY}<p>Fyra.</p>"
    theirs = BODY.replace("Tre.", "Sist.") + "<p>Fem.</p>"

    assert merged_body(mine, theirs) is None


def test_a_paragraph_added_inside_what_the_other_removed_clashes():
    mine, theirs = BODY.replace("<p>Tre.</p>", "<p>2,5.</p><p>Tre.</p>"), "<h2>Ett</h2>"

    assert merged_body(mine, theirs) is None


def test_who_empties_a_text_clashes_with_who_adds_to_it():
    assert merged_body(f"{BODY}<p>Fyra.</p>", "") is None
    assert merged_lines("", "Ett\nTvå\nTre\nFyra") is None


def test_a_text_of_one_paragraph_that_both_changed_clashes():
    assert merged_body("<p>Hej då.</p>", "<p>Hej igen.</p>", base="<p>Hej.</p>") is None


def test_equal_paragraphs_are_not_taken_for_one_another():
    base, mine, theirs = "Tel.\nTel.\nTel.", "Tel. 1\nTel.\nTel. 3", "Tel.\nTel. 2\nTel."

    assert merged_lines(mine, theirs, base) == "Tel. 1\nTel. 2\nTel. 3"


def test_a_paragraph_among_equal_ones_is_added_where_it_was_written():
    base, mine, theirs = "–\n–\n–\nSlut", "–\nNy\n–\n–\nAllt", "–\n–\n*\nSlut"

    assert merged_lines(mine, theirs, base) == "–\nNy\n–\n*\nAllt"


def test_what_both_changed_alike_among_other_changes_is_no_clash():
    mine, theirs = "Först\nMitten\nTre\nFyra", "Ett\nMitten\nTre"

    assert merged_lines(mine, theirs) == mine


def test_a_moved_paragraph_merges_with_a_change_of_another():
    assert merged_lines("Två\nTre\nEtt", "Ett\nTvå\nSist") == "Två\nSist\nEtt"


def test_a_moved_paragraph_clashes_with_a_change_of_it():
    assert merged_lines("Två\nTre\nEtt", "Först\nTvå\nTre") is None


def test_a_plain_text_merges_by_lines():
    assert merged_lines("Först\nTvå\nTre", "Ett\nTvå\nSist") == "Först\nTvå\nSist"


def test_a_line_added_at_the_end_is_no_change_of_the_line_before():
    assert merged_lines("Ett\nTvå\nTre\nFyra", "Ett\nTvå\nSist") == "Ett\nTvå\nSist\nFyra"


def test_html_is_not_cut_where_its_source_has_line_breaks():
    base, mine, theirs = "<p>Ett\ntvå</p>", "<p>Först\ntvå</p>", "<p>Ett\nsedan</p>"

    assert merged_body(mine, theirs, base) is None


# Blocks of HTML


def test_a_block_keeps_what_is_inside_it():
    blocks = [
        "<h2>Rubrik</h2>",
        "<ul><li><p>punkt</p><p>mer</p></li><li><p>två</p><ul><li><p>i</p></li></ul></li></ul>",
        "<blockquote><p>Citat<br>på två<br/>rader</p></blockquote>",
        '<p>Text med <a href="/om/?a=1&amp;b=2">länk</a> &lt;p&gt;</p>',
    ]

    assert split_blocks("".join(blocks)) == blocks


def test_space_goes_with_the_block_after_it():
    assert split_blocks("<p>Ett</p>\n\n<p>Två</p>\n") == ["<p>Ett</p>", "\n\n<p>Två</p>\n"]


def test_a_text_outside_blocks_is_one_block():
    assert split_blocks("Hej <strong>du</strong> där.<p>Ett</p>") == [
        "Hej <strong>du</strong> där.",
        "<p>Ett</p>",
    ]
