"""Texts for translators as XLIFF 2.0: a <file> for each item, a <unit> for each of its texts."""

import re
from itertools import groupby
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.core.exceptions import ValidationError

from publishing.translation_status import other_languages
from publishing.translation_units import Progress, Unit, number_in

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
# What XML has no way to write; XLIFF has
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST_CHARACTER = 0x10FFFF


def to_xliff(units, language):
    """``units``, those of an item together, as a file: bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="{settings.LANGUAGE_CODE}"'
        f' trgLang="{language}">',
    ]
    for item, texts in groupby(units, key=lambda unit: unit.name.rpartition(":")[0]):
        lines += [f"<file id={quoteattr(item)}>", *map(_unit_to_xml, texts), "</file>"]
    return "\n".join([*lines, "</xliff>", ""]).encode()


def _unit_to_xml(unit):
    target = f"<target>{_to_xml(unit.target)}</target>" if unit.target else ""
    return (
        f'<unit id={quoteattr(unit.name.rpartition(":")[2])} canResegment="no" '
        'xml:space="preserve"><notes>'
        f'<note category="context">{_to_xml(UNWRITABLE.sub(" ", unit.context))}</note>'
        f'<note category="version">{unit.version}</note></notes>'
        f'<segment state="{unit.progress}">'
        f"<source>{_to_xml(unit.source)}</source>{target}</segment></unit>"
    )


def _to_xml(text):
    text = escape(text, {"\r": "&#13;"})  # which a reader would take for the end of a line
    return UNWRITABLE.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', text)


def from_xliff(text):
    """(language, [Unit]) of the text of such a file. Raises ValidationError."""
    root = _parsed(text)
    if root.tag != _tag("xliff"):
        raise ValidationError("Filen är inte XLIFF 2.0. Spara den som det, och inte som 1.2.")
    language = root.get("trgLang")
    if root.get("srcLang") != settings.LANGUAGE_CODE or language not in other_languages():
        raise ValidationError("Filen ska vara översatt från sv till ett av webbplatsens språk.")
    units = [
        _unit(file.get("id", ""), unit)
        for file in root.iter(_tag("file"))
        for unit in file.iter(_tag("unit"))
    ]
    return language, units


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name, public, system):
        # Before any entity of it is read: those can fetch files, or fill the memory
        raise ValidationError("Filen har en DOCTYPE, och en sådan tas inte emot.")


def _parsed(text):
    # Without a DOCTYPE there are no entities, which is what the rule is about
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314
    try:
        parser.feed(text)
        root = parser.close()
    except ElementTree.ParseError as error:
        line, _column = error.position
        raise ValidationError(f"Filen är inte hel XML. Se rad {line}.") from error
    for element in root.iter(_tag("cp")):
        element.text = _character(element.get("hex", ""))
    return root


def _unit(item, unit):
    notes = {note.get("category"): note.text for note in unit.iter(_tag("note"))}
    parts = [each for each in unit if each.tag in (_tag("segment"), _tag("ignorable"))]
    return Unit(
        name=f"{item}:{unit.get('id', '')}",
        version=number_in(notes.get("version")),
        context=notes.get("context") or "",
        source="".join(_text(part.find(_tag("source"))) for part in parts),
        target=_target(parts),
        progress=_progress(parts),
    )


def _progress(parts):
    """That of the segment with which the translator has come least far."""
    order = list(Progress)
    states = [part.get("state") for part in parts if part.tag == _tag("segment")]
    known = [Progress(state) if state in order else Progress.INITIAL for state in states]
    return min(known, key=order.index, default=Progress.INITIAL)


def _target(parts):
    """The translation, which tools may have cut to pieces; what is between them has none."""
    targets = [part.find(_tag("target")) for part in parts]
    if all(target is None for target in targets):
        return ""
    pairs = zip(parts, targets, strict=True)
    return "".join(
        _text(part.find(_tag("source")) if target is None else target)
        for part, target in pairs
        if target is not None or part.tag == _tag("ignorable")
    )


def _text(element):
    return "" if element is None else "".join(element.itertext())


def _character(digits):
    if not re.fullmatch("[0-9A-Fa-f]{1,6}", digits):
        return ""
    number = int(digits, 16)
    # Neither nothing nor half a character can be kept
    is_odd = number in (0, *range(0xD800, 0xE000)) or number > MOST_CHARACTER
    return "" if is_odd else chr(number)


def _tag(name):
    return f"{{{NAMESPACE}}}{name}"
