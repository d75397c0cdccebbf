"""Somebody says that a translation is right: with today's Swedish, or as one who speaks it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from publishing.models.chain import Action, Chain
from publishing.models.track import Track
from publishing.translatable import NOTHING, pairs_of, texts_of
from publishing.translation_status import other_languages


class Confirming:
    right_to_show = "change"  # what residents see

    def confirm_translation(self, language, *, by, reviewed=False, note=""):
        """Say that what editors have in ``language`` still says the same as the Swedish.

        ``reviewed`` says that somebody who speaks the language has read it. Returns the version
        that records it, None when it has been said before. Raises PermissionDenied, and
        ValidationError where there is nothing to confirm.
        """
        self._require_right_to_confirm(by, "change")
        with Chain.writing() as chain:
            self.refresh_again()
            track = Track.begin(self, chain)
            self._require_translation(track.newest.data, language)
            learnt = track.facts.confirm(track.newest.data, language, is_reviewed=reviewed)
            if not learnt:
                return None
            if self.is_seen and learnt.items() & _pairs(self, track.live.data).items():
                self._require_right_to_confirm(by, self.right_to_show)
            status = {"languages": [language], "reviewed": reviewed}
            version = track.record(chain, self, Action.CONFIRMED, by=by, note=note, status=status)
            track.show(self)
            return version

    def _require_right_to_confirm(self, user, right):
        if not self._has_right(user, right):
            what = self._meta.verbose_name_plural
            which = "" if right == "change" else " som besökarna ser"
            raise PermissionDenied(
                f"Du har inte rätt att bekräfta översättningar av {what}{which}."
            )

    def _require_translation(self, data, language):
        if language not in other_languages():
            raise ValidationError("Välj ett språk som texten är översatt till.")
        pairs = _pairs(self, data).items()
        if not any(place.language == language and pair.text != NOTHING for place, pair in pairs):
            name = dict(settings.LANGUAGES)[language]
            raise ValidationError(f"”{self}” har ingen text i språket {name} att bekräfta.")


def _pairs(item, data):
    return pairs_of(texts_of(type(item), data))
