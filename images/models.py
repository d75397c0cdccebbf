"""The image bank: one master a picture, what may be shown of it, and to whom it belongs."""

from django.db import models

from publishing.models import Content


class LegalBasis(models.TextChoices):
    """Why a picture of people may be published (GDPR art. 6.1 e, a and b)."""

    PUBLIC_INTEREST = "public_interest", "allmänt intresse"
    CONSENT = "consent", "samtycke"
    CONTRACT = "contract", "avtal"


class Image(Content):
    master = models.ImageField(
        "bildfil", upload_to="masters", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField("bredd (px)", editable=False, default=0)
    height = models.PositiveIntegerField("höjd (px)", editable=False, default=0)
    digest = models.CharField(max_length=64, editable=False, blank=True)  # SHA-256 of the master
    renditions = models.CharField(max_length=16, editable=False, blank=True)  # key they were made for
    title = models.CharField(
        "namn i bildbanken", max_length=120, help_text="Bara för dig som letar efter bilden."
    )
    alt = models.CharField(
        "alternativtext",
        max_length=250,
        blank=True,
        help_text="Beskriv vad bilden visar för den som inte ser den, i en mening.",
    )
    is_decorative = models.BooleanField(
        "bara dekoration",
        default=False,
        help_text="Kryssa i om bilden inte tillför något som inte redan står i texten.",
    )
    caption = models.CharField("bildtext", max_length=250, blank=True)
    photographer = models.CharField("fotograf eller illustratör", max_length=120, blank=True)
    licence = models.CharField("licens", max_length=120, blank=True)
    focal_x = models.FloatField("fokuspunkt, från vänster (0–1)", default=0.5)
    focal_y = models.FloatField("fokuspunkt, uppifrån (0–1)", default=0.5)
    shows_identifiable_people = models.BooleanField("visar personer som går att känna igen", default=False)
    legal_basis = models.CharField(
        "rättslig grund", max_length=20, choices=LegalBasis, blank=True
    )
    consent_reference = models.CharField(
        "samtyckets diarienummer", max_length=120, blank=True, help_text="Skriv inga personuppgifter."
    )
    valid_until = models.DateField("får visas till och med", null=True, blank=True)
    withdrawn_at = models.DateTimeField("samtycket återkallat", null=True, blank=True)

    class Meta:
        verbose_name = "bild"
        verbose_name_plural = "bilder"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title
