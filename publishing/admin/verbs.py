"""The verbs of published content as buttons and list actions, and sentences about the result."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from publishing.admin import verb_forms
from publishing.models import Clashing, State


def what_residents_see(item, at=None):
    """One sentence about what residents see of ``item`` at the moment ``at`` (default now)."""
    at = at or timezone.now()
    if item.is_archived:
        return "Sidan finns kvar på sin adress, märkt som arkiv, men är borta ur listorna."
    if item.is_outdated:
        return "Sidan finns kvar på sin adress, märkt som inaktuell, men är borta ur listorna."
    if item.is_published(at):
        until = f" till {when(item.expire_at)}" if item.expire_at else ""
        return f"Syns för besökarna{until}.{_what_comes(item)}"
    if item.state == State.PUBLISHED and item.publish_at > at:
        return f"Syns för besökarna från {when(item.publish_at)}."
    if item.state == State.PUBLISHED:
        return f"Syns inte för besökarna sedan {when(item.expire_at)}."
    return "Syns inte för besökarna."


def state_in_words(item):
    """The kind and the words of a chip, for the row and for the changes that wait behind it."""
    now, changes = timezone.now(), _changes_in_words(item)
    if item.state == State.PUBLISHED and item.publish_at > now:
        return "waiting", f"Publiceras {when(item.publish_at)}{changes}"
    if item.state == State.PUBLISHED and not item.is_published(now):
        return "ended", f"Har slutat visas{changes}"
    if item.is_outdated:
        return "archived", f"Inaktuell{changes}"
    kind = "changed" if changes else item.state
    return kind, f"{item.get_state_display().capitalize()}{changes}"


def when(moment):
    """A moment as people write it: "1 december 8:00", with the year when it isn't this one."""
    local = timezone.localtime(moment)
    form = "j F G:i" if local.year == timezone.localdate().year else "j F Y G:i"
    return date_format(local, form).replace(" ", "\N{NO-BREAK SPACE}")


def _changes_in_words(item):
    track = item.track if item.is_seen else None
    words = []
    if track and track.scheduled_at:
        words.append(f"ändringar som väntar till {when(track.scheduled_at)}")
    if track and track.has_changes:
        is_asked = track.stage == State.IN_REVIEW
        words.append("ändringar till granskning" if is_asked else "ändringar som inte är ute")
    return f", med {' och '.join(words)}" if words else ""


def _what_comes(item):
    if item.track and item.track.scheduled_at:
        return f" {when(item.track.scheduled_at)} byts texten mot den som väntar."
    if item.has_changes:
        return " De ser inte de senaste ändringarna."
    return ""


@dataclass
class Result:
    """What came of a verb: ``problems`` by field, or ``clashes`` to settle."""

    level: int
    sentence: str
    problems: dict = field(default_factory=dict)
    clashes: list = field(default_factory=list)
    is_waiting: bool = False  # one of the clashing texts is the one that waits

    @property
    def is_done(self):
        return self.level == messages.SUCCESS


@dataclass(frozen=True)
class Verb:
    """One thing that a person can do to a row that it fits."""

    name: str
    label: str
    passive: str
    button: str
    right: str
    fits: Callable
    do: Callable
    form: type | None = None  # what must be asked first
    is_for_many: bool = True
    sides: tuple = ("Den nya texten", "Den som syns nu")  # what a clash is between

    def attempt(self, item, user, **facts):
        """Do it with what was asked, and tell what came of it."""
        title = str(item)
        if not self.fits(item):
            words = state_in_words(item)[1]
            return Result(messages.WARNING, f"”{title}” lämnades som den var. Läge: {words}.")
        try:
            self.do(item, user, **facts)
        except PermissionDenied as refusal:
            return Result(messages.ERROR, str(refusal))
        except Clashing as clashing:
            sentence = f"”{title}”: {' '.join(clashing.messages)}"
            return Result(
                messages.WARNING,
                sentence,
                clashes=clashing.clashes,
                is_waiting=clashing.waiting,
            )
        except ValidationError as error:
            sentence = f"”{title}” kunde inte {self.passive}. {' '.join(error.messages)}"
            return Result(messages.ERROR, sentence, problems=_by_field(error))
        return Result(messages.SUCCESS, f"”{title}”: {self._told(item)}")

    def _told(self, item):
        if self.name == "mark_reviewed":
            return f"Granskad i dag av {item.last_reviewed_by}."
        if self.name == "submit":
            return "Skickad för granskning. De som får publicera har fått ett mejl."
        if self.name == "send_back":
            return "Skickad tillbaka. Den som skrev har fått ett mejl."
        return what_residents_see(type(item).objects.get(pk=item.pk))


