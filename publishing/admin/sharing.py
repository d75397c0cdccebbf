"""The page on which an item is shared with people without account, and its links are revoked."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect

from publishing.admin.item_page import ItemPage
from publishing.admin.status import when
from publishing.admin.undo import with_undo
from publishing.models import ShareLink, Track, kind_of
from publishing.models.share import AT_MOST_DAYS, DAYS
from publishing.showing import for_one_person
from publishing.unsaved import given_back

VERSIONS = 50  # that one can choose among
LINKS = 50  # that are listed, the newest


class ShareForm(forms.Form):
    version = forms.ChoiceField(label="Vilken text?", required=False)
    days = forms.IntegerField(
        label="Hur många dagar ska länken gälla?",
        min_value=1,
        max_value=AT_MOST_DAYS,
        initial=DAYS,
        help_text=f"Högst {AT_MOST_DAYS} dagar. Du kan återkalla länken när du vill.",
        error_messages={
            "min_value": f"Välj 1–{AT_MOST_DAYS} dagar.",
            "max_value": f"Välj 1–{AT_MOST_DAYS} dagar.",
        },
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["version"].choices = [("", "Den senaste texten"), *choices]


class SharePage(ItemPage):
    """A GET lists and asks; a POST creates a link, or revokes the one that it names."""

    def answer(self):
        if not self.row:
            raise Http404
        if "revoke" in self.request.POST:
            return self._revoke()
        asked = self.request.GET.get("version", "")
        data = self.request.POST if self.request.method == "POST" else None
        form = ShareForm(data, choices=self._choices(asked), initial={"version": asked})
        form = given_back(form, self.request)
        if form.is_valid() and self._share(form):
            return HttpResponseRedirect(self.address("share"))
        links = ShareLink.objects.of(self.row).select_related("version", "created_by")[:LINKS]
        return for_one_person(
            self.render("share", "Dela", form=form, links=[told(each, self) for each in links])
        )

    def _choices(self, asked):
        """[(number, words)] of the newest versions that hold a text, and of the one asked for."""
        numbers = {*self.texts[-VERSIONS:]} | ({int(asked)} if _is_number(asked) else set())
        texts = self.versions.texts().filter(number__in=numbers).order_by("-number")
        return [
            (str(each.number), f"Version {each.number}, {when(each.at)}")
            for each in texts.defer("data", "salts")
        ]

    def _share(self, form):
        number, days = form.cleaned_data["version"], form.cleaned_data["days"]
        version = self.text_version(int(number)) if number else None
        try:
            self.row.share(by=self.request.user, version=version, days=days)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        self.admin.log_change(self.request, self.row, "Delade en länk.")
        self.admin.message_user(
            self.request, "Länken är klar. Kopiera den nedan.", messages.SUCCESS
        )
        return True

    def _revoke(self):
        key = self.request.POST["revoke"]
        link = ShareLink.objects.of(self.row).filter(pk=key).first() if _is_number(key) else None
        if not link:
            raise Http404
        try:
            self.row.stop_sharing(link, by=self.request.user)
        except ValidationError as error:
            self.admin.message_user(self.request, " ".join(error.messages), messages.ERROR)
        else:
            self.admin.log_change(self.request, self.row, "Återkallade en delad länk.")
            row = [self.row.pk, Track.find(self.row).numbers, {"link": link.pk}]
            sentence, kind = "Länken leder ingenstans längre.", kind_of(self.model)
            sentence = with_undo(self.request, sentence, "unshare", [row], kind=kind)
            self.admin.message_user(self.request, sentence)
        return HttpResponseRedirect(self.address("share"))


def told(link, page):
    """What is said of ``link`` in the list of its item."""
    return {
        "link": link,
        "is_open": link.is_open(),
        "address": page.request.build_absolute_uri(link.get_absolute_url()),
        "version_url": page.address("version", link.version.number),
    }


def _is_number(text):
    return text.isdecimal() and len(text) < 10
