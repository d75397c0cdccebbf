"""What is asked of somebody who publishes a text with flaws that the quality gate would block."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from publishing.models import Override

EXEMPTING = ("accepted", "reason", "mend_by")  # the fields of a form


def offer_exemptions(form, obstacles):
    """Add fields by which those of ``obstacles`` that may be are let pass; returns the others."""
    languages = dict(settings.LANGUAGES)
    excusable = [flaw for flaw in obstacles if flaw.rule.may_be_excused]
    if not excusable:
        return obstacles
    form.fields["accepted"] = forms.MultipleChoiceField(
        label="Publicera med felen kvar",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.fingerprint, _told(each, languages)) for each in excusable],
        help_text="Det här hindrar texten från att publiceras. Rätta det helst. Måste sidan ut "
        "ändå kryssar du för felet, och skriver varför och när det ska vara åtgärdat.",
        error_messages={"invalid_choice": "Texten har ändrats. Läs felen igen."},
    )
    form.fields["reason"] = forms.CharField(
        label="Varför måste sidan ut med felen kvar?",
        required=False,
        max_length=1000,
        help_text="Skälet står i historiken.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form.fields["mend_by"] = forms.DateField(
        label="Ska vara åtgärdat",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Efter den dagen gäller undantaget inte, och felet är något att åtgärda.",
        error_messages={"invalid": "Skriv ett datum, till exempel 2027-06-07."},
    )
    return [flaw for flaw in obstacles if not flaw.rule.may_be_excused]


def override_of(chosen):
    """The Override that the cleaned data ``chosen`` tells of, or None."""
    if not chosen.get("accepted"):
        return None
    return Override(frozenset(chosen["accepted"]), chosen["reason"], chosen["mend_by"])


def require_reasons(form, chosen):
    """Put what is missing in the form beside its field."""
    if not chosen.get("accepted") or {"reason", "mend_by"} & set(form.errors):
        return
    try:
        override_of(chosen).require_reasons()
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            form.add_error(name, sentences)


def _told(flaw, languages):
    if flaw.language == settings.LANGUAGE_CODE:
        return flaw.sentence
    return f"{languages[flaw.language]}: {flaw.sentence}"
