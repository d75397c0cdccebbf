"""The index: one row for each object and language, and the words that are in use."""

from datetime import timedelta

from django.db import models
from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import Content
from search.analysis import SENSITIVE
from search.documents import DocumentQuerySet

KEPT_DAYS = 90  # of what was not found


class Document(models.Model):
    """What can be found of one object in one language. Nothing here says whether it is public."""

    kind = models.CharField(max_length=60)  # app_label.model
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=20)
    path = models.CharField(max_length=500)  # in Swedish, without a language; or an address
    areas = models.CharField(max_length=500)  # keys of focus areas, with spaces between
    dated_at = models.DateTimeField(null=True)
    # What is long comes last: SQLite reads a row as far as it must
    title = models.TextField()
    lead = models.TextField()
    text = models.TextField()
    title_terms = models.TextField()
    lead_terms = models.TextField()  # with the editors' keywords
    body_terms = models.TextField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language"], name="search_one_document_a_language"
            )
        ]
        indexes = [
            # What search.documents.FOUND asks of a thousand rows, apart from their texts
            models.Index(fields=["id", "kind", "object_id", "areas"], name="search_document_seen"),
            models.Index(fields=["path"], name="search_document_path"),  # of promoted answers
        ]

    def __str__(self):
        return f"{self.title} ({self.language})"

    @property
    def slug(self):
        return self.path.strip("/").rpartition("/")[2]

    @property
    def is_external(self):
        """Whether it is read on somebody else's site."""
        return not self.path.startswith("/")

    @property
    def is_sensitive(self):
        return f" {SENSITIVE} " in self.lead_terms


class Word(models.Model):
    """A word that some document has: what compounds are found by, and typing errors mended to."""

    language = models.CharField(max_length=20)
    stem = models.CharField(max_length=80)
    form = models.CharField(max_length=80)  # as it stood where it was first met
    folded = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "stem"], name="search_one_word_a_stem")
        ]
        indexes = [models.Index(fields=["language", "folded"], name="search_word_folded")]

    def __str__(self):
        return self.form


class Trigram(models.Model):
    """Three letters in a row of a folded word; the ends of a word count as spaces."""

    text = models.CharField(max_length=24)  # the language first, so that one index leads to few
    # Written with its words, and taken away with all of them: to watch that, and to index it, takes
    # the database longer than all else that it does with a word
    word = models.ForeignKey(
        Word,
        on_delete=models.CASCADE,
        related_name="trigrams",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "word"], name="search_one_trigram_a_word")
        ]

    def __str__(self):
        return self.text


class Synonyms(Content):
    """Words that mean the same to somebody who searches, the residents' and the office's."""

    language = models.CharField("språk", max_length=20, default="sv")
    words = models.TextField(
        "ord som betyder samma sak",
        help_text="Ett ord eller uttryck på varje rad, till exempel knark och narkotika. Den som "
        "söker på ett av dem hittar sidor med alla. Orden gäller i alla sina former.",
    )
    reason = models.CharField(
        "varför",
        max_length=200,
        blank=True,
        help_text="För kollegor: var orden kommer ifrån. Visas inte för besökare.",
    )

    class Meta:
        verbose_name = "synonymer"
        verbose_name_plural = "synonymer"
        ordering = ["language", "pk"]

    def __str__(self):
        return ", ".join(self.lines())

    def lines(self):
        return [line.strip() for line in self.words.splitlines() if line.strip()]


class PromotedAnswer(Content):
    """A page that stands first when somebody searches for certain words."""

    language = models.CharField("språk", max_length=20, default="sv")
    queries = models.TextField(
        "sökningar",
        help_text="En sökning på varje rad, till exempel boka tid. Alla former av orden räknas.",
    )
    path = models.CharField(
        "sida", max_length=300, help_text="Sidans adress, till exempel /kontakt/kontaktcenter/."
    )
    reason = models.CharField(
        "varför",
        max_length=200,
        blank=True,
        help_text="För kollegor: varför sidan ska stå först. Visas inte för besökare.",
    )

    class Meta:
        verbose_name = "utvalt svar"
        verbose_name_plural = "utvalda svar"
        ordering = ["language", "pk"]

    def __str__(self):
        return f"{', '.join(self.lines())} → {self.path}"

    def lines(self):
        return [line.strip() for line in self.queries.splitlines() if line.strip()]


class MissedQuerySet(models.QuerySet):
    def since(self, days):
        """Those of today and of the days before, ``days`` in all."""
        return self.filter(day__gt=timezone.localdate() - timedelta(days=days))

    def over(self):
        """Those that are kept no longer."""
        return self.filter(day__lte=timezone.localdate() - timedelta(days=KEPT_DAYS))

    def of_texts(self, language, texts):
        return self.filter(language=language, text__in=texts)

    def totals(self):
        """A dictionary for each text that so many have asked for that it may be read, most first.

        What was set aside on any day is left out.
        """
        texts = self.order_by().values("language", "text")
        texts = texts.annotate(
            times=Sum("count"), last=Max("day"), hits=Min("hits"), latest_aside=Max("set_aside_on")
        )
        texts = texts.filter(times__gte=MissedQuery.LEAST_TIMES, latest_aside=None)
        return texts.order_by("-times", "-last", "language", "text")


class MissedQuery(models.Model):
    """How often a text was searched for on a day and little or nothing was found; nobody's name."""

    LEAST_TIMES = 3  # before anybody may read it: what one person writes may be about a person

    day = models.DateField("dag")
    language = models.CharField("språk", max_length=20)
    text = models.CharField("sökning", max_length=60)
    hits = models.PositiveSmallIntegerField("träffar")  # the last time
    count = models.PositiveIntegerField("gånger")
    set_aside_on = models.DateField("inte aktuell sedan", null=True)

    objects = MissedQuerySet.as_manager()

    class Meta:
        verbose_name = "sökning utan svar"
        verbose_name_plural = "sökningar utan svar"
        default_permissions = ("change", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "text"], name="search_one_missed_text_a_day"
            )
        ]

    def __str__(self):
        return self.text


class KindOfHit(models.TextChoices):
    """What a reader may choose among, in the order of the filters."""

    INITIATIVES = "insatser", _("Insatser")
    AREAS = "fokusomraden", _("Fokusområden")
    CONTACTS = "kontakter", _("Kontakter")
    NEWS = "nyheter", _("Nyheter")
    PAGES = "sidor", _("Sidor")
    RESOURCES = "dokument", _("Dokument och länkar")
