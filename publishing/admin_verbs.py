"""The verbs of published content as buttons and list actions, and sentences about the result."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import State


def what_residents_see(item, at=None):
    """One sentence about what residents see of ``item`` at the moment ``at`` (default now)."""
    at = at or timezone.now()
    if item.is_archived:
        return "Sidan finns kvar på sin adress, märkt som arkiv, men är borta ur listorna."
    if item.is_published(at):
        until = f" till {_when(item.expire_at)}" if item.expire_at else ""
        return f"Syns för besökarna{until}."
    if item.state == State.PUBLISHED and item.publish_at > at:
        return f"Syns för besökarna från {_when(item.publish_at)}."
    if item.state == State.PUBLISHED:
        return f"Syns inte för besökarna sedan {_when(item.expire_at)}."
    return "Syns inte för besökarna."


def state_in_words(item):
    """The kind and the words of a chip; what is published may have yet to begin, or ended."""
    now = timezone.now()
    if item.state == State.PUBLISHED and item.publish_at > now:
        return "waiting", "väntar på sin tid"
    if item.state == State.PUBLISHED and not item.is_published(now):
        return "ended", "har slutat visas"
    return item.state, item.get_state_display()


def _when(moment):
    return date_format(timezone.localtime(moment), "j F Y G:i").replace(" ", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True)
class Verb:
    """One thing that a person can do to a row that is in one of ``states``."""

    name: str
    label: str
    passive: str
    button: str
    right: str
    states: frozenset
    do: Callable

    def attempt(self, item, user):
        """Do it, and return the level and the sentence of the message that tells the result."""
        if item.state not in self.states:
            state = item.get_state_display()
            return messages.WARNING, f"”{item}” lämnades som den var, eftersom läget är {state}."
        before = item.state
        try:
            self.do(item, user)
        except PermissionDenied as refusal:
            return messages.ERROR, str(refusal)
        except ValidationError as problems:
            item.state = before
            sentences = " ".join(problems.messages)
            return messages.ERROR, f"”{item}” kunde inte {self.passive}. {sentences}"
        return messages.SUCCESS, f"”{item}”: {self._result(item)}"

    def _result(self, item):
        if self.name == "mark_reviewed":
            return f"Granskad i dag av {item.last_reviewed_by}."
        return what_residents_see(item)


def _mark_reviewed(item, user):
    if not item.last_reviewed_by:
        raise ValidationError({"last_reviewed_by": "Välj vilken funktion som har granskat."})
    item.mark_reviewed(by=user, function=item.last_reviewed_by)


PUBLISH = Verb(
    name="publish",
    label="Publicera",
    passive="publiceras",
    button="Spara och publicera",
    right="publish",
    states=frozenset({State.DRAFT, State.IN_REVIEW, State.WITHDRAWN, State.ARCHIVED}),
    do=lambda item, user: item.publish(by=user),
)
WITHDRAW = Verb(
    name="withdraw",
    label="Avpublicera",
    passive="avpubliceras",
    button="Avpublicera",
    right="publish",
    states=frozenset({State.PUBLISHED, State.ARCHIVED}),
    do=lambda item, user: item.withdraw(by=user),
)
ARCHIVE = Verb(
    name="archive",
    label="Arkivera",
    passive="arkiveras",
    button="Arkivera",
    right="publish",
    states=frozenset({State.PUBLISHED}),
    do=lambda item, user: item.archive(by=user),
)
MARK_REVIEWED = Verb(
    name="mark_reviewed",
    label="Markera som granskad",
    passive="markeras som granskad",
    button="Granskad i dag",
    right="change",
    states=frozenset({State.PUBLISHED, State.ARCHIVED}),
    do=_mark_reviewed,
)
VERBS = [PUBLISH, WITHDRAW, ARCHIVE, MARK_REVIEWED]
