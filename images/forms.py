from django import forms

from images.uploads import read_master


class ImageForm(forms.ModelForm):
    upload = forms.FileField(
        label="Bildfil",
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.avif"}),
        help_text="JPEG, PNG, WebP eller AVIF, högst 15\u00a0MB och minst 640\u00a0×\u00a0360 "
        "bildpunkter. Plats, kameradata och annat dolt i filen tas bort.",
    )
    is_withdrawn = forms.BooleanField(
        label="Samtycket är återkallat",
        required=False,
        help_text="Bilden slutar genast visas överallt, och de filer som har visats tas bort.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.master = None
        if self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = "Ersätt bildfilen"
        self.fields["is_withdrawn"].initial = bool(self.instance.withdrawn_at)

    def clean_upload(self):
        if file := self.cleaned_data["upload"]:
            self.master = read_master(file)
        return file
