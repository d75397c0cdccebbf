"""What the pages of the history need to say when."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

register = template.Library()


@register.filter
def moment(value):
    """A moment as people write it, "24 november 2026 14:05", in Europe/Stockholm, as <time>."""
    local = timezone.localtime(value)
    text = date_format(local, "j F Y G:i").replace(" ", "\N{NO-BREAK SPACE}")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)
