"""The button "Ångra" in the message about what has been done."""

from django.core import signing
from django.utils import timezone
from django.utils.html import format_html

from publishing.models.states import State

SALT = "publishing.undo"
PUBLISHED_AGAIN = ("withdraw", "archive", "stop")


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
    """What undoing ``verb`` will need to know of ``item``; None where it can't be undone.

    With a newer text or one that waits, to publish again would be to publish another text; and what
    was archived would be published.
    """
    if verb.name in PUBLISHED_AGAIN:
        track = item.track
        is_out = item.state == State.PUBLISHED
        if not is_out or item.has_changes or (track and track.scheduled_id):
            return None
        is_later = item.publish_at > timezone.now()
        return {"at": item.publish_at.isoformat() if is_later else ""}
    if verb.name == "send_back":
        return {"writer": item.track.submitted_by_id if item.track else None}
    return None


def row_after(item, facts):
    """One of the rows of with_undo(), when the verb has been done."""
    return [item.pk, item.track.numbers, facts]
