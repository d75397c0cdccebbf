"""CSV as spreadsheets want it: UTF-8 with its mark, semicolons, and nothing that is calculated."""

import csv
import io
import re

# What a spreadsheet would calculate, or what has been kept from that already
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def to_bytes(rows):
    """``rows`` of cells as a file."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guarded(str(cell)) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def guarded(text):
    return f"'{text}" if FORMULA.match(text) else text


def bare(text):
    """``text`` as it was before guarded()."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
