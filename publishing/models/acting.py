"""What the verbs of Publishable share: the lock, the rights, times and hands."""

from contextlib import contextmanager, suppress
from datetime import UTC

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from publishing import mail
from publishing.models.chain import BY, Action, Chain, Version
from publishing.models.states import State
from publishing.models.texts import Clashing, Texts
from publishing.models.track import Track

KEEP = object()  # leave the time as it is
WRITING = [Action.CREATED, Action.SAVED, Action.RESTORED]
SCHEDULING = [Action.SCHEDULED, Action.UNSCHEDULED, Action.FAILED]


class Acting(Texts):
    # Who may

    def has_right(self, user, right):
        return user.has_perm(f"{self._meta.app_label}.{right}_{self._meta.model_name}")

    def require_right(self, user, right, verb):
        """Raises PermissionDenied with a sentence."""
        if not self.has_right(user, right):
            raise PermissionDenied(f"Du har inte rätt att {verb} {self._meta.verbose_name_plural}.")

    def may_be_binned_by(self, user):
        """Who only writes throws away nothing that was public, nor what somebody else began."""
        if self.has_right(user, "publish"):
            return True
        if not self.has_right(user, "change") or (self.track and self.track.live_id):
            return False
        first = Version.objects.of(self).values_list("by", flat=True).first()
        return first in (None, user.pk)

    @contextmanager
    def _acting(self, by, right, verb, chain=None, track=None):
        self.require_right(by, right, verb)
        try:
            with self._in_words(), Chain.writing(chain) as chain:
                self.refresh_again()
                self.track = track or Track.begin(self, chain)
                yield chain, self.track
        except (PermissionDenied, ValidationError):
            # What was refused is not to be seen on this object either
            with suppress(ValidationError):
                self.refresh_again()
            raise

    def needs_other_eyes(self, user):
        """Whether four eyes, by setting, keep ``user``, who wrote last, from publishing this."""
        track = self.track
        if not settings.FOUR_EYES or not track or track.newest_id == track.live_id:
            return False
        # Who moved a page that the text links to, for instance, has not written it
        written = Version.objects.of(self).filter(action__in=WRITING)
        last = written.filter(number__lte=track.newest.number).defer("data").last()
        if last and BY in last.gaps:
            # Whoever took the writer's name away isn't the one to say that it was another
            return Version.objects.of(self).filter(action=Action.ERASED, by=user).exists()
        return bool(last) and last.by_id == user.pk

    def _require_other_eyes(self, by):
        if self.needs_other_eyes(by):
            raise PermissionDenied("Någon annan än den som skrev senast måste godkänna texten.")

    @contextmanager
    def _in_words(self):
        """Say in Swedish what the database refuses: an address that is taken, a row that is gone.

        Raises ValidationError. To be entered before the transaction, which can't be asked then.
        """
        try:
            yield
        except IntegrityError:
            self._require_free_place()
            raise

    @property
    def is_binnable(self):
        return self.state != State.PUBLISHED

    def _require_binnable(self):
        if not self.is_binnable:
            raise ValidationError(f"Avpublicera ”{self}” innan du kastar den.")

    def _require_begun(self):
        """What stays readable must have been so: its minute may not have come."""
        if self.publish_at > timezone.now():
            raise ValidationError(f"”{self}” har inte börjat visas än.")

    # When

    def _set_times(self, at, until):
        now = timezone.now()
        if at and at > now and self.is_published(now):
            raise ValidationError({"at": "Sidan syns redan. Schemalägg ändringen i stället."})
        if at and at > now and (self.is_archived or self.is_outdated):
            raise ValidationError({"at": "Sidan kan läsas nu, och skulle försvinna till dess."})
        if self.state != State.PUBLISHED or at or not self.publish_at or self.publish_at > now:
            kept = self.publish_at if self.publish_at and self.publish_at <= now else now
            self.publish_at = at or kept
        if until is not KEEP:
            self.expire_at = until
        elif self.expire_at and self.expire_at <= now:
            self.expire_at = None
        if until is not KEEP and until and until <= now:
            raise ValidationError({"until": "Välj en sluttid som inte har varit."})

    def _end_after(self, at, until):
        """Let the page go at ``until``, which must leave time for what comes at ``at``."""
        end = self.expire_at if until is KEEP else until
        # Two times of one zone are compared by their clocks, which repeat an hour in October
        if end and end.astimezone(UTC) <= at.astimezone(UTC):
            raise ValidationError({"until": "Sidan försvinner innan ändringen skulle synas."})
        if end != self.expire_at:
            self.expire_at = end
            self.save(update_fields=["expire_at"])

    def _require_time_for_waiting(self, track):
        if track.scheduled_id and self.expire_at and self.expire_at <= track.scheduled_at:
            raise ValidationError(
                {"until": "Sidan försvinner innan ändringen som väntar skulle synas."}
            )

    # From hand to hand

    def _stage(self, track):
        return track.stage if self.is_seen else self.state

    def _enter_stage(self, track, stage):
        if self.is_seen:
            track.stage = stage
        else:
            self.state, self.withdrawal_reason = stage, ""
            self.save(update_fields=["state", "withdrawal_reason"])

    def _tell_approved(self, track, by, note, at=None):
        if track.submitted_by_id:
            mail.approved(self, to=track.submitted_by, by=by, note=note, at=at)
        track.stage, track.submitted_by = State.DRAFT, None

    # Schedule

    def give_back(self, chain, track, action, *, by, note=""):
        """Nothing waits any more: merge the text with the editors', as ``action``.

        Where the two clash theirs stands, and the one that waited is left to the history.
        """
        try:
            data = self._with_waiting(track)
        except Clashing:
            data = None
            note = f"{note} Texten finns i version {track.scheduled.number}.".strip()
        facts = {"data": data, "base": track.scheduled.base, "by": by, "note": note}
        version = track.record(chain, self, action, **facts)
        newest = version if data else track.newest
        track.newest, track.scheduled, track.scheduled_at = newest, None, None

    def scheduling(self):
        """The version by which somebody made the text wait that waits now; None if nobody did."""
        acts = Version.objects.of(self).filter(action__in=SCHEDULING)
        return last if (last := acts.last()) and last.action == Action.SCHEDULED else None

    def apply_waiting(self, chain, track):
        """Let residents see the text whose minute has come. Raises ValidationError."""
        # Others may have corrected it since, or moved what it links to
        waiting, planned = track.scheduled, self.scheduling()
        if not planned:
            raise ValidationError("Ingen har bestämt att texten ska publiceras.")
        before, was = self.places(), track.live
        languages = planned.status.get("languages")
        self._make_public(waiting.data, is_minor=planned.is_minor, was=was, languages=languages)
        if planned.is_minor:
            track.facts.carry(was.data, waiting.data)
        facts = {"by": planned.by, "is_minor": planned.is_minor, "is_live": True}
        note = "På utsatt tid."
        version = track.record(chain, self, Action.PUBLISHED, data=waiting.data, note=note, **facts)
        newest = self._carried_on(chain, track, version) if track.has_changes else version
        track.show(self, live=version, newest=newest, scheduled=None, scheduled_at=None)
        self._follow_up(chain, before, planned.by, planned.status.get("redirect", True))
