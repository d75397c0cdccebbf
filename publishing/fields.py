"""Rich text that is clean in the database, wherever it came from."""

import nh3
from django.urls import reverse_lazy
from django.utils.html import linebreaks
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

from publishing.tidying import tidy

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "Link": {
        "enableTarget": False,
        "protocols": ["http", "https", "mailto", "tel"],
        "pages": reverse_lazy("admin:pages_to_link"),
    },
    "CleanPaste": True,
    "HardBreak": True,
    # Buttons only: the editor's own drop-down can't be reached from the keyboard
    "Menu": {
        "groups": [
            {"group": "blockType -lists"},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "history"},
        ]
    },
    "NoSpellCheck": False,
}

# Without the star nh3 lets title and lang through on everything
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "*": set()}

_cleaner = nh3.Cleaner(
    **allowlist_from_extensions(expand_extensions(EXTENSIONS)) | {"attributes": ATTRIBUTES}
)


def sanitize(html):
    """The clean part of ``html``; "" for the empty paragraph that an empty editor leaves."""
    clean = _cleaner.clean(html)
    return "" if clean == "<p></p>" else clean


def cleaned(html):
    """The clean part of ``html`` as our editor would have written it.

    Without tags it is plain text, as who has no JavaScript writes it: an empty line ends a
    paragraph.
    """
    return sanitize(tidy(html if "<" in html else linebreaks(html.strip())))


class RichTextField(ProseEditorField):
    """Headings h2–h3, lists, block quotes, links and emphasis; nothing else gets through.

    The editor's own cleaning happens in forms only. loaddata, imports, the shell and
    QuerySet.update() all pass get_prep_value, so that is where it is done.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", cleaned)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return cleaned(value) if value else value
