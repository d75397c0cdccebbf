"""Taking back what took something away: residents and editors have what they had just before.

Each such act writes down what was before it. What residents saw until then is shown again as it
was; no other text comes out, and none is judged anew.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing import snapshot
from publishing.models.acting import SCHEDULING, Acting
from publishing.models.chain import Action, Version

UNDO_TIME = timedelta(hours=12)
NOTE = "Ångrade."
LATER = "Någon har gjort något med den sedan dess."
WAS = "was"  # in the status of a version: what the act took away
TAKING_AWAY = [Action.WITHDRAWN, Action.ARCHIVED, Action.UNSCHEDULED]
FOLLOWING = [Action.UNSCHEDULED, Action.MERGED, Action.LINKS]  # in the wake of such an act


class Undoing(Acting):
    def _before(self, track):
        """The status that makes an act one that take_back() can undo."""
        numbers = {
            name: version and version.number
            for name in ("live", "newest", "scheduled")
            for version in [getattr(track, name)]
        }
        at = track.scheduled_at and track.scheduled_at.isoformat()
        facts = {"scheduled_at": at, "stage": track.stage, "times": snapshot.read_times(self)}
        return {WAS: {**self.status(), **numbers, **facts}}

    def take_back(self, *, by, number):
        """Undo the withdrawing, archiving or unscheduling that was done last.

        ``number`` is that of the last version then. Returns a sentence about what didn't come back
        with it, or "". Raises PermissionDenied, or ValidationError when something has been done
        since, or when the minute has passed at which residents were to see it.
        """
        with self._acting(by, "publish", "publicera") as (chain, track):
            act = self._act_to_take_back(track, number)
            was, now = act.status[WAS], timezone.now()
            waits_until = _moment(was["scheduled_at"])
            is_late = waits_until is not None and waits_until <= now
            if act.action != Action.UNSCHEDULED:
                self._require_on_time(_moment(was["publish_at"]), act.at)
                self._show_again(chain, track, was, by)
            elif is_late:
                raise ValidationError(
                    "Tiden då texten skulle publiceras har varit. Den står kvar i formuläret."
                )
            if not was["scheduled"]:
                return ""
            if is_late:
                where = f"Den finns i historiken, version {was['scheduled']}."
                return f"Texten som väntade publiceras inte: dess tid har varit. {where}"
            self._wait_again(chain, track, was, act, by)
            return ""

    def _act_to_take_back(self, track, number):
        """Raises ValidationError when that isn't what was done last."""
        history = Version.objects.of(self)
        acts = history.filter(action__in=TAKING_AWAY, status__has_key=WAS)
        act = acts.last() if track.numbers == number else None
        later = act and history.filter(number__gt=act.number).exclude(action__in=FOLLOWING)
        if not act or later.exists():
            raise ValidationError(LATER)
        return act

    def _require_on_time(self, publish_at, stopped_at):
        if publish_at and stopped_at < publish_at <= timezone.now():
            raise ValidationError("Tiden då sidan skulle publiceras har varit.")

    def _show_again(self, chain, track, was, by):
        live, before = track.version(was["live"]), self.places()
        self._require_place_for(live.data)
        snapshot.write(self, live.data)
        snapshot.write_status(self, was)
        self._require_free_place()
        self.save()
        snapshot.write_relations(self, live.data)
        snapshot.write_times(self, was["times"])
        # Links in it were corrected while it was away: what they lead to comes back too
        is_other = track.live_id != live.pk
        facts = {"data": live.data, "is_live": True, "is_minor": True} if is_other else {}
        undone = track.record(chain, self, Action.UNDONE, by=by, note=NOTE, **facts)
        live = undone if is_other else live
        newest = self._editors_text(track, was, live)
        track.show(self, live=live, newest=newest, stage=was["stage"])
        self._follow_up(chain, before, by)

    def _editors_text(self, track, was, live):
        if was["scheduled"] and _moment(was["scheduled_at"]) <= timezone.now():
            return track.newest  # with what waited, which would be nowhere else
        return live if was["newest"] == was["live"] else track.version(was["newest"])

    def _require_place_for(self, data):
        self.require_free_address(data)
        if snapshot.existing(type(self), data) != data:
            raise ValidationError("Något som sidan visade finns inte kvar.")

    def _wait_again(self, chain, track, was, act, by):
        waiting, at = track.version(was["scheduled"]), _moment(was["scheduled_at"])
        plans = Version.objects.of(self).filter(action__in=SCHEDULING, number__lt=act.number)
        planned = plans.last()
        chosen = {"redirect", "languages"} & set(planned.status)
        version = track.record(
            chain,
            self,
            Action.SCHEDULED,
            data=waiting.data,
            by=by,
            note=f"{NOTE} Tiden är den som sattes i version {planned.number}.",
            is_minor=planned.is_minor,
            base=waiting.base,
            status={name: planned.status[name] for name in chosen}
            | {"scheduled_at": was["scheduled_at"]},
        )
        newest = self._editors_text(track, was, track.live)
        facts = {"scheduled": version, "scheduled_at": at, "stage": was["stage"]}
        track.show(self, newest=newest, **facts)


def _moment(text):
    return datetime.fromisoformat(text) if text else None
