"""Histories of rows that came without one, and proof that none has been rewritten."""

from dataclasses import dataclass
from itertools import islice

from django.apps import apps
from django.db.models import Exists, OuterRef

from publishing import snapshot
from publishing.models import Chain, Content, Publishable, Track, Version, kind_of
from publishing.models.chain import GENESIS, Action

CHUNK = 500  # rows in memory at once


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
        for _model, rows in _without_history():
            for row in rows.order_by("pk"):
                Track.begin(row, chain)
                number += 1
    return number


def rows_without_history():
    """[(model, how many of its rows nothing is recorded of)], without the noughts."""
    counted = [(model, rows.count()) for model, rows in _without_history()]
    return [(model, number) for model, number in counted if number]


def drifted_rows():
    """Tracks of the rows that aren't as residents, or editors of drafts, should see them.

    Somebody has written to the database past the verbs, or a migration has.
    """
    for model in recorded_kinds():
        defaults, tracks = snapshot.defaults(model), _tracks(model).iterator(chunk_size=CHUNK)
        while chunk := list(islice(tracks, CHUNK)):
            rows = model._base_manager.in_bulk([track.object_id for track in chunk])
            texts = snapshot.read_all(list(rows.values())) if rows else []
            found = {row.pk: (row, text) for row, text in zip(rows.values(), texts, strict=True)}
            for track in chunk:
                place = found.get(track.object_id)
                if not place or not _is_as_recorded(*place, track, defaults):
                    yield track


@dataclass(frozen=True)
class Proof:
    """``broken`` is the first record that isn't as it was written, "" when all are."""

    length: int
    head: str
    broken: str


def verify_chain():
    """Compute the chain anew from its first record."""
    previous, length, allowed = GENESIS, 0, _erased()
    for version in Version.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        length += 1
        if problem := _problem(version, length, previous, allowed):
            return Proof(length, version.hash, f"nummer {version.sequence} ({version}): {problem}")
        previous = version.hash
    chain = Chain.objects.filter(pk=1).first() or Chain()
    if length > chain.length:
        broken = f"nummer {chain.length + 1}: den har lagts till efter den sista"
    elif (length, previous) != (chain.length, chain.head):
        broken = f"nummer {length + 1}: de sista posterna saknas"
    else:
        broken = ""
    return Proof(length, previous, broken)


def _without_history():
    for model in recorded_kinds():
        tracked = Track.objects.filter(kind=kind_of(model)).values("object_id")
        yield model, model._base_manager.exclude(pk__in=tracked)


def _tracks(model):
    own = Version.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    last = own.filter(number=OuterRef("numbers"))
    tracks = Track.objects.filter(kind=kind_of(model), binned_at=None).order_by("pk")
    # Names are erased from what is gone too, so that isn't always what was done last
    tracks = tracks.exclude(Exists(own.filter(action=Action.PURGED)))
    return tracks.annotate(status=last.values("status")).select_related("newest", "live")


def _is_as_recorded(row, text, track, defaults):
    shown = track.live if row.is_seen else track.newest
    if not shown or (isinstance(row, Publishable) and _differs(row.status(), track.status)):
        return False
    # What a version lacks has come to its model since, and has its default
    return not _differs(text, {**defaults, **shown.data})


def _differs(now, recorded):
    return any(recorded.get(name, value) != value for name, value in now.items())


def _problem(version, length, previous, allowed):
    if version.sequence != length:
        return "en post före den saknas"
    if version.previous_hash != previous:
        return "den hör inte ihop med posten före"
    if set(version.gaps) != allowed.get((version.kind, version.object_id, length), set()):
        return "det som saknas i den är inte det som står som borttaget"
    return "" if _is_as_written(version) else "den är ändrad"


def _is_as_written(version):
    try:
        parts, gaps = version.parts(), set(version.gaps)
        is_whole = set(version.salts) == set(parts) - gaps
        # Nothing vouches for what somebody has written where a part was taken away
        is_whole &= not gaps & set(version.data or {}) and not any(parts.get(gap) for gap in gaps)
        return is_whole and version.compute_hash() == version.hash
    except (AttributeError, KeyError, TypeError):
        return False  # somebody has put a list where an object was


def _erased():
    """{(kind, object id, sequence): the parts that later records of the item say were erased}."""
    allowed = {}
    for record in Version.objects.filter(action__in=[Action.ERASED, Action.PURGED]).iterator():
        if not _is_as_written(record):
            continue
        for sequence, parts in record.status.get("erased", {}).items():
            if int(sequence) < record.sequence:
                place = (record.kind, record.object_id, int(sequence))
                allowed.setdefault(place, set()).update(parts)
    return allowed
