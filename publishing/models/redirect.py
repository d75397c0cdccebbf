"""What an address answers whose page has moved, or has been taken away."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import override

from publishing.addresses import is_answered, on_this_site, path_of, row_at
from publishing.models.chain import kind_of
from publishing.models.reference import swedish_path


class RedirectQuerySet(models.QuerySet):
    def at(self, path):
        """The redirect of ``path``, in whichever language it was asked for, or None."""
        return self.filter(path=swedish_path(path)).first()


class Redirect(models.Model):
    """One old Swedish path. It leads to an item wherever that is, to an address, or nowhere."""

    path = models.CharField(
        "gammal adress", max_length=400, unique=True, help_text="Till exempel /nyheter/gammal/."
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
        """From now on ``path`` leads to ``item``, or to ``address``, or says that it is gone.

        An address where an item is means that item, so that it is found when it moves again.
        """
        redirect = cls.objects.at(path) or cls(path=swedish_path(path))
        redirect.created_by, redirect.created_at = by, timezone.now()
        redirect.aim(item or address)
        redirect.save()
        return redirect

    def aim(self, target):
        """Lead to ``target``, an item or an address on this site ("" for gone), without saving."""
        if isinstance(target, str):
            item = row_at(target) if target == path_of(target) else None
            address = "" if item else target
        else:
            item, address = target, ""
        self.kind, self.object_id = (kind_of(item), item.pk) if item else ("", None)
        self.address = address

    def item(self):
        """The row that residents can read now and that this leads to, or None."""
        if not self.kind:
            return None
        rows = apps.get_model(self.kind)._default_manager.all()
        rows = rows.readable() if hasattr(rows, "readable") else rows
        return rows.filter(pk=self.object_id).first()

    def target(self, language=settings.LANGUAGE_CODE):
        """Where it leads now, in ``language`` where that is, else in Swedish; "" for gone."""
        last, passed = self, set()
        while last.address and last.path not in passed:
            passed.add(last.path)
            further = type(self).objects.at(path_of(last.address))
            if not further:
                return _translated(last.address, language)
            last = further
        item = last.item()
        if not item:
            return ""
        with override(language if language in item.languages() else settings.LANGUAGE_CODE):
            return item.get_absolute_url()

    def clean(self):
        problems = {}
        for name in ("path", "address"):
            try:
                setattr(self, name, getattr(self, name) and on_this_site(getattr(self, name)))
            except ValidationError as error:
                problems[name] = error
        self.path = path_of(self.path)
        if self.path == path_of(self.address):
            problems["address"] = "Sidan kan inte leda till sig själv."
        elif "address" not in problems and self.address and not is_answered(self.address):
            problems["address"] = "Det finns ingen sida på den adressen."
        if "path" not in problems and is_answered(self.path):
            problems["path"] = "Det finns en sida på den adressen. Den behöver ingen omdirigering."
        if problems:
            raise ValidationError(problems)


def _translated(address, language):
    with override(settings.LANGUAGE_CODE):
        return translate_url(address, language)
