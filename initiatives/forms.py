from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from focus_areas.models import FocusArea
from initiatives.models import District, Phase, TargetGroup


class InitiativeFilter(forms.Form):
    """The filters of the list, in its address: shareable, and nothing is kept."""

    omrade = forms.ChoiceField(label=_("Fokusområde"), required=False)
    malgrupp = forms.ChoiceField(label=_("För vem"), required=False)
    stadsdel = forms.ChoiceField(label=_("Stadsdel"), required=False)
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
        self._offer("omrade", [(area.slug, area.title) for area in areas])
        self._offer(
            "malgrupp", [(group.slug, group.name) for group in TargetGroup.objects.in_use()]
        )
        self._offer("stadsdel", [(place.slug, place.name) for place in District.objects.in_use()])
        self._offer("fas", Phase.choices)

    def _offer(self, field, choices):
        labelled = [(value, capfirst(label)) for value, label in choices]
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
