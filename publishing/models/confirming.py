"""Somebody says that a translation is right: with today's Swedish, or as one who speaks it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from publishing.models.chain import Action, Chain
from publishing.models.track import Track
from publishing.translatable import NOTHING, pairs_of, texts_of
from publishing.translation_status import other_languages


class Confirming:
    right_to_show = "change"  # for what residents see

    def confirm_translation(self, language, *, by, reviewed=False, note="", only=None):
        """Say that what editors have in ``language`` still says the same as the Swedish.

        ``reviewed`` says that somebody who speaks the language has read it, and ``only`` ({Place:
        Pair}) that nothing is meant but these texts beside these Swedish ones. Returns the version
        that records it, None when it has been said before. Raises PermissionDenied, and
        ValidationError where there is nothing to confirm.
        """
        self._require_right_to_confirm(by, "change")
        with Chain.writing() as chain:
            self.refresh_again()
            track = Track.begin(self, chain)
            self._require_translation(track.newest, language)
            unsaid = track.facts.unsaid(track.newest.data, language, is_reviewed=reviewed)
            if only is not None:
                unsaid = {p: pair for p, pair in unsaid.items() if only.get(p) == pair}
            if not unsaid:
                return None
            self._require_right_to_confirm(by, self._right_to_confirm(track, unsaid))
            track.facts.confirm(unsaid, is_reviewed=reviewed)
            status = {"languages": [language], "reviewed": reviewed}
            version = track.record(chain, self, Action.CONFIRMED, by=by, note=note, status=status)
            track.show(self)
            return version

    def may_confirm(self, user, track, language, *, reviewed=False):
        """Whether there is something to confirm, and ``user`` may; ``track`` is its."""
        unsaid = track.facts.unsaid(track.newest.data, language, is_reviewed=reviewed)
        return bool(unsaid) and self._has_right(user, self._right_to_confirm(track, unsaid))

    def _right_to_confirm(self, track, pairs):
        """Who says something of what residents see changes what they are told of it."""
        is_shown = self.is_seen and track.live and pairs.items() & _pairs(self, track.live).items()
        return self.right_to_show if is_shown else "change"

    def _require_right_to_confirm(self, user, right):
        if not self._has_right(user, right):
            kind = self._meta.verbose_name_plural
            which = kind if right == "change" else f"{kind} som besökarna ser"
            raise PermissionDenied(f"Du har inte rätt att bekräfta översättningar av {which}.")

    def _require_translation(self, version, language):
        if language not in other_languages():
            raise ValidationError("Välj ett språk som texten är översatt till.")
        pairs = _pairs(self, version).items()
        if not any(place.language == language and pair.text != NOTHING for place, pair in pairs):
            name = dict(settings.LANGUAGES)[language]
            raise ValidationError(f"”{self}” har ingen text i språket {name} att bekräfta.")


def _pairs(item, version):
    return pairs_of(texts_of(type(item), version.data))
