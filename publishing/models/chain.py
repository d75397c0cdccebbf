"""Versions in a chain: what was written and done, by whom and when, so that nothing is rewritten.

Each record's hash covers the one before it. What a person wrote goes into it as salted digests, one
a part, so that a part which the law takes away leaves a gap that doesn't break the chain.
"""

import json
import secrets
from contextlib import contextmanager
from datetime import UTC
from hashlib import sha256

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from publishing.models.past import PastQuerySet

GENESIS = "0" * 64
BY, NOTE = "@by", "@note"  # parts besides the columns, which never begin so


class Action(models.TextChoices):
    """What was done."""

    IMPORTED = "imported", "fanns när historiken började"
    CREATED = "created", "skapade"
    SAVED = "saved", "ändrade"
    MERGED = "merged", "slog ihop ändringar"
    RESTORED = "restored", "återställde en äldre version"
    SUBMITTED = "submitted", "skickade för granskning"
    SENT_BACK = "sent_back", "skickade tillbaka"
    PUBLISHED = "published", "publicerade"
    SCHEDULED = "scheduled", "schemalade"
    UNSCHEDULED = "unscheduled", "hämtade tillbaka från schemat"
    FAILED = "failed", "kunde inte publiceras på utsatt tid"
    WITHDRAWN = "withdrawn", "avpublicerade"
    ARCHIVED = "archived", "arkiverade"
    UNDONE = "undone", "ångrade"
    REVIEWED = "reviewed", "granskade"
    EXEMPTED = "exempted", "gjorde undantag från kvalitetsregler"
    CONFIRMED = "confirmed", "bekräftade översättningen"
    PINNED = "pinned", "ändrade platsen på startsidan"
    LINKS = "links", "rättade länkar till en flyttad sida"
    BINNED = "binned", "lade i papperskorgen"
    UNBINNED = "unbinned", "tog upp ur papperskorgen"
    PURGED = "purged", "tömdes ur papperskorgen"
    SHARED = "shared", "delade en länk"
    UNSHARED = "unshared", "återkallade en delad länk"
    ERASED = "erased", "raderade ur historiken"


class VersionQuerySet(PastQuerySet):
    def of(self, item):
        """The history of ``item``, the oldest first."""
        return self.filter(kind=kind_of(item), object_id=item.pk).order_by("number")

    def texts(self):
        """Those that hold a text."""
        return self.filter(data__isnull=False)

    def live(self):
        """Those that changed what residents see."""
        return self.filter(is_live=True)


class Version(models.Model):
    """One act, with the text that it left behind (None where it left the text alone)."""

    sequence = models.PositiveBigIntegerField("nummer i kedjan", unique=True)
    kind = models.CharField("slag", max_length=80)
    object_id = models.PositiveBigIntegerField("objekt")
    number = models.PositiveIntegerField("version")
    at = models.DateTimeField("när")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="vem", null=True, related_name="+"
    )
    by_name = models.CharField(max_length=150, blank=True)
    action = models.CharField("vad", max_length=20, choices=Action)
    note = models.TextField("kommentar", blank=True)
    data = models.JSONField(null=True)
    status = models.JSONField(default=dict)  # of the row, after the act
    is_live = models.BooleanField(default=False)  # data is what residents see from now on
    is_minor = models.BooleanField("mindre ändring", default=False)
    base = models.PositiveIntegerField(null=True)  # number of the live text that data started from
    salts = models.JSONField(default=dict)
    gaps = models.JSONField(default=dict)  # {part that was taken away: its digest}
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["sequence"]
        default_permissions = ()
        permissions = [("erase_version", "Kan radera ur historiken")]
        indexes = [
            # What somebody has written in one item is not looked for in all that she has written
            models.Index(
                fields=["by", "kind", "object_id", "number"], name="publishing_version_writer"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "number"], name="publishing_version_number"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}, version {self.number}"

    @property
    def is_beginning(self):
        """Whether it tells of something that is older than its history."""
        return self.action == Action.IMPORTED

    def leaves_in_bin(self, was_binned):
        """Whether the item lies in the bin, or is gone from it, after this act."""
        if self.action in (Action.BINNED, Action.PURGED):
            return True
        return was_binned and self.action != Action.UNBINNED

    def compute_hash(self):
        """SHA-256 in hex of this act, of the digests of its parts and of the hash before it."""
        digests = {**self._digests(), **self.gaps}
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        facts = [self.previous_hash, self.sequence, self.kind, self.object_id, self.number, at]
        facts += [self.action, self.status, self.is_live, self.is_minor, self.base]
        return sha256(_canonical([*facts, self.data is None, digests])).hexdigest()

    def parts(self):
        """{part: value} of everything in this record that may hold what a person wrote."""
        return {**(self.data or {}), BY: self.by_name, NOTE: self.note}

    def take_away(self, parts):
        """Leave gaps where ``parts`` were, without saving: for Track.erase()."""
        digests = self._digests()
        for part in set(parts) & set(self.salts):
            self.gaps[part] = digests[part]
            del self.salts[part]
            if part == BY:
                self.by, self.by_name = None, ""
            elif part == NOTE:
                self.note = ""
            else:
                del self.data[part]

    def _digests(self):
        parts = self.parts()
        return {
            part: sha256(_canonical([salt, parts.get(part)])).hexdigest()
            for part, salt in self.salts.items()
        }


class Chain(models.Model):
    """The head of the site's chain: one row, locked by whoever writes."""

    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="publishing_one_chain", condition=models.Q(pk=1))
        ]

    def __str__(self):
        return f"{self.length} {self.head}"

    @classmethod
    @contextmanager
    def writing(cls, chain=None):
        """A transaction in which nobody else changes any content; gives the chain to append to.

        One lock for the whole site, taken first: acts touch several rows (links, redirects), and
        a lock for each would let two of them wait for one another. ``chain`` is for who has locked
        it already, in a transaction that is still going on.
        """
        if chain:
            yield chain
            return
        with transaction.atomic():
            yield cls.lock()

    @classmethod
    def lock(cls):
        """The chain, which nobody else gets until the transaction ends in which this is called.

        One query, instead of the three of writing().
        """
        chain = cls.objects.select_for_update().filter(pk=1).first()
        if not chain:
            cls.objects.get_or_create(pk=1)
            chain = cls.objects.select_for_update().get(pk=1)
        return chain

    def append(self, *, data=None, by=None, note="", **facts):
        """Write the next record of the chain and return it: two queries."""
        self.length += 1
        version = Version(
            sequence=self.length,
            at=timezone.now(),
            by=by,
            by_name=(by.get_full_name() or by.get_username()) if by else "",
            note=note,
            data=data,
            previous_hash=self.head,
            **facts,
        )
        version.salts = {part: secrets.token_hex(8) for part in version.parts()}
        version.hash = self.head = version.compute_hash()
        version.save(force_insert=True)
        self.save(update_fields=["length", "head"])
        return version


def kind_of(item):
    """What versions call the model of ``item`` (a row or a model class): "news.newsitem"."""
    return item._meta.label_lower


def _canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
