from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from focus_areas.models import FocusArea
from images.models import Image
from initiatives.models import Initiative
from publishing.dates import add_months
from publishing.fields import RichTextField
from publishing.models import Action, Publishable, PublishableQuerySet
from publishing.translations import own_text

OLD_AFTER_MONTHS = 6  # webbplatsriktlinje R24
ON_START = 4  # items on the start page


class NewsQuerySet(PublishableQuerySet):
    def in_year(self, year):
        """Published during ``year`` as Swedish calendars count it."""
        new_year = timezone.make_aware(datetime(year, 1, 1))
        next_year = timezone.make_aware(datetime(year + 1, 1, 1))
        return self.filter(publish_at__gte=new_year, publish_at__lt=next_year)

    def about(self, area):
        """Those of a focus area; as a condition, so that the index still gives the order."""
        tagged = NewsItem.focus_areas.through.objects.filter(
            newsitem=models.OuterRef("pk"), focusarea=area
        )
        return self.filter(models.Exists(tagged))

    def existing_in(self, language):
        """Those with a page in ``language``; the same answer as languages()."""
        return self.filter(**{f"{build_localized_fieldname('title', language)}__gt": ""})

    def for_cards(self):
        return self.published().select_related("image").order_by("-publish_at", "-pk")

    def for_start(self, number=ON_START):
        """The pinned ones in their order, then the newest: ``number`` of them, in one query."""
        newest = self.published().order_by("-publish_at", "-pk").values("pk")[:number]
        chosen = self.published().filter(
            models.Q(start_place__isnull=False) | models.Q(pk__in=newest)
        )
        places = models.F("start_place").asc(nulls_last=True)
        return chosen.select_related("image").order_by(places, "-publish_at", "-pk")[:number]

    def for_detail(self):
        return (
            self.readable()
            .select_related("image", "unit", "last_reviewed_by")
            .prefetch_related(
                models.Prefetch("focus_areas", FocusArea.objects.published()),
                models.Prefetch("initiatives", Initiative.objects.published()),
            )
        )

    def follow_ups(self):
        return self.for_cards().filter(kind=NewsItem.Kind.FOLLOW_UP)


class NewsItem(Publishable):
    class Kind(models.TextChoices):
        NEWS = "news", _("nyhet")
        FOLLOW_UP = "follow_up", _("uppföljning")

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
    kind = models.CharField(
        "slag",
        max_length=20,
        choices=Kind,
        default=Kind.NEWS,
        help_text="En uppföljning visas på insatsens sida under Vad hände sen?",
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
    caption = models.CharField(
        "bildtext", max_length=250, blank=True, help_text="Ersätter bildbankens bildtext här."
    )
    focus_areas = models.ManyToManyField(
        FocusArea,
        verbose_name="fokusområden",
        blank=True,
        related_name="news",
        help_text="Nyheten visas också på de fokusområden som du väljer.",
    )
    initiatives = models.ManyToManyField(
        Initiative,
        verbose_name="insatser",
        blank=True,
        related_name="news",
        help_text="Nyheten visas också på de insatser som du väljer.",
    )

    start_place = models.PositiveSmallIntegerField(
        "plats på startsidan", null=True, blank=True, editable=False, db_index=True
    )

    objects = NewsQuerySet.as_manager()

    default_review_interval = None  # news is dated, and says when it is old
    search_group = "nyheter"
    search_prefetch = ("focus_areas",)

    unversioned_fields = (*Publishable.unversioned_fields, "start_place")

    class Meta(Publishable.Meta):
        verbose_name = "nyhet"
        verbose_name_plural = "nyheter"
        ordering = ["-publish_at", "-pk"]

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.slug])

    def search_areas(self):
        return sorted(area.pk for area in self.focus_areas.all())

    @property
    def published_year(self):
        """As Swedish calendars count it; text, since a year has no thousands separator."""
        return str(timezone.localdate(self.publish_at).year)

    @property
    def is_old(self):
        """Older than six months: the page says so by itself."""
        if not self.publish_at:
            return False
        oldest_fresh = add_months(self.today, -OLD_AFTER_MONTHS)
        return timezone.localdate(self.publish_at) < oldest_fresh

    def pin(self, *, by, place):
        """Stand at ``place`` (1 is first) among the start page's news; None is by date as others.

        Raises PermissionDenied.
        """
        with self._acting(by, "publish", "ordna") as (chain, track):
            self.start_place = place
            self.save(update_fields=["start_place"])
            track.record(chain, self, Action.PINNED, by=by)
            track.show(self)

    def as_json_ld(self):
        """The item as schema.org NewsArticle, with the times of Sweden."""
        address = settings.BASE_URL + self.get_absolute_url()
        description = own_text(self, "lead")  # Swedish can't be marked here
        article = {
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": timezone.localtime(self.publish_at).isoformat(),
            "dateModified": timezone.localtime(max(self.publish_at, self.updated_at)).isoformat(),
            "mainEntityOfPage": address,
            "inLanguage": get_language(),
            **({"description": description} if description else {}),
        }
        if self.image and self.image.share_url:
            article["image"] = settings.BASE_URL + self.image.share_url
        return article

    def newer(self):
        """The next public item after this one, or None."""
        later = models.Q(publish_at__gt=self.publish_at) | models.Q(pk__gt=self.pk)
        items = type(self).objects.published().filter(later, publish_at__gte=self.publish_at)
        return items.order_by("publish_at", "pk").first()

    def older(self):
        """The last public item before this one, or None."""
        earlier = models.Q(publish_at__lt=self.publish_at) | models.Q(pk__lt=self.pk)
        items = type(self).objects.published().filter(earlier, publish_at__lte=self.publish_at)
        return items.order_by("-publish_at", "-pk").first()
