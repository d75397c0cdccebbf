"""The start page, the standing pages and what they show besides text."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from contacts.models import ContactFunction
from images.models import Image
from pages.models.chart import Chart
from publishing.fields import RichTextField
from publishing.models import Publishable, PublishableQuerySet

MAX_LEVELS = 3


class StartPageQuerySet(PublishableQuerySet):
    def for_visit(self):
        return self.published().select_related(
            "image", "cooperation_image", "facts_chart", "unit", "last_reviewed_by"
        )


class StartPage(Publishable):
    """The start page's own texts: one row. Its lists come from the other apps."""

    title = models.CharField("rubrik", max_length=120)
    lead = models.TextField("ingress", blank=True)
    body = RichTextField("budskap", blank=True)
    image = models.ForeignKey(
        Image,
        verbose_name="bild",
        help_text="Sök i bildbanken på bildens namn, eller lägg till en ny bild med plustecknet.",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    cooperation_title = models.CharField("samarbete: rubrik", max_length=120, blank=True)
    cooperation_body = RichTextField("samarbete: text", blank=True)
    cooperation_image = models.ForeignKey(
        Image,
        verbose_name="samarbete: bild",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    news_title = models.CharField(
        "nyheter: rubrik",
        max_length=120,
        blank=True,
        help_text="När den nyaste nyheten är äldre än sex månader står det Nyheter i stället.",
    )
    areas_title = models.CharField("fokusområden: rubrik", max_length=120, blank=True)
    areas_body = RichTextField("fokusområden: text", blank=True)
    facts_title = models.CharField("fakta: rubrik", max_length=120, blank=True)
    facts_body = RichTextField("fakta: text", blank=True)
    facts_chart = models.ForeignKey(
        Chart,
        verbose_name="fakta: diagram",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    resources_title = models.CharField("vill du veta mer: rubrik", max_length=120, blank=True)
    resources_body = RichTextField("vill du veta mer: text", blank=True)
    action_title = models.CharField("gör en insats: rubrik", max_length=120, blank=True)
    action_body = RichTextField("gör en insats: text", blank=True)

    objects = StartPageQuerySet.as_manager()

    searched_fields = {
        "title": ["title"],
        "lead": ["lead"],
        "body": [
            "body",
            *["cooperation_title", "cooperation_body", "facts_title", "facts_body"],
            *["areas_body", "resources_title", "resources_body", "action_title", "action_body"],
        ],
    }
    image_fields = ["image", "cooperation_image"]
    place_fields = ()

    class Meta(Publishable.Meta):
        verbose_name = "startsida"
        verbose_name_plural = "startsida"
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(name="pages_one_start_page", condition=Q(pk=1)),
        ]

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("start")


class PageQuerySet(PublishableQuerySet):
    def at(self, path):
        """The page with the address ``path`` ("om/social-hallbarhet"), if there is one."""
        *above, slug = path.split("/")
        place = {"slug": slug}
        for depth, parent in enumerate(reversed(above), start=1):
            place["__".join(["parent"] * depth + ["slug"])] = parent
        place["__".join(["parent"] * (len(above) + 1))] = None
        return self.filter(**place) if len(above) < MAX_LEVELS else self.none()

    def for_detail(self):
        return self.readable().select_related(
            "image", "unit", "last_reviewed_by", "contact__unit", "parent__parent"
        )

    def for_cards(self):
        return self.published().select_related("image", "parent__parent")

    def tree(self):
        """The public pages at the top, each with its public pages below in shown_children.

        A page whose parent isn't public stands at the top, since it can still be read.
        """
        pages = {page.pk: page for page in self.for_cards()}
        for page in pages.values():
            page.shown_children = [below for below in pages.values() if below.parent_id == page.pk]
        return [page for page in pages.values() if page.parent_id not in pages]


class Page(Publishable):
    """A standing page in a tree of at most three levels."""

    title = models.CharField("rubrik", max_length=120)
    slug = models.SlugField(
        "adress",
        max_length=80,
        help_text="Sista delen av sidans adress: små bokstäver och bindestreck.",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="ligger under",
        help_text="Sidan ovanför i webbplatsens träd. Lämna tomt för en sida överst.",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    lead = models.TextField("ingress", blank=True, help_text="En eller två hela meningar.")
    body = RichTextField(
        "text",
        blank=True,
        help_text="Börja med det viktigaste. Dela upp texten med rubriker och listor.",
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
    contact = models.ForeignKey(
        ContactFunction,
        verbose_name="kontakt",
        help_text="Den funktion som läsaren kan vända sig till om just den här sidan.",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    order = models.PositiveSmallIntegerField(
        "ordning", default=100, help_text="Den med lägst siffra visas först."
    )

    objects = PageQuerySet.as_manager()

    place_fields = ("slug", "parent")

    class Meta(Publishable.Meta):
        verbose_name = "sida"
        verbose_name_plural = "sidor"
        ordering = ["order", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            # Two, since SQLite can't count two empty parents as the same
            models.UniqueConstraint(
                fields=["parent", "slug"],
                name="pages_page_address",
                violation_error_message="En annan sida på samma plats har redan den adressen.",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(parent=None),
                name="pages_page_top_address",
                violation_error_message="En annan sida på samma plats har redan den adressen.",
            ),
        ]

    def ancestors(self):
        """The pages above this one, the top first."""
        above, page = [], self.parent
        while page and len(above) < MAX_LEVELS:
            above.insert(0, page)
            page = page.parent
        return above

    def moves_along(self):
        """The pages below this one, whose addresses begin with its own."""
        return [page for child in self.children.all() for page in [child, *child.moves_along()]]

    @property
    def path(self):
        return "/".join(page.slug for page in [*self.ancestors(), self])

    def get_absolute_url(self):
        return reverse("pages:page", args=[self.path])

    def clean(self):
        above = self.ancestors()
        if self.pk and self.pk in [page.pk for page in above]:
            raise ValidationError({"parent": "En sida kan inte ligga under sig själv."})
        if len(above) >= MAX_LEVELS:
            raise ValidationError({"parent": "Sidor kan ligga i högst tre nivåer."})
