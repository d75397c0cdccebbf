from django import forms
from django.contrib import admin
from django.urls import path, reverse

from news.models import NewsItem
from news.start_page import StartPageNews
from publishing.admin import FINDING, PUBLISHING, PublishableAdmin


@admin.register(NewsItem)
class NewsItemAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["title", "slug", "lead", "body", "image", "caption"]}),
        ("Hör ihop med", {"fields": ["kind", "focus_areas", "initiatives"]}),
        FINDING,
        PUBLISHING,
    ]
    prepopulated_fields = {"slug": ["title_sv"]}
    autocomplete_fields = ["image", "initiatives"]
    list_display = ["heading", "state_chip", "kind", "unit", "published"]
    list_filter = [*PublishableAdmin.list_filter, "kind", "focus_areas"]
    date_hierarchy = "publish_at"

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "focus_areas":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # The start page

    def get_urls(self):
        view = self.admin_site.admin_view(self.start_view)
        return [path("startsidan/", view, name="news_newsitem_start"), *super().get_urls()]

    def start_view(self, request):
        """Choose which news stand first on the start page."""
        return StartPageNews(self, request).answer()

    def list_tools(self, request):
        tools = super().list_tools(request)
        if request.user.has_perm("news.publish_newsitem"):
            tools.append(("Nyheterna på startsidan", reverse("admin:news_newsitem_start")))
        return tools
