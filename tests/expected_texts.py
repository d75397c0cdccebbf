"""What is expected of texts: said once more, simply, and without the code that is tested.

A text is {column: value}: a body is a tuple of its three paragraphs, or () for none. Each paragraph
names its place, so that it is never taken for another one. A column that was erased is missing.
"""

SWEDISH = ["title_sv", "lead_sv", "body_sv", "slug", "focus_areas"]  # or of no language
ENGLISH = ["title_en"]
COLUMNS = [*SWEDISH, *ENGLISH]
LANGUAGES = {"sv", "sv-simple", "fi", "en", "ar"}
MISSING = "(missing)"


class Clash(Exception):
    """``sides`` is {column: (base, mine, theirs)}."""

    def __init__(self, sides, waiting=False):
        self.sides, self.waiting = sides, waiting
        super().__init__(sorted(sides))


def link_to(slug):
    return f'<p>2 <a href="/nyheter/{slug}/">sidan</a></p>'


def links_in(text):
    """The slugs that ``text`` links to."""
    found = (block.partition('href="/nyheter/')[2] for block in text.get("body_sv", ()))
    return {rest.partition("/")[0] for rest in found if rest}


def with_links_moved(text, old, new):
    if "body_sv" not in text:
        return text
    blocks = (block.replace(link_to(old), link_to(new)) for block in text["body_sv"])
    return {**text, "body_sv": tuple(blocks)}


def composed(live, text, languages):
    """``text`` in ``languages``, ``live`` (None: nothing yet) in the others."""
    if languages is None:
        return text
    taken = (SWEDISH if "sv" in languages else []) + (ENGLISH if "en" in languages else [])
    empty = dict.fromkeys(COLUMNS, "") | {"body_sv": (), "focus_areas": frozenset()}
    return {**(live or empty), **{name: text[name] for name in taken}}


def merged(base, mine, theirs, settled=None, waiting=False):
    """Raises Clash."""
    text, clashes = {}, {}
    for name in COLUMNS:
        sides = [side.get(name, MISSING) for side in (base, mine, theirs)]
        value = _merged_value(name, *sides)
        if value is Clash and name in (settled or {}):
            value = settled[name]
        elif value is Clash:
            clashes[name] = tuple(sides)
        if value is not MISSING:
            text[name] = value
    if clashes:
        raise Clash(clashes, waiting)
    return text


def clashes_of(base, mine, theirs):
    try:
        merged(base, mine, theirs)
    except Clash as clash:
        return clash.sides
    return {}


def is_same(one, other):
    return one == other or all(value in (MISSING, "", (), frozenset()) for value in (one, other))


def _merged_value(name, base, mine, theirs):
    if is_same(base, mine):
        return theirs
    if is_same(base, theirs) or is_same(mine, theirs):
        return mine
    if name == "focus_areas":
        base, mine, theirs = (
            frozenset() if side is MISSING else side for side in (base, mine, theirs)
        )
        return (base & mine & theirs) | (mine - base) | (theirs - base)
    if name == "body_sv" and all(len(side) == 3 for side in (base, mine, theirs)):
        blocks = tuple(_merged_value("", *sides) for sides in zip(base, mine, theirs, strict=True))
        return Clash if Clash in blocks else blocks
    return Clash
