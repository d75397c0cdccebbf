from django.db import models
from django.urls import reverse

from images.models import Image
from publishing.fields import RichTextField
from publishing.models import Publishable, PublishableQuerySet


class Accent(models.TextChoices):
    """The five accents of static/css/tokens.css, by the names that editors see."""

    PLUM = "plum", "plommon"
    BRICK = "brick", "tegel"
    RIVER = "river", "älv"
    GRANITE = "granite", "granit"
    LEAF = "leaf", "löv"


class FocusAreaQuerySet(PublishableQuerySet):
    def with_initiatives(self):
        """Each area with its public initiatives in shown_initiatives, in the editors' order."""
        # Asked of the relation, since initiatives imports this app and not the other way round
        initiatives = self.model.initiatives.rel.related_model.objects.for_cards()
        return self.prefetch_related(
            models.Prefetch("initiatives", initiatives, to_attr="shown_initiatives")
        )

    def for_listing(self):
        return self.published().select_related("image").with_initiatives()

    def for_detail(self):
        return (
            self.readable().select_related("image", "unit", "last_reviewed_by").with_initiatives()
        )


class FocusArea(Publishable):
    """One of the areas in which the city works for social sustainability."""

    title = models.CharField("rubrik", max_length=120)
    topic = models.CharField(
        "ämne i Hitta stöd",
        max_length=80,
        blank=True,
        help_text="Vad det gäller, med besökarens ord: Jobb, skola och utbildning. Tomt: rubriken.",
    )
    slug = models.SlugField(
        "adress",
        max_length=80,
        unique=True,
        help_text="Sista delen av sidans adress: små bokstäver och bindestreck.",
    )
    lead = models.TextField("ingress", blank=True, help_text="En eller två hela meningar.")
    body = RichTextField(
        "text",
        blank=True,
        help_text="Börja med det viktigaste. Dela upp texten med rubriker och listor.",
    )
    goal = RichTextField(
        "mål",
        blank=True,
        help_text="Vad staden vill nå, och hur det går. Säg rent ut om målet inte nås.",
    )
    image = models.ForeignKey(
        Image,
        verbose_name="bild",
        help_text="Sök i bildbanken på bildens namn, eller lägg till en ny bild med plustecknet.",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    accent = models.CharField("färg", max_length=20, choices=Accent, default=Accent.RIVER)
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    objects = FocusAreaQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområden"
        ordering = ["order", "pk"]

    search_group = "fokusomraden"
    searched_fields = {"title": ["title"], "lead": ["lead"], "body": ["body", "goal"]}

    def get_absolute_url(self):
        return reverse("focus_areas:detail", args=[self.slug])

    @property
    def topic_field(self):
        """The field that names the area to somebody who looks for help."""
        return "topic" if self.topic else "title"

    @property
    def is_sensitive(self):
        """Whether something on this area's page is; needs with_initiatives()."""
        return any(initiative.is_sensitive for initiative in self.shown_initiatives)

    def search_areas(self):
        return [self.pk]

    def search_words(self):
        return [*super().search_words(), self.topic]

    def is_search_sensitive(self):
        return self.initiatives.published().filter(is_sensitive=True).exists()
