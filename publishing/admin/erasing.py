"""The page on which an administrator takes out of the history what the law takes away."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.text import Truncator

from publishing.admin.item_page import ItemPage
from publishing.admin.versions import part_label, words_of
from publishing.models import Chain
from publishing.models.chain import BY, NOTE
from publishing.unsaved import given_back

THIS, OLDER = "this", "older"
RIGHT_TO_ERASE = "publishing.erase_version"


class EraseForm(forms.Form):
    parts = forms.MultipleChoiceField(
        label="Vad ska bort?", widget=forms.CheckboxSelectMultiple, choices=[]
    )
    extent = forms.ChoiceField(
        label="Varifrån?",
        choices=[
            (THIS, "Bara ur den här versionen"),
            (OLDER, "Ur den här och alla äldre versioner"),
        ],
        initial=THIS,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Varför?",
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="Står kvar i historiken. Skriv lagrum eller diarienummer, men inte det som ska "
        "bort.",
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts


class ErasePage(ItemPage):
    def answer(self, number):
        self._require(self.request.user.has_perm(RIGHT_TO_ERASE))
        version = self.version(number)
        form = EraseForm(self.request.POST or None, parts=self._parts(version))
        form = given_back(form, self.request)
        if form.is_valid() and self._erase(version, form):
            return HttpResponseRedirect(self.address("version", number))
        return self.render("erase", f"Radera ur version {number}", version=version, form=form)

    def _parts(self, version):
        """[(part, what it is and how it begins)] of all that could be taken out of ``version``."""
        words = words_of(self.model, version.data or {})
        words |= {BY: [version.by_name], NOTE: [version.note]}
        return [
            (part, f"{part_label(self.model, part)}: {Truncator(' '.join(lines)).chars(80)}")
            for part, lines in words.items()
            if part in version.salts and any(lines)
        ]

    def _erase(self, version, form):
        parts, reason = form.cleaned_data["parts"], form.cleaned_data["reason"]
        try:
            with Chain.writing() as chain:
                self.track.refresh_from_db()
                if self.row:
                    self.row.refresh_again()
                versions = self._affected(version, parts, form.cleaned_data["extent"])
                self.track.erase(
                    chain, self.item, versions, parts, by=self.request.user, note=reason
                )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        self.admin.log_change(self.request, self.item, "Raderade ur historiken.")
        done = "Borttaget. Historiken visar att det är borta och varför."
        self.admin.message_user(self.request, done, messages.SUCCESS)
        return True

    def _affected(self, version, parts, extent):
        wanted = {"number": version.number} if extent == THIS else {"number__lte": version.number}
        versions = self.versions.filter(**wanted).order_by("number")
        return [each for each in versions if set(parts) & set(each.salts)]
