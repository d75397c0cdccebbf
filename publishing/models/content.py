"""What all content shares: states, dates, review."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from publishing.models.findable import Findable
from publishing.models.questions import PublishableQuerySet
from publishing.models.recorded import Recorded
from publishing.models.reviewed import Reviewed
from publishing.models.share import Sharing
from publishing.models.states import ReviewInterval, State, WithdrawalReason
from publishing.models.track import Track
from publishing.models.verbs import Verbs


class Content(Findable, Recorded, models.Model):
    """Anything whose change residents can see; publishing.signals watches its subclasses."""

    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("ändrad", auto_now=True)

    class Meta:
        abstract = True


class Publishable(Verbs, Sharing, Reviewed, Content):
    """A published kind of content. Subclasses have title, lead and body, all translated.

    The row is what residents see, the newest version of its track what editors see. A row is public
    from publish_at until expire_at while its state is published. Time is judged in the query, so
    nothing needs a job. What may be done with it is in publishing.models.verbs.
    """

    state = models.CharField(
        "läge", max_length=20, choices=State, default=State.DRAFT, editable=False, db_index=False
    )
    withdrawal_reason = models.CharField(
        "skäl till avpublicering",
        max_length=20,
        choices=WithdrawalReason,
        blank=True,
        editable=False,
    )
    publish_at = models.DateTimeField("publiceras", null=True, blank=True)
    expire_at = models.DateTimeField("avpubliceras", null=True, blank=True)
    unit = models.ForeignKey(
        "contacts.ContactUnit",
        verbose_name="ansvarig enhet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Visas på sidan. Krävs för att publicera.",
    )

    keywords = models.TextField(
        "sökord",
        blank=True,
        help_text="Ord som besökare kan söka på men som inte står i texten, på vilka språk som "
        "helst. Skilj dem åt med kommatecken. De visas inte.",
    )

    objects = PublishableQuerySet.as_manager()

    searched_fields = {"title": ["title"], "lead": ["lead"], "body": ["body"]}
    image_fields = ["image"]  # foreign keys to pictures that must be right before publishing
    default_review_interval = ReviewInterval.YEAR  # of a new one; None for what isn't reviewed
    right_to_show = "publish"
    first_shown = "publish_at"
    # Changed by verbs alone and at once: no version of a text holds them
    unversioned_fields = (
        *("state", "withdrawal_reason", "publish_at", "expire_at"),
        *Reviewed.unversioned_fields,
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        indexes = [
            # With expire_at, so that skipped rows of an archive page need not be read
            models.Index(
                fields=["state", "publish_at", "id", "expire_at"],
                name="%(app_label)s_%(class)s_public",
            ),
            models.Index(fields=["state", "expire_at"], name="%(app_label)s_%(class)s_expires"),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dated",
                condition=~Q(state=State.PUBLISHED) | Q(publish_at__isnull=False),
                violation_error_message="En publicerad sida måste ha ett publiceringsdatum.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_expires_later",
                condition=Q(expire_at=None) | Q(publish_at=None) | Q(expire_at__gt=F("publish_at")),
                violation_error_message="Sidan kan inte avpubliceras innan den publiceras.",
            ),
        ]

    def __str__(self):
        return self.title or "(utan rubrik)"

    # Questions

    def is_published(self, at=None):
        """The same answer as published(), for a row that is already loaded."""
        at = at or timezone.now()
        return (
            self.state == State.PUBLISHED
            and self.publish_at <= at
            and (self.expire_at is None or self.expire_at > at)
        )

    def is_out_or_coming(self, at=None):
        """The same answer as out_or_coming(), for a row that is already loaded."""
        at = at or timezone.now()
        return self.state == State.PUBLISHED and (self.expire_at is None or self.expire_at > at)

    @property
    def is_archived(self):
        return self.state == State.ARCHIVED

    @property
    def is_outdated(self):
        return self.state == State.WITHDRAWN and self.withdrawal_reason == WithdrawalReason.OUTDATED

    def is_readable(self, at=None):
        """The same answer as readable(), for a row that is already loaded."""
        return self.is_published(at) or self.is_archived or self.is_outdated

    @property
    def is_seen(self):
        """Whether residents see the row, have seen or will see it by the clock alone."""
        return self.state in (State.PUBLISHED, State.ARCHIVED) or self.is_outdated

    @cached_property
    def track(self):
        """Its publishing.models.Track, or None before anything is written in the back office."""
        return Track.find(self)

    @property
    def has_changes(self):
        """Whether residents see an older text of this than editors do."""
        return bool(self.is_seen and self.track and self.track.has_changes)

    @property
    def stage(self):
        """The state of the editors' text: another than the row's, when residents see that."""
        return self.track.stage if self.has_changes else self.state

    def review_due_on(self, reviewed_on):
        if self.is_archived or self.is_outdated:
            return None  # the page says that it is kept as it is
        return super().review_due_on(reviewed_on)

    @property
    def revised_on(self):
        """The local date of the last change after the day of publishing, else None."""
        if not self.publish_at:
            return None
        changed = timezone.localdate(self.updated_at)
        return changed if changed > timezone.localdate(self.publish_at) else None

    def languages(self):
        """The codes of the languages in which this exists: those with a title."""
        from django.conf import settings
        from modeltranslation.utils import build_localized_fieldname

        return [
            code
            for code, _name in settings.LANGUAGES
            if getattr(self, build_localized_fieldname("title", code))
        ]

    def search_words(self):
        return [self.keywords]
