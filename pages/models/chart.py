"""Numbers that speak by bars, words and a table."""

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pages.chart_rows import ChartRowsField, parse_rows
from publishing.models import Content


class Chart(Content):
    """A bar chart of a few numbers of one kind, always with period, source and table."""

    title = models.CharField("rubrik", max_length=160)
    summary = models.TextField(
        "diagrammet i ord", help_text="Vad siffrorna säger, i en eller två meningar."
    )
    unit_label = models.CharField("enhet", max_length=40, help_text="Till exempel procent.")
    period = models.CharField("period", max_length=60, help_text="Till exempel årsmedel 2024.")
    source = models.CharField(
        "källa", max_length=160, help_text="Vem som har tagit fram siffrorna."
    )
    source_url = models.URLField("källans adress", blank=True)
    rows = ChartRowsField(
        "rader",
        help_text="En rad för varje stapel: namn; värde. Till exempel: Riket; 4,1.",
    )

    class Meta:
        verbose_name = "diagram"
        verbose_name_plural = "diagram"

    def __str__(self):
        return f"{self.title}, {self.period}"

    @property
    def bars(self):
        """[{label, value "4,4 %", width 0–100 in percent of the longest, is_first}]."""
        rows = parse_rows(self.rows)
        longest = max((value for _label, value in rows), default=0) or 1
        return [
            {
                "label": label,
                "value": self._with_unit(number_format(value)),
                "width": round(100 * value / longest),
                "is_first": index == 0,
            }
            for index, (label, value) in enumerate(rows)
        ]

    def _with_unit(self, number):
        """Languages differ in whether a space stands before the per cent sign."""
        if self.unit_label == "%":
            return _("{number}\N{NO-BREAK SPACE}%").format(number=number)
        return f"{number}\N{NO-BREAK SPACE}{self.unit_label}"
