"""What the quality gate finds in published pages: the to-dos, and what somebody has exempted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models.chain import Version, kind_of
from publishing.quality import BY_NAME, rules_version

LONGEST = timedelta(days=365)  # that a flaw may be known and not mended; 2062 for 2026 is for ever


@dataclass(frozen=True)
class Override:
    """That somebody lets flaws pass, by their fingerprints: why, and when they are to be mended."""

    accepted: frozenset
    reason: str
    mend_by: date

    def require_reasons(self):
        """Raises ValidationError by field."""
        problems = {}
        if not self.reason.strip():
            problems["reason"] = "Skriv varför sidan måste publiceras med felet kvar."
        if not self.mend_by:
            problems["mend_by"] = "Välj en dag då felet ska vara åtgärdat."
        elif self.mend_by <= timezone.localdate():
            problems["mend_by"] = "Välj en dag efter i dag."
        elif self.mend_by > timezone.localdate() + LONGEST:
            problems["mend_by"] = "Välj en dag inom ett år."
        if problems:
            raise ValidationError(problems)


class OfItems(models.QuerySet):
    def of(self, item):
        return self.filter(kind=kind_of(item), object_id=item.pk)


class ExemptionQuerySet(OfItems):
    def in_force(self, today=None):
        """Those whose day to mend them has not passed."""
        return self.filter(mend_by__gte=today or timezone.localdate())

    def proposed(self):
        """Flaws of published pages that belong in the accessibility statement and aren't yet."""
        rules = [name for name, rule in BY_NAME.items() if rule.shortcoming]
        same = {name: OuterRef(name) for name in ("kind", "object_id", "fingerprint")}
        is_there = Exists(Finding.objects.filter(**same))
        return self.filter(is_there, rule__in=rules, declared_at=None).order_by("mend_by", "pk")


class KeptFlaw(models.Model):
    """A flaw of an item as it is kept: publishing.quality.rule.Flaw has its words."""

    kind = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    rule = models.CharField(max_length=40)
    column = models.CharField(max_length=80)
    language = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=32)
    sentence = models.TextField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.kind} {self.object_id}: {self.rule}"

    @staticmethod
    def facts_of(flaw):
        names = ("column", "language", "fingerprint", "sentence")
        return {"rule": flaw.rule.name, **{name: getattr(flaw, name) for name in names}}


class Exemption(KeptFlaw):
    """One flaw that may be published until a day. It holds for the words that it stands at.

    Who allowed it and why is in the history, as ``version``, and can be erased there.
    """

    mend_by = models.DateField()
    declared_at = models.DateTimeField(null=True)  # in the accessibility statement
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "fingerprint"], name="publishing_exemption_once"
            )
        ]

    @property
    def reason(self):
        return self.version.note

    def item(self):
        """The row that it is of, or None."""
        return apps.get_model(self.kind)._base_manager.filter(pk=self.object_id).first()

    def described(self):
        """The shortcoming in Swedish, for residents."""
        day = date_format(self.mend_by, "j F Y")
        words = BY_NAME[self.rule].shortcoming
        return f"På sidan ”{self.item()}”: {words}. Det ska vara åtgärdat {day}."

    def declare(self):
        self.declared_at = timezone.now()
        self.save(update_fields=["declared_at"])

    @classmethod
    def allow(cls, item, flaws, override, version):
        for flaw in flaws:
            facts = {**cls.facts_of(flaw), "mend_by": override.mend_by, "version": version}
            key = {"kind": kind_of(item), "object_id": item.pk}
            cls.objects.update_or_create(
                **key, fingerprint=facts.pop("fingerprint"), defaults=facts
            )


class FindingQuerySet(OfItems):
    def open(self, today=None):
        """The to-dos: what would keep the page from being published now."""
        return self.filter(blocks=True).exclude(Exists(self._exemptions().in_force(today)))

    def exempted(self, today=None):
        """What would, but for an exemption."""
        return self.filter(Exists(self._exemptions().in_force(today)))

    def overdue(self, today=None):
        """The to-dos that were to be mended by a day that has passed."""
        return self.open(today).filter(Exists(self._exemptions()))

    def _exemptions(self):
        same = {name: OuterRef(name) for name in ("kind", "object_id", "fingerprint")}
        return Exemption.objects.filter(**same)

    def keep(self, item, flaws):
        """Let the findings of ``item`` be ``flaws``; what was known keeps its day: 1–3 queries."""
        own, wanted = self.of(item), {flaw.fingerprint: flaw for flaw in flaws}
        known = dict(own.values_list("fingerprint", "sentence"))
        for key, flaw in wanted.items():
            if known.get(key, flaw.sentence) != flaw.sentence:
                own.filter(fingerprint=key).update(sentence=flaw.sentence)
        if gone := set(known) - set(wanted):
            own.filter(fingerprint__in=gone).delete()
        new = [flaw for key, flaw in wanted.items() if key not in known]
        if new:
            # Somebody else may find the same at the same moment
            rows = [self.model.of_flaw(item, flaw) for flaw in new]
            self.bulk_create(rows, ignore_conflicts=True)


class Finding(KeptFlaw):
    """One rule that a published page breaks in one place, and since when that is known."""

    blocks = models.BooleanField()
    since = models.DateTimeField(default=timezone.now)

    objects = FindingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["kind", "rule"], name="publishing_finding_rule")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "fingerprint"], name="publishing_finding_once"
            )
        ]

    @classmethod
    def of_flaw(cls, item, flaw):
        facts = {**cls.facts_of(flaw), "blocks": flaw.rule.blocks}
        return cls(kind=kind_of(item), object_id=item.pk, **facts)

    @property
    def title(self):
        """What the rule asks, as a sentence."""
        rule = BY_NAME.get(self.rule)
        return rule.title if rule else self.rule


class QualityCheck(models.Model):
    """Which rules all published pages were last judged by: one row."""

    rules = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="publishing_one_quality_check", condition=models.Q(pk=1))
        ]

    def __str__(self):
        return self.rules

    @classmethod
    def is_current(cls):
        return cls.objects.filter(pk=1, rules=rules_version()).exists()

    @classmethod
    def note(cls):
        facts = {"rules": rules_version(), "at": timezone.now()}
        cls.objects.update_or_create(pk=1, defaults=facts)
