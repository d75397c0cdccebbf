"""Opening hours in words that stay true on a page that is read later than it was made.

The words depend on the date and on nothing smaller, and each day is named by weekday and date.
Why: docs/decisions/0004-opening-hours-on-cached-pages.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from contacts.opening_hours import LAST_MINUTE, ROUND_THE_CLOCK, Schedule

DAYS_AHEAD = 30


def day_text(day):
    return f"{WEEKDAYS[day.weekday()]} {date_format(day, 'MONTH_DAY_FORMAT')}"


def day_markup(day):
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_text(day))


def clock(moment):
    if moment == LAST_MINUTE:
        # As the language writes other times; the hour 24 can't be formatted
        return time_format(time(0), "TIME_FORMAT").replace("0", "24", 1)
    return time_format(moment, "TIME_FORMAT")


def span_text(span):
    if (span.opens, span.closes) == ROUND_THE_CLOCK:
        return _("dygnet runt")
    return _("{opens}–{closes}").format(opens=clock(span.opens), closes=clock(span.closes))


def spans_text(spans):
    *others, last = [span_text(span) for span in spans]
    return _("{hours} och {last}").format(hours=", ".join(others), last=last) if others else last


def hours_text(hours):
    """The hours of a Day or of SpecialHours: "8:00–12:00 (personaldag)", "stängt"."""
    return _with_reason(_spans_or_closed(hours), hours.reason, str.format)


def hours_markup(hours):
    """The same for the screen, where "8:00–16:30" must not end a line at its dash."""
    unbroken = _spans_or_closed(hours).replace("–", "–\N{WORD JOINER}")
    return _with_reason(unbroken, hours.reason, format_html)


def _marked(hours):
    """hours_text() for a table, where a reason that isn't translated says that it is Swedish."""
    return _with_reason(_spans_or_closed(hours), hours.reason, format_html)


def _spans_or_closed(hours):
    return spans_text(hours.spans) if hours.spans else _("stängt")


def _with_reason(text, reason, fill):
    return fill("{} ({})", text, reason) if reason else text


def days_text(first, last):
    if first == last:
        return day_text(first)
    return _("{first}–{last}").format(first=day_text(first), last=day_text(last))


def weekdays_text(first, last):
    if (first, last) == (0, 6):
        return _("alla dagar")
    if first == last:
        return str(WEEKDAYS[first])
    return _("{first}–{last}").format(first=WEEKDAYS[first], last=WEEKDAYS[last])


class Words(NamedTuple):
    """The two ways to put a sentence together; both know how to escape what editors wrote."""

    name: Callable
    hours: Callable
    fill: Callable


PLAIN = Words(day_text, hours_text, str.format)
MARKUP = Words(day_markup, hours_markup, format_html)


class Row(NamedTuple):
    days: str
    hours: str


@dataclass(frozen=True)
class OpeningLine:
    """What is said about one way in ("Besök", "Telefon") on a page made on ``made_on``."""

    channel: str
    schedule: Schedule
    made_on: date

    @property
    def today(self):
        """Whole sentences, safe HTML with each day as <time>; "" where no exact hours are known."""
        return self._sentences(MARKUP)

    @property
    def text(self):
        """The same sentences as plain text."""
        return self._sentences(PLAIN)

    @property
    def week(self):
        """[(days, hours)], days in a row with the same hours joined."""
        if not self.schedule.has_week:
            return []
        groups = groupby(range(7), key=self.schedule.weekly.__getitem__)
        rows = [(list(days), spans) for spans, days in groups]
        return [
            Row(weekdays_text(days[0], days[-1]), spans_text(spans) if spans else _("stängt"))
            for days, spans in rows
        ]

    @property
    def exceptions(self):
        """[(days, hours)] of what differs from the week today and in the next 30 days."""
        return [
            Row(days_text(special.first, special.last), _marked(special))
            for special in self.schedule.special_hours_ahead(self.made_on, DAYS_AHEAD)
        ]

    def _sentences(self, words):
        day = self.schedule.on(self.made_on)
        sentences = [_today(day, words)] if self.schedule.has_week or self._is_special else []
        if self.schedule.has_week:
            sentences += self._what_follows(day, words)
        pattern = " ".join("{}" for _sentence in sentences)
        return words.fill(pattern, *sentences) if sentences else ""

    @property
    def _is_special(self):
        return self.schedule.special_hours_on(self.made_on) is not None

    def _what_follows(self, day, words):
        """Tomorrow and the next opening, so that the page answers after closing time as well."""
        tomorrow = self.schedule.on(self.made_on + timedelta(days=1))
        if day.is_open:
            yield _tomorrow(tomorrow, words)
        following = self.schedule.next_open_day(after=self.made_on)
        if following and not (day.is_open and tomorrow.is_open):
            yield _opens(following, words, is_tomorrow=following == tomorrow)


def _today(day, words):
    if day.is_open:
        sentence = _("Öppet i dag, {day}, {hours}.")
    elif day.reason:
        sentence = _("Stängt i dag, {day} ({reason}).")
    else:
        sentence = _("Stängt i dag, {day}.")
    return words.fill(sentence, day=words.name(day.date), hours=words.hours(day), reason=day.reason)


def _tomorrow(day, words):
    sentence = (
        _("I morgon, {day}, öppet {hours}.") if day.is_open else _("I morgon, {day}, {hours}.")
    )
    return words.fill(sentence, day=words.name(day.date), hours=words.hours(day))


def _opens(day, words, is_tomorrow):
    sentence = _("Öppnar i morgon, {day}, {time}.") if is_tomorrow else _("Öppnar {day} {time}.")
    return words.fill(sentence, day=words.name(day.date), time=clock(day.spans[0].opens))
