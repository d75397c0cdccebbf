from urllib.parse import urlsplit

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactUnit
from contacts.phone_numbers import phone_href
from focus_areas.models import FocusArea
from images.models import Image
from publishing.fields import RichTextField
from publishing.models import Content, Publishable, PublishableQuerySet, ReviewInterval


class ChoiceQuerySet(models.QuerySet):
    def in_use(self):
        """Those by which a reader finds at least one initiative."""
        return self.filter(initiative__in=Initiative.objects.published()).distinct()

    def offering_help(self):
        """Those by which somebody finds at least one initiative to turn to."""
        return self.filter(initiative__in=Initiative.objects.offering_help()).distinct()


class District(Content):
    name = models.CharField("namn", max_length=80)
    slug = models.SlugField(
        "adress",
        max_length=80,
        unique=True,
        help_text="Sista delen av adressen: små bokstäver och bindestreck.",
    )
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    objects = ChoiceQuerySet.as_manager()
    proper_names = ("name",)

    class Meta:
        verbose_name = "stadsdel"
        verbose_name_plural = "stadsdelar"
        ordering = ["order", "slug"]

    def __str__(self):
        return self.name


class TargetGroup(Content):
    name = models.CharField("namn", max_length=80)
    slug = models.SlugField(
        "adress",
        max_length=80,
        unique=True,
        help_text="Sista delen av adressen: små bokstäver och bindestreck.",
    )
    said_by_member = models.CharField(
        "svar i Hitta stöd",
        max_length=80,
        blank=True,
        help_text="Vad den som hör till gruppen svarar på frågan Vem är du? "
        "Till exempel: Jag är förälder. Tomt: gruppens namn.",
    )
    is_sensitive = models.BooleanField(
        "känsligt svar",
        default=False,
        help_text="Den som svarar så i Hitta stöd får knappen Lämna sidan snabbt och rutan "
        "Akut hjälp.",
    )
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "målgrupp"
        verbose_name_plural = "målgrupper"
        ordering = ["order", "slug"]

    def __str__(self):
        return self.name

    @property
    def answer_field(self):
        """The field with what somebody of the group answers."""
        return "said_by_member" if self.said_by_member else "name"


class Phase(models.TextChoices):
    STARTING = "starting", _("under uppstart")
    RUNNING = "running", _("pågår")
    REGULAR = "regular", _("ordinarie verksamhet")
    ENDED = "ended", _("avslutad")


class InitiativeQuerySet(PublishableQuerySet):
    def offering_help(self):
        """Those that somebody can turn to."""
        return self.published().exclude(phase=Phase.ENDED)

    def for_age(self, age):
        """Those that somebody ``age`` years old may use: no limit is no obstacle."""
        return self.filter(
            Q(age_from=None) | Q(age_from__lte=age), Q(age_to=None) | Q(age_to__gte=age)
        )

    def in_district(self, slug):
        """Those of a district, and those that have none since they are for the whole city."""
        return self.filter(Q(districts__slug=slug) | Q(districts=None))

    def for_any_district(self):
        """Those of the whole city, which somebody from any part of it may use."""
        return self.filter(districts=None)

    def for_groups(self, slugs):
        """Those for one of the groups at least, and those that are for everybody."""
        groups = TargetGroup.objects.filter(initiative=OuterRef("pk"))
        return self.filter(~Exists(groups) | Exists(groups.filter(slug__in=slugs)))

    def for_finder(self):
        """With all that is told of why each fits and whom to call."""
        units = ContactUnit.objects.prefetch_related(ContactUnit.hours_prefetch())
        return (
            self.offering_help()
            .select_related("focus_area")
            .prefetch_related("target_groups", "districts", Prefetch("unit", units))
            .order_by("focus_area__order", "order", "pk")
        )

    def for_cards(self):
        return (
            self.published()
            .select_related("focus_area", "image")
            .order_by("focus_area__order", "order", "pk")
        )

    def for_detail(self):
        return (
            self.readable()
            .select_related("focus_area", "image", "unit", "last_reviewed_by")
            .prefetch_related("target_groups", "districts")
        )


class Initiative(Publishable):
    """Something that is done in a focus area, and that a resident can use or join."""

    title = models.CharField("rubrik", max_length=120)
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
    focus_area = models.ForeignKey(
        FocusArea, verbose_name="fokusområde", on_delete=models.PROTECT, related_name="initiatives"
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
    organiser = models.CharField(
        "arrangör", max_length=160, blank=True, help_text="Lämna tomt om det är kommunen."
    )
    external_url = models.URLField(
        "egen webbplats", blank=True, help_text="Om insatsen har en egen sida någon annanstans."
    )
    phase = models.CharField(
        "fas",
        max_length=20,
        choices=Phase,
        default=Phase.RUNNING,
        help_text="Hur långt arbetet har kommit.",
    )
    age_from = models.PositiveSmallIntegerField("från ålder", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("till och med ålder", null=True, blank=True)
    districts = models.ManyToManyField(
        District, verbose_name="stadsdelar", blank=True, help_text="Lämna tomt för hela kommunen."
    )
    target_groups = models.ManyToManyField(
        TargetGroup,
        verbose_name="målgrupper",
        blank=True,
        help_text="Vilka insatsen är till för, så att de hittar den i Hitta stöd.",
    )
    phone = models.CharField(
        "telefon", max_length=30, blank=True, help_text="Om insatsen har ett eget nummer."
    )
    is_sensitive = models.BooleanField(
        "känsligt ämne",
        default=False,
        help_text="Sidan får knappen Lämna sidan snabbt och rutan Akut hjälp.",
    )
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    objects = InitiativeQuerySet.as_manager()

    default_review_interval = ReviewInterval.HALF_YEAR
    search_group = "insatser"
    search_prefetch = ("districts", "target_groups")

    class Meta(Publishable.Meta):
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ["focus_area__order", "order", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="initiatives_initiative_ages_in_order",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                violation_error_message="Den högsta åldern kan inte vara lägre än den lägsta.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("initiatives:detail", args=[self.slug])

    def search_areas(self):
        return [self.focus_area_id]

    def search_words(self):
        choices = [*self.districts.all(), *self.target_groups.all()]
        return [*super().search_words(), self.organiser, self.phone, *map(str, choices)]

    @property
    def phone_href(self):
        return phone_href(self.phone)

    @property
    def external_site(self):
        """What the link to its own site says: the name of the host."""
        return gettext("Gå till %(host)s") % {"host": urlsplit(self.external_url).netloc}

    @property
    def ages(self):
        """For whom by age, as words: "16–20 år", "från 18 år", "upp till 17 år" or ""."""
        if self.age_from is not None and self.age_to is not None:
            words = gettext("{first}–{last}\N{NO-BREAK SPACE}år")
        elif self.age_from is not None:
            words = gettext("från {first}\N{NO-BREAK SPACE}år")
        elif self.age_to is not None:
            words = gettext("upp till {last}\N{NO-BREAK SPACE}år")
        else:
            words = ""
        return words.format(first=self.age_from, last=self.age_to)
