"""What is asked before a verb is done."""

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.admin.widgets import AdminSplitDateTime

from publishing.models import WithdrawalReason

NOTE_HELP = "Står i historiken och i mejlet till den som skrev."


class VerbForm(forms.Form):
    """``facts()`` is what the verb gets; ``items`` are the rows that it will be done to."""

    def __init__(self, *args, items, **kwargs):
        self.items = items
        super().__init__(*args, **kwargs)

    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class NoteForm(VerbForm):
    note = forms.CharField(
        label="Kommentar", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SendBackForm(VerbForm):
    note = forms.CharField(
        label="Vad behöver ändras?",
        max_length=1000,
        help_text=NOTE_HELP,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Moment(forms.SplitDateTimeField):
    """A date and a time in Swedish local time."""

    widget = AdminSplitDateTime

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        date, time = self.widget.widgets
        time.format = "%H:%M"
        date.attrs["aria-label"] = f"{self.label}: datum"
        time.attrs["aria-label"] = f"{self.label}: tid"


class PublishForm(VerbForm):
    at = Moment(
        label="Från",
        help_text="Svensk tid. Lämna tomt för nu. Om sidan redan syns väntar ändringarna till "
        "dess, och du kan rätta det som syns under tiden.",
    )
    until = Moment(
        label="Till",
        help_text="Då försvinner sidan från webbplatsen av sig själv. Lämna tomt om den ska ligga "
        "kvar.",
    )
    languages = forms.MultipleChoiceField(
        label="Språk",
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text="De andra språken ser ut som nu för besökarna, och dina ändringar där väntar.",
    )
    is_minor = forms.BooleanField(
        label="Mindre ändring",
        required=False,
        help_text="Sidan skrivs inte som uppdaterad.",
    )
    note = forms.CharField(label="Kommentar", required=False, max_length=1000, help_text=NOTE_HELP)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].initial = [code for code, _name in settings.LANGUAGES]
        [item] = self.items
        self.fields["until"].initial = item.expire_at

    def facts(self):
        chosen = self.cleaned_data
        languages = set(chosen["languages"])
        return {
            "at": chosen["at"],
            "until": chosen["until"],
            "languages": None if len(languages) == len(settings.LANGUAGES) else languages,
            "is_minor": chosen["is_minor"],
            "note": chosen["note"],
        }


class WithdrawForm(VerbForm):
    reason = forms.ChoiceField(
        label="Varför?",
        choices=[
            (WithdrawalReason.MISTAKE, "Fel: sidan säger att den är borttagen"),
            (WithdrawalReason.REPLACED, "Ersatt: adressen leder till en annan sida"),
            (WithdrawalReason.OUTDATED, "Inaktuell: texten ligger kvar och säger att den är det"),
        ],
        widget=forms.RadioSelect,
    )
    replaced_by = forms.CharField(
        label="Ersatt av",
        required=False,
        max_length=400,
        help_text="Den nya sidans adress, till exempel /insatser/stationen/",
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        functions = apps.get_model("contacts.ContactFunction")
        self.fields["function"].queryset = functions.objects.select_related("unit")
        self.fields["function"].initial = self.items[0].last_reviewed_by_id


class SettleForm(forms.Form):
    """For each clash: which text stands, or one that the person writes."""

    MINE, THEIRS, OWN = "mine", "theirs", "own"

    def __init__(self, *args, clashes, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes = clashes
        for clash in clashes:
            choices = [(self.MINE, words[0]), (self.THEIRS, words[1])]
            if isinstance(clash.mine, str) and isinstance(clash.theirs, str):
                choices.append((self.OWN, "En egen text"))
                self.fields[f"own-{clash.field}"] = forms.CharField(
                    label="Egen text",
                    required=False,
                    initial=clash.mine,
                    widget=forms.Textarea(attrs={"rows": 6}),
                )
            self.fields[f"settle-{clash.field}"] = forms.ChoiceField(
                label="Vilken ska gälla?", choices=choices, widget=forms.RadioSelect
            )

    def settled(self):
        """{column: value}"""
        return {clash.field: self._chosen(clash) for clash in self.clashes}

    def _chosen(self, clash):
        choice = self.cleaned_data[f"settle-{clash.field}"]
        if choice == self.OWN:
            return self.cleaned_data[f"own-{clash.field}"]
        return clash.mine if choice == self.MINE else clash.theirs

    def rows(self):
        """[(clash, the field that chooses, the field to write in or None)]"""
        for clash in self.clashes:
            own = f"own-{clash.field}"
            yield clash, self[f"settle-{clash.field}"], self[own] if own in self.fields else None
