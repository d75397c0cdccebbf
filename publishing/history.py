"""Histories of rows that came without one, and proof that none has been rewritten."""

from dataclasses import dataclass

from django.apps import apps

from publishing import snapshot
from publishing.models import Chain, Content, Publishable, Track, Version, kind_of
from publishing.models.chain import GENESIS, Action


def recorded_kinds():
    """The models that have histories of their own, not as rows of another."""
    kinds = [model for model in apps.get_models() if issubclass(model, Content)]
    children = {
        model._meta.get_field(name).related_model
        for model in kinds
        for name in model.recorded_children
    }
    return [model for model in kinds if model not in children]


def begin_histories():
    """Begin the history of each row that has none, as fixtures leave them; returns how many."""
    number = 0
    with Chain.writing() as chain:
        for model in recorded_kinds():
            tracked = Track.objects.filter(kind=kind_of(model)).values("object_id")
            for row in model._base_manager.exclude(pk__in=tracked).order_by("pk"):
                Track.begin(row, chain)
                number += 1
    return number


@dataclass(frozen=True)
class Proof:
    """``broken`` is the first record that isn't as it was written, "" when all are."""

    length: int
    head: str
    broken: str


def verify_chain():
    """Compute the chain anew from its first record."""
    previous, length, allowed = GENESIS, 0, _erased()
    for version in Version.objects.order_by("sequence").iterator(chunk_size=500):
        length += 1
        problem = _problem(version, length, previous, allowed)
        if problem:
            return Proof(length, version.hash, f"{version} (nummer {length}): {problem}")
        previous = version.hash
    chain = Chain.objects.filter(pk=1).first() or Chain()
    if (chain.length, chain.head) != (length, previous):
        return Proof(length, previous, f"nummer {length + 1}: de sista posterna saknas")
    return Proof(length, previous, "")


def drifted_rows():
    """The rows that aren't as the version says that residents, or editors of drafts, see them.

    Somebody has written to the database past the verbs, or a migration has.
    """
    for model in recorded_kinds():
        tracks = Track.objects.filter(kind=kind_of(model), binned_at=None)
        tracks = tracks.select_related("newest", "live")
        rows = model._base_manager.in_bulk(list(tracks.values_list("object_id", flat=True)))
        for track in tracks:
            row = rows.get(track.object_id)
            shown = track.live if row and row.is_seen else track.newest
            if row is None or not _same(model, row, shown.data):
                yield track


def _same(model, row, data):
    known = snapshot.defaults(model) if issubclass(model, Publishable) else {}
    now = snapshot.read(row)
    return all(now[name] == data.get(name, known.get(name, now[name])) for name in now)


def _problem(version, length, previous, allowed):
    if version.sequence != length:
        return "en post före den saknas"
    if version.previous_hash != previous:
        return "den hör inte ihop med posten före"
    if not set(version.gaps) <= allowed.get(str(version.sequence), set()):
        return "en del saknas utan att det står varför"
    if set(version.salts) != set(version.parts()) - set(version.gaps):
        return "en del har lagts till eller tagits bort"
    if version.compute_hash() != version.hash:
        return "den är ändrad"
    return ""


def _erased():
    """{sequence: the parts of it that a later record says were erased}."""
    allowed = {}
    for record in Version.objects.filter(action__in=[Action.ERASED, Action.PURGED]):
        for sequence, parts in record.status.get("erased", {}).items():
            allowed.setdefault(sequence, set()).update(parts)
    return allowed
