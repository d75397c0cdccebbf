"""How many news items each year has, kept instead of counted in each request.

At 100 000 items a plain count(*) costs some 100 ms. The kept numbers were true at counted_at; what
the clock has published or taken away since then is a handful of rows at the ends of two indexes.
"""

from collections import Counter, defaultdict
from datetime import UTC, datetime

from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from news.models.item import NewsItem
from publishing.models import State

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
ALL = "all"


class NewsArchive(models.Model):
    """One row: {"all" or a focus area's id: {year: number of public items}}, at counted_at."""

    counts = models.JSONField(default=dict)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="news_one_archive", condition=Q(pk=1))]

    def __str__(self):
        return f"Antal nyheter {self.counted_at:%Y-%m-%d %H:%M}"

    @classmethod
    def recount(cls):
        """Count all public items anew, one writer at a time."""
        with transaction.atomic():
            cls.objects.get_or_create(pk=1)
            archive = cls.objects.select_for_update().get(pk=1)
            archive.counted_at = timezone.now()
            archive.counts = _count(archive.counted_at)
            archive.save()

    @classmethod
    def doubt(cls):
        """Keep nothing until the next recount(), so that no old numbers outlive a lost process."""
        cls.objects.filter(pk=1).update(counted_at=BEGINNING, counts={})

    @classmethod
    def years(cls, area=None):
        """[(year, number of public items)] now, the newest year first: two queries."""
        archive, now = cls.objects.filter(pk=1).first(), timezone.now()
        if not archive or archive.counted_at == BEGINNING:
            return sorted(_by_year(_public(now, area)), reverse=True)
        kept = archive.counts.get(str(area.pk) if area else ALL, {})
        counts = Counter({int(year): n for year, n in kept.items()})
        for item in _changed_by_the_clock(archive.counted_at, now, area):
            year = timezone.localdate(item.publish_at).year
            counts[year] += item.is_published(now) - item.is_published(archive.counted_at)
        return sorted(((year, n) for year, n in counts.items() if n > 0), reverse=True)


def _public(at, area=None):
    items = NewsItem.objects.published(at).order_by().annotate(year=ExtractYear("publish_at"))
    return items.about(area) if area else items


def _by_year(items):
    return items.values_list("year").annotate(n=Count("pk"))


def _count(at):
    public, counts = _public(at), defaultdict(dict)
    counts[ALL] = dict(_by_year(public))
    by_area = public.filter(focus_areas__isnull=False).values_list("focus_areas", "year")
    for area_id, year, n in by_area.annotate(n=Count("pk")):
        counts[area_id][year] = n
    return counts


def _changed_by_the_clock(since, until, area):
    items = NewsItem.objects.filter(state=State.PUBLISHED).order_by()
    items = items.about(area) if area else items
    items = items.only("state", "publish_at", "expire_at")
    come = items.filter(publish_at__gt=since, publish_at__lte=until)
    gone = items.filter(expire_at__gt=since, expire_at__lte=until)
    # A union, since SQLite reads the whole table for an OR over two indexes
    return come.union(gone)
