"""What every admin refuses that no list and no form of its own would ask for."""

import re

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest

OFFERED = {"exact", "id__exact", "isnull", "year", "month", "day"}
KEY_OF_ROW = re.compile(r"form-\d+-id")  # of one that is changed in the list


class Guarded:
    """A list is filtered by what it offers, and keys are numbers that a database can have.

    Django lets any lookup of a column through, and a regular expression may be one that the
    database refuses, as it does a key that is none.
    """

    def lookup_allowed(self, lookup, value, request):
        filters = [*self.get_list_filter(request), self.date_hierarchy]
        names = [each[0] if isinstance(each, tuple) else each for each in filters]
        name, _underscores, way = lookup.partition("__")
        is_of_ours = lookup in [getattr(each, "parameter_name", None) for each in filters]
        is_offered = is_of_ours or (name in names and way in OFFERED)
        return is_offered and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        _require_keys(request.POST.getlist(ACTION_CHECKBOX_NAME))
        _require_keys(key for name, key in request.POST.items() if KEY_OF_ROW.fullmatch(name))
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        for field in [*self.opts.concrete_fields, *self.opts.many_to_many]:
            if field.is_relation:
                _require_keys(filter(None, request.POST.getlist(field.name)))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)


def _require_keys(keys):
    if not all(key.isdecimal() and len(key) < 19 for key in keys):
        raise BadRequest
