"""Which hours hold on a date, and what is said about them."""

from datetime import date, time

import pytest
import time_machine

from contacts.models import OpeningHours
from contacts.opening_hours import Schedule, Span, holiday_name
from contacts.opening_text import OpeningLine
from tests.factories import ContactUnitFactory, OpeningHoursFactory

OFFICE = Span(time(8), time(16, 30))


def week(opens=time(8), closes=time(16, 30), days=range(5)):
    return [OpeningHours(weekday=day, opens=opens, closes=closes) for day in days]


def exception(first, last=None, opens=None, closes=None, reason=""):
    return OpeningHours(
        first_date=date.fromisoformat(first),
        last_date=date.fromisoformat(last or first),
        opens=opens,
        closes=closes,
        reason_sv=reason,
    )


def schedule(*rows, closed_on_holidays=True):
    return Schedule.from_rows(rows or week(), closed_on_holidays)


def line(day, *rows, **kwargs):
    return OpeningLine("Besök", schedule(*rows, **kwargs), date.fromisoformat(day))


def text(day, *rows, **kwargs):
    return line(day, *rows, **kwargs).text.replace("\N{NO-BREAK SPACE}", " ")


def spans_on(day, *rows, **kwargs):
    return schedule(*rows, **kwargs).on(date.fromisoformat(day)).spans


@pytest.fixture
def unit(db):
    unit = ContactUnitFactory()
    for day in range(5):
        OpeningHoursFactory(unit=unit, weekday=day)
    return unit


def in_words(rows):
    return [tuple(part.replace("\N{NO-BREAK SPACE}", " ") for part in row) for row in rows]


# Which hours hold


def test_a_weekday_has_the_hours_of_the_week():
    assert spans_on("2024-06-18") == (OFFICE,)
    assert spans_on("2024-06-22") == ()


def test_a_day_may_have_several_spans_in_the_order_of_the_clock():
    rows = [*week(time(13), time(16, 30)), *week(time(8), time(12))]

    assert spans_on("2024-06-18", *rows) == (Span(time(8), time(12)), Span(time(13), time(16, 30)))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2024-01-01", "nyårsdagen"),
        ("2024-03-29", "långfredagen"),
        ("2024-05-09", "Kristi himmelsfärdsdag"),
        ("2024-06-06", "nationaldagen"),
        ("2024-06-21", "midsommarafton"),
        ("2024-11-02", "alla helgons dag"),
        ("2024-12-24", "julafton"),
        ("2024-12-26", "annandag jul"),
        ("2024-12-31", "nyårsafton"),
        ("2026-06-19", "midsommarafton"),
        ("2008-05-01", "Kristi himmelsfärdsdag och första maj"),
        ("2024-06-23", ""),
    ],
)
def test_holidays_and_eves_have_their_names_and_a_common_sunday_has_none(day, name):
    assert sorted(holiday_name(date.fromisoformat(day)).split(" och ")) == sorted(
        name.split(" och ")
    )


def test_a_holiday_is_closed_and_says_which():
    closed = schedule().on(date(2024, 6, 21))

    assert not closed.is_open
    assert closed.reason == "midsommarafton"


def test_who_is_open_on_holidays_has_the_hours_of_the_week():
    assert spans_on("2024-06-21", *week(), closed_on_holidays=False) == (OFFICE,)


def test_an_exception_without_times_closes_and_says_why():
    day = schedule(*week(), exception("2024-06-18", reason="personaldag")).on(date(2024, 6, 18))

    assert (day.spans, day.reason) == ((), "personaldag")


def test_an_exception_with_times_replaces_the_hours_of_its_day():
    rows = [*week(), exception("2024-06-18", opens=time(10), closes=time(12))]

    assert spans_on("2024-06-18", *rows) == (Span(time(10), time(12)),)
    assert spans_on("2024-06-19", *rows) == (OFFICE,)


def test_an_exception_of_one_date_opens_even_a_holiday_or_a_sunday():
    noon = Span(time(10), time(12))
    rows = [exception(day, opens=time(10), closes=time(12)) for day in ("2024-06-21", "2024-06-23")]

    assert spans_on("2024-06-21", *week(), *rows) == (noon,)
    assert spans_on("2024-06-23", *week(), *rows) == (noon,)


