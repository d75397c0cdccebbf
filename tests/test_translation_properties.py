"""What holds for translations whatever is done, held against a small model of the rules."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.models import Track, Version
from publishing.translatable import hash_of
from tests.factories import AdministratorFactory, NewsItemFactory
from tests.situations import row

SPACES = [" ", "  ", "\n", "\r\n", "\t", "&nbsp;"]
spaces = st.sampled_from([*SPACES, "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
words = st.lists(st.text("aåÅ.", min_size=1, max_size=3), max_size=4)
blocks = st.lists(st.sampled_from(["h2", "p", "li", "blockquote"]), max_size=4)


def for_any(*strategies, **options):
    # How long it takes depends on the machine and not on the rule
    return lambda test: settings(deadline=None, **options)(given(*strategies)(test))


# What is the same text


@for_any(words, st.data())
def test_no_kind_of_space_makes_another_text(words, data):
    spaced = "".join(f"{word}{data.draw(spaces)}" for word in words)

    assert hash_of(data.draw(spaces) + spaced) == hash_of(" ".join(words))


@for_any(blocks, words, st.data())
def test_no_space_between_blocks_makes_another_text(blocks, words, data):
    tight = "".join(f"<{block}>{' '.join(words)}</{block}>" for block in blocks)
    loose = tight
    for tag in {f"<{block}>" for block in blocks} | {f"</{block}>" for block in blocks}:
        loose = loose.replace(tag, f"{data.draw(spaces)}{tag}{data.draw(spaces)}")

    assert hash_of(f"{loose}<p></p>") == hash_of(tight)


@for_any(words, words)
def test_other_words_make_another_text(one, other):
    assert (hash_of(" ".join(one)) == hash_of(" ".join(other))) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<h2>a</h2>"),
        ("<p>a</p>", "<p><strong>a</strong></p>"),
        ('<p><a href="/a/">a</a></p>', '<p><a href="/b/">a</a></p>'),
        ("<p>a</p><p>b</p>", "<p>ab</p>"),
        ("<p>a b</p>", "<p>a</p><p>b</p>"),
        ("a.", "a"),
        ("Å", "å"),
    ],
)
def test_what_is_read_otherwise_is_another_text(one, other):
    assert hash_of(one) != hash_of(other)


def test_a_letter_is_the_same_however_it_is_encoded():
    assert hash_of("A\N{COMBINING RING ABOVE}") == hash_of("Å")


# Whatever is done


class Expected:
    """The rules once more, for one field: which English is known to translate which Swedish."""

    def __init__(self):
        self.draft = self.live = ("S0", "E0")
        self.known, self.texts = {("S0", "E0")}, [self.draft]

    def write(self, swedish=None, english=None, *, is_minor=False):
        was, new = self.draft, (swedish or self.draft[0], english or self.draft[1])
        if new == was:
            return
        if is_minor:
            self.carry(was, new)
        elif new[1] != was[1]:
            self.known.add(new)
        self.draft = new
        self.texts.append(new)

    def carry(self, was, new):
        if was in self.known:
            self.known.add(new)
        elif new[1] not in {english for _swedish, english in self.known}:
            sources = {swedish for swedish, english in self.known if english == was[1]}
            self.known |= {(swedish, new[1]) for swedish in sources}

    def publish(self, languages, *, is_minor=False):
        sides = zip(("sv", "en"), self.draft, self.live, strict=True)
        new = tuple(mine if code in languages else shown for code, mine, shown in sides)
        if is_minor:
            self.carry(self.live, new)
        self.live = new
        self.texts.append(new)

    @property
    def is_stale(self):
        return self.live not in self.known


numbers = st.integers(0, 2)
steps = st.one_of(
    st.tuples(st.just("write"), st.none() | numbers, st.none() | numbers, st.booleans()),
    st.tuples(st.just("space"), spaces),
    st.tuples(st.just("publish"), st.sampled_from(["sv", "en", "sv en"]), st.booleans()),
    st.tuples(st.just("restore"), st.integers(0, 5)),
    st.tuples(st.just("confirm")),
)


def do(item, by, expected, name, *facts):
    """One step, in the database and in the model of it."""
    if name == "write":
        swedish, english = (
            None if number is None else f"{letter}{number}"
            for letter, number in zip("SE", facts[:2], strict=True)
        )
        values = {"title_sv": swedish, "title_en": english}
        values = {column: text for column, text in values.items() if text}
        item.save_draft(by=by, values=values, is_minor=facts[2])
        expected.write(swedish, english, is_minor=facts[2])
    elif name == "space":
        # Within the title, whose edges a form would trim
        swedish, english = expected.draft
        values = {"body_sv": f"<p>a{facts[0]}b</p>{facts[0]}", "title_sv": f"{swedish}  "}
        item.save_draft(by=by, values=values)
    elif name == "publish":
        languages = None if facts[0] == "sv en" else {facts[0]}
        item.publish(by=by, languages=languages, is_minor=facts[1])
        expected.publish(facts[0].split(), is_minor=facts[1])
    elif name == "restore":
        texts = list(dict.fromkeys(expected.texts))
        wanted = texts[facts[0] % len(texts)]
        item.restore(version_with(item, wanted), by=by)
        expected.draft = wanted
    else:
        item.confirm_translation("en", by=by)
        expected.known.add(expected.draft)


def version_with(item, text):
    """The latest version of ``item`` with these two titles, whatever space is around them."""
    return [
        each
        for each in Version.objects.of(item).texts()
        if (each.data["title_sv"].strip(), each.data["title_en"].strip()) == text
    ][-1]


@pytest.fixture
def administrator():
    return AdministratorFactory()


@pytest.mark.django_db
def test_a_translation_stands_as_the_rules_say_whatever_is_done(administrator):
    @for_any(st.lists(steps, min_size=1, max_size=8), max_examples=60)
    def whatever_is_done(steps):
        texts = {"title_sv": "S0", "title_en": "E0", "body_sv": "<p>a b</p>", "body_en": "<p>c</p>"}
        item, expected = NewsItemFactory(draft=True, **texts), Expected()
        item.publish(by=administrator)
        for step in steps:
            do(item, administrator, expected, *step)

            status = Track.find(item).translations["en"]
            assert (status == "stale") == expected.is_stale, (step, status)
            shown = row(item)
            assert (shown.title_sv.strip(), shown.title_en) == expected.live

    whatever_is_done()


@pytest.mark.django_db
@pytest.mark.parametrize("changes", list(product([False, True], repeat=4)))
def test_two_who_write_at_once_leave_a_translation_that_holds_if_both_did(administrator, changes):
    """Each changes her own paragraph, in Swedish, in English, in both or in none."""
    base = {"body_sv": "<p>s1</p><p>s2</p><p>s3</p>", "body_en": "<p>e1</p><p>e2</p><p>e3</p>"}
    item = NewsItemFactory(draft=True, title_en="E", **base)
    item.publish(by=administrator)
    number = row(item).track.newest.number
    by_person = [("1", changes[:2]), ("3", changes[2:])]

    for paragraph, (in_swedish, in_english) in by_person:
        mine = dict(base)
        for column, is_changed in [("body_sv", in_swedish), ("body_en", in_english)]:
            new = f"{paragraph} ny" if is_changed else paragraph
            mine[column] = base[column].replace(paragraph, new)
        row(item).save_draft(by=administrator, values=mine, base=number)
    row(item).publish(by=administrator)

    holds = all(in_english or not in_swedish for _paragraph, (in_swedish, in_english) in by_person)
    assert (Track.find(item).translations["en"] != "stale") == holds
