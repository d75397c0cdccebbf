"""Whom to call and where to go."""

from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from modeltranslation.utils import build_localized_fieldname

from contacts.json_ld import unit_as_json_ld
from contacts.models.hours import Channel, OpeningHours
from contacts.opening_hours import Schedule
from contacts.opening_text import OpeningLine
from contacts.phone_numbers import phone_href, validate_phone
from publishing.models import Content, ReviewedFact, ReviewedFactQuerySet


class WithPhone(models.Model):
    """What has a number that residents can call by touching it."""

    phone = models.CharField(
        "telefon",
        max_length=30,
        blank=True,
        validators=[validate_phone],
        help_text="Skriv numret som det läses, till exempel 0520-49 50 00.",
    )

    class Meta:
        abstract = True

    @property
    def phone_href(self):
        return phone_href(self.phone)


class ContactUnitQuerySet(ReviewedFactQuerySet):
    def with_hours(self, today=None):
        """For pages about units: their functions, and the hours that still matter."""
        return self.prefetch_related(ContactUnit.hours_prefetch(today), "functions")


class ContactUnit(WithPhone, ReviewedFact, Content):
    """A way in to the city: a unit that residents can call, write to or visit."""

    name = models.CharField("namn", max_length=120)
    slug = models.SlugField(
        "adress",
        max_length=80,
        unique=True,
        help_text="Sista delen av sidans adress. Ändra den inte: då slutar gamla länkar att gälla.",
    )
    helps_with = models.TextField(
        "vad enheten hjälper till med",
        blank=True,
        help_text="Hela meningar, till exempel: Vi svarar på frågor om stadens service.",
    )
    email = models.EmailField("e-post", blank=True)
    reply_promise = models.CharField(
        "svarslöfte",
        max_length=160,
        blank=True,
        help_text="Till exempel: Vi svarar på e-post inom två arbetsdagar.",
    )
    visiting_address = models.TextField(
        "besöksadress",
        blank=True,
        help_text="Gata och nummer på en rad, postnummer och ort på nästa.",
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
        help_text="Svenska helgdagar samt midsommarafton, julafton och nyårsafton. Dagarna räknas "
        "ut varje år.",
    )
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    keywords = models.TextField(
        "sökord",
        blank=True,
        help_text="Ord som besökare kan söka på men som inte står på sidan, på vilka språk som "
        "helst. Skilj dem åt med kommatecken. De visas inte.",
    )

    recorded_children = ("opening_hours", "functions")
    search_group = "kontakter"
    search_prefetch = ("opening_hours", "functions")
    searched_fields = {
        "title": ["name"],
        "lead": ["helps_with"],
        "body": ["hours_note", "reply_promise", "visiting_address", "phone", "email"],
    }

    objects = ContactUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"
        ordering = ["order", "slug"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("contacts:detail", args=[self.slug])

    def search_words(self):
        labels = [gettext("Öppettider")] if self.hours_note or self.opening_hours.all() else []
        labels += [gettext("Telefon")] if self.phone else []
        labels += [gettext("E-post")] if self.email else []
        roles = [function.role for function in self.functions.all()]
        # Whose number it is comes before those who tell of it
        return [self.keywords, *labels, self.phone, *roles]

    # Questions

    @staticmethod
    def hours_prefetch(today=None):
        """The hours that opening_lines() needs, in one query: no exceptions that are over."""
        return Prefetch("opening_hours", OpeningHours.objects.current(today))

    def languages(self):
        """The codes of the languages in which this exists: those with a name."""
        return [
            code
            for code, _language in settings.LANGUAGES
            if getattr(self, build_localized_fieldname("name", code))
        ]

    @property
    def map_url(self):
        """A map site's search for the visiting address; "" without one."""
        if not self.visiting_address:
            return ""
        query = urlencode({"query": ", ".join(self.visiting_address.splitlines())})
        return f"https://www.openstreetmap.org/search?{query}"

    def schedule(self, channel):
        rows = [row for row in self.opening_hours.all() if row.channel in (channel, Channel.BOTH)]
        return Schedule.from_rows(rows, self.closed_on_holidays) if rows else None

    def opening_lines(self, today=None):
        """One OpeningLine for each way in with exact hours, as seen on ``today`` (a local date).

        Visit and telephone share a line when their hours are the same.
        """
        today = today or timezone.localdate()
        visit, phone = self.schedule(Channel.VISIT), self.schedule(Channel.PHONE)
        if visit == phone:
            ways = [(Channel.BOTH, visit)]
        else:
            ways = [(Channel.VISIT, visit), (Channel.PHONE, phone)]
        return [OpeningLine(str(way.label), schedule, today) for way, schedule in ways if schedule]

    @property
    def phone_hours(self):
        """When the telephone is answered, as sentences of today and what follows; "" if unknown."""
        schedule = self.schedule(Channel.PHONE)
        return (
            OpeningLine(str(Channel.PHONE.label), schedule, timezone.localdate()).today
            if schedule
            else ""
        )

    @property
    def hours_in_words(self):
        """The editors' note, unless every way in has a week of exact hours."""
        ways = [
            *([Channel.VISIT] if self.visiting_address else []),
            *([Channel.PHONE] if self.phone else []),
        ]
        schedules = [self.schedule(way) for way in ways]
        is_exact = schedules and all(schedule and schedule.has_week for schedule in schedules)
        return "" if is_exact else self.hours_note

    def next_change_at(self, now=None):
        """The moment when this unit's texts change by the clock: next midnight, Europe/Stockholm.

        None for a unit without exact hours. ``now`` is aware, default the present moment.
        """
        if not self.opening_hours.all():
            return None
        tomorrow = timezone.localdate(now) + timedelta(days=1)
        return timezone.make_aware(datetime.combine(tomorrow, time.min))

    def as_json_ld(self, today=None):
        return unit_as_json_ld(self, today or timezone.localdate())


class ContactFunction(WithPhone, Content):
    """A role at a unit. Residents see the role; a name is optional."""

    unit = models.ForeignKey(
        ContactUnit, verbose_name="enhet", on_delete=models.CASCADE, related_name="functions"
    )
    role = models.CharField("funktion", max_length=120, help_text="Till exempel Folkhälsostrateg.")
    name = models.CharField(
        "namn",
        max_length=120,
        blank=True,
        help_text="Behövs inte. Fråga personen innan du skriver ut ett namn.",
    )
    email = models.EmailField("e-post", blank=True)
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    class Meta:
        verbose_name = "funktion"
        verbose_name_plural = "funktioner"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.role


class Helpline(WithPhone, ReviewedFact, Content):
    """A line of the box "Akut hjälp", shown on pages about sensitive matters."""

    name = models.CharField("namn", max_length=120)
    phone = models.CharField(
        "telefon",
        max_length=30,
        validators=[validate_phone],
        help_text="Skriv numret som det läses, till exempel 112 eller 020-50 50 50.",
    )
    helps_with = models.CharField(
        "när man ringer",
        max_length=200,
        help_text="Till exempel: Vid fara för liv eller pågående brott.",
    )
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    objects = ReviewedFactQuerySet.as_manager()

    class Meta:
        verbose_name = "akut hjälp"
        verbose_name_plural = "akut hjälp"
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.name} {self.phone}"
