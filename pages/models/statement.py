"""The accessibility statement as structured data, with the rules of the law.

Source: lag (2018:1937) om tillgänglighet till digital offentlig service and Digg's föreskrifter.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactUnit
from publishing.models import Content

# Digg asks for a new assessment every year
MAX_ASSESSMENT_AGE = timedelta(days=365)
SUPERVISOR = "Myndigheten för digital förvaltning (Digg)"


class StatementQuerySet(models.QuerySet):
    def due(self, today=None):
        """One whose assessment is older than a year before ``today`` (a local date)."""
        return self.filter(assessed_on__lt=(today or timezone.localdate()) - MAX_ASSESSMENT_AGE)


class AccessibilityStatement(Content):
    class Conformance(models.TextChoices):
        FULL = "full", _("helt förenlig")
        PARTIAL = "partial", _("delvis förenlig")
        NONE = "none", _("inte förenlig")

    class Method(models.TextChoices):
        SELF_ASSESSMENT = "self", _("självskattning")
        EXTERNAL = "external", _("extern granskning")

    actor = models.CharField("aktör", max_length=120, help_text="Kommunens namn.")
    service = models.CharField("tjänst", max_length=120, help_text="Webbplatsens namn.")
    conformance = models.CharField("förenlighet", max_length=10, choices=Conformance)
    assessed_on = models.DateField("bedömd")
    updated_on = models.DateField("redogörelsen uppdaterad")
    method = models.CharField("metod", max_length=10, choices=Method)
    method_description = models.TextField("hur bedömningen gjordes", blank=True)
    outside_the_law = models.TextField(
        "innehåll som inte omfattas av lagen", blank=True, help_text="Till exempel äldre filmer."
    )
    feedback_unit = models.ForeignKey(
        ContactUnit,
        verbose_name="tar emot synpunkter",
        on_delete=models.PROTECT,
        related_name="+",
    )
    supervisor_name = models.CharField("tillsynsmyndighet", max_length=160)
    supervisor_url = models.URLField(
        "anmälan till tillsynsmyndigheten", default="https://www.digg.se/tdosanmalan"
    )

    objects = StatementQuerySet.as_manager()

    recorded_children = ("shortcomings",)
    searched_fields = {
        "title": ["search_title"],
        "lead": ["service"],
        "body": ["method_description", "outside_the_law", "supervisor_name"],
    }

    class Meta:
        verbose_name = "tillgänglighetsredogörelse"
        verbose_name_plural = "tillgänglighetsredogörelse"
        constraints = [models.CheckConstraint(name="pages_one_statement", condition=Q(pk=1))]

    def __str__(self):
        return f"Tillgänglighetsredogörelse för {self.service}"

    def save(self, *args, **kwargs):
        self.pk = 1
        self.supervisor_name_sv = self.supervisor_name_sv or SUPERVISOR
        super().save(*args, **kwargs)

    def search_path(self):
        return reverse("pages:statement")

    def search_title(self):
        return gettext("Tillgänglighetsredogörelse")

    def search_words(self):
        headings = [
            gettext("Hur tillgänglig är webbplatsen?"),
            gettext("Brister som vi känner till"),
            gettext("Tillgänglighet på webbplatsen"),
            gettext(
                "Är du inte nöjd med hur vi tar hand om dina synpunkter? "
                "Då kan du anmäla det till tillsynsmyndigheten."
            ),
        ]
        return [*headings, self.get_conformance_display(), *map(str, self.shortcomings.all())]

    def add_shortcoming(self, exemption, *, by):
        """Declare what was published with an ``exemption``, an Exemption of a quality rule.

        Raises PermissionDenied, or ValidationError when the statement says that there are none.
        """
        if not by.has_perm("pages.change_accessibilitystatement"):
            raise PermissionDenied("Du har inte rätt att ändra redogörelsen.")
        with self.recording(by=by, note="Ett undantag från kvalitetsreglerna."):
            shortcoming = Shortcoming(statement=self, description_sv=exemption.described())
            if problems := self.problems([*self.shortcomings.all(), shortcoming]):
                raise ValidationError(problems)
            shortcoming.save()
            self.updated_on = timezone.localdate()
            self.save()
            exemption.declare()

    @property
    def is_assessment_old(self):
        return timezone.localdate() - self.assessed_on > MAX_ASSESSMENT_AGE

    def problems(self, shortcomings):
        """What the law refuses in this statement with these shortcomings, one sentence each."""
        problems = [problem for each in shortcomings if (problem := each.problem())]
        if self.conformance == self.Conformance.FULL and shortcomings:
            problems.append(
                "Webbplatsen kan inte vara helt förenlig med lagen när det finns brister. "
                "Välj delvis eller inte förenlig."
            )
        if self.conformance != self.Conformance.FULL and not shortcomings:
            problems.append(
                "Beskriv minst en brist, eller välj helt förenlig om det inte finns någon."
            )
        return problems


class Shortcoming(Content):
    class Reason(models.TextChoices):
        NOT_COMPLIANT = "not_compliant", _("följer inte kraven")
        BURDEN = "burden", _("oskäligt betungande (12 §)")
        EXEMPT = "exempt", _("undantaget från lagen (9 §)")

    statement = models.ForeignKey(
        AccessibilityStatement, on_delete=models.CASCADE, related_name="shortcomings"
    )
    description = models.TextField("brist", help_text="Vad som inte fungerar, och för vem.")
    reason = models.CharField("skäl", max_length=20, choices=Reason, default=Reason.NOT_COMPLIANT)
    burden_reasons = models.TextField(
        "varför det är oskäligt betungande", blank=True, help_text="Krävs när 12 § åberopas."
    )
    order = models.PositiveSmallIntegerField("ordning", default=100)

    class Meta:
        verbose_name = "brist"
        verbose_name_plural = "brister"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.description

    def problem(self):
        """What the law misses in this shortcoming, as a sentence; "" when nothing."""
        if self.reason == self.Reason.BURDEN and not self.burden_reasons_sv:
            flaw = self.description_sv.rstrip(".")
            return f"Skriv varför det är oskäligt betungande att åtgärda ”{flaw}”."
        return ""
