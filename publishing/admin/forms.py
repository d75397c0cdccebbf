"""The form of a published kind: it writes a version, never the row that residents see."""

from django import forms

from publishing import snapshot
from publishing.models import Clashing, Track, kind_of


class PublishableForm(forms.ModelForm):
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version_note = forms.CharField(
        label="Kommentar till historiken",
        required=False,
        max_length=300,
        help_text="Vad du har ändrat och varför. Den som granskar läser det.",
    )
    is_minor = forms.BooleanField(
        label="Mindre ändring",
        required=False,
        help_text="Till exempel ett stavfel: översättningarna gäller fortfarande, och sidan "
        "skrivs inte som uppdaterad.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        track = self.instance.pk and self.instance.track
        self.clashes = []
        if not track:
            return
        self.initial["base_version"] = track.newest.number
        # The form would else begin with the relations that residents see
        for field in snapshot.relations(type(self.instance)):
            if field.name in self.fields:
                self.initial[field.name] = track.newest.data.get(field.name, [])

    def started_from(self):
        """The number of the version that the person saw; the first, where there was none yet."""
        return self.cleaned_data["base_version"] or 1

    def values(self):
        """{column: JSON value} of what the person wrote."""
        written = snapshot.read_columns(self.instance)
        values = {name: written[name] for name in self.fields if name in written}
        for field in snapshot.relations(type(self.instance)):
            if field.name in self.cleaned_data:
                values[field.name] = sorted(row.pk for row in self.cleaned_data[field.name])
        return values

    def _post_clean(self):
        super()._post_clean()
        self._refuse_claimed_address()
        if not self.errors and self.instance.pk and self.instance.track:
            self._merge()

    def _refuse_claimed_address(self):
        slug = self.cleaned_data.get("slug")
        if slug and (other := claimant(self.instance, slug)):
            self.add_error("slug", f"Utkastet ”{other}” vill ha samma adress. Välj en annan.")

    def _merge(self):
        """Find out what somebody else has saved meanwhile, and say where it clashes."""
        try:
            self.instance.merged_draft(self.values(), self.started_from())
        except Clashing as clashing:
            self.clashes = clashing.clashes
            for clash in clashing.clashes:
                name = clash.field if clash.field in self.fields else None
                self.add_error(name, "Någon annan har ändrat samma text. Båda finns här nedanför.")
            # What is sent next time has seen the other's text
            self.data = self.data.copy()
            self.data["base_version"] = self.instance.track.newest.number


def claimant(item, slug):
    """What the editors' text calls itself of another row that will take ``slug``, or None."""
    claims = Track.objects.with_changes().filter(kind=kind_of(type(item)), newest__data__slug=slug)
    claim = claims.exclude(object_id=item.pk or 0).select_related("newest").first()
    if (
        not claim
        or "parent" in claim.newest.data
        and (claim.newest.data["parent"] != item.parent_id)
    ):
        return None
    return claim.newest.data["title_sv"]