def test_the_hours_of_a_period_leave_weekends_and_holidays_closed():
    summer = exception("2024-06-17", "2024-08-09", time(9), time(15), "sommartid")

    assert spans_on("2024-06-18", *week(), summer) == (Span(time(9), time(15)),)
    assert spans_on("2024-06-21", *week(), summer) == ()
    assert spans_on("2024-06-22", *week(), summer) == ()


def test_a_place_without_a_week_is_open_on_each_day_of_its_season():
    season = exception("2024-06-24", "2024-08-09", time(10), time(16))

    assert spans_on("2024-06-30", season) == (Span(time(10), time(16)),)
    assert spans_on("2024-08-10", season) == ()


def test_one_open_day_in_a_closed_month_is_open():
    rows = [
        *week(),
        exception("2024-07-01", "2024-07-31", reason="sommarstängt"),
        exception("2024-07-10", opens=time(10), closes=time(12)),
    ]

    assert spans_on("2024-07-09", *rows) == ()
    assert spans_on("2024-07-10", *rows) == (Span(time(10), time(12)),)


# What is said about today


def test_a_common_day_says_its_hours_and_those_of_tomorrow():
    assert text("2024-06-18") == (
        "Öppet i dag, tisdag 18 juni, 8:00–16:30. I morgon, onsdag 19 juni, öppet 8:00–16:30."
    )


def test_the_day_before_midsummers_eve_says_when_it_opens_again():
    assert text("2024-06-20") == (
        "Öppet i dag, torsdag 20 juni, 8:00–16:30. "
        "I morgon, fredag 21 juni, stängt (midsommarafton). "
        "Öppnar måndag 24 juni 8:00."
    )


def test_midsummers_eve_says_that_it_is_closed_and_why():
    assert text("2024-06-21") == (
        "Stängt i dag, fredag 21 juni (midsommarafton). Öppnar måndag 24 juni 8:00."
    )


def test_the_weekend_says_closed_without_a_reason():
    assert text("2024-06-16") == (
        "Stängt i dag, söndag 16 juni. Öppnar i morgon, måndag 17 juni, 8:00."
    )


def test_the_days_between_christmas_and_new_year_are_right():
    assert text("2024-12-23") == (
        "Öppet i dag, måndag 23 december, 8:00–16:30. "
        "I morgon, tisdag 24 december, stängt (julafton). "
        "Öppnar fredag 27 december 8:00."
    )
    assert text("2024-12-26") == (
        "Stängt i dag, torsdag 26 december (annandag jul). "
        "Öppnar i morgon, fredag 27 december, 8:00."
    )
    assert text("2024-12-30") == (
        "Öppet i dag, måndag 30 december, 8:00–16:30. "
        "I morgon, tisdag 31 december, stängt (nyårsafton). "
        "Öppnar torsdag 2 januari 8:00."
    )


def test_several_spans_are_joined_as_people_join_them():
    rows = [
        *week(time(8), time(10)),
        *week(time(11), time(12)),
        *week(time(13), time(16, 30)),
    ]

    assert "tisdag 18 juni, 8:00–10:00, 11:00–12:00 och 13:00–16:30." in text("2024-06-18", *rows)


def test_the_whole_day_is_round_the_clock_and_midnight_is_24():
    rows = [*week(time(0), time(23, 59), [0]), *week(time(18), time(23, 59), [1])]

    assert text("2024-06-17", *rows) == (
        "Öppet i dag, måndag 17 juni, dygnet runt. I morgon, tisdag 18 juni, öppet 18:00–24:00."
    )


def test_shorter_hours_say_why():
    rows = [
        *week(),
        exception("2024-06-20", opens=time(8), closes=time(12), reason="dag före midsommar"),
    ]

    assert text("2024-06-20", *rows).startswith(
        "Öppet i dag, torsdag 20 juni, 8:00–12:00 (dag före midsommar). "
    )


def test_a_long_closing_says_when_it_opens():
    rows = [*week(), exception("2024-07-01", "2024-08-09", reason="sommarstängt")]

    assert text("2024-07-03", *rows) == (
        "Stängt i dag, onsdag 3 juli (sommarstängt). Öppnar måndag 12 augusti 8:00."
    )


