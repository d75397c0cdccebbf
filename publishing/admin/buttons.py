"""The row of buttons under the form of a published kind: what fits the item and the person."""

from dataclasses import dataclass

from django.conf import settings

from publishing.admin.verbs import APART, PAGE, PUBLISH, PUBLISH_WITH, SUBMIT, TEXT
from publishing.models import State


@dataclass(frozen=True)
class Button:
    """``name`` is sent with an underscore before it."""

    name: str
    text: str


class Row:
    """What may be pressed: for the ``text``, for the ``page``, and ``apart`` what takes it away.

    The first of ``text`` is what usually comes next; ``save`` is what plain saving is called, and
    ``hint`` one sentence about who will see what is saved.
    """

    def __init__(self, item, user, verbs):
        """``verbs`` are those that ``user`` has the right to."""
        self.item, self.user, self.verbs = item, user, verbs
        self.may_publish = PUBLISH in verbs
        self.wrote_last = item.needs_other_eyes(user)
        self.save = "Spara" if item.stage == State.IN_REVIEW else "Spara utkast"
        texts = self._buttons(TEXT)
        self.text = [*texts[:1], Button("save", self.save), *texts[1:]]
        self.page, self.apart = self._buttons(PAGE), self._buttons(APART)
        self.hint = self._hint()

    def _buttons(self, place):
        return [
            Button(verb.name, verb.button_for(self.item))
            for verb in self.verbs
            if verb.place == place and self._is_offered(verb)
        ]

    def _is_offered(self, verb):
        item = self.item
        if verb is SUBMIT:
            return item.stage != State.IN_REVIEW
        if settings.FOUR_EYES and verb in (PUBLISH, PUBLISH_WITH):
            # What is written in this form is for somebody else to publish
            return bool(item.pk) and verb.fits(item) and not self.wrote_last
        return verb.takes_text or verb.fits(item)

    def _hint(self):
        if self.may_publish and self.wrote_last:
            return "Du skrev senast, så någon annan måste granska och publicera texten."
        if self.may_publish and settings.FOUR_EYES:
            return "Ändrar du något i texten måste någon annan granska och publicera den."
        if self.item.is_seen:
            return "Det du sparar ser besökarna först när någon publicerar det."
        if self.item.state == State.IN_REVIEW:
            return "Texten väntar på granskning. Du kan fortsätta att ändra den så länge."
        after = "" if self.may_publish else " Skicka det för granskning när det är klart."
        return f"Besökarna ser inte utkastet.{after}"
