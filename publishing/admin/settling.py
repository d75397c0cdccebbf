"""The choice between two texts that were changed in the same place."""

from django import forms
from django.db import models

from publishing.admin.clashes import shown
from publishing.wording import fields_of, label_of


class SettleForm(forms.Form):
    """For each clash: which text stands, or one that the person writes."""

    MINE, THEIRS, OWN = "mine", "theirs", "own"

    def __init__(self, *args, model, clashes, words, **kwargs):
        """``words`` are what the two sides are called."""
        super().__init__(*args, **kwargs)
        self.model, self.clashes, self.words = model, clashes, words
        fields = fields_of(model)
        for clash in clashes:
            choices = [(self.MINE, words[0]), (self.THEIRS, words[1])]
            if own := _writing_area(fields[clash.field], clash.mine):
                choices.append((self.OWN, "En egen text"))
                self.fields[f"own-{clash.field}"] = own
            self.fields[f"settle-{clash.field}"] = forms.ChoiceField(
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Välj vilken text som ska gälla."},
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
        """[(ShownClash, the field that chooses, the field to write in or None)]"""
        for clash in shown(self.model, self.clashes):
            own = f"own-{clash.field}"
            yield clash, self[f"settle-{clash.field}"], self[own] if own in self.fields else None


def _writing_area(field, text):
    """The form field for a text of one's own, None for what is no running text."""
    if not isinstance(field, models.CharField | models.TextField):
        return None
    if field.choices or isinstance(field, models.SlugField | models.URLField):
        return None
    area = field.formfield(label="En egen text", required=False, help_text="", initial=text)
    # The words beside the box belong to the choice above it
    area.widget.attrs["aria-label"] = f"En egen text: {label_of(field)}"
    if isinstance(area.widget, forms.Textarea):
        area.widget.attrs["rows"] = 4
    if language := getattr(field, "language", ""):
        area.widget.attrs |= {"lang": language}
    return area