def test_what_does_not_open_within_sixty_days_promises_nothing():
    rows = [*week(), exception("2024-07-01", "2024-12-31", reason="ombyggnad")]

    assert text("2024-07-03", *rows) == "Stängt i dag, onsdag 3 juli (ombyggnad)."


def test_a_channel_whose_usual_hours_are_unknown_speaks_only_of_its_exceptions():
    rows = [exception("2024-06-18", reason="personaldag")]

    assert text("2024-06-17", *rows) == ""
    assert line("2024-06-17", *rows).today == ""
    assert text("2024-06-18", *rows) == "Stängt i dag, tisdag 18 juni (personaldag)."


def test_each_day_is_named_with_its_date_for_machines_too():
    assert '<time datetime="2024-06-21">fredag 21\N{NO-BREAK SPACE}juni</time>' in (
        line("2024-06-20").today
    )


def test_a_reason_can_not_bring_markup():
    rows = [*week(), exception("2024-06-18", reason="<b>möte</b>")]

    assert "(&lt;b&gt;möte&lt;/b&gt;)" in line("2024-06-18", *rows).today


# A page that is read later than it was made


@time_machine.travel("2024-06-20 23:30+02:00", tick=False)
def test_the_text_is_the_same_before_opening_and_after_closing(unit):
    late = unit.opening_lines()[0].text
    with time_machine.travel("2024-06-20 00:01+02:00", tick=False):
        early = unit.opening_lines()[0].text

    assert late == early


def test_no_text_says_that_it_is_open_now():
    texts = [text(f"2024-{month:02}-{day:02}") for month in range(1, 13) for day in range(1, 29)]

    assert not [said for said in texts if "nu" in said.lower().split()]
    assert all("i dag, " in said for said in texts)


@time_machine.travel("2024-06-20 22:30+00:00", tick=False)
def test_the_day_is_sweden_s_when_the_machine_s_clock_is_in_utc(unit):
    assert unit.opening_lines()[0].text.startswith("Stängt i dag, fredag 21")


@time_machine.travel("2024-01-10 23:30+00:00", tick=False)
def test_half_past_eleven_in_utc_is_the_next_day_in_winter_as_well(unit):
    assert unit.opening_lines()[0].text.startswith("Öppet i dag, torsdag 11")


# The nights when clocks change


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_a_span_across_the_hour_that_is_skipped_or_doubled_keeps_its_clock_times(night):
    rows = week(time(1), time(4), range(7))

    assert spans_on(night, *rows) == (Span(time(1), time(4)),)
    assert "1:00–4:00" in text(night, *rows)


# The tables


def test_days_in_a_row_with_the_same_hours_share_a_line():
    assert line("2024-06-18").week == [
        ("måndag–fredag", "8:00–16:30"),
        ("lördag–söndag", "stängt"),
    ]


def test_a_day_that_differs_has_its_own_line():
    rows = [*week(days=[0, 1, 3, 4]), *week(time(8), time(18), [2])]

    assert line("2024-06-18", *rows).week == [
        ("måndag–tisdag", "8:00–16:30"),
        ("onsdag", "8:00–18:00"),
        ("torsdag–fredag", "8:00–16:30"),
        ("lördag–söndag", "stängt"),
    ]


def test_seven_days_alike_are_all_days():
    rows = week(time(0), time(23, 59), range(7))

    assert line("2024-06-18", *rows).week == [("alla dagar", "dygnet runt")]


def test_what_differs_in_the_next_thirty_days_is_listed_with_the_holidays():
    rows = [
        *week(),
        exception("2024-07-01", "2024-08-09", time(9), time(15), "sommartid"),
        exception("2024-08-30", reason="personaldag"),
    ]

    assert in_words(line("2024-06-18", *rows).exceptions) == [
        ("fredag 21 juni", "stängt (midsommarafton)"),
        ("måndag 1 juli–fredag 9 augusti", "9:00–15:00 (sommartid)"),
    ]


def test_a_holiday_on_a_day_that_is_closed_anyway_is_not_listed():
    assert "midsommardagen" not in str(line("2024-06-18").exceptions)


def test_a_period_that_is_under_way_is_still_listed_and_one_that_is_over_is_not():
    rows = [*week(), exception("2024-07-01", "2024-07-31", reason="sommarstängt")]

    assert len(line("2024-07-31", *rows).exceptions) == 1
    assert line("2024-08-01", *rows).exceptions == []
