"""Texts for translators as CSV: UTF-8 with its mark and semicolons, as spreadsheets want it."""

import csv
import io
import re

from django.core.exceptions import ValidationError

from publishing.spreadsheet import bare, to_bytes
from publishing.translation_status import other_languages
from publishing.translation_units import MOST_BYTES, Progress, Unit, number_in

COLUMNS = ["id", "version", "context", "svenska"]
PROGRESS = "läge"
TARGET = re.compile(r"översättning \(([a-z-]+)\)")
# Else the module gives up at 131,072 characters, which one text may have
csv.field_size_limit(MOST_BYTES)


def to_csv(units, language):
    """``units`` as a file: bytes."""
    rows = [[*COLUMNS, f"översättning ({language})", PROGRESS]]
    for unit in units:
        cells = [unit.name, unit.version, unit.context, unit.source, unit.target]
        rows.append([*cells, unit.progress.label])
    return to_bytes(rows)


def from_csv(text):
    """(language, [Unit]) of the text of such a file. Raises ValidationError."""
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [cell.strip() for cell in next(rows, [])]
        language, target = _target(head)
        lines = [dict(zip(head, row, strict=False)) for row in rows if any(row)]
    except csv.Error as error:
        raise ValidationError(f"Filen går inte att läsa vid rad {rows.line_num}.") from error
    return language, [_unit(line, target) for line in lines]


def _target(head):
    """(language, column) of the translations. Raises ValidationError."""
    if lacking := [name for name in COLUMNS[:2] if name not in head]:
        raise ValidationError(f"Filen saknar kolumnen {' och '.join(lacking)}.")
    found = [(match[1], name) for name in head if (match := TARGET.fullmatch(name))]
    if len(found) != 1 or found[0][0] not in other_languages():
        raise ValidationError(
            "Filen ska ha en kolumn för översättningen, med språket: ”översättning (en)”."
        )
    return found[0]


def _unit(line, target):
    return Unit(
        name=line["id"].strip(),
        version=number_in(line.get("version")),
        context=bare(line.get("context", "")),
        source=bare(line.get("svenska", "")),
        target=bare(line.get(target, "")),
        progress=_progress(line.get(PROGRESS, "")),
    )


def _progress(words):
    """What a person has written of it, in Swedish or as XLIFF calls it."""
    words = words.strip().casefold()
    return next((each for each in Progress if words in (each.value, each.label)), Progress.INITIAL)
