from django import forms
from django.contrib import admin

from news.models import NewsItem
from publishing.admin import PUBLISHING, PublishableAdmin


@admin.register(NewsItem)
class NewsItemAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["title", "slug", "lead", "body", "image", "caption"]}),
        ("Hör ihop med", {"fields": ["kind", "focus_areas", "initiatives"]}),
        PUBLISHING,
    ]
    prepopulated_fields = {"slug": ["title_sv"]}
    autocomplete_fields = ["image", "initiatives"]
    list_display = ["heading", "state_chip", "kind", "unit", "publish_at"]
    list_filter = [*PublishableAdmin.list_filter, "kind"]
    date_hierarchy = "publish_at"

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "focus_areas":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)
