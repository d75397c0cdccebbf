"""What is asked before a verb is done."""

from django import forms
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from publishing.admin.exempting import (
    EXEMPTING,
    offer_exemptions,
    override_of,
    require_reasons,
)
from publishing.admin.moment import Moment
from publishing.admin.status import is_waiting
from publishing.models import WithdrawalReason

NOTE_HELP = "Står i historiken och i mejlet till den som skrev."


class VerbForm(forms.Form):
    """``facts()`` is what the verb gets; ``items`` are the rows that it will be done to."""

    def __init__(self, *args, items, **kwargs):
        self.items = items
        super().__init__(*args, label_suffix="", **kwargs)

    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def facts_so_far(self):
        """Those of a form with faults, enough to find clashes by; None where there can be none."""
        return


class NoteForm(VerbForm):
    note = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=1000,
        help_text="Står i historiken.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def facts_so_far(self):
        return self.facts()


class SendBackForm(VerbForm):
    note = forms.CharField(
        label="Vad behöver ändras?",
        max_length=1000,
        help_text=NOTE_HELP,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def address_change(item):
    """(old, new) Swedish path where publishing moves a page that residents know, else None."""
    if not item.has_changes or is_waiting(item):
        return None
    old, new = item.path_now(), item.path_in(item.track.newest.data)
    return (old, new) if old != new else None


class PublishForm(VerbForm):
    at = Moment(label="Från", help_text="Svensk tid. Lämna tomt för att publicera nu.")
    until = Moment(
        label="Till",
        help_text="Då försvinner sidan av sig själv. Lämna tomt om den ska ligga kvar.",
    )
    languages = forms.MultipleChoiceField(
        label="Språk",
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text="I språk som du inte väljer ser besökarna samma text som nu. Det du har ändrat "
        "där finns kvar som utkast.",
        error_messages={"required": "Välj minst ett språk."},
    )
    is_minor = forms.BooleanField(
        label="Mindre ändring", required=False, help_text="Sidan får ingen ny dag som uppdaterad."
    )
    redirect = forms.BooleanField(
        label="Led den gamla adressen till den nya", required=False, initial=True
    )
    note = forms.CharField(label="Kommentar", required=False, max_length=1000, help_text=NOTE_HELP)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        [item] = self.items
        self.obstacles = offer_exemptions(self, item.obstacles_ahead())
        if moves := address_change(item):
            self.fields["redirect"].help_text = "Sidan flyttar från {} till {}.".format(*moves)
        else:
            del self.fields["redirect"]
        self.fields["languages"].initial = [code for code, _name in settings.LANGUAGES]
        if item.expire_at and item.expire_at > timezone.now():
            self.fields["until"].initial = item.expire_at
        if item.is_published():
            self.fields["at"].help_text += (
                " Väljer du en senare tid ser besökarna den gamla texten till dess, och den kan "
                "rättas under tiden."
            )
        else:
            self.fields["at"].initial = item.publish_at
            self.fields["at"].help_text += " En tid som har varit blir sidans datum."
        if not item.is_seen:
            del self.fields["is_minor"]

    def clean(self):
        chosen = super().clean()
        [item] = self.items
        require_reasons(self, chosen)
        at, until, languages = (chosen.get(name) for name in ("at", "until", "languages"))
        if at and until and until <= at:
            self.add_error("until", "Välj en tid som kommer efter ”Från”.")
        has_been_public = item.track and item.track.live_id
        if languages and settings.LANGUAGE_CODE not in languages and not has_been_public:
            self.add_error("languages", "Första gången måste svenskan vara med.")
        return chosen

    def facts(self):
        return {**self.facts_so_far(), "override": override_of(self.cleaned_data)}

    def facts_so_far(self):
        chosen = {name: each for name, each in self.cleaned_data.items() if name not in EXEMPTING}
        languages = set(chosen.get("languages", ()))
        is_all = len(languages) in (0, len(settings.LANGUAGES))
        return {**chosen, "languages": None if is_all else languages}


class WithdrawForm(VerbForm):
    reason = forms.ChoiceField(
        label="Varför?",
        choices=[
            (WithdrawalReason.MISTAKE, "Fel: den som går till adressen läser att sidan är borta"),
            (WithdrawalReason.REPLACED, "Ersatt: adressen leder till en annan sida"),
            (WithdrawalReason.OUTDATED, "Inaktuell: texten ligger kvar, märkt som inaktuell"),
        ],
        widget=forms.RadioSelect,
    )
    replaced_by = forms.CharField(
        label="Ersatt av",
        required=False,
        max_length=400,
        help_text="Bara när sidan är ersatt: den nya sidans adress, till exempel /insatser/ny/.",
    )
    note = forms.CharField(
        label="Kommentar", required=False, max_length=1000, help_text="Står i historiken."
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") != WithdrawalReason.REPLACED:
            cleaned["replaced_by"] = ""
        elif not cleaned.get("replaced_by"):
            self.add_error("replaced_by", "Skriv vilken sida som ersätter den.")
        return cleaned


class ReviewedForm(VerbForm):
    function = forms.ModelChoiceField(
        label="Granskad av",
        queryset=None,
        help_text="En funktion, till exempel Folkhälsostrateg. Visas för läsaren.",
    )
    note = forms.CharField(
        label="Kommentar", required=False, max_length=1000, help_text="Står i historiken."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        functions = apps.get_model("contacts.ContactFunction")
        self.fields["function"].queryset = functions.objects.select_related("unit")
        self.fields["function"].initial = self.items[0].last_reviewed_by_id
