"""A unit as schema.org describes an office: address, telephone, hours and what differs ahead."""

import re
from itertools import groupby

from django.conf import settings

from contacts.opening_hours import SEARCH_DAYS, days_after
from publishing.translations import own_text

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
POSTAL_LINE = re.compile(r"(?P<postalCode>\d{3} ?\d{2})\s+(?P<addressLocality>.+)")


def unit_as_json_ld(unit, today):
    """``today`` is the local date from which special hours are told."""
    visit, phone = unit.schedule("visit"), unit.schedule("phone")
    telephone_hours = weekly_hours(phone) + special_hours(phone, today)
    return _without_empty(
        {
            "@type": "GovernmentOffice",
            "name": unit.name,
            "url": settings.BASE_URL + unit.get_absolute_url(),
            "description": own_text(unit, "helps_with"),
            "telephone": _telephone(unit),
            "email": unit.email,
            "address": _address(unit.visiting_address),
            "hasMap": unit.map_url,
            "openingHoursSpecification": weekly_hours(visit),
            "specialOpeningHoursSpecification": special_hours(visit, today),
            "contactPoint": [
                *_contact_points(unit, "customer service", telephone_hours),
                *(
                    point
                    for function in unit.functions.all()
                    for point in _contact_points(function, own_text(function, "role"))
                ),
            ],
        }
    )


def _without_empty(data):
    return {key: value for key, value in data.items() if value}


def _telephone(row):
    return row.phone_href.removeprefix("tel:")


def _contact_points(row, kind, hours=()):
    """None or one: a row without number and address is nothing to contact."""
    ways = _without_empty({"telephone": _telephone(row), "email": row.email})
    point = {"@type": "ContactPoint", "contactType": kind, **ways, "hoursAvailable": hours}
    return [_without_empty(point)] if ways else []


def _address(lines):
    *street, last = lines.splitlines() or [""]
    if match := POSTAL_LINE.fullmatch(last.strip()):
        place = match.groupdict()
    else:
        street, place = [*street, last], {}
    if not any(street) and not place:
        return None
    return {
        "@type": "PostalAddress",
        **_without_empty({"streetAddress": ", ".join(line.strip() for line in street)}),
        **place,
        "addressCountry": "SE",
    }


def _specification(span=None, **days):
    """Without a span: closed, which schema.org writes as open from midnight to midnight."""
    opens, closes = (span.opens, span.closes) if span else (None, None)
    return {
        "@type": "OpeningHoursSpecification",
        **days,
        "opens": f"{opens:%H:%M}" if opens else "00:00",
        "closes": f"{closes:%H:%M}" if closes else "00:00",
    }


def weekly_hours(schedule):
    spans = sorted({span for day in schedule.weekly for span in day}) if schedule else []
    return [
        _specification(
            span,
            dayOfWeek=[
                name for name, day in zip(WEEKDAYS, schedule.weekly, strict=True) if span in day
            ],
        )
        for span in spans
    ]


def special_hours(schedule, today):
    """Runs of dates, today's first, on which the hours are not those of the week."""
    if not schedule:
        return []
    days = map(schedule.on, [today, *days_after(today, SEARCH_DAYS)])
    special = [day for day in days if day.spans != schedule.weekly[day.date.weekday()]]
    return [
        _specification(span, validFrom=first.isoformat(), validThrough=last.isoformat())
        for first, last, spans in _runs(special)
        for span in spans or [None]
    ]


def _runs(days):
    """(first date, last date, spans) of days that follow on one another with the same spans."""
    numbered = enumerate(days)
    runs = groupby(numbered, key=lambda item: (item[1].date.toordinal() - item[0], item[1].spans))
    for (_start, spans), run in runs:
        dates = [day.date for _number, day in run]
        yield dates[0], dates[-1], spans
