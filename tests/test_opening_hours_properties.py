"""What holds for any hours that an editor can write, on any date."""

import re
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.json_ld import special_hours, weekly_hours
from contacts.models import OpeningHours
from contacts.opening_hours import SEARCH_DAYS, Schedule, Span
from contacts.opening_text import OpeningLine, clock, day_text, hours_text

times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
dates = st.dates(date(2023, 12, 1), date(2026, 1, 31))


@st.composite
def spans(draw):
    opens, closes = sorted(draw(st.lists(times, min_size=2, max_size=2, unique=True)))
    return {"opens": opens, "closes": closes}


@st.composite
def exceptions(draw):
    first = draw(dates)
    last = first + timedelta(days=draw(st.integers(0, 70)))
    hours = draw(st.one_of(st.just({}), spans()))
    return OpeningHours(first_date=first, last_date=last, **hours)


weekly = st.builds(
    lambda day, hours: OpeningHours(weekday=day, **hours), st.integers(0, 6), spans()
)
schedules = st.builds(
    lambda week, dated, closed: Schedule.from_rows([*week, *dated], closed),
    st.lists(weekly, min_size=1, max_size=10),
    st.lists(exceptions(), max_size=4),
    st.booleans(),
)


def any_schedule_and_date(test):
    # How long it takes depends on the machine and not on the rule
    return settings(deadline=None)(given(schedules, dates)(test))


@any_schedule_and_date
def test_what_is_said_of_today_is_what_the_rules_say(schedule, today):
    said = OpeningLine("Besök", schedule, today).text

    day = schedule.on(today)
    if day.is_open:
        assert said.startswith(f"Öppet i dag, {day_text(today)}, {hours_text(day)}. I morgon, ")
    else:
        assert said.startswith(f"Stängt i dag, {day_text(today)}")


@any_schedule_and_date
def test_the_next_opening_is_open_and_nothing_opens_before_it(schedule, today):
    following = schedule.next_open_day(after=today)

    last = following.date if following else today + timedelta(days=SEARCH_DAYS + 1)
    between = [today + timedelta(days=n) for n in range(1, (last - today).days)]
    assert not any(schedule.on(day).is_open for day in between)
    if following:
        assert schedule.on(last).is_open
        assert following == schedule.on(last)


@any_schedule_and_date
def test_the_opening_that_is_promised_is_the_next_one(schedule, today):
    said = OpeningLine("Besök", schedule, today).text
    following = schedule.next_open_day(after=today)

    promised = re.search(r"Öppnar (?:i morgon, )?(.+?),? (\d+:\d\d)\.$", said)
    tomorrow = schedule.on(today + timedelta(days=1))
    if following and not (schedule.on(today).is_open and tomorrow.is_open):
        opens = clock(following.spans[0].opens)
        assert promised.groups() == (day_text(following.date), opens)
    else:
        assert promised is None


@any_schedule_and_date
def test_machines_are_told_the_same_hours_as_people(schedule, today):
    usual, special = weekly_hours(schedule), special_hours(schedule, today)

    for offset in range(SEARCH_DAYS + 1):
        day = today + timedelta(days=offset)
        assert _as_a_machine_reads(usual, special, day) == set(schedule.on(day).spans)


def _as_a_machine_reads(usual, special, day):
    told = [row for row in special if row["validFrom"] <= day.isoformat() <= row["validThrough"]]
    told = told or [row for row in usual if f"{day:%A}" in row["dayOfWeek"]]
    hours = {(time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"])) for row in told}
    return {Span(*span) for span in hours - {(time.min, time.min)}}
