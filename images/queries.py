"""What is asked of many pictures: who may see them, where they are used, which are alike."""

from collections import defaultdict
from functools import reduce
from operator import or_
from pathlib import PurePosixPath

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from images.likeness import groups_of, is_alike
from images.rights import RightsQuerySet
from publishing.models import kind_of
from publishing.models.reference import Reference
from publishing.models.undoing import UNDO_TIME
from publishing.usage import owner_key

LOOKS = ["pk", "digest", "likeness", "width", "height"]
SOON = 60  # days before a consent runs out, so that another picture can be found


class ImageQuerySet(RightsQuerySet):
    def showable(self, at=None):
        """What anybody may fetch: with rights, and used by something that residents can read."""
        return self.with_rights(at).seen_by_residents(at)

    def seen_by_residents(self, at=None):
        """What something that residents can read refers to, whether it may be shown or not."""
        return self.filter(self._used(public=True, at=at))

    def approved(self, at=None):
        """The same, and what they will read by a date that somebody has set for a whole page."""
        return self.filter(self._used(approved=True, at=at))

    def used(self):
        """What anything, public or not, refers to."""
        return self.filter(self._used() | self._named_in_texts())

    def unused(self):
        return self.exclude(pk__in=self.used().order_by().values("pk"))

    # What is to be done

    def consent_running_out(self, within=SOON, at=None):
        """What is used and may be shown for at most so many days more, the first to go first."""
        return self.running_out(within, at).used().order_by("valid_until", "pk")

    def without_right_but_used(self, at=None):
        """What residents miss: a page of theirs refers to it, and it may not be shown."""
        allowed = self.model.objects.with_rights(at).order_by().values("pk")
        return self.seen_by_residents(at).exclude(pk__in=allowed)

    def with_replaced_to_remove(self, at=None):
        """Those whose old file nobody can put back any more."""
        before = ((at or timezone.now()) - UNDO_TIME).isoformat()
        over = Q(pk__in=self.model.objects.over(at).order_by().values("pk"))
        return self.filter(over | Q(replaced__at__lt=before), replaced__isnull=False)

    # What is there already

    def alike(self, picture):
        """Those with the same content as ``picture``, a row or an uploads.Master, or nearly so.

        The same file first. All pictures are compared, some thousand in a few milliseconds.
        """
        same, near = [], []
        for each in self._looks().exclude(pk=getattr(picture, "pk", None)):
            if each.digest and each.digest == picture.digest:
                same.append(each.pk)
            elif is_alike(each, picture):
                near.append(each.pk)
        rows = self.in_bulk([*same, *near])
        return [rows[pk] for pk in (*same, *near)]

    def doubles(self):
        """[[keys of pictures that look the same]]"""
        return [[each.pk for each in group] for group in groups_of(self._looks())]

    def _looks(self):
        return self.order_by("pk").values_list(*LOOKS, named=True)

    # Where they are used

    def number_of_uses(self, keys):
        """{key: how many rows refer to the picture, in any of their texts}: two queries.

        Not those of ``keys`` that nothing uses.
        """
        found = defaultdict(set)
        for pk, kind, user in self._users_by_key(keys):
            found[pk].add((kind, user))
        names = {f"{kind_of(self.model)}:{pk}": pk for pk in keys}
        references = Reference.objects.filter(target__in=names)
        for target, kind, user in references.values_list("target", "kind", "object_id"):
            found[names[target]].add((kind, user))
        return {pk: len(users) for pk, users in found.items()}

    def _users_by_key(self, keys):
        rows = []
        for key in self.model.keys_to_this():
            owner, column = owner_key(key.model)
            users = key.model._base_manager.filter(**{f"{key.name}__in": keys}).order_by()
            kind = Value(kind_of(owner), CharField())
            rows.append(users.values_list(F(f"{key.name}_id"), kind, F(column)))
        return rows[0].union(*rows[1:], all=True) if keys else []

    def _used(self, **kwargs):
        uses = (Exists(rows) for rows in self.model.uses_of(OuterRef("pk"), **kwargs))
        return reduce(or_, uses, Q(pk__in=[]))

    def _named_in_texts(self):
        """By a draft, or by what waits for its time."""
        name = Concat(Value(f"{kind_of(self.model)}:"), Cast(OuterRef("pk"), CharField()))
        return Q(Exists(Reference.objects.filter(target=name)))

    # Verbs

    def create_from_file(self, file, **values):
        """A new picture from an opened ``file``, yet without renditions. Raises ValidationError."""
        values.setdefault("title", PurePosixPath(file.name).stem)
        image = self.model(**values)
        image.replace_master(file)
        return image
