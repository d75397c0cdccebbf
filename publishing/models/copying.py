"""A new draft that begins with the text of another item."""

from django.core.exceptions import ValidationError

from publishing import snapshot
from publishing.models.chain import Chain
from publishing.models.track import Track


class Copying:
    def copy(self, *, by):
        """A new draft with the editors' text of this, under an address of its own."""
        self.require_right(by, "add", "skapa")
        self.require_right(by, "change", "kopiera")  # the editors' text is theirs to read
        if not hasattr(self, "slug"):
            raise ValidationError("Det finns bara en startsida.")
        with Chain.writing() as chain:
            track = Track.begin(self, chain)
            twin = type(self)()
            snapshot.write(twin, track.newest.data)
            twin.title_sv = f"{twin.title_sv[:110]} (kopia)"
            twin.slug = self._free_slug(track.newest.data)
            twin.save()
            snapshot.write_relations(twin, track.newest.data)
            twin.record_creation(by=by, note=f"Kopia av ”{self}”.", copy_of=track)
        return twin

    def _free_slug(self, data):
        for number in range(1, 1000):
            slug = f"{self.slug[:70]}-kopia{number if number > 1 else ''}"
            # Asked for another row: this one's own next address is taken as well
            if not type(self)().address_problem({**data, "slug": slug}):
                return slug
        raise ValidationError("Det finns redan för många kopior.")
