"""Whom to call, where to go and when they are open."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from publishing.models import Content


class ContactUnit(Content):
    """A way in to the city: a unit that residents can call, write to or visit."""

    name = models.CharField("namn", max_length=120)
    slug = models.SlugField("adress", max_length=80, unique=True)
    helps_with = models.TextField(
        "vad enheten hjälper till med",
        blank=True,
        help_text="Hela meningar, till exempel: Vi svarar på frågor om stadens service.",
    )
    phone = models.CharField(
        "telefon", max_length=30, blank=True, help_text="Som det skrivs: 0520-49 50 00"
    )
    email = models.EmailField("e-post", blank=True)
    reply_promise = models.CharField(
        "svarslöfte",
        max_length=160,
        blank=True,
        help_text="Till exempel: Vi svarar på e-post inom två arbetsdagar.",
    )
    visiting_address = models.TextField(
        "besöksadress", blank=True, help_text="Gata och nummer på en rad, postnummer och ort på nästa."
    )
    postal_address = models.TextField("postadress", blank=True)
    hours_note = models.CharField(
        "öppettider med ord",
        max_length=160,
        blank=True,
        help_text="När exakta tider saknas, till exempel: Telefonen är öppen dagtid.",
    )
    closed_on_holidays = models.BooleanField(
        "stängt på helgdagar och aftnar",
        default=True,
        help_text="Svenska helgdagar samt midsommarafton, julafton och nyårsafton.",
    )
    order = models.PositiveSmallIntegerField("ordning", default=100)

    class Meta:
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"
        ordering = ["order", "slug"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("contacts:detail", args=[self.slug])


class ContactFunction(Content):
    """A role at a unit. Residents see the role; a name is optional."""

    unit = models.ForeignKey(
        ContactUnit, verbose_name="enhet", on_delete=models.CASCADE, related_name="functions"
    )
    role = models.CharField("funktion", max_length=120, help_text="Till exempel: Folkhälsostrateg")
    name = models.CharField("namn", max_length=120, blank=True)
    phone = models.CharField("telefon", max_length=30, blank=True)
    email = models.EmailField("e-post", blank=True)
    order = models.PositiveSmallIntegerField("ordning", default=100)

    class Meta:
        verbose_name = "funktion"
        verbose_name_plural = "funktioner"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.role


class Weekday(models.IntegerChoices):
    MONDAY = 0, "måndag"
    TUESDAY = 1, "tisdag"
    WEDNESDAY = 2, "onsdag"
    THURSDAY = 3, "torsdag"
    FRIDAY = 4, "fredag"
    SATURDAY = 5, "lördag"
    SUNDAY = 6, "söndag"


class OpeningHours(Content):
    """One span of opening hours: every week on a weekday, or on the dates of an exception.

    The same shape as schema.org's OpeningHoursSpecification (dayOfWeek, or validFrom and
    validThrough), in one table so that a page needs one query. Times are Europe/Stockholm.
    An exception without times means closed; it replaces the usual hours of its channel.
    """

    class Channel(models.TextChoices):
        VISIT = "visit", "besök"
        PHONE = "phone", "telefon"

    unit = models.ForeignKey(
        ContactUnit, verbose_name="enhet", on_delete=models.CASCADE, related_name="opening_hours"
    )
    channel = models.CharField("gäller", max_length=10, choices=Channel, default=Channel.VISIT)
    weekday = models.PositiveSmallIntegerField("veckodag", choices=Weekday, null=True, blank=True)
    first_date = models.DateField("från och med", null=True, blank=True)
    last_date = models.DateField("till och med", null=True, blank=True)
    opens = models.TimeField("öppnar", null=True, blank=True)
    closes = models.TimeField("stänger", null=True, blank=True)
    reason = models.CharField(
        "orsak", max_length=80, blank=True, help_text="Visas i texten, till exempel: personaldag"
    )

    class Meta:
        verbose_name = "öppettid"
        verbose_name_plural = "öppettider"
        ordering = ["weekday", "first_date", "opens"]
        constraints = [
            models.CheckConstraint(
                name="contacts_hours_weekly_or_dated",
                condition=Q(weekday__isnull=False, first_date=None, last_date=None)
                | Q(weekday=None, first_date__isnull=False, last_date__gte=F("first_date")),
                violation_error_message="Ange antingen en veckodag eller ett första och ett sista "
                "datum.",
            ),
            models.CheckConstraint(
                name="contacts_hours_open_before_close",
                condition=Q(opens=None, closes=None, weekday=None) | Q(closes__gt=F("opens")),
                violation_error_message="Ange både när det öppnar och när det stänger, i rätt "
                "ordning.",
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.opens}–{self.closes}"


class Helpline(Content):
    """A line of the box "Akut hjälp", shown on pages about sensitive matters."""

    name = models.CharField("namn", max_length=120)
    phone = models.CharField("telefon", max_length=30)
    helps_with = models.CharField("när man ringer", max_length=200)
    order = models.PositiveSmallIntegerField("ordning", default=100)

    class Meta:
        verbose_name = "akut hjälp"
        verbose_name_plural = "akut hjälp"
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.name} {self.phone}"
