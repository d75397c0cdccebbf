"""The lists of published kinds: what they are filtered by, and where each row stands."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList

from publishing.models import Track


class DeskFilter(admin.SimpleListFilter):
    """What the first page counts as somebody's own to do."""

    title = "att göra"
    parameter_name = "att-gora"

    def lookups(self, request, model_admin):
        return [
            ("tillbaka", "skickat tillbaka till mig"),
            ("mina", "det jag skriver på"),
            ("andras", "det andra skriver på"),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "tillbaka":
                return queryset.sent_back_to(request.user)
            case "mina":
                return queryset.in_hand_of(request.user)
            case "andras":
                return queryset.in_other_hands(request.user)
        return queryset


class ReviewFilter(admin.SimpleListFilter):
    title = "granskning"
    parameter_name = "granskning"

    def lookups(self, request, model_admin):
        return [("nu", "ska granskas på nytt")]

    def queryset(self, request, queryset):
        return queryset.due_for_review() if self.value() == "nu" else queryset


class ChangesFilter(admin.SimpleListFilter):
    title = "det som inte är ute"
    parameter_name = "andringar"

    def lookups(self, request, model_admin):
        return [
            ("nya", "opublicerade ändringar"),
            ("granskas", "väntar på granskning"),
            ("vantar", "väntar på sin tid"),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "nya":
                return queryset.with_changes()
            case "granskas":
                return queryset.awaiting_review()
            case "vantar":
                return queryset.waiting()
        return queryset


class TrackedChangeList(ChangeList):
    """The rows of a page with their tracks, so that each can say where it stands."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        Track.objects.attach_to(self.result_list)
