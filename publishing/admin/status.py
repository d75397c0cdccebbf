"""Where an item stands, in words: what its chip says, and what residents see of it."""

from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import State


def when(moment):
    """A moment as people write it: "1 december 8:00", with the year when it isn't this one."""
    local = timezone.localtime(moment)
    form = "j F G:i" if local.year == timezone.localdate().year else "j F Y G:i"
    return date_format(local, form).replace(" ", "\N{NO-BREAK SPACE}")


def is_waiting(item):
    """Whether the clock will show ``item`` to residents, who haven't seen it yet."""
    return item.state == State.PUBLISHED and item.publish_at > timezone.now()


def state_in_words(item):
    """The kind and the words of a chip, for the row and for the changes that wait behind it."""
    changes = _changes_in_words(item)
    if is_waiting(item):
        return "waiting", f"Publiceras {when(item.publish_at)}{changes}"
    if item.state == State.PUBLISHED and not item.is_published():
        return "ended", f"Har slutat visas{changes}"
    if item.is_outdated:
        return "archived", f"Inaktuell{changes}"
    kind = "changed" if changes else item.state
    return kind, f"{item.get_state_display().capitalize()}{changes}"


def _changes_in_words(item):
    track = item.track if item.is_seen else None
    words = []
    if track and track.scheduled_at:
        words.append(f"ändringar som väntar till {when(track.scheduled_at)}")
    if track and track.has_changes:
        is_asked = track.stage == State.IN_REVIEW
        words.append("ändringar till granskning" if is_asked else "opublicerade ändringar")
    return f", med {' och '.join(words)}" if words else ""


def what_residents_see(item):
    """One or two sentences about what residents see of ``item`` now, and what the clock changes."""
    if item.is_archived:
        return "Sidan finns kvar på sin adress, märkt som arkiverad, men inte i några listor."
    if item.is_outdated:
        return "Sidan finns kvar på sin adress, märkt som inaktuell, men inte i några listor."
    if item.is_published():
        until = f" till {when(item.expire_at)}" if item.expire_at else ""
        return f"Besökarna ser sidan{until}.{_what_comes(item)}"
    if is_waiting(item):
        return f"Besökarna ser sidan från {when(item.publish_at)}."
    if item.state == State.PUBLISHED:
        return f"Besökarna ser inte sidan sedan {when(item.expire_at)}."
    return "Besökarna ser inte sidan."


def _what_comes(item):
    changes = " De ser inte de senaste ändringarna." if item.has_changes else ""
    return changes + _what_waits(item) + _what_is_due(item)


def _what_is_due(item):
    if not item.is_due:
        return ""
    day = date_format(item.due_on, "j F Y").replace(" ", "\N{NO-BREAK SPACE}")
    return f" Sidan skulle ha granskats på nytt senast {day}."


def what_was_saved(item, is_changed):
    """The answer to a plain saving of ``item``: whether there was anything, and who sees it."""
    if not is_changed:
        return f"Det fanns inget nytt att spara. {what_residents_see(item)}"
    return f"Sparat. {_who_sees_it(item)}"


def _who_sees_it(item):
    if not item.is_seen:
        return _UNSEEN.get(item.state, "Besökarna ser inte sidan.")
    if not item.has_changes:
        return "Texten är nu densamma som den publicerade."
    if is_waiting(item):
        moment = when(item.publish_at)
        return f"Den {moment} publiceras ändå den förra texten, om ingen publicerar den nya."
    if not item.is_published():
        return "Sidan har kvar sin gamla text tills någon publicerar."
    return f"Besökarna ser den gamla texten tills någon publicerar.{_what_waits(item)}"


_UNSEEN = {
    State.DRAFT: "Besökarna ser inte utkastet.",
    State.IN_REVIEW: "Texten väntar på granskning, och besökarna ser den inte än.",
}


def _what_waits(item):
    if not (item.track and item.track.scheduled_at):
        return ""
    return f" Den {when(item.track.scheduled_at)} får de se texten som väntar."
