"""The form of a published kind: it writes a version, never the row that residents see."""

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget

from publishing import snapshot
from publishing.models import Clashing, Version
from publishing.models.acting import WRITING


class PublishableForm(forms.ModelForm):
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version_note = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=300,
        widget=AdminTextInputWidget,
        help_text="Vad du har ändrat och varför, för den som granskar och för historiken.",
    )
    is_minor = forms.BooleanField(
        label="Mindre ändring",
        required=False,
        help_text="Till exempel ett stavfel: översättningarna gäller fortfarande, och sidan får "
        "ingen ny dag som uppdaterad.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes = []
        self.track = self.instance.track if self.instance.pk else None
        if not self.track:
            return
        self.initial["base_version"] = self.track.newest.number
        # The form would else begin with the relations that residents see
        for field in snapshot.relations(type(self.instance)):
            if field.name in self.fields:
                self.initial[field.name] = self.track.newest.data.get(field.name, [])
        if "slug" in self.fields and self.instance.is_seen:
            self.fields["slug"].help_text = self._what_moving_does()
        if self.is_bound and "take_theirs" in self.data:
            self._take_theirs()

    def _what_moving_does(self):
        """What becomes of the address that residents know, as a sentence."""
        item, track = self.instance, self.track
        old, new = item.path_in(track.live.data), item.path_in(track.newest.data)
        below = " Sidorna under den följer med." if "parent" in item.place_fields else ""
        if old == new:
            return f"Ändrar du adressen leder den gamla vidare hit när sidan publiceras.{below}"
        return (
            f"Sidan flyttar från {old} till {new} när den publiceras.{below} Den gamla adressen "
            "leder vidare hit."
        )

    def clean_base_version(self):
        """What no form of this item had is taken for the first, so that nothing is lost."""
        number = self.cleaned_data["base_version"]
        if not self.track:
            return None
        if number == self.track.newest.number:
            return number
        known = Version.objects.of(self.instance).texts().filter(number=number)
        return number if known.exists() else None

    def started_from(self):
        """The number of the version that the person saw; the first, where there was none yet."""
        return self.cleaned_data["base_version"] or 1

    def other_writers(self, user):
        """The names of those who have saved a text while ``user`` wrote."""
        if not self.track or self.started_from() == self.track.newest.number:
            return []
        later = Version.objects.of(self.instance).filter(number__gt=self.started_from())
        names = later.filter(action__in=WRITING).exclude(by=user).values_list("by_name", flat=True)
        return list(dict.fromkeys(name or "Någon" for name in names))

    def values(self):
        """{column: JSON value} of what the person wrote."""
        written = snapshot.read_columns(self.instance)
        values = {name: written[name] for name in self.fields if name in written}
        for field in snapshot.relations(type(self.instance)):
            if field.name in self.cleaned_data:
                values[field.name] = sorted(row.pk for row in self.cleaned_data[field.name])
        return values

    def _get_validation_exclusions(self):
        # The choices have asked for their rows, and addresses are asked for with what drafts want
        keys = {name for name, field in self.fields.items() if hasattr(field, "queryset")}
        return super()._get_validation_exclusions() | keys | {*self.instance.place_fields}

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self._refuse_taken_address()
        if not self.errors and self.track:
            self._merge()

    def _refuse_taken_address(self):
        item, values = self.instance, self.values()
        is_known = self.track and item.place_in(self.track.newest.data) == item.place_in(values)
        if not is_known and (problem := item.address_problem(values)):
            self.add_error("slug", problem)

    def _merge(self):
        """Say where the text clashes with what somebody has saved meanwhile.

        The form then holds the rest merged, so that sending it again loses nothing of either.
        """
        values, base = self.values(), self.started_from()
        try:
            self.instance.merged_draft(values, base)
        except Clashing as clashing:
            self.clashes = clashing.clashes
            for clash in self.clashes:
                self.add_error(clash.field, "Någon har sparat en annan text här, se ovan.")
            mine = {clash.field: clash.mine for clash in self.clashes}
            merged = self.instance.merged_draft(values, base, settled=mine)
            self._fill_in({name: merged[name] for name in values if merged[name] != values[name]})

    def _take_theirs(self):
        """Put what was saved in the place of what was written, where the person chose that."""
        saved = self.track.text_of(_number(self.data.get("base_version")))
        chosen = set(self.data.getlist("take_theirs")) & saved.keys() & self.fields.keys()
        self._fill_in({name: saved[name] for name in chosen}, base=self.data.get("base_version"))

    def _fill_in(self, values, base=None):
        self.data = self.data.copy()
        self.data["base_version"] = base or self.track.newest.number
        for name, value in values.items():
            if isinstance(value, list):
                self.data.setlist(name, value)
            else:
                self.data[name] = "" if value in (None, False) else value


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
