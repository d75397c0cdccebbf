"""One row of every kind of content, with the rows that are edited with it."""

from datetime import date

from pages.models import AccessibilityStatement, Chart, Resource
from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    HelplineFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    NoticeFactory,
    OpeningHoursFactory,
    PageFactory,
    PromotedAnswerFactory,
    StartPageFactory,
    SynonymsFactory,
    TargetGroupFactory,
)
from tests.pictures import image_with_files

PUBLISHED = [NewsItemFactory, InitiativeFactory, FocusAreaFactory, PageFactory, StartPageFactory]


def contact():
    """With hours of two days and a function."""
    unit = ContactUnitFactory()
    OpeningHoursFactory(unit=unit)
    OpeningHoursFactory(unit=unit, weekday=1)
    return ContactFunctionFactory(unit=unit).unit


def site_settings():
    return MenuItemFactory().site


def chart():
    rows = {"rows": "A; 1\nB; 2", "unit_label": "%", "period": "2024", "source": "SCB"}
    return Chart.objects.create(title="Arbetslösa", summary="Färre.", **rows)


def document():
    return Resource.objects.create(title="Färdplan", url="https://example.se/")


def statement():
    today = date(2026, 1, 1)
    statement = AccessibilityStatement.objects.create(
        actor="Staden",
        service="Webbplatsen",
        conformance="partial",
        assessed_on=today,
        updated_on=today,
        method="self",
        feedback_unit=ContactUnitFactory(),
    )
    statement.shortcomings.create(description="Kartan går inte att nå med tangentbordet.")
    return statement


# (what makes it, a column of text that its form has)
FACTS = [
    *[(contact, "name_sv"), (HelplineFactory, "name_sv"), (DistrictFactory, "name_sv")],
    *[(TargetGroupFactory, "name_sv"), (NoticeFactory, "text_sv"), (image_with_files, "title")],
    *[(site_settings, "sender_sv"), (chart, "title_sv"), (document, "title_sv")],
    *[(statement, "actor_sv"), (SynonymsFactory, "reason")],
    (PromotedAnswerFactory, "reason"),
]
