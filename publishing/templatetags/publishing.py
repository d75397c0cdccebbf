from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from modeltranslation.utils import build_localized_fieldname

from publishing.fields import sanitize

register = template.Library()


@register.filter
def richtext(value):
    """Rich text as safe HTML: cleaned once more, since a row may have been written by raw SQL."""
    return SafeString(sanitize(value or ""))


@register.filter
def long_date(value):
    """A date or moment as people write it, "7 juni 2024", in Europe/Stockholm, as <time>."""
    if not value:
        return ""
    if hasattr(value, "hour"):
        value = timezone.localtime(value).date()
    text = date_format(value, "j F Y").replace(" ", "\N{NO-BREAK SPACE}", 1)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def own_language(item, field):
    """Attributes for a text that is in the page's language where the rest falls back to Swedish.

    "" on Swedish pages, and where ``item`` has no ``field`` of its own in the page's language.
    """
    language = get_language()
    if language == settings.LANGUAGE_CODE or not getattr(
        item, build_localized_fieldname(field, language), ""
    ):
        return ""
    direction = "rtl" if get_language_bidi() else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.simple_tag(takes_context=True)
def language_links(context):
    """The languages of this page: [{code, name, url, is_current}], each named in its own words."""
    path, names = context["request"].path, dict(settings.LANGUAGES)
    return [
        {
            "code": code,
            "name": names[code],
            "url": translate_url(path, code),
            "is_current": code == get_language(),
        }
        for code in context.get("page_languages") or [settings.LANGUAGE_CODE]
    ]
