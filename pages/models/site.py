"""What stands on every page: the sender, the menu and, when something happens, a notice."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactUnit
from pages.models.content import Page
from publishing.models import Content
from publishing.translations import address


class SiteSettings(Content):
    """The municipality's own names and choices: one row."""

    name = models.CharField(
        "webbplatsens namn",
        max_length=120,
        help_text="Till exempel Trollhättan – med plats för alla.",
    )
    sender = models.CharField(
        "avsändare", max_length=120, help_text="Kommunens namn, som det ska stå på varje sida."
    )
    sender_url = models.URLField("avsändarens webbplats", blank=True)
    word_mark = models.CharField(
        "ordmärke", max_length=60, help_text="Det korta namnet högst upp på varje sida."
    )
    description = models.CharField(
        "beskrivning", max_length=300, blank=True, help_text="En mening för sökmotorer och delning."
    )
    footer = models.TextField("sidfot", blank=True, help_text="En eller två meningar längst ner.")
    contact_unit = models.ForeignKey(
        ContactUnit,
        verbose_name="kontakt på varje sida",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    recorded_children = ("menu",)

    class Meta:
        verbose_name = "webbplatsens inställningar"
        verbose_name_plural = "webbplatsens inställningar"
        constraints = [models.CheckConstraint(name="pages_one_settings", condition=Q(pk=1))]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    def as_json_ld(self):
        """The sender as schema.org GovernmentOrganization."""
        organisation = {"@type": "GovernmentOrganization", "name": self.sender}
        organisation["url"] = self.sender_url or settings.BASE_URL + "/"
        if self.contact_unit and self.contact_unit.phone:
            organisation["telephone"] = self.contact_unit.phone_href.removeprefix("tel:")
        return organisation

    @classmethod
    def current(cls):
        """The one row, with its contact unit; before there is one, names from the environment."""
        nameless = cls(
            name_sv=settings.ERROR_PAGE_SENDER,
            sender_sv=settings.ERROR_PAGE_SENDER,
            word_mark_sv=settings.ERROR_PAGE_SENDER,
        )
        return cls.objects.select_related("contact_unit").first() or nameless


class MenuItemQuerySet(models.QuerySet):
    def shown(self):
        """The entries that lead somewhere: sections, and pages that residents may see."""
        return self.filter(
            Q(page=None) | Q(page__in=Page.objects.published().values("pk"))
        ).select_related("page__parent__parent")


class MenuItem(Content):
    """One entry of the main menu or the footer: a section of the site, or a standing page."""

    class Place(models.TextChoices):
        MAIN = "main", "menyn"
        FOOTER = "footer", "sidfoten"

    class Section(models.TextChoices):
        FOCUS_AREAS = "focus_areas:list", _("Fokusområden")
        INITIATIVES = "initiatives:list", _("Insatser")
        FINDER = "finder", _("Hitta stöd")
        NEWS = "news:list", _("Nyheter")
        CONTACTS = "contacts:list", _("Kontakt")
        RESOURCES = "pages:resources", _("Vill du veta mer")
        SITE_MAP = "site_map", _("Webbplatskarta")

    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="menu")
    place = models.CharField("plats", max_length=10, choices=Place, default=Place.MAIN)
    section = models.CharField("del av webbplatsen", max_length=40, choices=Section, blank=True)
    page = models.ForeignKey(
        Page, verbose_name="eller sida", on_delete=models.CASCADE, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    objects = MenuItemQuerySet.as_manager()

    class Meta:
        verbose_name = "menyval"
        verbose_name_plural = "meny"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pages_menu_section_or_page",
                condition=(~Q(section="") & Q(page=None)) | (Q(section="") & Q(page__isnull=False)),
                violation_error_message="Välj antingen en del av webbplatsen eller en sida.",
            )
        ]

    def __str__(self):
        return self.label

    @classmethod
    def before_there_are_any(cls):
        """The sections, for a site whose menu nobody has chosen yet."""
        first = ["FINDER", "FOCUS_AREAS", "INITIATIVES", "NEWS", "CONTACTS"]
        return [cls(section=cls.Section[name]) for name in first]

    @property
    def label(self):
        return self.page.title if self.page_id else self.get_section_display()

    def get_absolute_url(self):
        return address(self.page) if self.page_id else reverse(self.section)


OLD = timedelta(hours=24)  # a crisis notice that nobody has touched


class NoticeQuerySet(models.QuerySet):
    def active(self, at=None):
        """The notices that stand on every page at the moment ``at`` (default now)."""
        at = at or timezone.now()
        return self.filter(starts_at__lte=at).filter(Q(ends_at=None) | Q(ends_at__gt=at))


class Notice(Content):
    """A crisis notice, on every page at once, from a clock time until a clock time."""

    class Level(models.IntegerChoices):
        INFORMATION = 1, _("information")
        WARNING = 2, _("varning")
        CRISIS = 3, _("kris")

    level = models.PositiveSmallIntegerField(
        "nivå",
        choices=Level,
        default=Level.WARNING,
        help_text="Välj kris bara när liv eller hälsa är i fara.",
    )
    text = models.TextField(
        "text", max_length=400, help_text="Kort: vad har hänt, vad ska man göra?"
    )
    link = models.URLField("länk", blank=True, help_text="Var man kan läsa mer.")
    link_text = models.CharField("länkens text", max_length=80, blank=True)
    sender = models.CharField("avsändare", max_length=120, help_text="Vem som säger det.")
    starts_at = models.DateTimeField(
        "visas från", default=timezone.now, help_text="Låt tiden stå för att visa det med en gång."
    )
    ends_at = models.DateTimeField(
        "visas till",
        null=True,
        blank=True,
        help_text="Lämna tomt om du inte vet: då visas det tills någon tar bort det.",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "krismeddelande"
        verbose_name_plural = "krismeddelanden"
        ordering = ["-level", "-starts_at"]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="pages_notice_active")]
        constraints = [
            models.CheckConstraint(
                name="pages_notice_ends_later",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="Meddelandet kan inte sluta innan det börjar.",
            )
        ]

    def __str__(self):
        return self.text

    def is_old(self, at=None):
        """Whether it has stood since yesterday with nobody looking at it."""
        return max(self.starts_at, self.updated_at) < (at or timezone.now()) - OLD

    def is_active(self, at=None):
        """The same answer as active(), for a row that is already loaded."""
        at = at or timezone.now()
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    def stop(self, *, by):
        """Show it no longer, from now. Raises PermissionDenied."""
        if not by.has_perm("pages.change_notice"):
            raise PermissionDenied("Du har inte rätt att ändra krismeddelanden.")
        with self.recording(by=by, note="Slutade visas."):
            self.ends_at = timezone.now()
            self.save(update_fields=["ends_at", "updated_at"])

    def clean(self):
        if self.link and not self.link_text_sv:
            raise ValidationError({"link_text_sv": "Skriv vad länken leder till."})
