"""What the verbs of Publishable share: the lock, the rights, times, hands and addresses."""

from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import NoReverseMatch
from django.utils import timezone

from publishing import links, mail
from publishing.addresses import is_answered, on_this_site, row_at
from publishing.models.chain import Action, Chain, Version
from publishing.models.redirect import Redirect
from publishing.models.reference import swedish_path
from publishing.models.states import State, WithdrawalReason
from publishing.models.texts import Texts
from publishing.models.track import Track

KEEP = object()  # leave the time as it is
WRITING = [Action.CREATED, Action.SAVED, Action.RESTORED, Action.UNSCHEDULED, Action.FAILED]


class Acting(Texts):
    # Who may

    def has_right(self, user, right):
        return user.has_perm(f"{self._meta.app_label}.{right}_{self._meta.model_name}")

    def require_right(self, user, right, verb):
        """Raises PermissionDenied with a sentence."""
        if not self.has_right(user, right):
            raise PermissionDenied(f"Du har inte rätt att {verb} {self._meta.verbose_name_plural}.")

    def may_be_binned_by(self, user):
        """What has been public is thrown away only by those who publish."""
        was_public = self.track and self.track.live_id
        return self.has_right(user, "publish" if was_public else "change")

    @contextmanager
    def _acting(self, by, right, verb):
        self.require_right(by, right, verb)
        try:
            with Chain.writing() as chain:
                self.refresh_again()
                self.track = Track.begin(self, chain)
                yield chain, self.track
        except (PermissionDenied, ValidationError):
            # What was refused is not to be seen on this object either
            with suppress(ValidationError):
                self.refresh_again()
            raise

    def was_last_written_by(self, user):
        """Whether the editors' text is as ``user`` left it: one query."""
        if not self.track:
            return False
        # Who moved a page that the text links to, for instance, has not written it
        written = Version.objects.of(self).filter(action__in=WRITING)
        written = written.filter(number__lte=self.track.newest.number)
        return written.values_list("by", flat=True).last() == user.pk

    def _require_other_eyes(self, track, by):
        """Four eyes, by setting: the last who wrote does not decide."""
        if settings.FOUR_EYES and track.newest_id != track.live_id and self.was_last_written_by(by):
            raise PermissionDenied("Någon annan än den som skrev senast måste godkänna texten.")

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
        if end and end <= at:
            raise ValidationError({"until": "Sidan försvinner innan ändringen skulle synas."})
        if end != self.expire_at:
            self.expire_at = end
            self.save(update_fields=["expire_at"])

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

    def _drop_schedule(self, chain, track, by):
        """Nothing waits for a page that is taken away: its text is the editors' again, if free."""
        if not track.scheduled_id:
            return
        if not track.has_changes:
            data, base = track.scheduled.data, track.scheduled.base
            track.newest = track.record(
                chain, self, Action.UNSCHEDULED, data=data, by=by, base=base
            )
        track.scheduled = track.scheduled_at = None

    def apply_waiting(self, chain, track):
        """Let residents see the text whose minute has come. Raises ValidationError."""
        waiting = track.scheduled
        seen_at, was = self._addresses(), track.live
        self._make_public(waiting.data, is_minor=waiting.is_minor, was=was)
        facts = {"by": waiting.by, "is_minor": waiting.is_minor, "is_live": True}
        note = "På utsatt tid."
        version = track.record(chain, self, Action.PUBLISHED, data=waiting.data, note=note, **facts)
        self._follow_up(chain, seen_at, waiting.by, True)
        newest = track.newest if track.has_changes else version
        track.show(self, live=version, newest=newest, scheduled=None, scheduled_at=None)

    # Addresses

    def moves_along(self):
        """The rows whose addresses begin with the address of this one."""
        return []

    def _addresses(self):
        """{row: Swedish path} of this and of what moves along."""
        addresses = {}
        for row in [self, *self.moves_along()]:
            with suppress(NoReverseMatch):  # an old fault in an address is no reason to keep a page
                addresses[row] = swedish_path(row.get_absolute_url())
        return addresses

    def _follow_up(self, chain, before, by, redirect):
        """Lead the addresses that were left to the new ones, and let links follow."""
        now = self._addresses()
        Redirect.objects.filter(path__in=now.values()).delete()
        for row, old in before.items():
            if now.get(row, old) != old:
                links.follow(chain, old, now[row], by=by)
                if redirect:
                    Redirect.lead(old, item=row, by=by)

    def _replacement(self, named):
        """The item or the Swedish address that ``named``, either, means. Raises ValidationError."""
        if not named:
            raise ValidationError({"replaced_by": "Välj vilken sida som ersätter den."})
        if isinstance(named, str):
            try:
                named = on_this_site(named)
            except ValidationError as error:
                raise ValidationError({"replaced_by": error}) from error
            if not is_answered(named):
                raise ValidationError({"replaced_by": "Det finns ingen sida på den adressen."})
        if (row_at(named) if isinstance(named, str) else named) == self:
            raise ValidationError({"replaced_by": "Sidan kan inte ersättas av sig själv."})
        return named

    def _lead_away(self, path, reason, replaced_by, by):
        if reason == WithdrawalReason.OUTDATED or not path:
            return
        if isinstance(replaced_by, str):
            Redirect.lead(path, by=by, address=replaced_by)
        else:
            # To itself when nothing replaces it: gone while it is away, found again when it is back
            Redirect.lead(path, by=by, item=replaced_by or self)

    def _free_slug(self):
        for number in range(1, 1000):
            slug = f"{self.slug[:70]}-kopia{number if number > 1 else ''}"
            if not type(self)._base_manager.filter(slug=slug).exists():
                return slug
        raise ValidationError("Det finns redan för många kopior.")
