"""The verbs of published content as buttons and list actions, and sentences about the result."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError

from publishing.admin import verb_forms
from publishing.admin.status import is_waiting, state_in_words, what_residents_see, when
from publishing.models import Clashing, State

TEXT, PAGE, APART = "text", "page", "apart"


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
    """One thing that a person can do to a row that it fits.

    ``place`` is where its button stands: with those that do something to the text, with those for
    the page, or apart, since it takes the page away.
    """

    name: str
    label: str
    passive: str
    button: str | Callable
    right: str
    fits: Callable
    do: Callable
    told: Callable
    meaning: str = ""
    form: type | None = None  # what must be asked first
    is_for_many: bool = True
    place: str = PAGE
    takes_text: bool = False  # may come to fit by what is written in the form
    why_not: Callable = lambda item: f"läget är ”{state_in_words(item)[1]}”"
    sides: tuple = ("Den nya texten", "Texten som syns nu")  # what a clash is between

    def button_for(self, item):
        return self.button(item) if callable(self.button) else self.button

    def attempt(self, item, user, **facts):
        """Do it with what was asked, and tell what came of it."""
        title = str(item)
        if not self.fits(item):
            sentence = f"”{title}” lämnades som den var, eftersom {self.why_not(item)}."
            return Result(messages.WARNING, sentence)
        try:
            self.do(item, user, **facts)
        except PermissionDenied as refusal:
            return Result(messages.ERROR, f"”{title}” kunde inte {self.passive}. {refusal}")
        except Clashing as clashing:
            return Result(
                messages.WARNING,
                f"”{title}”: {' '.join(clashing.messages)}",
                clashes=clashing.clashes,
                is_waiting=clashing.waiting,
            )
        except ValidationError as error:
            sentence = f"”{title}” kunde inte {self.passive}. {' '.join(error.messages)}"
            return Result(messages.ERROR, sentence, problems=_by_field(error))
        return Result(messages.SUCCESS, f"”{item}” {self.told(item)}")


def _by_field(error):
    return error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}


# What fits


def _may_be_submitted(item):
    has_new_text = not item.is_seen or item.has_changes
    return has_new_text and item.stage != State.IN_REVIEW


def _has_something_to_publish(item):
    return item.has_changes or not (item.is_published() or is_waiting(item))


def _has_begun(item):
    return item.is_seen and not is_waiting(item)


def _may_be_reviewed_again(item):
    # Who last read it is known, and nothing else than what residents see is to be said of
    return _has_begun(item) and bool(item.last_reviewed_by_id) and not item.has_changes


def _why_not_again(item):
    if not item.last_reviewed_by_id:
        return "ingen har granskat den förut. Välj ”Markera som granskad”"
    return f"läget är ”{state_in_words(item)[1]}”"


# What is done


def _publish(item, user, **facts):
    # Who corrects a page that waits for its minute doesn't mean to be early
    item.publish(by=user, at=item.publish_at if is_waiting(item) else None, **facts)


def _publish_with_choices(item, user, *, at=None, settled_waiting=None, **facts):
    if at and item.is_published():
        item.schedule(by=user, at=at, **facts)
    else:
        item.publish(by=user, at=at, settled_waiting=settled_waiting, **facts)


# What is told


def _done(words):
    return lambda item: f"{words} {what_residents_see(item)}"


def _told_published(item):
    is_out = item.is_published() and not item.track.scheduled_at
    return f"är {'publicerad' if is_out else 'klar'}. {what_residents_see(item)}"


def _told_reviewed(item):
    return f"är granskad i dag av {item.last_reviewed_by}. Dagen visas på sidan."


SUBMIT = Verb(
    name="submit",
    label="Skicka för granskning",
    passive="skickas för granskning",
    button="Spara och skicka för granskning",
    right="change",
    fits=_may_be_submitted,
    do=lambda item, user, **facts: item.submit(by=user, **facts),
    told=_done("är skickad för granskning. De som får publicera får ett mejl."),
    meaning="De som får publicera får ett mejl om att texten väntar på dem.",
    place=TEXT,
    takes_text=True,
)
PUBLISH = Verb(
    name="publish",
    label="Publicera",
    passive="publiceras",
    button=lambda item: (
        "Spara och publicera" + (f" {when(item.publish_at)}" if is_waiting(item) else "")
    ),
    right="publish",
    fits=_has_something_to_publish,
    do=_publish,
    told=_told_published,
    meaning="Besökarna ser texten genast, på alla språk.",
    place=TEXT,
    takes_text=True,
)
PUBLISH_WITH = Verb(
    name="publish_with",
    label="Publicera",
    passive="publiceras",
    button="Välj tid och språk …",
    right="publish",
    fits=lambda item: True,
    do=_publish_with_choices,
    told=_told_published,
    form=verb_forms.PublishForm,
    is_for_many=False,
    place=TEXT,
)
SEND_BACK = Verb(
    name="send_back",
    label="Skicka tillbaka",
    passive="skickas tillbaka",
    button="Skicka tillbaka …",
    right="publish",
    fits=lambda item: item.stage == State.IN_REVIEW,
    do=lambda item, user, note: item.send_back(by=user, comment=note),
    told=_done("är skickad tillbaka. Den som skrev får ett mejl."),
    meaning="Texten blir ett utkast igen, och den som skickade in den får ett mejl.",
    form=verb_forms.SendBackForm,
)
UNSCHEDULE = Verb(
    name="unschedule",
    label="Hämta tillbaka texten som väntar",
    passive="hämtas tillbaka",
    button="Hämta tillbaka texten som väntar",
    right="publish",
    fits=lambda item: bool(item.track and item.track.scheduled_at),
    do=lambda item, user, settled=None, **facts: item.unschedule(by=user, settled=settled),
    told=_done("har fått tillbaka texten som väntade: den står i formuläret."),
    meaning="Texten som väntar kommer tillbaka till formuläret och publiceras inte av sig själv.",
    is_for_many=False,
    sides=("Texten som väntar", "Texten i formuläret"),
)
MARK_REVIEWED = Verb(
    name="mark_reviewed",
    label="Markera som granskad",
    passive="markeras som granskad",
    button="Granskad av …",
    right="publish",
    fits=_has_begun,
    do=lambda item, user, **facts: item.mark_reviewed(by=user, **facts),
    told=_told_reviewed,
    meaning="Någon har läst igenom sidan och sett att allt stämmer. Dagen visas på sidan.",
    form=verb_forms.ReviewedForm,
)
REVIEWED_UNCHANGED = Verb(
    name="reviewed_unchanged",
    label="Granskad utan ändring",
    passive="markeras som granskad",
    button="Granskad utan ändring",
    right="publish",
    fits=_may_be_reviewed_again,
    do=lambda item, user, **facts: item.mark_reviewed(
        by=user, function=item.last_reviewed_by, **facts
    ),
    told=_told_reviewed,
    meaning="Samma funktion som sist har läst sidan, och allt stämmer. Dagen visas på sidan.",
    why_not=_why_not_again,
)
STOP = Verb(
    name="stop",
    label="Stoppa publiceringen",
    passive="stoppas",
    button="Stoppa publiceringen …",
    right="publish",
    fits=is_waiting,
    do=lambda item, user, **facts: item.withdraw(by=user, **facts),
    told=_done("är stoppad."),
    meaning="Sidan publiceras inte på sin tid. Texten finns kvar.",
    form=verb_forms.NoteForm,
    place=APART,
)
ARCHIVE = Verb(
    name="archive",
    label="Arkivera",
    passive="arkiveras",
    button="Arkivera …",
    right="publish",
    fits=lambda item: item.state == State.PUBLISHED and _has_begun(item),
    do=lambda item, user, **facts: item.archive(by=user, **facts),
    told=_done("är arkiverad."),
    meaning="Sidan finns kvar på sin adress, märkt som arkiverad, men försvinner ur alla listor. "
    "Den kan publiceras igen.",
    form=verb_forms.NoteForm,
    place=APART,
)
WITHDRAW = Verb(
    name="withdraw",
    label="Avpublicera",
    passive="avpubliceras",
    button="Avpublicera …",
    right="publish",
    fits=_has_begun,
    do=lambda item, user, **facts: item.withdraw(by=user, **facts),
    told=_done("är avpublicerad."),
    meaning="Sidan försvinner ur alla listor. Texten finns kvar hos er och kan publiceras igen.",
    form=verb_forms.WithdrawForm,
    place=APART,
)
VERBS = [
    *(PUBLISH, SUBMIT, PUBLISH_WITH),
    *(SEND_BACK, UNSCHEDULE, REVIEWED_UNCHANGED, MARK_REVIEWED),
    *(STOP, ARCHIVE, WITHDRAW),
]
