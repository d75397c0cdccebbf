from django import forms

from images.models import Image
from images.uploads import read_master

ACCEPT = ".jpg,.jpeg,.png,.webp,.avif"
CHANGED_MEANWHILE = (
    "Någon annan har ändrat bilden sedan du öppnade sidan. Det du skrev står kvar här, men är inte "
    "sparat. Jämför med bilden i bildbanken och spara en gång till."
)


class ImageForm(forms.ModelForm):
    upload = forms.FileField(
        label="Bildfil",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="JPEG, PNG, WebP eller AVIF, högst 15\u00a0MB och minst 640\u00a0×\u00a0360 "
        "bildpunkter. Plats, kameradata och annat dolt i filen tas bort.",
    )

    remove_old = forms.BooleanField(
        label="Ta bort den gamla bildfilen genast",
        required=False,
        help_text="Kryssa i om den gamla bilden inte får finnas kvar. Annars sparas den i tolv "
        "timmar, så att du kan ångra bytet. Under tiden kan ingen se den.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.master = None
        if self.instance.pk and "upload" in self.fields:
            self.fields["upload"].required = False
            self.fields["upload"].label = "Ersätt bildfilen"
            self.fields[
                "upload"
            ].help_text += " Bilden behåller sin adress och sin plats på alla sidor."

    def clean_upload(self):
        if file := self.cleaned_data["upload"]:
            self.master = read_master(file)
        return file


class TextsForm(forms.ModelForm):
    """What is to be said of one of many pictures, before it is used."""

    seen = forms.CharField(widget=forms.HiddenInput)  # when it was changed last, as she saw it

    class Meta:
        model = Image
        fields = [
            *["alt_sv", "is_decorative", "title", "photographer"],
            *["shows_identifiable_people", "legal_basis", "consent_reference"],
        ]
        labels = {"alt_sv": "Alternativtext"}
        help_texts = {"title": "Ett kort namn som du hittar bilden på. Skriv inga personnamn."}

    def __init__(self, *args, instance, **kwargs):
        super().__init__(
            *args,
            instance=instance,
            prefix=f"bild-{instance.pk}",
            label_suffix="",
            initial={"seen": instance.updated_at.isoformat()},
            **kwargs,
        )
        self.loaded_at = instance.updated_at.isoformat()

    def clean(self):
        super().clean()
        if self.cleaned_data.get("seen") != self.loaded_at:
            self.data = {**self.data.dict(), self.add_prefix("seen"): self.loaded_at}
            self.add_error(None, CHANGED_MEANWHILE)

    @property
    def said(self):
        """{column: value} of what somebody has changed."""
        names = [name for name in self.changed_data if name != "seen"]
        return {name: self.cleaned_data[name] for name in names}
