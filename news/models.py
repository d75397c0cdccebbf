from django.db import models
from django.urls import reverse

from focus_areas.models import FocusArea
from images.models import Image
from initiatives.models import Initiative
from publishing.fields import RichTextField
from publishing.models import Publishable


class NewsItem(Publishable):
    class Kind(models.TextChoices):
        NEWS = "news", "nyhet"
        FOLLOW_UP = "follow_up", "uppföljning"

    title = models.CharField("rubrik", max_length=120)
    slug = models.SlugField("adress", max_length=80, unique=True)
    lead = models.TextField("ingress", blank=True, help_text="En eller två hela meningar.")
    body = RichTextField("text", blank=True)
    kind = models.CharField(
        "slag",
        max_length=20,
        choices=Kind,
        default=Kind.NEWS,
        help_text="En uppföljning visas på insatsens sida under Vad hände sen?",
    )
    image = models.ForeignKey(
        Image, verbose_name="bild", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    caption = models.CharField(
        "bildtext", max_length=250, blank=True, help_text="Ersätter bildbankens bildtext här."
    )
    focus_areas = models.ManyToManyField(
        FocusArea, verbose_name="fokusområden", blank=True, related_name="news"
    )
    initiatives = models.ManyToManyField(
        Initiative, verbose_name="insatser", blank=True, related_name="news"
    )

    class Meta(Publishable.Meta):
        verbose_name = "nyhet"
        verbose_name_plural = "nyheter"
        ordering = ["-publish_at", "-pk"]

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.slug])
