"""Who may change a picture, and the verbs of its consent."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from publishing.usage import is_waited_for

IS_SHOWN = (
    "Bilden visas på en sida som är publicerad eller väntar på sin tid. Bara den som får publicera "
    "kan ändra den."
)


class Changing:
    """What residents see is changed by those who may publish; all else by those who write."""

    def may_be_changed_by(self, user):
        return not self._why_not_changed_by(user)

    def require_changeable_by(self, user):
        """Raises PermissionDenied with a sentence."""
        if reason := self._why_not_changed_by(user):
            raise PermissionDenied(reason)

    def is_approved(self):
        """Whether residents see this, or will by a date that somebody has set: two queries."""
        return type(self).objects.approved().filter(pk=self.pk).exists() or is_waited_for(self)

    def withdraw_consent(self, *, by, reason=""):
        """Stop showing this at once and remove its renditions. Raises PermissionDenied.

        Whoever writes may, also what residents see: a person who regrets it waits for nobody.
        """
        self._require_pictures_of(by)
        note = f"Samtycket är återkallat. {reason}".strip()
        self._change_consent(self.withdrawn_at or timezone.now(), by=by, note=note)

    def renew_consent(self, *, by, reason=""):
        """Undo withdraw_consent(); renditions are to be made anew. Raises PermissionDenied."""
        self.require_changeable_by(by)
        self._change_consent(None, by=by, note=f"Samtycket gäller igen. {reason}".strip())

    def restore(self, version, *, by):
        self.require_changeable_by(by)
        super().restore(version, by=by)
        if self.is_out_of_date:
            transaction.on_commit(self.make_renditions)

    def move_to_bin(self, *, by, note=""):
        super().move_to_bin(by=by, note=note)
        self.remove_unused(filter(None, [self.file_replaced]))

    @classmethod
    def take_out_of_bin(cls, pk, *, by):
        image = super().take_out_of_bin(pk, by=by)
        if image.is_out_of_date:
            transaction.on_commit(image.make_renditions)
        return image

    def _change_consent(self, withdrawn_at, *, by, note):
        with self.recording(by=by, note=note):
            self.withdrawn_at = withdrawn_at
            self.save(update_fields=["withdrawn_at", "updated_at"])
            self.remove_renditions()
            self.forget_replaced()

    def _has_right(self, user, right):
        if right == "change" and self.pk:
            return self.may_be_changed_by(user)
        return super()._has_right(user, right)

    def _require_pictures_of(self, user):
        if not super()._has_right(user, "change"):
            raise PermissionDenied("Du har inte rätt att ändra bilder.")

    def _why_not_changed_by(self, user):
        """A sentence, or ""."""
        if not super()._has_right(user, "change"):
            return "Du har inte rätt att ändra bilder."
        if super()._has_right(user, "publish") or not self.is_approved():
            return ""
        return IS_SHOWN
