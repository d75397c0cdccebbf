from django.contrib import admin
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html

from pages.models import Chart, Page, StartPage
from publishing.admin import FINDING, PUBLISHING, LiveAdmin, PublishableAdmin, SingletonAdmin
from publishing.admin.verbs import ARCHIVE, VERBS

LOWEST = Q(parent__parent__isnull=False)
MIDDLE = Q(parent__isnull=False)
# A page, then what lies under it: the order in which people think of a tree
TREE_ORDER = [
    Coalesce("parent__parent__slug", "parent__slug", "slug").asc(),
    Case(When(LOWEST, then="parent__slug"), When(MIDDLE, then="slug")).asc(nulls_first=True),
    Case(When(LOWEST, then="slug")).asc(nulls_first=True),
]


@admin.register(StartPage)
class StartPageAdmin(SingletonAdmin, PublishableAdmin):
    verbs = [verb for verb in VERBS if verb is not ARCHIVE]
    fieldsets = [
        ("Överst", {"fields": ["title", "lead", "body", "image"]}),
        (
            "Samarbete",
            {"fields": ["cooperation_title", "cooperation_body", "cooperation_image"]},
        ),
        ("Nyheter", {"fields": ["news_title"]}),
        ("Fokusområden", {"fields": ["areas_title", "areas_body"]}),
        ("Fakta", {"fields": ["facts_title", "facts_body", "facts_chart"]}),
        ("Vill du veta mer", {"fields": ["resources_title", "resources_body"]}),
        ("Gör en insats", {"fields": ["action_title", "action_body"]}),
        FINDING,
        PUBLISHING,
    ]
    autocomplete_fields = ["image", "cooperation_image"]

    def tools(self, request, item):
        tools = super().tools(request, item)
        if request.user.has_perm("news.publish_newsitem"):
            tools.append(("Nyheterna på startsidan", reverse("admin:news_newsitem_start")))
        return tools


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["title", "slug", "parent", "lead", "body", "image", "contact"]}),
        ("I listor och menyer", {"fields": ["order"]}),
        FINDING,
        PUBLISHING,
    ]
    prepopulated_fields = {"slug": ["title_sv"]}
    autocomplete_fields = ["image"]
    list_display = ["branch", "state_chip", "address", "unit"]
    list_select_related = ["unit", "parent__parent"]
    ordering = TREE_ORDER

    @admin.display(description="rubrik")
    def branch(self, page):
        return format_html('<span class="branch-{}">{}</span>', len(page.ancestors()), page)

    @admin.display(description="adress")
    def address(self, page):
        return f"/{page.path}/"


@admin.register(Chart)
class ChartAdmin(LiveAdmin):
    fields = ["title", "summary", "unit_label", "period", "rows", "source", "source_url"]
    list_display = ["title", "period", "source"]
    search_fields = ["title_sv"]
