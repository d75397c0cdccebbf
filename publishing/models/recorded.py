"""What is recorded of every kind of content."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from publishing import snapshot
from publishing.models.binning import Binning
from publishing.models.chain import Action, Chain, kind_of
from publishing.models.confirming import Confirming
from publishing.models.moving import Moving
from publishing.models.track import Track
from publishing.models.translation import Origin
from publishing.usage import uses_of


class Recorded(Binning, Confirming, Moving, models.Model):
    """A history of changes. A live kind, which residents see as saved, is recorded after it is."""

    unversioned_fields = ()
    recorded_children = ()  # related names of rows that are edited and recorded with this one
    proper_names = ()  # translated fields whose Swedish text is the name in every language
    kept_by_restoring = ()  # columns that no older version can bring back

    class Meta:
        abstract = True

    @property
    def is_seen(self):
        return True

    @property
    def name_in_history(self):
        """What it is called where older texts refer to it."""
        return str(self)

    def status(self):
        """{name: JSON value} of what is no text, as it stands in each version."""
        return snapshot.read_status(self)

    def record(
        self,
        *,
        by,
        note="",
        action=Action.SAVED,
        chain=None,
        track=None,
        origin=Origin.PERSON,
    ):
        """Write down that this row, of a live kind, has been saved; None when nothing changed.

        ``chain`` and ``track`` are for who has locked the one, and then read the other; ``origin``
        is who translated what is new.
        """
        with Chain.writing(chain) as chain:
            track = track or Track.find(self)
            if not track:
                action = Action.CREATED if action == Action.SAVED else action
                return Track.begin(self, chain, action, by=by, note=note).newest
            data = snapshot.read(self)
            if data == track.newest.data:
                return None
            if action != Action.RESTORED:  # what an older text is a translation of is known
                track.facts.write(track.newest.data, data, origin=origin)
            before = self._places_before(track)
            version = track.record(chain, self, action, data=data, by=by, note=note, is_live=True)
            track.show(self, newest=version, live=version)
            self._follow_up(chain, before, by)
            return version

    @contextmanager
    def recording(self, *, by, note="", action=Action.SAVED, origin=Origin.PERSON):
        """Change and save this row, of a live kind, in here: read anew before, recorded after.

        ``origin`` is who translated what is new.
        """
        with Chain.writing() as chain:
            self.refresh_again()
            Track.begin(self, chain)
            yield
            self.record(by=by, note=note, action=action, origin=origin)

    def restore(self, version, *, by):
        """Let residents see this row, of a live kind, and its children as ``version`` has them.

        What was erased stays as it is now. Raises PermissionDenied, or ValidationError when it
        isn't fit to be seen any more.
        """
        if not self._has_right(by, "change"):
            raise PermissionDenied(f"Du har inte rätt att ändra {self._meta.verbose_name_plural}.")
        note = f"Från version {version.number}."
        with self.recording(by=by, note=note, action=Action.RESTORED):
            data = self.restored_data(version)
            self._require_files(data)
            self._require_unused_children(data)
            snapshot.write(self, data)
            self.full_clean()
            self.save()
            snapshot.write_relations(self, data)
            snapshot.write_children(self, data)

    def newest_data(self):
        """{column: JSON value} of what editors have now."""
        return snapshot.read(self)

    def restored_data(self, version):
        """The same of what restoring ``version`` would lead to.

        Raises ValidationError for a version of something else.
        """
        if (version.kind, version.object_id) != (kind_of(self), self.pk):
            raise ValidationError("Versionen hör till något annat.")
        if version.data is None:
            raise ValidationError("Den händelsen har ingen text att återställa.")
        now, lasting = self.newest_data(), {*version.gaps, *self.kept_by_restoring}
        defaults = snapshot.defaults(type(self))
        return {
            name: (now if name in lasting else version.data).get(name, default)
            for name, default in defaults.items()
        }

    def _require_files(self, data):
        for field in snapshot.columns(type(self)):
            name = isinstance(field, models.FileField) and data[field.name]
            if name and not field.storage.exists(name):
                raise ValidationError(f"Filen {name} finns inte kvar.")

    def _require_unused_children(self, data):
        for name in self.recorded_children:
            kept = [row["id"] for row in data[name]]
            for child in getattr(self, name).exclude(pk__in=kept):
                if uses := [user for user in uses_of(child) if user != self]:
                    raise ValidationError(
                        [f"”{child}” fanns inte då, men används nu. Ändra först:"]
                        + [f"{each._meta.verbose_name} ”{each}”" for each in uses]
                    )

    @classmethod
    def as_recorded(cls, pk, version):
        """The row ``pk`` as it stood in ``version``, unsaved and without its relations."""
        item = cls(pk=pk)
        snapshot.write(item, version.data)
        snapshot.write_status(item, version.status)
        return item

    @classmethod
    def title_in(cls, data):
        """What a row of this model with the text ``data`` calls itself: no query."""
        item = cls()
        for field in snapshot.columns(cls):
            if not field.is_relation and field.name in data:
                setattr(item, field.attname, field.to_python(data[field.name]))
        return str(item)

    def refresh_again(self):
        """Read the row anew, under the lock. Raises ValidationError when somebody has binned it."""
        try:
            self.refresh_from_db()
        except type(self).DoesNotExist as error:
            raise ValidationError(f"Någon annan har nyss kastat ”{self}”.") from error
        self.__dict__.pop("track", None)

    def _require_free_place(self):
        """A bad draft may come back, but not to an address that is taken or a row that is gone."""
        for field in snapshot.columns(type(self)):
            key = field.is_relation and getattr(self, field.attname)
            if key and not field.related_model._base_manager.filter(pk=key).exists():
                raise ValidationError(
                    f"Det som det hör till finns inte kvar: {field.verbose_name}."
                )
        self.validate_unique()
        self.validate_constraints()

    def _has_right(self, user, right):
        return user.has_perm(f"{self._meta.app_label}.{right}_{self._meta.model_name}")
