from django.contrib import admin

from focus_areas.models import FocusArea
from publishing.admin import FINDING, PUBLISHING, PublishableAdmin


@admin.register(FocusArea)
class FocusAreaAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["title", "slug", "topic", "lead", "body", "goal", "image"]}),
        ("Utseende", {"fields": ["accent", "order"]}),
        FINDING,
        PUBLISHING,
    ]
    prepopulated_fields = {"slug": ["title_sv"]}
    autocomplete_fields = ["image"]
    list_display = ["heading", "state_chip", "unit", "order", "published"]
