"""Two texts that grew out of the same one become one again, field by field and by paragraph."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import pairwise
from os.path import commonprefix
from typing import NamedTuple

BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "blockquote", "div", "pre", "table"}
VOID = {"br", "hr", "img", "input", "wbr"}
MISSING, CLASHING = object(), object()


@dataclass(frozen=True)
class Clash:
    """A field that both sides changed in the same place, each in its own way."""

    field: str
    base: object
    mine: object
    theirs: object


def merge(base, mine, theirs, *, rich=frozenset(), settled=None):
    """Merge what two sides made of ``base``, {column: JSON value}: (merged values, [Clash]).

    ``rich`` names the columns that hold HTML. Lists of ids merge as sets, texts by paragraph (HTML)
    or line, all else as a whole. ``settled`` ({column: value}) decides what would clash, and
    nothing else; where it doesn't, the merged values hold ``mine``.
    """
    merged, clashes = {}, []
    for field in {**base, **mine, **theirs}:
        sides = [side.get(field, MISSING) for side in (base, mine, theirs)]
        value = _merge_value(*sides, is_rich=field in rich)
        if value is CLASHING and field in (settled or {}):
            value = settled[field]
        elif value is CLASHING:
            value = sides[1]
            clashes.append(Clash(field, *(None if side is MISSING else side for side in sides)))
        if value is not MISSING:
            merged[field] = value
    return merged, clashes


def _merge_value(base, mine, theirs, is_rich):
    for means in (lambda value: value, meaning):
        sides = old, my, their = [means(side) for side in (base, mine, theirs)]
        if my == old:
            return theirs
        if their == old or my == their:
            return mine
    if all(side is None or _is_ids(side) for side in sides):
        old, my, their = (set(side or []) for side in sides)
        return sorted((old & my & their) | (my - old) | (their - old))
    # Who empties a text means all of it, what the other has written there meanwhile too
    if all(isinstance(side, str) for side in sides):
        return _merge_text(*sides, is_rich)
    return CLASHING


def _is_ids(value):
    return isinstance(value, list) and all(isinstance(each, int) for each in value)


def meaning(value):
    """``value`` with one word, None, for all that is empty, and with one kind of line end."""
    if value is MISSING or value in ("", []):
        return None
    # Browsers send other line ends than fixtures have, also for a text that nobody has touched
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class Change(NamedTuple):
    """The paragraphs from ``start`` until ``end`` became ``new``."""

    start: int
    end: int
    new: tuple

    @property
    def adds(self):
        return len(self.new) > self.end - self.start

    def clashes_with(self, later):
        """Whether both are about the same paragraphs, or add some at the same place."""
        if later.start == self.end:
            return self.adds and later.adds
        return later.start < self.end


def _merge_text(base, mine, theirs, is_rich):
    split, glue = (split_blocks, "") if is_rich else (lambda text: text.split("\n"), "\n")
    base, mine, theirs = (split(side) for side in (base, mine, theirs))
    # A set, since what both have done is done once
    changes = sorted({*_changes(base, mine), *_changes(base, theirs)})
    # Those of one side never clash, so if any two do, then two in a row
    if any(change.clashes_with(later) for change, later in pairwise(changes)):
        return CLASHING
    for change in reversed(changes):
        base[change.start : change.end] = change.new
    return glue.join(base)


def _changes(old, new):
    """What made the paragraphs ``old`` into ``new``, one by one where they can be paired."""
    start = len(commonprefix([old, new]))
    end = len(commonprefix([old[start:][::-1], new[start:][::-1]]))
    for first, last, text in _replaced(old[start : len(old) - end], new[start : len(new) - end]):
        if last - first == len(text):
            for place, paragraph in enumerate(text, start + first):
                yield Change(place, place + 1, (paragraph,))
        else:
            yield Change(start + first, start + last, tuple(text))


def _replaced(old, new):
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) == len(new):
        # A matcher takes one of two equal paragraphs for the other: then all seems to be moved
        places = [place for place in range(len(old)) if old[place] != new[place]]
        if len(old) - len(places) >= sum(match.size for match in matcher.get_matching_blocks()):
            return [(place, place + 1, new[place : place + 1]) for place in places]
    opcodes = matcher.get_opcodes()
    return [(first, last, new[i:j]) for tag, first, last, i, j in opcodes if tag != "equal"]


class _Splitter(HTMLParser):
    """Finds where the top-level blocks of a text without line breaks begin."""

    def __init__(self):
        super().__init__()
        self.depth, self.edges = 0, []

    def handle_starttag(self, tag, attrs):
        if self.depth == 0 and tag in BLOCKS:
            self.edges.append(self.getpos()[1])
        self.depth += tag not in VOID

    def handle_endtag(self, tag):
        self.depth -= tag not in VOID


def split_blocks(html):
    """The top-level blocks of ``html``, which joined give it back; space goes with what follows."""
    splitter = _Splitter()
    splitter.feed(html.replace("\n", " "))
    splitter.close()
    edges = [0, *(len(html[:edge].rstrip()) for edge in splitter.edges), len(html)]
    return [html[start:end] for start, end in pairwise(edges) if start < end]
