from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from publishing.fields import sanitize
from publishing.translations import (
    address,
    capital,
    exists_here,
    is_swedish,
    isolated,
    localized,
    own_text,
    page_language,
    shown_text,
    text_review,
    translation_note,
    with_localized_links,
)

register = template.Library()
EASY = "sv-simple"


@register.filter
def richtext(value):
    """Rich text as safe HTML: cleaned once more, since a row may have been written by raw SQL.

    Its links inside the site lead to the page's language.
    """
    return isolated(with_localized_links(sanitize(value or "")))


@register.filter
def long_date(value):
    """A date or moment as people write it, "7 juni 2024", in Europe/Stockholm, as <time>."""
    if not value:
        return ""
    if hasattr(value, "hour"):
        value = timezone.localtime(value).date()
    text = date_format(value, "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


# Texts and their language. ``item`` may be missing, as the start page of a new site is.


@register.filter
def shown(item, field):
    """The text of ``field``, marked where it is Swedish on a page in another language."""
    return shown_text(item, field) if item else ""


@register.filter
def own(item, field):
    """The text of ``field`` in the page's language or "", for where no language can be told."""
    return own_text(item, field) if item else ""


@register.filter
def fallback_language(item, field):
    """Attributes of an element with the text of ``field``, where that is Swedish: else ""."""
    return SafeString(' lang="sv" dir="ltr"' if item and is_swedish(item, field) else "")


@register.filter
def swedish_label(item):
    """What a link to ``item`` says where its page is Swedish on a page in another language."""
    return "" if exists_here(item) else _label(_("på svenska"))


@register.filter
def language_label(item):
    """The same for a card, which on Swedish pages also tells of a text in lättläst."""
    if page_language() == settings.LANGUAGE_CODE and EASY in item.languages():
        return _label(_("Lättläst"))
    return swedish_label(item)


def _label(words):
    return format_html('<span class="language-label">{}</span>', words)


register.filter("address", address)
register.filter("capital", capital)
register.filter("localized", localized)
register.simple_tag(translation_note)
register.simple_tag(text_review)


@register.simple_tag(takes_context=True)
def language_links(context):
    """The languages of this page: [{code, name, url, canonical, is_current, …}].

    Each is named in its own words. ``url`` keeps the query, ``canonical`` what of it matters.
    """
    asked = context["request"].get_full_path()
    canonical = context.get("canonical", "").removeprefix(settings.BASE_URL)
    names = dict(settings.LANGUAGES)
    return [
        {
            "code": code,
            "name": names[code],
            "url": translate_url(asked, code),
            "canonical": translate_url(canonical, code),
            "is_current": code == get_language(),
            "is_rtl": get_language_info(code)["bidi"],
            "is_easy": code == EASY,
        }
        for code in context.get("page_languages") or [settings.LANGUAGE_CODE]
    ]
