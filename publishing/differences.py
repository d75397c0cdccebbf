"""What differs between two versions, word by word, for people to read."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from os.path import commonprefix

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info, override

from publishing.merging import meaning
from publishing.wording import Wording, fields_of, is_atom, is_rich, label_of, language_of

ONLY_MARKUP = "(bara formateringen har ändrats)"
SIGNS = r".,:;!?()\[\]\"”*_؟،"
# With the space before it, so that a change of that is seen; signs around it stand alone
WORD = re.compile(rf"\s*(?:[^\s{SIGNS}](?:\S*[^\s{SIGNS}])?|[{SIGNS}]+)|\s+")
SENTENCE = re.compile(r".+?[.!?؟]\s+|.+", re.DOTALL)
LONG = 4000  # characters: in texts that long sentences are compared first
ALIKE = 0.4  # share of common words that makes two texts versions of one another
NEAR = 10  # how many texts further down the other version of a text is looked for
COMMON = 30  # occurrences that make a word say nothing of its place


@dataclass(frozen=True)
class Part:
    """Plain text of any origin, "same", "added" or "removed": templates must escape it."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """What differs in a column; ``language`` is "" for none, ``direction`` "ltr" or "rtl"."""

    field: str
    label: str
    language: str
    direction: str
    parts: list[Part]


def differences(model, old, new):
    """What differs between two versions of ``model``, {column: JSON value}: [Difference].

    Swedish comes first, then the other languages, then what has none, then what the model has no
    field for any longer. Names of rows cost one query for each related model.
    """
    with override(settings.LANGUAGE_CODE):
        fields = fields_of(model)
        languages = [*(code for code, _name in settings.LANGUAGES), ""]
        by_language = sorted(fields, key=lambda name: languages.index(language_of(fields[name])))
        names = {**dict.fromkeys(by_language), **old, **new}
        changed = [name for name in names if meaning(old.get(name)) != meaning(new.get(name))]
        cells = [(name, fields.get(name), old.get(name), new.get(name)) for name in changed]
        wording = Wording((field, value) for _name, field, *sides in cells for value in sides)
        found = [_difference(wording, *cell) for cell in cells]
    return [difference for difference in found if difference]


def _difference(wording, name, field, old, new):
    """None when both values read alike."""
    before, after = wording.lines(field, old), wording.lines(field, new)
    if before == after and field and not is_rich(field):
        return None
    language = language_of(field)
    return Difference(
        field=name,
        label=capfirst(label_of(field)) if field else f"{name} (fältet finns inte längre)",
        language=language,
        direction="rtl" if language and get_language_info(language)["bidi"] else "ltr",
        parts=_parts(before, after if before != after else [*after, ONLY_MARKUP], is_atom(field)),
    )


def _parts(before, after, is_atom):
    if len(before) > 1 or len(after) > 1:
        before, after = ([f"{line}\n" for line in lines] for lines in (before, after))
    steps = [step for step in _compare(before, after, None if is_atom else _closer) if step[1]]
    groups = groupby(steps, key=lambda step: step[0])
    parts = [Part(kind, "".join(text for _kind, text in group)) for kind, group in groups]
    last = parts.pop()
    text = last.text.removesuffix("\n") or ("" if last.kind == "same" else last.text)
    return [*parts, Part(last.kind, text)] if text else parts


def _compare(old, new, closer=None):
    """(kind, text) of each stretch; ``closer`` looks into two texts that are versions of one."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for text, places in list(matcher.b2j.items()):
        if len(places) > COMMON:
            del matcher.b2j[text]  # seen as alike only beside others that are
    for tag, start, end, first, last in matcher.get_opcodes():
        before, after = old[start:end], new[first:last]
        if tag == "equal":
            yield "same", "".join(before)
        elif closer:
            for pair in _pairs(before, after):
                yield from closer(*pair) if all(pair) else _replaced(*pair)
        else:
            yield from _replaced("".join(before), "".join(after))


def _replaced(before, after):
    space = re.match(r"\s*", commonprefix([before, after])).group()
    start = len(space)
    return [("same", space), ("removed", before[start:]), ("added", after[start:])]


def _closer(before, after):
    if len(before) + len(after) > LONG:
        return _compare(SENTENCE.findall(before), SENTENCE.findall(after), _by_word)
    return _by_word(before, after)


def _by_word(before, after):
    # With a space in front for a while: a word is the same when it is no longer the first
    steps = list(_compare(WORD.findall(f" {before}"), WORD.findall(f" {after}")))
    place = next(place for place, (_kind, text) in enumerate(steps) if text)
    kind, text = steps[place]
    return [(kind, text[1:]), *steps[place + 1 :]]


def _pairs(old, new):
    """The texts in order, each with its other version, or with "" when it has none."""
    words = {text: set(re.findall(r"\w+", text.lower())) for text in {*old, *new}}
    in_place = list(zip(old, new, strict=False))
    if len(old) == len(new) and all(_likeness(words, *pair) >= ALIKE for pair in in_place):
        yield from in_place
        return
    start = 0
    for text in old:
        near = [_likeness(words, text, each) for each in new[start : start + NEAR]]
        if max(near, default=0) < ALIKE:
            yield text, ""
            continue
        place = start + near.index(max(near))
        yield from (("", each) for each in new[start:place])
        yield text, new[place]
        start = place + 1
    yield from (("", each) for each in new[start:])


def _likeness(words, one, other):
    """From 0 to 1: the share of words that the two have in common."""
    number = len(words[one]) + len(words[other])
    return 2 * len(words[one] & words[other]) / number if number else 1
