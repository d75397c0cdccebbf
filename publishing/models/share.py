"""Links by which people without an account read one version."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from publishing.models.chain import Action, Version, kind_of
from publishing.models.undoing import NOTE

DAYS = 7
AT_MOST_DAYS = 30
SALT = "publishing.share"


def in_a_week():
    return timezone.now() + timedelta(days=DAYS)


class ShareLinkQuerySet(models.QuerySet):
    def open(self, at=None):
        """Those that nobody has revoked and whose time isn't over at the moment ``at`` (now)."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())

    def of(self, item):
        return self.filter(version__kind=kind_of(item), version__object_id=item.pk)

    def for_token(self, token):
        """The open link that ``token`` belongs to, with its item still in its place, or None."""
        try:
            pk = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return None
        link = self.open().filter(pk=pk).select_related("version").first()
        return link if link and link.item else None


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
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.version}"

    @cached_property
    def item(self):
        """The row that the version is of; None when it has been thrown away."""
        rows = apps.get_model(self.version.kind)._base_manager
        return rows.filter(pk=self.version.object_id).first()

    @property
    def token(self):
        return signing.dumps(self.pk, salt=SALT)

    def get_absolute_url(self):
        return reverse("shared", args=[self.token])

    def is_open(self):
        return self.revoked_at is None and self.expires_at > timezone.now()

    def shows_picture(self, pk):
        """Whether the picture ``pk`` is one of those that the version names as its own."""
        names = apps.get_model(self.version.kind).image_fields
        return pk in [self.version.data.get(name) for name in names]

    def note_opening(self):
        now = timezone.now()
        rows = type(self).objects.filter(pk=self.pk)
        rows.update(opened=F("opened") + 1, last_opened_at=now)


class Sharing:
    """The verbs of Publishable about links."""

    def share(self, *, by, version=None, days=DAYS):
        """A link to ``version`` (default the editors' text) that is open for ``days`` (1–30).

        Raises PermissionDenied, or ValidationError.
        """
        if not 1 <= days <= AT_MOST_DAYS:
            raise ValidationError({"days": f"En länk kan gälla i 1–{AT_MOST_DAYS} dagar."})
        with self._acting(by, "change", "dela") as (chain, track):
            version = version or track.newest
            if (version.kind, version.object_id) != (kind_of(self), self.pk):
                raise ValidationError("Versionen hör till något annat.")
            if version.data is None:
                raise ValidationError("Den händelsen har ingen text att visa.")
            link = ShareLink.objects.create(
                version=version, created_by=by, expires_at=timezone.now() + timedelta(days=days)
            )
            status = {"shared": version.number}
            track.record(chain, self, Action.SHARED, by=by, status=status)
            track.show(self)
        return link

    def stop_sharing(self, link, *, by):
        """Let ``link`` lead nowhere from now on. Raises PermissionDenied, or ValidationError."""
        with self._acting(by, "change", "sluta dela") as (chain, track):
            link = ShareLink.objects.of(self).open().filter(pk=link.pk).first()
            if not link:
                raise ValidationError("Länken gäller inte längre.")
            link.revoked_at = timezone.now()
            link.save(update_fields=["revoked_at"])
            status = {"shared": link.version.number}
            track.record(chain, self, Action.UNSHARED, by=by, status=status)
            track.show(self)

    def share_again(self, link, *, by):
        """Undo stop_sharing(): ``link`` is open until its time. Raises as that does."""
        with self._acting(by, "change", "dela") as (chain, track):
            link = ShareLink.objects.of(self).filter(pk=link.pk).first()
            if not link or link.expires_at <= timezone.now():
                raise ValidationError("Länkens tid är slut. Skapa en ny.")
            link.revoked_at = None
            link.save(update_fields=["revoked_at"])
            status = {"shared": link.version.number}
            track.record(chain, self, Action.SHARED, by=by, note=NOTE, status=status)
            track.show(self)
