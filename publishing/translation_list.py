"""The items of many kinds by how urgently they need translating, for the list of it."""

from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from publishing.dates import add_months
from publishing.models import Publishable, Reviewed, ReviewInterval, Track
from publishing.models.questions import IS_KEPT, IS_SEEN
from publishing.translation_status import TranslationStatus, other_languages, status_in_new_language

# What readers are misled by comes before what they don't get at all
URGENCY = [
    TranslationStatus.STALE,
    TranslationStatus.MISSING,
    TranslationStatus.MACHINE,
    TranslationStatus.UNREVIEWED,
]
AGAIN = "again"  # current, but reviewed longer ago than the item promises


def to_translate(models):
    """The tracks of ``models`` ({kind: model}) that aren't thrown away.

    ``interval`` is the number of months after which their items are reviewed again, or None.
    """
    intervals = (
        When(kind=kind, then=Subquery(_reviewed(model).values("review_interval")[:1]))
        for kind, model in models.items()
        if issubclass(model, Reviewed)
    )
    interval = Case(*intervals, output_field=PositiveSmallIntegerField())
    return Track.objects.filter(kind__in=models, binned_at=None).annotate(interval=interval)


def _reviewed(model):
    rows = model._base_manager.filter(pk=OuterRef("object_id"))
    return rows.exclude(IS_KEPT) if issubclass(model, Publishable) else rows


def _published(models):
    return {kind: model for kind, model in models.items() if issubclass(model, Publishable)}


def standing_in(models, languages, *statuses):
    """A condition: a track of ``models`` has one of ``statuses`` in one of ``languages``."""
    found = Q()
    new = [kind for kind, model in models.items() if status_in_new_language(model) in statuses]
    for language in languages:
        key = f"translations__{language}"
        found |= Q(**{f"{key}__in": [str(status) for status in statuses]})
        if new:
            found |= Q(**{f"{key}__isnull": True}, kind__in=new)  # a language that came later
    return found


def due_in(languages):
    """Whether a track of to_translate() has a translation that is due for review again."""
    found = Q()
    for interval in ReviewInterval:
        oldest = reviewed_since(interval).isoformat()
        is_old = Q()
        for language in languages:
            is_old |= Q(**{f"translations_reviewed__{language}__lt": oldest})
        found |= is_old & Q(interval=interval)  # in this order: the interval costs a look-up
    return found


def reviewed_since(interval):
    """The date from which on a review is new enough; as PublishableQuerySet.due_for_review()."""
    return add_months(timezone.localdate(), -interval)


def by_urgency(models, language=None):
    """to_translate(), what residents see first, then as urgent as the worst of its languages.

    In one ``language``, or in all. ``urgency`` is None for what needs nothing.
    """
    languages = [language] if language else other_languages()
    tasks = [*(standing_in(models, languages, each) for each in URGENCY), due_in(languages)]
    urgency = Case(*(When(task, Value(number)) for number, task in enumerate(tasks)))
    unseen = Case(When(_is_seen(models), Value(0)), default=Value(1))
    tracks = to_translate(models).annotate(urgency=urgency, unseen=unseen)
    return tracks.order_by("unseen", F("urgency").asc(nulls_last=True), "kind", "-object_id")


def how_many(models):
    """{status or AGAIN: how many items of ``models`` have it in some language}: one query."""
    languages = other_languages()
    wanted = {status: standing_in(models, languages, status) for status in TranslationStatus}
    wanted[AGAIN] = due_in(languages)
    counts = {str(task): Count("pk", filter=which) for task, which in wanted.items()}
    found = to_translate(models).aggregate(**counts)
    return {task: found[str(task)] for task in wanted}


def _is_seen(models):
    """Recorded.is_seen, as a condition on tracks."""
    published = _published(models)
    seen = Q(kind__in=[kind for kind in models if kind not in published])
    for kind, model in published.items():
        rows = model._base_manager.filter(IS_SEEN)
        seen |= Q(kind=kind, object_id__in=rows.values("pk"))
    return seen
