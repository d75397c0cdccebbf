"""The items of many kinds by how urgently they need translating, for the list of it."""

from collections import Counter

from django.db.models import Case, CharField, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import LessThan
from django.utils import timezone

from publishing.dates import add_months
from publishing.models import Publishable, Reviewed, ReviewInterval, Track
from publishing.models.questions import IS_KEPT, IS_SEEN
from publishing.translation_status import (
    TranslationStatus,
    other_languages,
    status_in_new_language,
    statuses_in,
)

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

    ``since`` is the ISO date from which on a review is new enough for their items, or None.
    """
    dates = (
        When(kind=kind, then=Subquery(_reviewed_since(model)))
        for kind, model in models.items()
        if issubclass(model, Reviewed)
    )
    since = Case(*dates, output_field=CharField())
    return Track.objects.filter(kind__in=models, binned_at=None).annotate(since=since)


def _reviewed_since(model):
    rows = model._base_manager.filter(pk=OuterRef("object_id")).order_by()
    rows = rows.exclude(IS_KEPT) if issubclass(model, Publishable) else rows
    dates = (When(review_interval=each, then=Value(_oldest(each))) for each in ReviewInterval)
    return rows.values_list(Case(*dates, output_field=CharField()))[:1]


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
    for language in languages:
        reviewed_on = KeyTextTransform(language, "translations_reviewed")
        # In this order: the item is looked up for what is old by the shortest interval alone
        is_old = Q(**{f"translations_reviewed__{language}__lt": _oldest(min(ReviewInterval))})
        found |= is_old & Q(LessThan(reviewed_on, F("since")))
    return found


def _oldest(interval):
    """The ISO date from which on a review is new enough; as due_for_review() of questions.py."""
    return add_months(timezone.localdate(), -interval).isoformat()


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
    tracks = to_translate(models).order_by().values_list("kind", "translations")
    due = Count("pk", filter=due_in(other_languages()))
    counts = Counter()
    # Few of thousands of items differ in how they stand in all languages
    for kind, kept, number, due_for_review in tracks.annotate(number=Count("pk"), due=due):
        counts[AGAIN] += due_for_review
        for status in {*statuses_in(kept, models[kind]).values()}:
            counts[status] += number
    return counts


def _is_seen(models):
    """Recorded.is_seen, as a condition on tracks."""
    published = _published(models)
    seen = Q(kind__in=[kind for kind in models if kind not in published])
    for kind, model in published.items():
        rows = model._base_manager.filter(IS_SEEN)
        seen |= Q(kind=kind, object_id__in=rows.values("pk"))
    return seen
