from django import forms
from django.utils.translation import gettext_lazy as _

from focus_areas.models import FocusArea
from initiatives.models import District, Phase, TargetGroup
from publishing.translations import capital, shown_text


class Choice(forms.Select):
    """A choice among texts of which some may be Swedish on a page in another language."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, str(label), *args, **kwargs)
        if getattr(label, "is_swedish", False):
            option["attrs"] |= {"lang": "sv", "dir": "ltr"}
        return option


class InitiativeFilter(forms.Form):
    """The filters of the list, in its address: shareable, and nothing is kept."""

    omrade = forms.ChoiceField(label=_("Fokusområde"), required=False, widget=Choice)
    malgrupp = forms.ChoiceField(label=_("För vem"), required=False, widget=Choice)
    stadsdel = forms.ChoiceField(label=_("Stadsdel"), required=False, widget=Choice)
    alder = forms.IntegerField(
        label=_("Ålder"),
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Skriv åldern med siffror, till exempel 17.")},
    )
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
