"""Links by which people without an account read one version."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from publishing.models.chain import Action, Chain, Version

DAYS = 7


def in_a_week():
    return timezone.now() + timedelta(days=DAYS)


class ShareLinkQuerySet(models.QuerySet):
    def open(self, at=None):
        """Those that lead somewhere at the moment ``at`` (default now)."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())

    def for_token(self, token):
        """The open link that ``token`` belongs to, or None."""
        try:
            pk = signing.loads(token, salt="publishing.share")
        except signing.BadSignature:
            return None
        return self.open().filter(pk=pk).select_related("version").first()


class ShareLink(models.Model):
    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    created_at = models.DateTimeField("skapad", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="av", null=True, related_name="+"
    )
    expires_at = models.DateTimeField("gäller till", default=in_a_week)
    revoked_at = models.DateTimeField("återkallad", null=True)
    opened = models.PositiveIntegerField("öppnad", default=0)  # times; by whom is nobody's business
    last_opened_at = models.DateTimeField("senast öppnad", null=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "delad länk"
        verbose_name_plural = "delade länkar"
        ordering = ["-created_at"]
        default_permissions = ()

    def __str__(self):
        return f"{self.version}"

    @classmethod
    def create(cls, item, version, *, by, expires_at=None):
        """A link to ``version`` of ``item``. Raises PermissionDenied."""
        item.require_right(by, "change", "dela")
        with Chain.writing() as chain:
            link = cls.objects.create(
                version=version, created_by=by, expires_at=expires_at or in_a_week()
            )
            track = item.track
            track.record(chain, item, Action.SHARED, by=by, status={"shared": version.number})
            track.save(update_fields=["numbers"])
        return link

    @property
    def token(self):
        return signing.dumps(self.pk, salt="publishing.share")

    def get_absolute_url(self):
        return reverse("shared", args=[self.token])

    def is_open(self):
        return self.revoked_at is None and self.expires_at > timezone.now()

    def revoke(self, item, *, by):
        """Lead nowhere from now on. Raises PermissionDenied."""
        if not by.is_authenticated or not item.has_right(by, "change"):
            raise PermissionDenied("Du har inte rätt att återkalla länken.")
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])

    def note_opening(self):
        now = timezone.now()
        rows = type(self).objects.filter(pk=self.pk)
        rows.update(opened=F("opened") + 1, last_opened_at=now)
