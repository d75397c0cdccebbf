"""The lists of the back office: what they are filtered by, and where each row stands."""

import re

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest

from publishing.models import Track

OFFERED = {"exact", "id__exact", "isnull", "year", "month", "day"}
KEY_OF_ROW = re.compile(r"form-\d+-id")  # of one that is changed in the list


class GuardedList:
    """A list is filtered by what it offers, and its actions take keys of rows.

    Django lets any lookup of a column through, and a regular expression may be one that the
    database refuses, as it does a key that is no number.
    """

    def changelist_view(self, request, extra_context=None):
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        keys += [key for name, key in request.POST.items() if KEY_OF_ROW.fullmatch(name)]
        if not all(key.isdecimal() and len(key) < 19 for key in keys):
            raise BadRequest
        return super().changelist_view(request, extra_context)

    def lookup_allowed(self, lookup, value, request):
        filters = [*self.get_list_filter(request), self.date_hierarchy]
        names = [each[0] if isinstance(each, tuple) else each for each in filters]
        name, _underscores, way = lookup.partition("__")
        is_offered = name in names and way in OFFERED
        return is_offered and super().lookup_allowed(lookup, value, request)


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
