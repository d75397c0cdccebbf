"""What an address answers whose page has moved, or has been taken away."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from publishing.models.chain import kind_of
from publishing.models.reference import swedish_path


class RedirectQuerySet(models.QuerySet):
    def at(self, path):
        """The redirect of ``path``, in whichever language it was asked for, or None."""
        return self.filter(path=swedish_path(path)).first()


class Redirect(models.Model):
    """One old Swedish path. It leads to an item wherever that is, to an address, or nowhere."""

    path = models.CharField(
        "gammal adress", max_length=400, unique=True, help_text="Till exempel /nyheter/gammal/"
    )
    kind = models.CharField(max_length=80, blank=True, editable=False)
    object_id = models.PositiveBigIntegerField(null=True, editable=False)
    address = models.CharField(
        "leder till",
        max_length=400,
        blank=True,
        help_text="En adress på webbplatsen, till exempel /insatser/ny/. Lämna tomt om sidan är "
        "borttagen: då säger webbplatsen det.",
    )
    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="skapad av",
        null=True,
        editable=False,
        related_name="+",
    )

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = "omdirigering"
        verbose_name_plural = "omdirigeringar"
        ordering = ["path"]

    def __str__(self):
        return self.path

    @classmethod
    def lead(cls, path, *, by, item=None, address=""):
        """From now on ``path`` leads to ``item``, or to ``address``, or says that it is gone."""
        values = {
            "kind": kind_of(item) if item else "",
            "object_id": item.pk if item else None,
            "address": address,
            "created_by": by,
            "created_at": timezone.now(),
        }
        return cls.objects.update_or_create(path=swedish_path(path), defaults=values)[0]

    def target(self):
        """Where it leads now: a path or an address; "" when what was there is gone."""
        if not self.kind:
            return self.address
        rows = apps.get_model(self.kind)._default_manager.all()
        rows = rows.readable() if hasattr(rows, "readable") else rows
        item = rows.filter(pk=self.object_id).first()
        return item.get_absolute_url() if item else ""

    @staticmethod
    def validate_address(name, value):
        """Refuse, at the field ``name``, what isn't a path on this site."""
        if not value.startswith("/") or value.startswith("//") or "\\" in value:
            raise ValidationError({name: "Börja adressen med /, till exempel /om/."})

    def clean(self):
        for name in ("path", "address"):
            if value := getattr(self, name):
                self.validate_address(name, value)
        self.path = swedish_path(self.path)
        if self.path == self.address:
            raise ValidationError({"address": "Sidan kan inte leda till sig själv."})
