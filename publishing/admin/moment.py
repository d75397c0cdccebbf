"""A date and a time on the wall in Sweden, also in the nights when the clocks are changed."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format


class MomentWidget(forms.SplitDateTimeWidget):
    """The browser's own fields: the admin's go by the reader's clock, wherever the editor sits."""

    def __init__(self, name):
        super().__init__(
            date_attrs={"type": "date", "aria-label": f"{name}: datum"},
            time_attrs={"type": "time", "aria-label": f"{name}: klockslag"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )


class Moment(forms.SplitDateTimeField):
    """Gives an aware datetime, or None; refuses a time that the clock skips or shows twice."""

    default_error_messages = {
        "invalid_date": "Skriv ett datum, till exempel 2027-06-07.",
        "invalid_time": "Skriv ett klockslag, till exempel 8:00.",
    }

    def __init__(self, *, label, **kwargs):
        widget = MomentWidget(label)
        super().__init__(label=label, required=False, widget=widget, **kwargs)

    def compress(self, parts):
        if not any(parts):
            return None
        if not parts[0]:
            raise ValidationError("Välj också ett datum.")
        if not parts[1]:
            raise ValidationError("Välj också ett klockslag.")
        return _in_sweden(datetime.combine(*parts))


def _in_sweden(wall):
    zone = timezone.get_default_timezone()
    earlier, later = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if earlier.utcoffset() == later.utcoffset():
        return earlier
    day = date_format(wall, "j F Y")
    if earlier.utcoffset() < later.utcoffset():
        raise ValidationError(
            f"Klockan {wall:%-H:%M} finns inte {day}: då ställs klockan fram en timme. "
            f"Välj {wall + timedelta(hours=1):%-H:%M} eller en annan tid."
        )
    raise ValidationError(
        f"Klockan {wall:%-H:%M} kommer två gånger {day}: då ställs klockan tillbaka en timme. "
        "Välj en tid före 2:00 eller från 3:00."
    )
