"""The parts of a page that wrap other content, and the style sheets that all pages link."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.html import format_html

from trollhattan_portal.staticfiles import STYLESHEETS

register = template.Library()


@register.simple_tag
def stylesheets():
    """The names of the style sheets to link: the sources, or what the storage joined them into."""
    return getattr(staticfiles_storage, "stylesheets", STYLESHEETS)


@register.filter
def is_within(path, address):
    """Whether ``path`` is ``address`` or lies below it. Nothing lies below the start page."""
    return address != reverse("start") and path.startswith(f"{address.rstrip('/')}/")


@register.simple_block_tag
def callout(content, title="", kind="calm"):
    """A remark beside the text, calm, warm or alarm, with a line above it that names it."""
    heading = format_html('<p class="callout__title"><strong>{}</strong></p>', title)
    return format_html(
        '<div class="callout callout--{}">{}{}</div>', kind, heading if title else "", content
    )
