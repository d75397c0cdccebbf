"""Forms that stand open: who sits at them, and what has been written there and isn't saved yet."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

PRESENT = timedelta(seconds=45)  # since the form last told of itself; three times its pause
AT_MOST = 50  # texts of one person's
LARGEST = 1_000_000  # characters in one form


class OpenFormQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def at(self, kind, object_id):
        """Those of one item; of all that are to become new ones of the kind, without a key."""
        return self.filter(kind=kind, object_id=object_id)

    def unsaved(self):
        """Those with a text that can be taken back, the newest first."""
        return self.filter(closed_at=None, written_at__isnull=False).order_by("-written_at")

    def present(self, at=None):
        """Those that somebody sits at now."""
        return self.filter(closed_at=None, seen_at__gt=(at or timezone.now()) - PRESENT)

    def over(self, at=None):
        """Those that have told nothing of themselves for so long that they are forgotten."""
        kept = timedelta(days=settings.UNSAVED_DAYS)
        return self.filter(seen_at__lte=(at or timezone.now()) - kept)


class OpenForm(models.Model):
    """One form in one window, known by a ``key`` of its own; nobody but ``user`` reads its text.

    One that is closed, since it has been saved or thrown away, stays for a while: what its window
    sends late makes no text of it again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    kind = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField(null=True)  # None for what is to become a new one
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    fields = models.JSONField(default=dict)  # {name: [values]} as a browser sends them

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind", "object_id", "seen_at"], name="publishing_openform_item"),
            models.Index(fields=["seen_at"], name="publishing_openform_seen"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="publishing_openform_key"),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id or 'ny'}"

    @classmethod
    def tell(cls, user, key, kind, object_id, fields=None):
        """Note that ``user`` sits at a form now, and keep its ``fields``: {} when none is changed.

        None leaves the text as it was. Returns whether the form is still open.
        """
        facts = {"seen_at": timezone.now()}
        if fields is not None:
            facts |= {"fields": fields, "written_at": facts["seen_at"] if fields else None}
        found = cls.objects.filter(user=user, key=key, kind=kind, object_id=object_id)
        if found.filter(closed_at=None).update(**facts):
            return True
        cls._forget(user)
        defaults = {"kind": kind, "object_id": object_id, **facts}
        _row, is_new = cls.objects.get_or_create(user=user, key=key, defaults=defaults)
        # It may have told the same by two requests at once, when it was hidden for instance
        return is_new or bool(found.filter(closed_at=None).update(**facts))

    @classmethod
    def close(cls, user, keys):
        """What was written in the forms ``keys`` has been saved."""
        if not keys:
            return
        now = timezone.now()
        facts = {"closed_at": now, "seen_at": now, "written_at": None, "fields": {}}
        cls.objects.filter(user=user, key__in=keys).update(**facts)

    @classmethod
    def _forget(cls, user):
        cls.objects.over().delete()
        older = cls.objects.filter(user=user, written_at__isnull=False).order_by("-written_at")
        keys = list(older.values_list("pk", flat=True)[AT_MOST - 1 : AT_MOST + 100])
        if keys:
            cls.objects.filter(pk__in=keys).delete()

    def throw_away(self):
        """Ask no more about its text, which can be taken back until it is forgotten."""
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at"])

    def take_up(self):
        self.closed_at = None
        self.save(update_fields=["closed_at"])

    @property
    def is_at_hand(self):
        """Whether the form seems to be open in another window."""
        return self.seen_at > timezone.now() - PRESENT