def _by_field(error):
    return error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}


def _has_new_text(item):
    return not item.is_seen or item.has_changes


def _may_go_out(item):
    is_out = item.state == State.PUBLISHED and item.is_published()
    return not is_out or item.has_changes


def _publish_with_choices(item, user, *, at=None, **facts):
    if at and item.state == State.PUBLISHED and at > timezone.now() and item.is_published():
        facts = {k: v for k, v in facts.items() if k != "settled_waiting"}
        item.schedule(by=user, at=at, **facts)
    else:
        item.publish(by=user, at=at, **facts)


SUBMIT = Verb(
    name="submit",
    label="Skicka för granskning",
    passive="skickas för granskning",
    button="Spara och skicka för granskning",
    right="change",
    fits=lambda item: _has_new_text(item) and item.stage != State.IN_REVIEW,
    do=lambda item, user, **facts: item.submit(by=user, **facts),
)
SEND_BACK = Verb(
    name="send_back",
    label="Skicka tillbaka",
    passive="skickas tillbaka",
    button="Skicka tillbaka …",
    right="publish",
    fits=lambda item: item.stage == State.IN_REVIEW,
    do=lambda item, user, note: item.send_back(by=user, comment=note),
    form=verb_forms.SendBackForm,
)
PUBLISH = Verb(
    name="publish",
    label="Publicera",
    passive="publiceras",
    button="Spara och publicera",
    right="publish",
    fits=_may_go_out,
    do=lambda item, user, **facts: item.publish(by=user, **facts),
)
PUBLISH_WITH = Verb(
    name="publish_with",
    label="Publicera med tider och språk",
    passive="publiceras",
    button="Tider och språk …",
    right="publish",
    fits=lambda item: True,
    do=_publish_with_choices,
    form=verb_forms.PublishForm,
    is_for_many=False,
)
UNSCHEDULE = Verb(
    name="unschedule",
    label="Hämta tillbaka det som väntar",
    passive="hämtas tillbaka",
    button="Hämta tillbaka det som väntar",
    right="publish",
    fits=lambda item: bool(item.track and item.track.scheduled_at),
    do=lambda item, user, settled=None, **facts: item.unschedule(by=user, settled=settled),
    is_for_many=False,
    sides=("Den som väntar", "Den som står i formuläret"),
)
WITHDRAW = Verb(
    name="withdraw",
    label="Avpublicera",
    passive="avpubliceras",
    button="Avpublicera …",
    right="publish",
    fits=lambda item: item.is_seen and not item.is_outdated,
    do=lambda item, user, **facts: item.withdraw(by=user, **facts),
    form=verb_forms.WithdrawForm,
)
ARCHIVE = Verb(
    name="archive",
    label="Arkivera",
    passive="arkiveras",
    button="Arkivera",
    right="publish",
    fits=lambda item: item.state == State.PUBLISHED,
    do=lambda item, user, **facts: item.archive(by=user, **facts),
)
MARK_REVIEWED = Verb(
    name="mark_reviewed",
    label="Markera som granskad",
    passive="markeras som granskad",
    button="Granskad i dag …",
    right="publish",
    fits=lambda item: item.is_seen,
    do=lambda item, user, function: item.mark_reviewed(by=user, function=function),
    form=verb_forms.ReviewedForm,
)
VERBS = [SUBMIT, PUBLISH, PUBLISH_WITH, SEND_BACK, UNSCHEDULE, MARK_REVIEWED, ARCHIVE, WITHDRAW]
