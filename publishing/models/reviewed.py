"""What is read through again and again: how often, when last, and by whom."""

from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.dates import add_months
from publishing.models.chain import Action, Chain
from publishing.models.states import ReviewInterval
from publishing.models.track import Track


def is_due(model, today=None):
    """The condition: should have been reviewed before ``today`` (a local date, default today's).

    What has never been so counts from its first day, as Reviewed.due_on.
    """
    today = today or timezone.localdate()
    due = Q()
    for interval in ReviewInterval:
        oldest = add_months(today, -interval.value)
        first = timezone.make_aware(datetime.combine(oldest, time()))
        due |= Q(review_interval=interval, last_reviewed_on__lt=oldest)
        never = Q(last_reviewed_on=None, **{f"{model.first_shown}__lt": first})
        due |= Q(review_interval=interval) & never
    return due


class Reviewed(models.Model):
    """The columns of a review, the questions about it, and what it leaves behind."""

    review_interval = models.PositiveSmallIntegerField(
        "granskas",
        choices=ReviewInterval,
        null=True,
        blank=True,
        help_text="Hur ofta innehållet ska granskas. Lämna tomt för nyheter, som inte granskas om.",
    )
    last_reviewed_on = models.DateField("senast granskad", null=True, blank=True)
    last_reviewed_by = models.ForeignKey(
        "contacts.ContactFunction",
        verbose_name="granskad av",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="En funktion, till exempel Folkhälsostrateg. Visas för läsaren.",
    )

    first_shown = "created_at"  # the column of the moment when residents first saw it
    seen_at = None  # the moment at which this is looked at, when that isn't now
    unversioned_fields = ("last_reviewed_on", "last_reviewed_by")

    class Meta:
        abstract = True

    @property
    def today(self):
        """The local date of whoever looks at this."""
        return timezone.localdate(self.seen_at)

    @property
    def next_review_on(self):
        """The date when the next review is promised, or None when there is no promise."""
        return self.review_due_on(self.last_reviewed_on)

    def review_due_on(self, reviewed_on):
        """The date when a text that was reviewed on a date is to be so again, or None."""
        if not (self.review_interval and reviewed_on):
            return None
        return add_months(reviewed_on, self.review_interval)

    @property
    def is_review_overdue(self):
        return bool(self.next_review_on and self.next_review_on < self.today)

    @property
    def due_on(self):
        """The date when the next review should be done, though none may have been promised."""
        first = timezone.localdate(getattr(self, self.first_shown))
        return self.review_due_on(self.last_reviewed_on or first)

    @property
    def is_due(self):
        """The same answer as due_for_review(), for a row that residents see."""
        return bool(self.due_on and self.due_on < self.today)

    def _note_review(self, chain, track, *, by, function, on, note):
        self.last_reviewed_on = on or timezone.localdate()
        self.last_reviewed_by = function
        self.save(update_fields=["last_reviewed_on", "last_reviewed_by"])
        track.record(chain, self, Action.REVIEWED, by=by, note=note)
        track.show(self)


class ReviewedFactQuerySet(models.QuerySet):
    def due_for_review(self, today=None):
        """As PublishableQuerySet.due_for_review(), of what residents see since it was made."""
        return self.filter(is_due(self.model, today))


class ReviewedFact(Reviewed):
    """A live kind of what may stop being true without anybody writing: a number, opening hours."""

    review_interval = models.PositiveSmallIntegerField(
        "granskas",
        choices=ReviewInterval,
        null=True,
        blank=True,
        default=ReviewInterval.HALF_YEAR,
        help_text="Hur ofta uppgifterna ska gås igenom. Lämna tomt om det inte behövs.",
    )

    class Meta:
        abstract = True

    def mark_reviewed(self, *, by, function, on=None, note=""):
        """Record that ``function`` has gone through this and found it true; pages of it say so.

        Raises PermissionDenied, and ValidationError when somebody has binned it.
        """
        if not self._has_right(by, self.right_to_show):
            kinds = self._meta.verbose_name_plural
            raise PermissionDenied(f"Du har inte rätt att granska {kinds}.")
        with Chain.writing() as chain:
            self.refresh_again()
            track = Track.begin(self, chain)
            self._note_review(chain, track, by=by, function=function, on=on, note=note)
