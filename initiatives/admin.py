from django import forms
from django.contrib import admin
from django.db import models

from initiatives.models import District, Initiative, TargetGroup
from publishing.admin import FINDING, PUBLISHING, LiveAdmin, PublishableAdmin


@admin.register(Initiative)
class InitiativeAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["title", "slug", "focus_area", "lead", "body", "image"]}),
        (
            "För vem och var",
            {"fields": ["phase", "age_from", "age_to", "target_groups", "districts"]},
        ),
        (
            "Kontakt och trygghet",
            {"fields": ["organiser", "external_url", "phone", "is_sensitive", "order"]},
        ),
        FINDING,
        PUBLISHING,
    ]
    prepopulated_fields = {"slug": ["title_sv"]}
    autocomplete_fields = ["image"]
    formfield_overrides = {
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
    list_display = ["heading", "state_chip", "focus_area", "phase", "unit", "published"]
    list_filter = [*PublishableAdmin.list_filter, "focus_area", "phase"]
    list_select_related = ["unit", "focus_area"]


class ChoiceAdmin(LiveAdmin):
    """The short lists that initiatives are sorted by."""

    fields = ["name", "slug", "order"]
    prepopulated_fields = {"slug": ["name_sv"]}
    list_display = ["name", "order"]


@admin.register(District)
class DistrictAdmin(ChoiceAdmin):
    pass


@admin.register(TargetGroup)
class TargetGroupAdmin(ChoiceAdmin):
    fields = ["name", "slug", "said_by_member", "is_sensitive", "order"]
