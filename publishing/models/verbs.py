"""What can be done with an item of a published kind, by whom, and what it leaves behind.

Each verb asks for the right, waits for the site's one writing lock, reads the row anew, and records
what it did. A refused verb says why in Swedish: PermissionDenied for the person, ValidationError
for the text or its state.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing import mail, snapshot
from publishing.models.acting import KEEP, Acting
from publishing.models.chain import Action, Chain
from publishing.models.copying import Copying
from publishing.models.states import State, WithdrawalReason
from publishing.models.track import Track
from publishing.models.translation import Origin
from publishing.models.undoing import Undoing


class Verbs(Undoing, Copying, Acting):
    """The verbs of Publishable."""

    # Writing

    def record_creation(self, *, by, note="", chain=None, copy_of=None):
        """Begin the history of this new row. Raises PermissionDenied.

        ``chain`` is for who has locked it already, ``copy_of`` the track of what it is a copy of.
        """
        self.require_right(by, "add", "skapa")
        facts = {"by": by, "note": note, "copy_of": copy_of}
        with Chain.writing(chain) as chain:
            self.track = Track.begin(self, chain, Action.CREATED, **facts)
        return self.track.newest

    def save_draft(
        self,
        *,
        by,
        values,
        base=None,
        settled=None,
        note="",
        is_minor=False,
        action=Action.SAVED,
        chain=None,
        origin=Origin.PERSON,
        track=None,
    ):
        """Write ``values`` ({column: JSON value}) to the editors' text, and return its version.

        ``base`` is the number of the version that the person started from: what somebody else has
        saved since is merged. Raises PermissionDenied, or Clashing; ``settled`` ({column: value})
        then says what is to stand where they clash. ``origin`` is who translated what is new.
        ``chain`` is for who has locked it already, and ``track`` for who has read that since.
        """
        with self._acting(by, "change", "ändra", chain, track) as (chain, track):
            text = self.merged_draft(values, base, settled)
            if text == track.newest.data:
                return track.newest
            says_more = self._says_otherwise(text, track.newest.data)
            if says_more and action != Action.RESTORED:  # what older texts translate is known
                old, mine = self._written(values, base)
                track.facts.write(old, mine, is_minor=is_minor, origin=origin)
                track.facts.merge(text, mine, track.newest.data, settled=settled or ())
            is_moved = self.place_in(text) != self.place_in(track.newest.data)
            if is_moved:
                self.require_free_address(text)
            version = track.record(
                chain,
                self,
                action,
                data=text,
                by=by,
                note=note,
                is_minor=is_minor,
                base=self._live_base(track),
            )
            before = self.places() if is_moved and not self.is_seen else []
            if not self.is_seen:
                self._keep(text)
            track.show(self, is_said_otherwise=says_more, newest=version)
            if before:
                self._follow_up(chain, before, by)
            return version

    def restore(self, version, *, by):
        """Make the text of ``version`` the editors' newest; what was erased stays as it is now.

        Raises PermissionDenied, and ValidationError for a version of something else, or when the
        row is a draft and somebody else has its address.
        """
        self.require_right(by, "change", "ändra")
        note = f"Från version {version.number}."
        with Chain.writing():
            self.refresh_again()
            values = snapshot.existing(type(self), self.restored_data(version))
            self._require_room(values)
            return self.save_draft(by=by, values=values, note=note, action=Action.RESTORED)

    # From hand to hand

    def submit(self, *, by, note="", writer=None):
        """Ask those who may publish to look at it; they get a mail.

        ``writer`` is who will be told what came of it, if that isn't who submits.
        """
        with self._acting(by, "change", "skicka in") as (chain, track):
            if self.is_seen and not track.has_changes:
                raise ValidationError("Det finns inga ändringar att granska.")
            if self._stage(track) == State.IN_REVIEW:
                raise ValidationError("Texten väntar redan på granskning.")
            self._enter_stage(track, State.IN_REVIEW)
            track.record(chain, self, Action.SUBMITTED, by=by, note=note)
            track.show(self, submitted_by=writer or by, sent_back_to=None)
            mail.waits(self, by=by, note=note)

    def send_back(self, *, by, comment):
        """Give it back to who submitted it, with what to mend; she gets a mail."""
        if not comment.strip():
            raise ValidationError({"note": "Skriv vad som behöver ändras."})
        with self._acting(by, "publish", "skicka tillbaka") as (chain, track):
            if self._stage(track) != State.IN_REVIEW:
                raise ValidationError("Texten väntar inte på granskning.")
            self._enter_stage(track, State.DRAFT)
            track.record(chain, self, Action.SENT_BACK, by=by, note=comment)
            writer, track.submitted_by = track.submitted_by, None
            track.show(self, sent_back_to=writer)
            mail.sent_back(self, to=writer, by=by, comment=comment)

    # What residents see

    def publish(
        self,
        *,
        by,
        at=None,
        until=KEEP,
        languages=None,
        settled=None,
        settled_waiting=None,
        note="",
        is_minor=False,
        redirect=True,
        override=None,
    ):
        """Let residents see the editors' text in ``languages`` (default all) from ``at`` (now).

        ``until`` is when it goes by itself, None for never. Raises PermissionDenied, Clashing, or
        ValidationError with one sentence a field. A clash with the text that residents see is
        decided by ``settled``, one with the text that waits by ``settled_waiting``. ``override`` is
        an Override of flaws that the quality gate would block.
        """
        with self._acting(by, "publish", "publicera") as (chain, track):
            self._require_other_eyes(by)
            text = self._grown(track, settled)
            data = self._composed(track, text, languages)
            waiting = self._corrected_waiting(track, data, settled_waiting)
            before = self.places()
            self._set_times(at, until)
            self._require_time_for_waiting(track)
            facts = {"is_minor": is_minor, "languages": languages, "override": override}
            passed = self._make_public(data, was=track.live, **facts)
            if is_minor and track.live:
                track.facts.carry(track.live.data, data)
            facts = {"by": by, "note": note, "is_minor": is_minor}
            status = {"languages": sorted(languages)} if languages else {}
            version = track.record(
                chain, self, Action.PUBLISHED, data=data, is_live=True, status=status, **facts
            )
            if waiting:
                waiting = track.record(
                    chain, self, Action.MERGED, data=waiting, by=by, base=version.number
                )
            self._exempt(chain, track, passed, override, by)
            newest = self._rest(chain, track, version, text, languages, by)
            at = self.publish_at if self.publish_at > timezone.now() else None
            self._tell_approved(track, by, note, at=at)
            track.show(self, live=version, newest=newest, scheduled=waiting)
            self._follow_up(chain, before, by, redirect)
            return version

    def schedule(
        self,
        *,
        by,
        at,
        until=KEEP,
        languages=None,
        settled=None,
        note="",
        is_minor=False,
        redirect=True,
        override=None,
    ):
        """Let the editors' text take the place of the residents' at ``at``; the form is free again.

        ``until``, when the page goes by itself, holds from now. Raises as publish(). At the minute
        publishing.schedule.publish_due() applies it.
        """
        with self._acting(by, "publish", "schemalägga") as (chain, track):
            if at <= timezone.now():
                raise ValidationError({"at": "Välj en tid som inte har varit."})
            if self.state != State.PUBLISHED or not track.has_changes:
                raise ValidationError("Bara ändringar av en publicerad sida kan vänta på en tid.")
            if track.scheduled_id:
                raise ValidationError("En ändring väntar redan. Hämta tillbaka den först.")
            self._require_other_eyes(by)
            text = self._grown(track, settled)
            data = self._composed(track, text, languages)
            if data == track.live.data:
                raise ValidationError({"languages": "Ingen ändring finns i de språk du har valt."})
            passed = self._require_fit(data, languages, override)
            self._end_after(at, until)
            spoken = {"languages": sorted(languages)} if languages else {}
            version = track.record(
                chain,
                self,
                Action.SCHEDULED,
                data=data,
                by=by,
                note=note,
                is_minor=is_minor,
                base=track.live.number,
                status={"scheduled_at": at.isoformat(), "redirect": redirect, **spoken},
            )
            self._exempt(chain, track, passed, override, by)
            self._tell_approved(track, by, note, at=at)
            newest = self._rest(chain, track, track.live, text, languages, by)
            track.show(self, scheduled=version, scheduled_at=at, newest=newest)
            return version

    def unschedule(self, *, by, settled=None):
        """Take the text that waits back into the form, merged with what is there."""
        with self._acting(by, "publish", "ändra schemat för") as (chain, track):
            if not track.scheduled_id:
                raise ValidationError("Ingen ändring väntar.")
            before, data = self._before(track), self._with_waiting(track, settled)
            facts = {"data": data, "by": by, "base": track.live.number, "status": before}
            version = track.record(chain, self, Action.UNSCHEDULED, **facts)
            track.show(self, newest=version, scheduled=None, scheduled_at=None)
            return version

    def withdraw(self, *, by, reason=WithdrawalReason.MISTAKE, replaced_by=None, note=""):
        """Take this away from residents, for a ``reason``, which decides what its address answers.

        Never refused for the sake of the text or of a second pair of eyes. ``replaced_by`` is an
        item or a path on the site.
        """
        with self._acting(by, "publish", "avpublicera") as (chain, track):
            if not self.is_seen:
                raise ValidationError(f"”{self}” visas inte för besökarna.")
            is_replaced = reason == WithdrawalReason.REPLACED
            replaced_by = self._replacement(replaced_by) if is_replaced else None
            if reason == WithdrawalReason.OUTDATED:
                self._require_begun()
            before, path = self._before(track), self.path_now()
            below = [place for place in self.places() if place.row != self]
            self.state, self.withdrawal_reason = State.WITHDRAWN, reason
            self.save(update_fields=["state", "withdrawal_reason"])
            track.record(chain, self, Action.WITHDRAWN, by=by, note=note, status=before)
            self._lead_away(path, reason, replaced_by, by)
            if track.scheduled_id:
                self.give_back(chain, track, Action.UNSCHEDULED, by=by)
            if not self.is_seen and track.has_changes:
                self._keep_newest(chain, track, by)
            track.show(self)
            self._follow_up(chain, below, by)

    def archive(self, *, by, note=""):
        """Take this out of all lists; its address stays, with a notice."""
        with self._acting(by, "publish", "arkivera") as (chain, track):
            if self.state != State.PUBLISHED:
                raise ValidationError(f"”{self}” är inte publicerad.")
            self._require_begun()
            before = self._before(track)
            self.state, self.withdrawal_reason = State.ARCHIVED, ""
            self.save(update_fields=["state", "withdrawal_reason"])
            track.record(chain, self, Action.ARCHIVED, by=by, note=note, status=before)
            if track.scheduled_id:
                self.give_back(chain, track, Action.UNSCHEDULED, by=by)
            track.show(self)

    def mark_reviewed(self, *, by, function, on=None, note=""):
        """Record that ``function`` has read this through and found it true; readers see it."""
        with self._acting(by, "publish", "granska") as (chain, track):
            self._note_review(chain, track, by=by, function=function, on=on, note=note)
