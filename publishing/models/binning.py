"""The bin: what is thrown away can be taken up again, to the place where it was."""

from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from publishing import snapshot
from publishing.models.chain import Action, Chain, kind_of
from publishing.models.reference import targets
from publishing.models.track import Track
from publishing.usage import uses_of

AT_MOST = 20  # of what keeps a thing from being thrown away, in one message


class Binning:
    def may_be_binned_by(self, user):
        return self._has_right(user, "delete")

    def move_to_bin(self, *, by, note=""):
        """Take this away, to be taken up again within 90 days.

        Raises PermissionDenied, or ValidationError with the list of what uses it.
        """
        self._require_binnable_by(by)
        with Chain.writing() as chain:
            self.refresh_again()
            self._require_binnable_by(by)  # it may have been public since
            self._require_binnable()
            if uses := self.everything_that_uses_this(at_most=AT_MOST):
                raise ValidationError(
                    [f"”{self}” kan inte kastas, eftersom den används. Ändra först:"]
                    + [f"{each._meta.verbose_name} ”{each}”" for each in uses]
                )
            track = Track.begin(self, chain)
            facts = {"data": snapshot.read(self), "status": {"times": snapshot.read_times(self)}}
            track.record(chain, self, Action.BINNED, by=by, note=note, **facts)
            track.show(self, binned_at=timezone.now())
            # Not self.delete(), which may remove files that restoring needs
            self._leave_for_the_bin(by)
            type(self)._base_manager.filter(pk=self.pk).delete()

    @classmethod
    def take_out_of_bin(cls, pk, *, by):
        """Put the row back as it was, with its key and relations; returns it.

        Raises PermissionDenied, or ValidationError when its place is taken or its time is up.
        """
        with Chain.writing() as chain:
            track = Track.objects.in_bin().filter(kind=cls._meta.label_lower, object_id=pk).first()
            if not track:
                raise ValidationError("Den finns inte i papperskorgen längre.")
            binned = track.binned_version()
            item = cls.as_recorded(pk, binned)
            if not item.may_be_binned_by(by):
                raise PermissionDenied("Du har inte rätt att ta upp den ur papperskorgen.")
            item._require_surroundings(binned.data)
            item._require_files(binned.data)
            item.save(force_insert=True)
            snapshot.write_times(item, binned.status.get("times", {}))
            snapshot.write_relations(item, binned.data)
            snapshot.write_children(item, binned.data)
            item._let_go_of_what_is_gone()
            track.record(chain, item, Action.UNBINNED, by=by)
            track.show(item, binned_at=None)
            item._follow_up(chain, [], by)
            return item

    def remove_files(self, versions):
        """Remove, after the commit, the files that ``versions`` of this name: its row is gone."""
        for field in snapshot.columns(type(self)):
            if isinstance(field, models.FileField):
                for name in {version.data.get(field.name) for version in versions.texts()}:
                    if name and not self._is_kept_by_another(field, name):
                        transaction.on_commit(partial(field.storage.delete, name))

    def _is_kept_by_another(self, field, name):
        """Whether a row, or what may be taken up from the bin, has the file ``name`` in a field."""
        thrown_away = Track.objects.in_bin().filter(
            kind=kind_of(self), **{f"newest__data__{field.name}": name}
        )
        rows = type(self)._base_manager.filter(**{field.name: name})
        return rows.exists() or thrown_away.exclude(object_id=self.pk or 0).exists()

    def everything_that_uses_this(self, at_most=None):
        """The rows that would lose something without this one, or without one of its children.

        Perhaps not all of them when there are more than ``at_most``.
        """
        own = [self]
        for name in self.recorded_children:
            own += getattr(self, name).all()
        found = (user for each in own for user in uses_of(each, at_most and at_most + len(own)))
        users = {(type(user), user.pk): user for user in found}
        return [user for user in users.values() if user not in own][:at_most]

    def _let_go_of_what_is_gone(self):
        """Who reviewed this may have been removed since: nothing kept them while it was binned."""
        for name in self.unversioned_fields:
            field = self._meta.get_field(name)
            key = getattr(self, field.attname) if field.is_relation else None
            if key and not field.related_model._base_manager.filter(pk=key).exists():
                setattr(self, name, None)
                self.save(update_fields=[name])

    def _require_binnable_by(self, user):
        if not self.may_be_binned_by(user):
            raise PermissionDenied(f"Du har inte rätt att kasta {self._meta.verbose_name_plural}.")

    def _require_binnable(self):
        pass

    def _require_surroundings(self, data):
        """Raises ValidationError when this can't come back to where it was, as ``data`` tells."""
        wanted = targets(type(self), data)
        thrown_away = Track.objects.in_bin().exclude(kind=kind_of(self), object_id=self.pk)
        others = [each for each in thrown_away if f"{each.kind}:{each.object_id}" in wanted]
        if others:
            raise ValidationError(
                ["Det hör ihop med annat i papperskorgen. Ta först upp:"]
                + [track.binned_name() for track in others]
            )
        self.require_free_address(data)
        self._require_free_place()
