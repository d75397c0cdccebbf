"""The texts of an item: how the editors', the residents' and the waiting one become each other."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from publishing import snapshot
from publishing.merging import meaning, merge
from publishing.models.chain import Action
from publishing.models.fitness import Fitness
from publishing.translatable import texts_of

OWN_TEXT = (
    "Någon annan måste godkänna en egen text. Välj en av de två, eller skriv den i formuläret och "
    "skicka in den."
)


class Clashing(ValidationError):
    """Two texts were changed in the same place: ``clashes``, of publishing.merging.

    ``waiting`` tells whether the scheduled text is one of them; else it is the one that residents
    see, or that somebody else has saved.
    """

    def __init__(self, clashes, *, waiting=False):
        self.clashes, self.waiting = clashes, waiting
        super().__init__("Samma text har ändrats på två håll. Välj vilken som ska gälla.")


class Texts(Fitness):
    def _merged(self, base, mine, theirs, settled=None, *, waiting=False):
        """Raises Clashing."""
        rich = snapshot.rich_columns(type(self))
        settled = snapshot.normalised(type(self), settled or {})
        text, clashes = merge(base, mine, theirs, rich=rich, settled=settled)
        if clashes:
            raise Clashing(clashes, waiting=waiting)
        return text

    def _chosen(self, track, base, mine, theirs, settled=None, *, waiting=False):
        """As _merged(), but where four eyes look, nobody settles by a text that only she has seen.

        Raises Clashing, or PermissionDenied.
        """
        if settings.FOUR_EYES and settled:
            _text, clashes = merge(base, mine, theirs, rich=snapshot.rich_columns(type(self)))
            for clash in clashes:
                if settled.get(clash.field, clash.mine) not in (clash.mine, clash.theirs):
                    raise PermissionDenied(OWN_TEXT)
        text = self._merged(base, mine, theirs, settled, waiting=waiting)
        track.facts.merge(text, mine, theirs, settled=settled or ())
        return text

    def _written(self, values, base):
        """(the text that somebody began with, the one that she made of it with ``values``)"""
        values = snapshot.normalised(type(self), values)
        old = self.track.newest.data if base is None else self.track.text_of(base)
        # Browsers send other line ends than they got
        same = {name for name in values if meaning(values[name]) == meaning(old.get(name))}
        new = {name: value for name, value in values.items() if name not in same}
        return old, {**old, **new}

    def merged_draft(self, values, base=None, settled=None):
        """The editors' text with ``values``, which somebody wrote who began with version ``base``.

        Raises Clashing.
        """
        old, mine = self._written(values, base)
        return self._merged(old, mine, self.track.newest.data, settled)

    def _says_otherwise(self, new, old):
        """Whether two texts differ in what is translated."""
        return texts_of(type(self), new) != texts_of(type(self), old)

    def newest_data(self):
        return self.track.newest.data if self.track else super().newest_data()

    def _live_base(self, track):
        """The number of the residents' text that the editors' next one starts from."""
        if not track.live_id:
            return None
        return track.newest.base if track.has_changes else track.live.number

    def _composed(self, track, text, languages):
        """What residents would see: ``text`` in ``languages``, what they see now in the others."""
        if languages is not None and not languages:
            raise ValidationError({"languages": "Välj minst ett språk."})
        live = track.live.data if self.is_seen else {}
        return snapshot.composed(type(self), live, text, languages)

    def _rest(self, chain, track, live, text, languages, by):
        """The version that is left in the form when ``text`` has left it in ``languages``.

        ``live``, the residents' version, in these languages, so that only the others differ.
        """
        if languages is None:
            return live
        others = {code for code, _name in settings.LANGUAGES} - set(languages)
        data = snapshot.composed(type(self), live.data, text, others)
        if data == live.data:
            return live
        facts = {"data": data, "base": live.number, "by": by, "note": "Språken som är kvar."}
        return track.record(chain, self, Action.MERGED, **facts)

    def _grown(self, track, settled=None):
        """The editors' text with what residents have got since it was begun. Raises Clashing."""
        text = track.newest.data
        if not track.has_changes or track.newest.base in (None, track.live.number):
            return text
        old = track.text_of(track.newest.base)
        return self._chosen(track, old, text, track.live.data, settled)

    def _carried_on(self, chain, track, live):
        """The editors' version with what ``live`` brings; as it is, to be settled, in a clash."""
        old, newest = track.text_of(track.newest.base), track.newest
        try:
            data = self._merged(old, newest.data, live.data)
        except Clashing:
            return newest
        track.facts.merge(data, newest.data, live.data)
        facts = {"data": data, "base": live.number, "by": live.by, "note": live.note}
        return track.record(chain, self, Action.MERGED, **facts)

    def _with_waiting(self, track, settled=None):
        """The editors' text with the one that waits. Raises Clashing."""
        base, waiting = track.text_of(track.scheduled.base), track.scheduled.data
        return self._chosen(track, base, waiting, self._grown(track, settled), settled)

    def _corrected_waiting(self, track, data, settled):
        """The text that waits with this correction in it, or None when none waits."""
        if not track.scheduled_id:
            return None
        base, waiting = track.text_of(track.scheduled.base), track.scheduled.data
        return self._chosen(track, base, waiting, data, settled, waiting=True)

    def _keep(self, data):
        """Put a text that residents don't see into the row, where the lists find it."""
        snapshot.write(self, data)
        self.save()
        snapshot.write_relations(self, data)

    def _keep_newest(self, chain, track, by):
        """Put the editors' text into this row, which residents don't see any more.

        At its old address, when somebody else has taken the new one.
        """
        try:
            with transaction.atomic():
                self._keep(track.newest.data)
        except IntegrityError:
            own = self.place_in(track.live.data)
            data, base = {**track.newest.data, **own}, track.newest.base
            note = "Den nya adressen var upptagen."
            facts = {"data": data, "base": base, "by": by, "note": note}
            track.newest = track.record(chain, self, Action.MERGED, **facts)
            self._keep(data)

    def _require_room(self, data):
        """Raises ValidationError when this row, if editors keep their text there, can't hold it."""
        if not self.is_seen:
            probe = type(self)._base_manager.get(pk=self.pk)
            snapshot.write(probe, data)
            probe._require_free_place()
