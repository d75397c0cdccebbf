"""The page as residents saw it at a moment: "så såg sidan ut"."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format

from publishing.admin.moment import Moment
from publishing.admin.preview_frame import FramePage, Look, page_alone
from publishing.showing import Showing


class MomentForm(forms.Form):
    at = Moment(label="Hur såg sidan ut?", help_text="Svensk tid.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_at(self):
        at = self.cleaned_data["at"]
        if not at:
            raise ValidationError("Välj ett datum och ett klockslag.")
        if at > timezone.now():
            raise ValidationError("Välj en tid som har varit.")
        return at


class AsItWasPage(FramePage):
    def answer(self):
        form = MomentForm(self.request.GET if "at_0" in self.request.GET else None)
        moment = form.cleaned_data["at"] if form.is_valid() else None
        past = moment and self.versions.shown_at(moment)
        nothing = self._nothing(moment) if moment and not past else {}
        look = self._look(past, moment) if past else None
        return self.framed("Så såg sidan ut", look, moment_form=form, **nothing)

    def page(self, language):
        form = MomentForm(self.request.GET)
        past = self.versions.shown_at(form.cleaned_data["at"]) if form.is_valid() else None
        if not past:
            raise Http404
        return page_alone(Showing(past.item, past.version.data), language, self.request)

    def _look(self, past, moment):
        query = {name: self.request.GET.get(name, "") for name in ("at_0", "at_1")}
        number = past.version.number
        return Look(
            Showing(past.item, past.version.data),
            says=f"Så här såg sidan ut den {_in_words(moment)}. Listor på sidan visar dagens "
            "innehåll.",
            page_url=lambda language: self._page_url(language, query),
            query=query,
            links=[(f"Version {number} i historiken", self.address("version", number))],
        )

    def _page_url(self, language, query):
        return f"{self.address('as_it_was_page', language)}?{urlencode(query)}"

    def _nothing(self, moment):
        """What is said when residents could not read the page, and which texts are nearest."""
        first = self.versions.order_by("number").first()
        if first and first.is_beginning and moment < first.at:
            says = f"Historiken börjar {_in_words(first.at)}. Vad som syntes innan är inte sparat."
        else:
            says = f"Besökarna kunde inte läsa sidan den {_in_words(moment)}."
        return {"nothing": says, "nearest": self._nearest(moment)}

    def _nearest(self, moment):
        """[(sentence, address)] of the last text before ``moment`` and the first after it."""
        spans, found = self.versions.spans(), []
        if before := [span for span in spans if span.ends and span.ends <= moment]:
            found.append((before[-1].text, f"före: syntes till {_in_words(before[-1].ends)}"))
        if after := [span for span in spans if span.begins > moment]:
            found.append((after[0].text, f"efter: syntes från {_in_words(after[0].begins)}"))
        return [
            (f"Närmast {says}, version {number}", self.address("version_preview", number))
            for number, says in found
        ]


def _in_words(moment):
    return date_format(timezone.localtime(moment), r"j F Y \k\l. G:i")
