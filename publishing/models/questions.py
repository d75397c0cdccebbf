"""The questions that are asked of published kinds, and the only definition of what is public."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.models.acting import WRITING
from publishing.models.chain import Version
from publishing.models.finding import Finding
from publishing.models.reviewed import is_due
from publishing.models.states import State, WithdrawalReason
from publishing.models.track import Track

# What is out of all lists but still at its address
IS_KEPT = Q(state=State.ARCHIVED) | Q(
    state=State.WITHDRAWN, withdrawal_reason=WithdrawalReason.OUTDATED
)
IS_SEEN = Q(state=State.PUBLISHED) | IS_KEPT  # Publishable.is_seen as a query


class PublishableQuerySet(models.QuerySet):
    def published(self, at=None):
        """What a resident may find in lists, feeds and menus at the moment ``at`` (default now)."""
        at = at or timezone.now()
        return self.filter(state=State.PUBLISHED, publish_at__lte=at).filter(
            Q(expire_at=None) | Q(expire_at__gt=at)
        )

    def out_or_coming(self, at=None):
        """What is published at the moment ``at`` or will be by the clock alone."""
        at = at or timezone.now()
        return self.filter(state=State.PUBLISHED).filter(Q(expire_at=None) | Q(expire_at__gt=at))

    def readable(self, at=None):
        """What has a page of its own: the published, and what says that it is old."""
        return self.published(at) | self.filter(IS_KEPT)

    def with_changes(self):
        """What residents see an older text of than editors do."""
        changed = self._tracks().with_changes()
        return self.filter(IS_SEEN, pk__in=changed.values("object_id"))

    def awaiting_review(self):
        """What somebody wants to have looked at: a new text, or changes of one that is seen."""
        asked = self._tracks().with_changes().filter(stage=State.IN_REVIEW)
        return self.filter(Q(state=State.IN_REVIEW) | IS_SEEN & Q(pk__in=asked.values("object_id")))

    def waiting(self, at=None):
        """What the clock will publish after the moment ``at``: a page, or a later text of one."""
        later = self._tracks().filter(scheduled_at__isnull=False)
        return self.filter(
            Q(state=State.PUBLISHED, publish_at__gt=at or timezone.now())
            | Q(pk__in=later.values("object_id"))
        )

    def _tracks(self):
        return Track.objects.filter(kind=self.model._meta.label_lower)

    def breaking(self, rule=None):
        """Those published with a flaw that the quality gate blocks, or that breaks ``rule``."""
        found = Finding.objects.filter(kind=self.model._meta.label_lower)
        found = found.filter(rule=rule) if rule else found.open()
        return self.filter(pk__in=found.values("object_id"))

    def coming(self, start, end):
        """What the clock lets residents see between two moments."""
        return self.filter(state=State.PUBLISHED, publish_at__range=(start, end))

    def going(self, start, end):
        """What the clock takes away from them between two moments."""
        return self.filter(state=State.PUBLISHED, expire_at__range=(start, end))

    def drafts(self):
        """What has never been submitted nor published."""
        return self.filter(state=State.DRAFT)

    def unfinished(self):
        """What is being written: drafts, and changes that nobody has been asked to look at."""
        changed = self._tracks().with_changes().filter(stage=State.DRAFT)
        return self.filter(Q(state=State.DRAFT) | IS_SEEN & Q(pk__in=changed.values("object_id")))

    def written_by(self, user):
        """What ``user`` has written in, since residents got its text or since it was begun."""
        kind = self.model._meta.label_lower
        # An OuterRef("pk") in this would be the key of a version
        live = self._tracks().filter(object_id=OuterRef("object_id")).values("live__number")
        written = Version.objects.filter(kind=kind, object_id=OuterRef("pk"))
        written = written.filter(by=user, action__in=WRITING)
        return self.filter(Exists(written.filter(number__gt=Coalesce(Subquery(live), 0))))

    def not_written_by(self, user):
        return self.exclude(pk__in=self.written_by(user).values("pk"))

    def sent_back_to(self, user):
        """What ``user`` has got back to mend, and not submitted again."""
        return self.filter(pk__in=self._tracks().filter(sent_back_to=user).values("object_id"))

    def in_hand_of(self, user):
        """What ``user`` is writing; what has come back to her is counted by itself."""
        return self._unfinished_but_for(user).written_by(user)

    def in_other_hands(self, user):
        """What others are writing."""
        return self._unfinished_but_for(user).not_written_by(user)

    def _unfinished_but_for(self, user):
        return self.unfinished().exclude(pk__in=self.sent_back_to(user).values("pk"))

    def due_for_review(self, today=None):
        """What should have been reviewed before ``today`` (a local date, default today's).

        What has never been so counts from its first day, on which somebody read it to publish it.
        """
        return self.exclude(IS_KEPT).filter(is_due(self.model, today))
