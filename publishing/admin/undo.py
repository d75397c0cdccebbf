"""The button "Ångra" in the message about what has been done."""

from django.core import signing
from django.utils.html import format_html

SALT = "publishing.undo"


def with_undo(request, sentence, act, keys, **facts):
    """``sentence`` with a button that undoes ``act`` for the rows ``keys``: HTML.

    The button belongs to the form "undo" of every page of the back office.
    """
    what = {"act": act, "keys": keys, "by": request.user.pk, **facts}
    return format_html(
        '{} <button type="submit" form="undo" name="what" value="{}" class="undo">Ångra</button>',
        sentence,
        signing.dumps(what, salt=SALT, compress=True),
    )
