"""The button "Ångra" in the message about what has been done."""

from django.core import signing
from django.utils.html import format_html

SALT = "publishing.undo"
TAKEN_BACK = ("withdraw", "archive", "stop", "unschedule")  # by the model, which knows what was


def with_undo(request, sentence, act, rows, **facts):
    """``sentence`` with a button that undoes ``act`` for ``rows``: HTML.

    ``rows`` are [key, number of the last thing done with it, facts of its own]. The button belongs
    to the form "undo" of every page of the back office.
    """
    what = {"act": act, "rows": rows, "by": request.user.pk, **facts}
    return format_html(
        '{} <button type="submit" form="undo" name="what" value="{}" class="undo">Ångra</button>',
        sentence,
        signing.dumps(what, salt=SALT, compress=True),
    )


def facts_before(verb, item):
    """What undoing ``verb`` will need to know of ``item``; None for what takes nothing away."""
    if verb.name in TAKEN_BACK:
        return {}
    if verb.name == "send_back":
        return {"writer": item.track.submitted_by_id if item.track else None}
    return None


def row_after(item, facts):
    """One of the rows of with_undo(), when the verb has been done."""
    return [item.pk, item.track.numbers, facts]
