"""When a unit is open: the rules, without sentences and without queries.

Dates and times are those of the clock on the wall in Europe/Stockholm. Since no span crosses
midnight and nothing is ever added to a time, the nights when clocks change need no care.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

import holidays
from holidays.constants import DE_FACTO, PUBLIC

from contacts.holiday_names import in_page_language
from publishing.translations import shown_text

LAST_MINUTE = time(23, 59)  # how an editor writes midnight, since a span closes after it opens
ROUND_THE_CLOCK = (time.min, LAST_MINUTE)
SEARCH_DAYS = 60


@lru_cache
def holidays_of(year):
    """{date: [name]}, eves included, in running Swedish text ("midsommarafton").

    Red days by lag (1989:253) about allmänna helgdagar, except that Sundays count only when they
    have a name of their own; the three eves are those that semesterlagen (1977:480) 3 a § treats
    alike.
    """
    swedish = holidays.Sweden(years=year, categories=(PUBLIC, DE_FACTO), language="sv")
    return {day: [_in_running_text(n) for n in names.split("; ")] for day, names in swedish.items()}


def _in_running_text(name):
    return name if name.startswith("Kristi") else name[0].lower() + name[1:]


def holiday_name(day):
    """What the day is called in the page's language; "" for a common day."""
    return in_page_language(holidays_of(day.year).get(day, []))


def days_after(day, count):
    return (day + timedelta(days=number) for number in range(1, count + 1))


@dataclass(frozen=True, order=True)
class Span:
    opens: time
    closes: time


@dataclass(frozen=True)
class Day:
    """What is true of one date. ``reason`` is why it differs from other weeks, where it does."""

    date: date
    spans: tuple[Span, ...] = ()
    reason: str = ""

    @property
    def is_open(self):
        return bool(self.spans)


@dataclass(frozen=True)
class SpecialHours:
    """Hours of one date or a period (both ends included); without spans it is closed."""

    first: date
    last: date
    spans: tuple[Span, ...] = ()
    reason: str = ""

    def covers(self, day):
        return self.first <= day <= self.last

    @property
    def length(self):
        return self.last - self.first

    @property
    def holds_every_day(self):
        """Closing, and the hours of one date, hold whatever day it is.

        The hours of a longer period ("sommartid 9:00–15:00") replace usual hours only: nobody
        who writes them means that the unit opens on Sundays and on Midsummer's Eve.
        """
        return not self.spans or self.first == self.last


@dataclass(frozen=True)
class Schedule:
    """The opening hours of one way in to a unit. Two that are equal say the same in words."""

    weekly: tuple[tuple[Span, ...], ...]  # Monday first
    special: tuple[SpecialHours, ...] = ()
    closed_on_holidays: bool = True

    @classmethod
    def from_rows(cls, rows, closed_on_holidays):
        """``rows`` have weekday or first_date and last_date, opens, closes and reason."""
        weekly, dated = defaultdict(list), defaultdict(list)
        for row in rows:
            if row.weekday is None:
                dated[row.first_date, row.last_date].append(row)
            else:
                weekly[row.weekday].append(row)
        return cls(
            weekly=tuple(_spans(weekly[number]) for number in range(7)),
            special=tuple(_special_hours(*dates, rows) for dates, rows in sorted(dated.items())),
            closed_on_holidays=closed_on_holidays,
        )

    def on(self, day):
        """The Day of a date: special hours before holidays before the hours of the week."""
        if special := self.special_hours_on(day):
            return Day(day, special.spans, special.reason)
        if name := self.holiday_on(day):
            return Day(day, (), name)
        return Day(day, self.weekly[day.weekday()])

    def special_hours_on(self, day):
        """Where several hold, the shortest: one open day in a closed July, for example."""
        holding = [
            special
            for special in self.special
            if special.covers(day) and (special.holds_every_day or self.is_usually_open(day))
        ]
        return min(holding, key=lambda special: special.length, default=None)

    def holiday_on(self, day):
        return holiday_name(day) if self.closed_on_holidays else ""

    def is_usually_open(self, day):
        """Whether the hours of a period hold on this date; without a week they hold on any."""
        is_its_weekday = bool(self.weekly[day.weekday()]) or not self.has_week
        return is_its_weekday and not self.holiday_on(day)

    @property
    def has_week(self):
        return any(self.weekly)

    def next_open_day(self, after):
        """The first open Day later than the date ``after``, or None within SEARCH_DAYS."""
        days = map(self.on, days_after(after, SEARCH_DAYS))
        return next((day for day in days if day.is_open), None)

    def special_hours_ahead(self, today, days):
        """What differs from the week from ``today`` on, holidays included, first things first."""
        window = [today, *days_after(today, days)]
        ahead = [
            special
            for special in self.special
            if special.first <= window[-1] and special.last >= today
        ]
        ahead += [
            SpecialHours(day, day, (), self.holiday_on(day))
            for day in window
            if self.weekly[day.weekday()]
            and self.holiday_on(day)
            and not self.special_hours_on(day)
        ]
        return sorted(ahead, key=lambda special: (special.first, special.last))


def _spans(rows):
    return tuple(sorted(Span(row.opens, row.closes) for row in rows if row.opens))


def _special_hours(first, last, rows):
    reason = next((shown_text(row, "reason") for row in rows if row.reason), "")
    return SpecialHours(first, last, _spans(rows), reason)
