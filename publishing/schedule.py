"""What was scheduled becomes what residents see, when its minute has come."""

import logging

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction

from publishing import mail
from publishing.models.chain import Action, Chain
from publishing.models.track import Track

log = logging.getLogger(__name__)


def publish_due(at=None):
    """Apply what was to be public at the moment ``at`` (default now); returns [(item, problem)].

    ``problem`` is "" or the Swedish reason why a text couldn't be published; it is the editors'
    again, and who scheduled it gets a mail. One query when nothing is due.
    """
    if not Track.objects.due(at).exists():
        return []
    with Chain.writing() as chain:
        due = list(Track.objects.due(at).values_list("pk", flat=True))
        return [done for pk in due if (done := _apply(chain, pk))]


def _apply(chain, pk):
    # Read when its turn comes: the one before it may have changed its links
    track, item = _read(pk)
    if not item:
        # Somebody has deleted the row past the bin; there is nothing to show and nobody to ask
        track.scheduled = track.scheduled_at = None
        track.save(update_fields=["scheduled", "scheduled_at"])
        return None
    try:
        with transaction.atomic():
            item.apply_waiting(chain, track)
    except ValidationError as error:
        return _give_back(chain, pk, " ".join(error.messages))
    except OperationalError:
        raise  # the database, not the text: it waits for the next request
    except Exception as error:  # one text must not close the whole site
        log.error("Schemalagd text, %s: %s", track, type(error).__name__)
        return _give_back(
            chain, pk, "Ett fel i programmet kom emellan. Be den som sköter det titta."
        )
    return item, ""


def _give_back(chain, pk, problem):
    chain.refresh_from_db()
    track, item = _read(pk)
    planned = item.scheduling()
    by = planned and planned.by
    item.give_back(chain, track, Action.FAILED, by=by, note=problem)
    track.show(item)
    mail.failed(item, to=by, problem=problem)
    return item, problem


def _read(pk):
    versions = ["newest", "live", "scheduled", "scheduled__by"]
    track = Track.objects.select_related(*versions).get(pk=pk)
    return track, apps.get_model(track.kind)._base_manager.filter(pk=track.object_id).first()
