"""What has been in the bin for 90 days is gone for good, but for what residents could read."""

from django.apps import apps
from django.utils import timezone

from publishing.models.chain import NOTE, Action, Chain, Version
from publishing.models.track import BIN_TIME, Track
from publishing.models.translation import Translation

REASON = "Låg i papperskorgen i 90 dagar."


def purge_bin(at=None):
    """Empty the bin of what was put there 90 days before ``at`` (default now), or earlier.

    Texts that residents never saw leave gaps in the history. Those that they did see are public
    records, and stay. Returns the items, which have neither row nor files any more.
    """
    before = (at or timezone.now()) - BIN_TIME
    due = list(Track.objects.in_bin().filter(binned_at__lte=before).values_list("pk", flat=True))
    return [item for pk in due if (item := _purge(pk, before))]


def _purge(pk, before):
    with Chain.writing() as chain:  # one at a time: nobody who writes waits for them all
        track = Track.objects.in_bin().filter(pk=pk, binned_at__lte=before).first()
        if not track:
            return None
        versions = Version.objects.filter(kind=track.kind, object_id=track.object_id)
        item = apps.get_model(track.kind).as_recorded(track.object_id, track.binned_version())
        item.remove_files(versions)
        erased = _erase_unseen(versions)
        track.record(chain, item, Action.PURGED, note=REASON, status={"erased": erased})
        track.binned_at = None
        track.newest = track.live or track.newest
        track.save()
        Translation.objects.of(item).delete()
        return item


def _erase_unseen(versions):
    """{number in the chain: what was taken away} of the texts that residents never saw."""
    seen = [version.data for version in versions.live()]
    erased = {}
    for version in versions.texts().filter(is_live=False):
        if version.data in seen:
            continue  # a public record all the same
        version.take_away({*version.data, *([NOTE] if version.note else [])})
        version.save(update_fields=["data", "note", "salts", "gaps"])
        erased[str(version.sequence)] = sorted(version.gaps)
    return erased
