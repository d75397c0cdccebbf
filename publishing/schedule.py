"""What was scheduled becomes what residents see, when its minute has come."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from publishing import mail
from publishing.models.chain import Action, Chain
from publishing.models.states import State
from publishing.models.track import Track


def publish_due(at=None):
    """Apply what was to be public at the moment ``at`` (default now); returns [(item, problem)].

    ``problem`` is "" or the Swedish reason why a text couldn't be published; it is the editors'
    again, and who scheduled it gets a mail. One query when nothing is due.
    """
    if not Track.objects.due(at).exists():
        return []
    with Chain.writing() as chain:
        due = Track.objects.due(at).values_list("pk", flat=True)
        return [_apply(chain, pk) for pk in list(due)]


def _apply(chain, pk):
    # Read when its turn comes: the one before it may have changed its links
    track = Track.objects.select_related("newest", "live", "scheduled", "scheduled__by").get(pk=pk)
    item = apps.get_model(track.kind)._base_manager.get(pk=track.object_id)
    try:
        with transaction.atomic():
            item.apply_waiting(chain, track)
    except ValidationError as error:
        return _give_back(chain, item.pk, pk, " ".join(error.messages))
    return item, ""


def _give_back(chain, item_pk, pk, problem):
    chain.refresh_from_db()
    track = Track.objects.select_related("newest", "live", "scheduled", "scheduled__by").get(pk=pk)
    item = apps.get_model(track.kind)._base_manager.get(pk=item_pk)
    waiting = track.scheduled
    facts = {"data": waiting.data, "base": waiting.base, "by": waiting.by, "note": problem}
    version = track.record(chain, item, Action.FAILED, **facts)
    newest = track.newest if track.has_changes else version
    track.stage = State.DRAFT
    track.show(item, newest=newest, scheduled=None, scheduled_at=None)
    mail.failed(item, to=waiting.by, problem=problem)
    return item, problem
