"""What the pages refer to outside themselves."""

from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Content

SCHEMES = ("https://", "http://", "tel:", "mailto:", "/")


def validate_address(url):
    """Refuse what could run a script or leave the site in disguise."""
    if not url.startswith(SCHEMES) or url.startswith("//"):
        raise ValidationError("Börja adressen med https://, tel: eller mailto:")


class ResourceQuerySet(models.QuerySet):
    def by_purpose(self):
        """(those to read, the ways to take part), both from one query."""
        resources = list(self)
        ways = [resource for resource in resources if resource.kind == Resource.Kind.TAKE_PART]
        return [resource for resource in resources if resource not in ways], ways


class Resource(Content):
    """Something outside the pages: a document, a link, or a way to take part."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("dokument")
        LINK = "link", _("webbsida")
        TAKE_PART = "take_part", _("sätt att delta")

    FILE_TYPES = ["pdf", "odt", "ods", "docx", "xlsx", "csv"]

    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.DOCUMENT)
    title = models.CharField("rubrik", max_length=160)
    description = models.TextField("vad det är", blank=True, help_text="En hel mening.")
    file = models.FileField(
        "fil",
        upload_to="documents",
        blank=True,
        validators=[FileExtensionValidator(FILE_TYPES)],
    )
    file_size = models.PositiveIntegerField("filstorlek (byte)", editable=False, default=0)
    url = models.CharField(
        "eller adress",
        max_length=300,
        blank=True,
        validators=[validate_address],
        help_text="Adressen börjar med https://, tel: eller mailto:.",
    )
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)
    sender = models.CharField("avsändare", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("ordning", default=100)

    objects = ResourceQuerySet.as_manager()

    search_group = "dokument"
    searched_fields = {"title": ["title"], "lead": ["description"], "body": ["sender"]}

    class Meta:
        verbose_name = "dokument, länk eller sätt att delta"
        verbose_name_plural = "dokument, länkar och sätt att delta"
        ordering = ["kind", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pages_resource_file_or_address",
                condition=Q(file="") | Q(url=""),
                violation_error_message="Välj antingen en fil eller en adress, inte båda.",
            ),
            # Fixtures and the shell pass no validator, and javascript: is an address too
            models.CheckConstraint(
                name="pages_resource_safe_address",
                condition=reduce(or_, (Q(url__startswith=start) for start in SCHEMES), Q(url=""))
                & ~Q(url__startswith="//"),
            ),
        ]

    def __str__(self):
        return self.title

    def search_path(self):
        return self.href or reverse("pages:resources")

    def search_words(self):
        return [self.year or "", self.file_type, self.get_kind_display()]

    @property
    def href(self):
        """Where it is: our own file, or the address; "" when it is only named."""
        return self.file.url if self.file else self.url

    @property
    def file_type(self):
        """ "PDF" and the like, "" for what isn't a file of ours."""
        return self.file.name.rpartition(".")[2].upper() if self.file else ""

    @property
    def is_external(self):
        return not self.file and self.url.startswith(("http://", "https://"))

    def save(self, *args, **kwargs):
        self.file_size = self.file.size if self.file else 0
        super().save(*args, **kwargs)
