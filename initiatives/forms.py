from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from focus_areas.models import FocusArea
from initiatives.finder import Age, Groups, Place, Topic
from initiatives.models import District, Initiative, Phase, TargetGroup
from publishing.translations import capital, shown_text


class Choice(forms.Select):
    """A choice among texts of which some may be Swedish on a page in another language."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, str(label), *args, **kwargs)
        if getattr(label, "is_swedish", False):
            option["attrs"] |= {"lang": "sv", "dir": "ltr"}
        return option


class AgeField(forms.IntegerField):
    def __init__(self, **kwargs):
        messages = {
            "invalid": _("Skriv åldern med siffror, till exempel 17."),
            "min_value": _("Skriv en ålder mellan 0 och 120."),
            "max_value": _("Skriv en ålder mellan 0 och 120."),
        }
        super().__init__(
            required=False,
            min_value=0,
            max_value=120,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages=messages,
            **kwargs,
        )

    def to_python(self, value):
        return super().to_python(value.strip() if value else value)


class InitiativeFilter(forms.Form):
    """The filters of the list, in its address: shareable, and nothing is kept."""

    omrade = forms.ChoiceField(label=_("Fokusområde"), required=False, widget=Choice)
    malgrupp = forms.ChoiceField(label=_("För vem"), required=False, widget=Choice)
    stadsdel = forms.ChoiceField(label=_("Stadsdel"), required=False, widget=Choice)
    alder = AgeField(label=_("Ålder"))
    fas = forms.ChoiceField(label=_("Läge"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        areas = FocusArea.objects.published().order_by("order")
        self._offer("omrade", [(area.slug, shown_text(area, "title")) for area in areas])
        self._offer(
            "malgrupp",
            [(group.slug, shown_text(group, "name")) for group in TargetGroup.objects.in_use()],
        )
        self._offer(
            "stadsdel",
            [(place.slug, shown_text(place, "name")) for place in District.objects.in_use()],
        )
        self._offer("fas", Phase.choices)

    def _offer(self, field, choices):
        labelled = [(value, capital(label)) for value, label in choices]
        self.fields[field].choices = [("", _("Alla")), *labelled]

    def is_used(self):
        return any(value not in ("", None) for value in self.cleaned_data.values())

    def apply(self, initiatives):
        """``initiatives`` without those that the reader filtered out."""
        chosen = self.cleaned_data
        if chosen["omrade"]:
            initiatives = initiatives.filter(focus_area__slug=chosen["omrade"])
        if chosen["malgrupp"]:
            initiatives = initiatives.filter(target_groups__slug=chosen["malgrupp"])
        if chosen["stadsdel"]:
            initiatives = initiatives.in_district(chosen["stadsdel"])
        if chosen["alder"] is not None:
            initiatives = initiatives.for_age(chosen["alder"])
        if chosen["fas"]:
            initiatives = initiatives.filter(phase=chosen["fas"])
        return initiatives


ELSEWHERE = "~annan"  # no slug has this sign
SKIP = ("", _("Hoppa över frågan"))
GONE = {"invalid_choice": _("Det svaret finns inte. Välj något av dem som står här.")}


class Questions(forms.Form):
    """The questions of Hitta stöd, with the names that the list's filters have in its address."""

    malgrupp = forms.MultipleChoiceField(
        label=_("Vem är du?"),
        help_text=_("Du kan välja flera."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=GONE,
    )
    alder = AgeField(
        label=_("Hur gammal är du?"),
        help_text=_("Söker du stöd åt ett barn? Skriv barnets ålder."),
    )
    stadsdel = forms.ChoiceField(
        label=_("Var bor du?"), required=False, widget=forms.RadioSelect, error_messages=GONE
    )
    omrade = forms.ChoiceField(
        label=_("Vad gäller det?"), required=False, widget=forms.RadioSelect, error_messages=GONE
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.groups = list(TargetGroup.objects.offering_help())
        self.areas = list(self._areas())
        places = District.objects.offering_help()
        self._offer("malgrupp", [(each, each.answer_field) for each in self.groups])
        self._offer(
            "stadsdel",
            [(each, "name") for each in places],
            (ELSEWHERE, _("I en annan del av kommunen")),
            SKIP,
        )
        self._offer("omrade", [(each, each.topic_field) for each in self.areas], SKIP)

    def _offer(self, question, rows, *others):
        """Let the ``rows`` be answers, named by a field of theirs; without any, don't ask."""
        labelled = [(row.slug, capital(shown_text(row, field))) for row, field in rows]
        if labelled:
            self.fields[question].choices = [*labelled, *others]
        else:
            del self.fields[question]

    @staticmethod
    def _areas():
        """Those with somebody to turn to, which know whether that is about a sensitive matter."""
        offers = Initiative.objects.offering_help().filter(focus_area=OuterRef("pk"))
        return (
            FocusArea.objects.published()
            .filter(Exists(offers))
            .annotate(has_sensitive=Exists(offers.filter(is_sensitive=True)))
            .order_by("order", "pk")
        )

    @classmethod
    def are_in(cls, query):
        """Whether an address says anything that is an answer, be it empty or wrong."""
        return any(name in query for name in cls.base_fields)

    def answers(self):
        given, answers = self.cleaned_data, []
        if given.get("malgrupp"):
            answers.append(Groups(tuple(given["malgrupp"])))
        if given["alder"] is not None:
            answers.append(Age(given["alder"]))
        if given.get("stadsdel"):
            answers.append(Place("" if given["stadsdel"] == ELSEWHERE else given["stadsdel"]))
        if given.get("omrade"):
            answers.append(Topic(given["omrade"]))
        return answers

    def said(self):
        """The answers in the words that the reader chose."""
        return [words for name in self.fields for words in self._said_to(name)]

    def _said_to(self, question):
        given = self.cleaned_data[question]
        if question == "alder":
            years = _("%(age)s\N{NO-BREAK SPACE}år") % {"age": given}
            return [] if given is None else [years]
        labels = dict(self.fields[question].choices)
        chosen = given if isinstance(given, list) else [given]
        return [labels[slug] for slug in chosen if slug]

    @property
    def is_sensitive(self):
        """Whether an answer tells of something that nobody else should see."""
        given = self.cleaned_data
        return any(
            group.is_sensitive for group in self.groups if group.slug in given.get("malgrupp", [])
        ) or any(area.has_sensitive for area in self.areas if area.slug == given.get("omrade"))
