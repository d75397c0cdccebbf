"""When residents can come or call, as editors write it down."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.opening_text import days_text, span_text
from publishing.models import Content


class Weekday(models.IntegerChoices):
    MONDAY = 0, "måndag"
    TUESDAY = 1, "tisdag"
    WEDNESDAY = 2, "onsdag"
    THURSDAY = 3, "torsdag"
    FRIDAY = 4, "fredag"
    SATURDAY = 5, "lördag"
    SUNDAY = 6, "söndag"


class Channel(models.TextChoices):
    """The ways in to a unit that have hours."""

    BOTH = "both", _("Besök och telefon")
    VISIT = "visit", _("Besök")
    PHONE = "phone", _("Telefon")


class OpeningHoursQuerySet(models.QuerySet):
    def weekly(self):
        return self.filter(weekday__isnull=False)

    def dated(self):
        return self.filter(weekday=None)

    def current(self, today=None):
        """All but the exceptions that were over before the local date ``today``."""
        today = today or timezone.localdate()
        return self.filter(Q(weekday__isnull=False) | Q(last_date__gte=today))


class OpeningHours(Content):
    """One span of opening hours: every week on a weekday, or on the dates of an exception.

    The same shape as schema.org's OpeningHoursSpecification (dayOfWeek, or validFrom and
    validThrough), in one table so that a page needs one query. Times are Europe/Stockholm.
    An exception without times means closed; it replaces the usual hours of its channel.
    """

    unit = models.ForeignKey(
        "contacts.ContactUnit",
        verbose_name="enhet",
        on_delete=models.CASCADE,
        related_name="opening_hours",
    )
    channel = models.CharField("gäller", max_length=10, choices=Channel)
    weekday = models.PositiveSmallIntegerField("veckodag", choices=Weekday, null=True, blank=True)
    first_date = models.DateField("från och med", null=True, blank=True)
    last_date = models.DateField(
        "till och med",
        null=True,
        blank=True,
        help_text="Lämna tomt för en enda dag. Tider för en längre period gäller de dagar då "
        "enheten annars har öppet.",
    )
    opens = models.TimeField(
        "öppnar",
        null=True,
        blank=True,
        help_text="Lämna båda tiderna tomma när det är stängt hela dagen.",
    )
    closes = models.TimeField(
        "stänger", null=True, blank=True, help_text="Skriv 23:59 för midnatt."
    )
    reason = models.CharField(
        "orsak", max_length=80, blank=True, help_text="Visas i texten, till exempel personaldag."
    )

    objects = OpeningHoursQuerySet.as_manager()

    class Meta:
        verbose_name = "öppettid"
        verbose_name_plural = "öppettider"
        ordering = ["weekday", "first_date", "opens"]
        constraints = [
            models.CheckConstraint(
                name="contacts_hours_weekly_or_dated",
                condition=Q(weekday__isnull=False, first_date=None, last_date=None)
                # To a database a comparison with nothing is no violation: isnull says it is
                | Q(weekday=None, first_date__isnull=False, last_date__isnull=False)
                & Q(last_date__gte=F("first_date")),
                violation_error_message="Ange antingen en veckodag eller datum, med det första "
                "datumet först.",
            ),
            models.CheckConstraint(
                name="contacts_hours_open_before_close",
                condition=Q(opens=None, closes=None, weekday=None)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                violation_error_message="Ange både när det öppnar och när det stänger, i rätt "
                "ordning.",
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.days_text} {self.hours_text}"

    def clean(self):
        """Says at the field what the constraints say: forms without all columns skip those."""
        self.last_date = self.last_date or self.first_date
        if self.first_date and self.last_date < self.first_date:
            raise ValidationError({"last_date": "Det sista datumet är före det första."})
        if bool(self.opens) != bool(self.closes):
            raise ValidationError({"closes": "Ange både när det öppnar och när det stänger."})
        if self.opens and self.closes <= self.opens:
            raise ValidationError({"closes": "Det stänger innan det öppnar. Midnatt är 23:59."})

    # Questions

    @property
    def days_text(self):
        if self.weekday is not None:
            return self.get_weekday_display()
        return days_text(self.first_date, self.last_date)

    @property
    def hours_text(self):
        return span_text(self) if self.opens else _("stängt")

    def clash_with(self, other):
        """A sentence for the editor when both rows can't be true, else ""."""
        if not self._shares_channel_with(other) or self.weekday != other.weekday:
            return ""
        if self.weekday is None and self._dates != other._dates:
            return self._clash_of_periods(other)
        if self.opens and other.opens and not self._overlaps(other):
            return ""
        return f"Det här krockar med en annan rad: {other}."

    def _clash_of_periods(self, other):
        """One period inside another is fine, the shorter one holds; one across another is not."""
        first, second = sorted([self, other], key=lambda row: (row.first_date, -row._length))
        if second.first_date > first.last_date or second.last_date <= first.last_date:
            return ""
        return (
            f"Perioden går omlott med en annan rad: {other}. "
            "Dela upp den, så att varje dag hör till en enda period."
        )

    def _shares_channel_with(self, other):
        return self.channel == other.channel or Channel.BOTH in (self.channel, other.channel)

    def _overlaps(self, other):
        return self.opens < other.closes and other.opens < self.closes

    @property
    def _dates(self):
        return self.first_date, self.last_date

    @property
    def _length(self):
        return (self.last_date - self.first_date).days
