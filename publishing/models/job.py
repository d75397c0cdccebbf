"""The work that somebody else's clock is to start, and when it was last done."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# What is to run, and how long it may take until it does so again; a day with some hours to spare
EXPECTED = {"purge_bin": timedelta(hours=30)}


class JobQuerySet(models.QuerySet):
    def overdue(self, at=None):
        """{name: when it last ran, or None for never} of what should have run by ``at`` (now)."""
        at = at or timezone.now()
        ran = dict(self.filter(name__in=EXPECTED).values_list("name", "ran_at"))
        return {
            name: ran.get(name)
            for name, interval in EXPECTED.items()
            if name not in ran or ran[name] < at - interval
        }


class Job(models.Model):
    """A management command that cron, or its like, is to run; written by the command itself."""

    name = models.CharField(max_length=60, unique=True)
    ran_at = models.DateTimeField()

    objects = JobQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name

    @classmethod
    def ran(cls, name):
        """Note that the job ``name`` has been done now."""
        cls.objects.update_or_create(name=name, defaults={"ran_at": timezone.now()})
