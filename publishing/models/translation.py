"""What is known of translations: which text in a language was made from which Swedish one."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from publishing.models.chain import Version, kind_of
from publishing.translatable import NOTHING, UNKNOWN, hash_of, texts_of


class Origin(models.TextChoices):
    """Who translated a text."""

    PERSON = "person", "en människa"
    MACHINE = "machine", "en maskin"


class TranslationQuerySet(models.QuerySet):
    def of(self, item):
        return self.filter(kind=kind_of(item), object_id=item.pk)

    def forget_erased(self, item):
        """Keep no hash of a text that stands in no version of ``item`` any more.

        A short text could be found again by trying. What was translated from one stays known, with
        an unknown source.
        """
        standing = {
            (language, field, hash_of(text))
            for version in Version.objects.of(item).texts().iterator(chunk_size=50)
            for field, by_language in texts_of(type(item), version.data).items()
            for language, text in by_language.items()
        }
        gone, unknown = [], {}
        for fact in self.of(item).order_by("-pk"):
            text = (fact.language, fact.field, fact.text_hash)
            source = (settings.LANGUAGE_CODE, fact.field, fact.source_hash)
            is_known = fact.source_hash == NOTHING or source in standing
            if text not in standing or (not is_known and text in unknown):
                gone.append(fact.pk)
            elif not is_known:
                unknown[text] = fact.pk
        self.filter(pk__in=gone).delete()
        self.filter(pk__in=unknown.values()).update(source_hash=UNKNOWN)


class Translation(models.Model):
    """The fact that a text of an item is a translation of one Swedish text.

    Both by their hashes, so it is true of any version, row or draft that holds the two. A fact is
    never changed, but for a review, or for what the law takes away.
    """

    kind = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=20)
    field = models.CharField(max_length=100)  # publishing.translatable.Place.field
    text_hash = models.CharField(max_length=32)
    source_hash = models.CharField(max_length=32, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PERSON)
    # Last, by somebody who speaks the language; the history says who
    reviewed_at = models.DateTimeField(null=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language", "field", "text_hash", "source_hash"],
                name="publishing_translation_fact",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}, {self.field} ({self.language})"

    @property
    def reviewed_on(self):
        """The local date of the last review, or None."""
        return timezone.localdate(self.reviewed_at) if self.reviewed_at else None

    @property
    def is_by_machine(self):
        return self.origin == Origin.MACHINE
