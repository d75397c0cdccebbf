"""What the style guide fills the components with: made up, unsaved, and of every kind they show."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.paginator import Paginator

from contacts.models import ContactFunction, ContactUnit, Helpline
from focus_areas.models import Accent, FocusArea
from images.models import Image
from initiatives.forms import InitiativeFilter
from initiatives.models import Initiative
from news.models import NewsItem
from pages.models import Chart, Notice, Page, Resource
from publishing.models import State, WithdrawalReason

MOMENT = datetime(2024, 6, 7, 6, 0, tzinfo=UTC)


def samples():
    """The sample data by name. The picture is the newest in the image bank, or none."""
    numbers = Paginator(range(90), 10)
    return {
        "accents": Accent.values,
        "archived": Page(state=State.ARCHIVED),
        "areas": [_area(accent) for accent in Accent.values],
        "breadcrumbs": [("Start", "/"), ("Redaktion", "#")],
        "chart": _chart(),
        "chips": [("Alla år", "#", True), ("2024", "#", False), ("2022", "#", False)],
        "date": MOMENT,
        "form": InitiativeFilter({"alder": "sjutton"}),
        "helplines": [
            Helpline(name="SOS Alarm", phone="112", helps_with="Vid fara för liv."),
            Helpline(name="Polisen", phone="114 14", helps_with="När det inte är bråttom."),
        ],
        "image": _picture(),
        "languages": [
            {"code": "sv", "name": "Svenska", "url": "#", "is_current": True},
            {"code": "fi", "name": "Suomi", "url": "#", "is_current": False},
            {"code": "ar", "name": "العربية", "url": "#", "is_current": False, "is_rtl": True},
        ],
        "notices": [
            Notice(level=level, text="Så här ser det ut.", sender="Staden", starts_at=MOMENT)
            for level in Notice.Level
        ],
        "numbers": numbers.get_elided_page_range(5, on_each_side=1, on_ends=1),
        "old": NewsItem(state=State.PUBLISHED, publish_at=MOMENT),
        "outdated": Page(state=State.WITHDRAWN, withdrawal_reason=WithdrawalReason.OUTDATED),
        "overdue": _overdue(),
        "page": numbers.page(5),
        "resources": _resources(),
    }


def _picture():
    return Image.objects.exclude(renditions="").first()


@dataclass
class SampleArea:
    """A focus area with initiatives that are in no database."""

    area: FocusArea
    shown_initiatives: list

    def __getattr__(self, name):
        return getattr(self.area, name)


def _area(accent):
    area = FocusArea(title=f"Ett område: {accent}", slug=accent, accent=accent)
    area.lead = "Vad området handlar om, i en eller två hela meningar."
    area.image = _picture()
    initiatives = [
        Initiative(title=title, slug="insats")
        for title in ("En insats", "En insats med långt namn")
    ]
    return SampleArea(area, [] if accent == Accent.LEAF else initiatives)


def _chart():
    return Chart(
        title="Påhittade siffror",
        summary="Det första värdet är störst.",
        unit_label="%",
        period="2024",
        source="Ingen",
        rows="Här; 4,4\nDär; 4,1\nPå ett ställe med långt namn; 3,3",
    )


def _overdue():
    unit = ContactUnit(name="Kontaktcenter", slug="kontaktcenter")
    return Page(
        state=State.PUBLISHED,
        publish_at=MOMENT,
        unit=unit,
        review_interval=12,
        last_reviewed_on=date(2017, 10, 16),
        last_reviewed_by=ContactFunction(unit=unit, role="Folkhälsostrateg"),
    )


def _resources():
    document, link, way = Resource.Kind.DOCUMENT, Resource.Kind.LINK, Resource.Kind.TAKE_PART
    sender = settings.ERROR_PAGE_SENDER
    return [
        Resource(kind=document, title="En strategi", file="documents/en.pdf", file_size=1_234_567),
        Resource(
            kind=link, title="En webbsida", url="https://example.se/", year=2021, sender=sender
        ),
        Resource(kind=way, title="Ett sätt att delta", url="/kontakt/", description="Var med."),
    ]
