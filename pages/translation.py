from modeltranslation.translator import TranslationOptions, register

from pages.models import (
    AccessibilityStatement,
    Chart,
    Notice,
    Page,
    Resource,
    Shortcoming,
    SiteSettings,
    StartPage,
)


@register(SiteSettings)
class SiteSettingsTranslation(TranslationOptions):
    fields = ("name", "sender", "word_mark", "description", "footer")


@register(Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("text", "link_text", "sender")


@register(Chart)
class ChartTranslation(TranslationOptions):
    fields = ("title", "summary", "unit_label", "period", "source", "rows")


@register(StartPage)
class StartPageTranslation(TranslationOptions):
    fields = (
        "title",
        "lead",
        "body",
        "cooperation_title",
        "cooperation_body",
        "news_title",
        "areas_title",
        "areas_body",
        "facts_title",
        "facts_body",
        "resources_title",
        "resources_body",
        "action_title",
        "action_body",
    )


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "lead", "body")


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("title", "description", "sender")


@register(AccessibilityStatement)
class AccessibilityStatementTranslation(TranslationOptions):
    fields = ("actor", "service", "method_description", "outside_the_law", "supervisor_name")


@register(Shortcoming)
class ShortcomingTranslation(TranslationOptions):
    fields = ("description", "burden_reasons")
