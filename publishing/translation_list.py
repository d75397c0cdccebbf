"""The items of many kinds by how urgently they need translating, for the list of it."""

from django.db.models import Case, Count, Q, Value, When

from publishing.models import Publishable, Track
from publishing.models.content import IS_SEEN
from publishing.translation_status import TranslationStatus, other_languages, status_in_new_language

# What readers are misled by comes before what they don't get at all
URGENCY = [
    TranslationStatus.STALE,
    TranslationStatus.MISSING,
    TranslationStatus.MACHINE,
    TranslationStatus.UNREVIEWED,
]


def to_translate(models):
    """The tracks of ``models`` ({kind: model}) that aren't thrown away."""
    return Track.objects.filter(kind__in=models, binned_at=None)


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


def by_urgency(models, language=None):
    """to_translate(), what residents see first, then as urgent as the worst of its languages.

    In one ``language``, or in all. ``urgency`` is len(URGENCY) for what needs nothing.
    """
    languages = [language] if language else other_languages()
    urgency = Case(
        *(When(standing_in(models, languages, each), Value(n)) for n, each in enumerate(URGENCY)),
        default=Value(len(URGENCY)),
    )
    unseen = Case(When(_is_seen(models), Value(0)), default=Value(1))
    tracks = to_translate(models).annotate(urgency=urgency, unseen=unseen)
    return tracks.order_by("unseen", "urgency", "kind", "-object_id")


def how_many(models):
    """{status: how many items of ``models`` have it in some language}: one query."""
    counts = {
        str(status): Count("pk", filter=standing_in(models, other_languages(), status))
        for status in TranslationStatus
    }
    found = to_translate(models).aggregate(**counts)
    return {status: found[status] for status in TranslationStatus}


def _is_seen(models):
    """Recorded.is_seen, as a condition on tracks."""
    published = {kind: model for kind, model in models.items() if issubclass(model, Publishable)}
    seen = Q(kind__in=[kind for kind in models if kind not in published])
    for kind, model in published.items():
        rows = model._base_manager.filter(IS_SEEN)
        seen |= Q(kind=kind, object_id__in=rows.values("pk"))
    return seen
