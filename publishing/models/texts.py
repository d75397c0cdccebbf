"""The texts of an item: how the editors', the residents' and the waiting one become each other."""

from django.core.exceptions import ValidationError

from publishing import snapshot
from publishing.merging import merge
from publishing.models.states import State


class Clashing(ValidationError):
    """Two texts were changed in the same place: ``clashes``, of publishing.merging.

    ``waiting`` tells whether the scheduled text is one of them; else it is the one that residents
    see, or that somebody else has saved.
    """

    def __init__(self, clashes, *, waiting=False):
        self.clashes, self.waiting = clashes, waiting
        super().__init__("Samma text har ändrats på två håll. Välj vilken som ska gälla.")


class Texts:
    def _merged(self, base, mine, theirs, settled=None, *, waiting=False):
        """Raises Clashing."""
        rich = snapshot.rich_columns(type(self))
        text, clashes = merge(base, mine, theirs, rich=rich, settled=settled)
        if clashes:
            raise Clashing(clashes, waiting=waiting)
        return text

    def merged_draft(self, values, base=None, settled=None):
        """The editors' text with ``values``, which somebody wrote who began with version ``base``.

        Raises Clashing.
        """
        shown, values = self.track.newest.data, snapshot.normalised(type(self), values)
        if base is None or base == self.track.newest.number:
            return {**shown, **values}
        old = self.track.text_of(base)
        return self._merged(old, {**old, **values}, shown, settled)

    def newest_data(self):
        return self.track.newest.data if self.track else super().newest_data()

    def _live_base(self, track):
        """The number of the residents' text that the editors' next one starts from."""
        if not track.live_id:
            return None
        return track.newest.base if track.has_changes else track.live.number

    def _composed(self, track, languages, settled):
        """What residents would see: the editors' text in ``languages``, theirs in the others."""
        live, text = (track.live.data if track.live else {}), track.newest.data
        if track.has_changes and track.newest.base not in (None, track.live.number):
            text = self._merged(track.text_of(track.newest.base), text, live, settled)
        return snapshot.composed(type(self), live, text, languages)

    def _corrected_waiting(self, track, data, settled):
        """The text that waits with this correction in it, or None when none waits."""
        if not track.scheduled_id:
            return None
        base, waiting = track.text_of(track.scheduled.base), track.scheduled.data
        return self._merged(base, waiting, data, settled, waiting=True)

    def _keep(self, data):
        """Put a text that residents don't see into the row, where the lists find it."""
        snapshot.write(self, data)
        self.save()
        snapshot.write_relations(self, data)

    def _make_public(self, data, *, is_minor, was):
        """Raises ValidationError, with one sentence a field, for what isn't fit to be seen."""
        snapshot.write(self, data)
        self.state, self.withdrawal_reason = State.PUBLISHED, ""
        self._check()
        is_update = not is_minor and (was is None or was.data != data)
        left_out = {"created_at", *([] if is_update else ["updated_at"])}
        fields = (field for field in self._meta.concrete_fields if not field.primary_key)
        self.save(update_fields=[field.name for field in fields if field.name not in left_out])
        snapshot.write_relations(self, data)

    def _require_room(self, data):
        """Raises ValidationError when this row, if editors keep their text there, can't hold it."""
        if not self.is_seen:
            probe = type(self)._base_manager.get(pk=self.pk)
            snapshot.write(probe, data)
            probe._require_free_place()

    def _require_fit(self, data):
        """Raises as _make_public() would, and leaves this row as it is."""
        probe = type(self)._base_manager.get(pk=self.pk)
        snapshot.write(probe, data)
        probe._check()

    def _check(self):
        if problems := self.publish_problems():
            raise ValidationError(problems)
        self.full_clean()
