"""Differences between versions as text, so that a test reads like what people see."""

from news.models import NewsItem
from publishing.differences import differences


def shown(model, old, new):
    """{column: text with [-removed-] and {+added+}} of what differs."""
    marks = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}
    return {
        each.field: "".join(marks[part.kind].format(part.text) for part in each.parts)
        for each in differences(model, old, new)
    }


def shown_body(old, new):
    return shown(NewsItem, {"body_sv": old}, {"body_sv": new}).get("body_sv")


def shown_lead(old, new):
    return shown(NewsItem, {"lead_sv": old}, {"lead_sv": new}).get("lead_sv")
