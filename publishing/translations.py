"""What a page shows in the reader's language, and what it says about the rest.

A text that isn't translated is shown in Swedish, and says so: docs/decisions/0009-languages.md.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import translate_url
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi, override
from django.utils.translation import gettext as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from publishing.models.reference import swedish_path
from publishing.translation_status import TranslationStatus, standing_on_page

# Digits in groups, which a text from right to left would show in the wrong order
PHONE = re.compile(
    r"(?<![\d-])(?:\+46[- \N{NO-BREAK SPACE}]?)?\d{2,4}[- \N{NO-BREAK SPACE}]"
    r"\d{2,3}(?:[ \N{NO-BREAK SPACE}]\d{2,3})*(?![\d,-])"
)
TAG = re.compile(r"(<[^>]*>)")
LINK = re.compile(r'(<a href=")([^"]*)')


class Shown(str):
    """A text of an item as a page shows it: plain text to Python, safe HTML to a template."""

    is_swedish = False  # on a page in another language

    def __html__(self):
        html = isolated(escape(str(self)))
        return format_html('<span lang="sv" dir="ltr">{}</span>', html) if self.is_swedish else html


def page_language():
    return get_language() or settings.LANGUAGE_CODE


def own_text(item, field):
    """The text of ``field`` in the page's own language; "" where there is none."""
    return getattr(item, build_localized_fieldname(field, page_language()), "") or ""


def is_swedish(item, field):
    """Whether ``field`` has a text, and shows it in Swedish on a page in another language."""
    return bool(
        page_language() != settings.LANGUAGE_CODE
        and not own_text(item, field)
        and getattr(item, field, "")
    )


def shown_text(item, field):
    """The text of ``field`` in the page's language, else in Swedish."""
    text = Shown(getattr(item, field, "") or "")
    text.is_swedish = is_swedish(item, field)
    return text


def capital(text):
    """capfirst for what may be a text of shown_text()."""
    capitalized = Shown(capfirst(text))
    capitalized.is_swedish = getattr(text, "is_swedish", False)
    return capitalized


def exists_here(item):
    """Whether ``item`` has a page in the page's language."""
    return page_language() in item.languages()


# What a reader is told


def translation_note(item=None):
    """What a reader of the page of ``item``, or of a list, should know of its language; or "".

    One query for an item on a page in another language than Swedish.
    """
    if page_language() == settings.LANGUAGE_CODE:
        return ""
    sentences = [_how_it_stands(item)]
    if item and _lacks_texts(item):
        sentences.append(_("Det som inte är översatt står på svenska."))
    return " ".join(filter(None, sentences))


def _how_it_stands(item):
    if not (item and item.pk):  # the interface, which nobody has reviewed
        return _("Översättningen är inte granskad.")
    match standing_on_page(item, page_language()).status:
        case TranslationStatus.CURRENT:
            return ""
        case TranslationStatus.STALE:
            return _("Den svenska texten har ändrats sedan den översattes.")
        case TranslationStatus.MACHINE:
            return _("Översättningen är gjord av en maskin och är inte granskad.")
    return _("Översättningen är inte granskad.")


def _lacks_texts(item):
    fields = translator.get_options_for_model(type(item)).fields
    return any(is_swedish(item, field) for field in fields if field not in item.proper_names)


@dataclass(frozen=True)
class Review:
    """When the text of a page was last reviewed, and when it is to be so again."""

    of_translation: bool
    reviewed_on: date | None
    next_on: date | None
    is_overdue: bool


def text_review(item):
    """The Review of the page of ``item``: in another language than Swedish that of its translation.

    No query beyond that of translation_note().
    """
    if page_language() == settings.LANGUAGE_CODE:
        return Review(False, item.last_reviewed_on, item.next_review_on, item.is_review_overdue)
    reviewed_on = standing_on_page(item, page_language()).reviewed_on if item.pk else None
    if reviewed_on and reviewed_on > item.today:
        reviewed_on = None  # a page of the past doesn't tell what came later
    next_on = item.review_due_on(reviewed_on)
    return Review(True, reviewed_on, next_on, bool(next_on and next_on < item.today))


# Addresses, and signs that go from left to right


def address(item):
    """Where ``item`` can be read: in the page's language, or else in Swedish."""
    if exists_here(item):
        return item.get_absolute_url()
    with override(settings.LANGUAGE_CODE):
        return item.get_absolute_url()


def localized(path):
    """``path`` in the page's language if it is of this site and says no language itself."""
    language = page_language()
    if language == settings.LANGUAGE_CODE or not path.startswith("/"):
        return path
    if swedish_path(path) != path:
        return path
    with override(settings.LANGUAGE_CODE):
        return translate_url(path, language)


def with_localized_links(html):
    return LINK.sub(lambda link: link[1] + localized(link[2]), html)


def isolated(html):
    """Safe ``html`` whose phone numbers keep their order among words from right to left."""
    if not get_language_bidi():
        return SafeString(html)
    parts = TAG.split(html.replace("&nbsp;", "\N{NO-BREAK SPACE}"))
    parts[::2] = [PHONE.sub(r'<bdi dir="ltr">\g<0></bdi>', text) for text in parts[::2]]
    return SafeString("".join(parts))
