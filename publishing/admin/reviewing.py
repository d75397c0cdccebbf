"""The review of facts, which residents see as saved: the list, the buttons, what is told of it."""

from dataclasses import dataclass, field, replace

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.utils.formats import date_format
from django.utils.html import format_html

from publishing.admin.base import LiveAdmin
from publishing.admin.buttons import Button
from publishing.admin.list_csv import REVIEW_HEAD, CsvOfList, review_cells
from publishing.admin.lists import ReviewFilter
from publishing.admin.verb_pages import VerbPages
from publishing.admin.verbs import MARK_REVIEWED, REVIEWED_UNCHANGED

REVIEW = ("Granskning", {"fields": ["review_interval"]})


def _told(item):
    return f"är granskad i dag av {item.last_reviewed_by}."


VERBS = [
    replace(
        REVIEWED_UNCHANGED,
        right="change",
        fits=lambda item: bool(item.last_reviewed_by_id),
        told=_told,
        meaning="Samma funktion som sist har gått igenom uppgifterna, och allt stämmer.",
    ),
    replace(
        MARK_REVIEWED,
        right="change",
        fits=lambda item: True,
        told=_told,
        meaning="Någon har gått igenom uppgifterna och sett att allt stämmer.",
    ),
]


@dataclass(frozen=True)
class Row:
    """The buttons under the form of a fact, as publishing.admin.buttons.Row."""

    page: list
    save: str = "Spara"
    text: tuple = (Button("save", "Spara"), Button("continue", "Spara och fortsätt redigera"))
    apart: list = field(default_factory=list)


class ReviewedAdmin(CsvOfList, VerbPages, LiveAdmin):
    """A live kind that is reviewed; ``csv_facts`` ({head: column}) begin each line of the file."""

    verbs = VERBS
    list_filter = [ReviewFilter]
    csv_facts = {}

    # The list

    @admin.display(description="granskning", ordering="last_reviewed_on")
    def state_chip(self, item):
        return format_html('<span class="state state--{}">{}</span>', *review_in_words(item))

    @property
    def csv_head(self):
        return [*self.csv_facts, *REVIEW_HEAD]

    def csv_cells(self, item):
        return [*(getattr(item, name) for name in self.csv_facts.values()), *review_cells(item)]

    # The form

    def residents_see(self, item):
        if not hasattr(item, "get_absolute_url"):
            return ""
        if item.is_review_overdue:
            return "På sidan läser besökarna att den skulle ha granskats."
        return "På sidan läser besökarna när den granskades." if item.last_reviewed_on else ""

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context["state_chip"] = self.state_chip(obj)
            context["residents_see"] = self.residents_see(obj) or self.hint
        if obj and self.has_change_permission(request, obj):
            fitting = [verb for verb in self.verbs_of(request) if verb.fits(obj)]
            context["row"] = Row([Button(verb.name, verb.button_for(obj)) for verb in fitting])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        verb = self.pressed(request)
        if not verb or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self.do_pressed(request, verb, obj)


def review_in_words(item):
    """The kind and the words of a chip that says when ``item`` was, or should be, reviewed."""
    if item.is_due:
        return "waiting", f"Skulle ha granskats senast {_day(item.due_on)}"
    if item.last_reviewed_on:
        return "published", f"Granskad {_day(item.last_reviewed_on)}"
    return "ended", f"Ska granskas senast {_day(item.due_on)}" if item.due_on else "Granskas inte"


def _day(date):
    return date_format(date, "j F Y").replace(" ", "\N{NO-BREAK SPACE}")
