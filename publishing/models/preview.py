"""What stands in somebody's form, kept for a while so that she can look at it as a page."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from publishing.models.chain import kind_of

KEPT = timedelta(hours=1)
AT_MOST = 5  # of one person's


def new_key():
    return secrets.token_urlsafe(16)


class PreviewQuerySet(models.QuerySet):
    def over(self, at=None):
        """Those that nobody can look at any more at the moment ``at`` (default now)."""
        return self.filter(made_at__lte=(at or timezone.now()) - KEPT)

    def of(self, user, model):
        """What ``user`` alone may look at, of the kind ``model``."""
        return self.filter(user=user, kind=kind_of(model), made_at__gt=timezone.now() - KEPT)


class Preview(models.Model):
    """No version and no draft: nobody else sees it, and it is removed within a day."""

    key = models.CharField(max_length=32, primary_key=True, default=new_key)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField(null=True)  # None for what isn't saved yet
    made_at = models.DateTimeField(default=timezone.now)
    data = models.JSONField()
    problems = models.JSONField(default=list)  # sentences about what couldn't be taken along

    objects = PreviewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["made_at"], name="publishing_preview_made")]

    def __str__(self):
        return f"{self.kind} {self.object_id or 'ny'}"

    @classmethod
    def keep(cls, item, *, by, data, problems):
        """Keep the text ``data`` of ``item``, and no more than the newest few of that person."""
        cls.objects.over().delete()
        older = cls.objects.filter(user=by).order_by("-made_at").values_list("pk", flat=True)
        cls.objects.filter(pk__in=list(older[AT_MOST - 1 :])).delete()
        return cls.objects.create(
            user=by, kind=kind_of(item), object_id=item.pk, data=data, problems=problems
        )
