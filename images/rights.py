"""What the people in a picture, and whoever made it, let the municipality show, and how long."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.models import Content

AN_HOUR = 3600  # s
A_YEAR = 365 * 24 * AN_HOUR


class LegalBasis(models.TextChoices):
    """Why a picture of people may be published (GDPR art. 6.1 e, a and b)."""

    PUBLIC_INTEREST = "public_interest", "allmänt intresse"
    CONSENT = "consent", "samtycke"
    CONTRACT = "contract", "avtal"


class RightsQuerySet(models.QuerySet):
    def over(self, at=None):
        """Withdrawn, or past the last day on which they might be shown."""
        today = timezone.localdate(at)
        return self.filter(Q(withdrawn_at__isnull=False) | Q(valid_until__lt=today))

    def running_out(self, within, at=None):
        """What may be shown for at most ``within`` days more."""
        today = timezone.localdate(at)
        last = today + timedelta(days=within)
        return self.with_rights(at).filter(valid_until__range=(today, last))

    def with_rights(self, at=None):
        """What may be shown at the moment ``at`` (default now), if something shows it."""
        today = timezone.localdate(at)
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=today),
            Q(shows_identifiable_people=False)
            | Q(legal_basis__in=[LegalBasis.PUBLIC_INTEREST, LegalBasis.CONTRACT])
            | Q(legal_basis=LegalBasis.CONSENT) & ~Q(consent_reference=""),
            withdrawn_at=None,
        )


class RightsManaged(Content):
    """The fields and rules of rights. None of the questions asks the database."""

    shows_identifiable_people = models.BooleanField(
        "visar personer som går att känna igen", default=False
    )
    legal_basis = models.CharField(
        "rättslig grund",
        max_length=20,
        choices=LegalBasis,
        blank=True,
        help_text="Krävs om någon i bilden går att känna igen.",
    )
    consent_reference = models.CharField(
        "samtyckets diarienummer",
        max_length=120,
        blank=True,
        help_text="Krävs om grunden är samtycke. Skriv inga personuppgifter.",
    )
    valid_until = models.DateField(
        "får visas till och med",
        null=True,
        blank=True,
        help_text="Dagen efter försvinner bilden från webbplatsen av sig själv.",
    )
    withdrawn_at = models.DateTimeField("samtycket återkallat", null=True, editable=False)

    class Meta:
        abstract = True

    def is_over(self, at=None):
        """The same answer as over(), for a row that is already loaded."""
        expired = self.valid_until and self.valid_until < timezone.localdate(at)
        return bool(self.withdrawn_at or expired)

    @property
    def name_in_history(self):
        if not self.is_over():
            return str(self)
        reason = "samtycket är återkallat" if self.withdrawn_at else "tiden är slut"
        return f"bild som inte får visas: {reason}"

    def has_rights(self, at=None):
        """The same answer as with_rights(), for a row that is already loaded.

        A public page asks only this of its pictures: that something public uses them is plain.
        """
        return not self.is_over(at) and not self._basis_problems()

    def next_change_at(self, now=None):
        """The moment after ``now`` when the clock alone stops this being shown, or None."""
        if not self.valid_until or not self.has_rights(now):
            return None
        return timezone.make_aware(datetime.combine(self.valid_until + timedelta(days=1), time.min))

    def cache_control(self, now=None):
        """How long caches may keep the files: a year, since their names never change meaning.

        An hour where people can be recognised, since a consent may be withdrawn, and never past
        the last day on which the picture may be shown.
        """
        if not (self.shows_identifiable_people or self.valid_until):
            return f"public, max-age={A_YEAR}, immutable"
        now = now or timezone.now()
        end = self.next_change_at(now)
        seconds = min(AN_HOUR, int((end - now).total_seconds()) if end else AN_HOUR)
        return f"public, max-age={seconds}"

    def rights_problems(self):
        """Why a page with this may not be published: {field name: sentence}."""
        return {**self._basis_problems(), **self._time_problems()}

    def _basis_problems(self):
        if not self.shows_identifiable_people:
            return {}
        if not self.legal_basis:
            return {
                "legal_basis": "Ange rättslig grund för bilden: någon i den går att känna igen."
            }
        if self.legal_basis == LegalBasis.CONSENT and not self.consent_reference:
            return {"consent_reference": "Ange diarienumret för samtycket till bilden."}
        return {}

    def _time_problems(self):
        if self.withdrawn_at:
            return {"withdrawn_at": "Samtycket till bilden är återkallat. Välj en annan bild."}
        if self.is_over():
            return {"valid_until": "Tiden då bilden får visas är slut. Välj en annan bild."}
        return {}
