"""What holds for any two people's changes of any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.merging import merge, split_blocks

RICH = {"body_sv"}
# Few and short, so that the same words meet in different places
words = st.text("aå ", min_size=1, max_size=2)
blocks = st.one_of(
    words.map("<h2>{}</h2>".format),
    words.map("<p>{}</p>".format),
    words.map("<ul><li><p>{0}</p></li><li><p>{0}</p></li></ul>".format),
    words.map("<blockquote><p>{0}</p><p>{0}</p></blockquote>".format),
)
lines = st.text("aå", max_size=1)
texts = st.one_of(st.none(), st.lists(lines, max_size=5).map("\n".join))
rich_texts = st.lists(blocks, max_size=5).map("".join)
ids = st.lists(st.integers(1, 5), unique=True).map(sorted)
versions = st.fixed_dictionaries(
    {},
    optional={
        "title_sv": st.one_of(st.none(), words),
        "lead_sv": texts,
        "body_sv": rich_texts,
        "order": st.one_of(st.none(), st.integers(0, 3)),
        "is_open": st.booleans(),
        "areas": ids,
        "hours": st.lists(st.fixed_dictionaries({"id": st.integers(1, 3)}), max_size=2),
    },
)


def for_any(*strategies):
    # How long it takes depends on the machine and not on the rule
    return lambda test: settings(deadline=None)(given(*strategies)(test))


def added(base, side):
    return [paragraph for paragraph in side if paragraph not in base]


def known(data):
    """``data`` with one word for nothing."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}


@for_any(versions, versions)
def test_what_only_one_side_changed_comes_through_whole(base, changed):
    assert merge(base, base, changed, rich=RICH) == (changed, [])
    assert merge(base, changed, base, rich=RICH) == (changed, [])


@for_any(versions, versions)
def test_what_both_changed_alike_comes_through_whole(base, changed):
    assert merge(base, changed, changed, rich=RICH) == (changed, [])


@for_any(versions, versions, versions)
def test_the_sides_are_equals(base, mine, theirs):
    merged, clashes = merge(base, mine, theirs, rich=RICH)
    turned, turned_clashes = merge(base, theirs, mine, rich=RICH)

    fields = {clash.field for clash in clashes}
    assert fields == {clash.field for clash in turned_clashes}
    assert {name: value for name, value in known(merged).items() if name not in fields} == {
        name: value for name, value in known(turned).items() if name not in fields
    }


@for_any(versions, versions, versions)
def test_a_clash_holds_all_texts_and_leaves_mine(base, mine, theirs):
    merged, clashes = merge(base, mine, theirs, rich=RICH)

    for clash in clashes:
        sides = [side.get(clash.field) for side in (base, mine, theirs)]
        assert [clash.base, clash.mine, clash.theirs] == sides
        assert merged.get(clash.field) == mine.get(clash.field)


@for_any(versions, versions, versions)
def test_settling_decides_the_clashes_and_nothing_else(base, mine, theirs):
    merged, clashes = merge(base, mine, theirs, rich=RICH)
    fields = {clash.field for clash in clashes}
    everything = dict.fromkeys([*base, *mine, *theirs], "avgjort")

    settled, left = merge(base, mine, theirs, rich=RICH, settled=everything)

    assert left == []
    assert settled == merged | dict.fromkeys(fields, "avgjort")


@for_any(rich_texts, rich_texts, rich_texts)
def test_no_block_that_somebody_added_is_lost(base, mine, theirs):
    sides = [{"body_sv": html} for html in (base, mine, theirs)]
    merged, clashes = merge(*sides, rich=RICH)

    base, mine, theirs = (split_blocks(html) for html in (base, mine, theirs))
    left = split_blocks(merged["body_sv"])
    if not clashes:
        assert {*added(base, mine), *added(base, theirs)} <= set(left)


@for_any(texts, texts, texts)
def test_no_line_that_somebody_added_is_lost(base, mine, theirs):
    sides = [{"lead_sv": text} for text in (base, mine, theirs)]
    merged, clashes = merge(*sides)

    base, mine, theirs = ((text or "").split("\n") for text in (base, mine, theirs))
    left = (merged["lead_sv"] or "").split("\n")
    if not clashes:
        assert {*added(base, mine), *added(base, theirs)} - {""} <= set(left)


@for_any(st.lists(blocks, min_size=2, max_size=8), st.data())
def test_replaced_blocks_merge_when_no_block_is_replaced_by_both(base, data):
    whose = data.draw(st.lists(st.sampled_from("MT-"), min_size=len(base), max_size=len(base)))

    def replaced_by(*people):
        return "".join(
            f"<p>{owner} {place}</p>" if owner in people else block
            for place, (owner, block) in enumerate(zip(whose, base, strict=True))
        )

    sides = [{"body_sv": replaced_by(*people)} for people in ("", "M", "T")]
    merged, clashes = merge(*sides, rich=RICH)

    assert (merged, clashes) == ({"body_sv": replaced_by("M", "T")}, [])


@for_any(st.integers(2, 8), st.data())
def test_blocks_merge_that_each_side_adds_and_removes_away_from_the_other(number, data):
    base = [f"<p>{place}</p>" for place in range(number)]
    cut = data.draw(st.integers(1, number - 1))
    start = data.draw(st.lists(st.sampled_from([*base[: cut - 1], "<p>M</p>", "<h2>M</h2>"])))
    end = data.draw(st.lists(st.sampled_from([*base[cut:], "<p>T</p>", "<h2>T</h2>"])))
    mine, theirs = [*start, *base[cut - 1 :]], [*base[:cut], *end]

    sides = [{"body_sv": "".join(side)} for side in (base, mine, theirs)]
    merged, clashes = merge(*sides, rich=RICH)

    assert (merged, clashes) == ({"body_sv": "".join([*start, base[cut - 1], *end])}, [])


@for_any(ids, ids, ids)
def test_relations_hold_what_was_added_and_not_what_was_removed(base, mine, theirs):
    merged, clashes = merge({"areas": base}, {"areas": mine}, {"areas": theirs})

    gone = set(base) - (set(mine) & set(theirs))
    assert merged == {"areas": sorted({*base, *mine, *theirs} - gone)}
    assert clashes == []


@for_any(st.one_of(rich_texts, st.text("<>/p ulbr\n&;\"'!-a")))
def test_blocks_joined_are_the_text(html):
    assert "".join(split_blocks(html)) == html


@for_any(st.lists(blocks, max_size=6))
def test_a_text_is_split_into_its_blocks(paragraphs):
    assert split_blocks("".join(paragraphs)) == paragraphs
