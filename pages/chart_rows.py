"""The numbers of a chart, written by people as lines: "Riket; 4,1"."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models


def parse_rows(text):
    """[(label, Decimal), …] from lines of "label; number" with a decimal comma or point.

    Raises ValidationError that names the first line that can't be read.
    """
    rows = []
    for number, line in enumerate(text.strip().splitlines(), start=1):
        label, _, value = (part.strip() for part in line.partition(";"))
        try:
            parsed = Decimal(value.replace(",", ".").replace("\N{NO-BREAK SPACE}", ""))
        except InvalidOperation:
            parsed = None
        if not label or parsed is None or not parsed.is_finite() or parsed < 0:
            raise ValidationError(
                f"Rad {number}: skriv namn; värde, till exempel ”Riket; 4,1”. Där står ”{line}”."
            )
        rows.append((label, parsed))
    return rows


class ChartRowsField(models.TextField):
    """Text that parse_rows can read."""

    default_validators = [parse_rows]
