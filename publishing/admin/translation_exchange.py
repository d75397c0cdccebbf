"""Texts to and from translators: /admin/oversattningar/exportera/ and /importera/."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from publishing.admin.translating import address_in_form
from publishing.admin.translations import TranslationsPage
from publishing.models.translation import Origin
from publishing.showing import for_one_person
from publishing.translation_csv import from_csv, to_csv
from publishing.translation_import import Outcome, bring_home
from publishing.translation_units import AT_ONCE, MOST_BYTES, decoded, units_of_all
from publishing.translation_xliff import from_xliff, to_xliff
from publishing.unsaved import given_back

MOST_UNITS = 10_000  # of a file: each may ask the database
# {as an address names it: (how it is written, what it is, how its name ends)}
FORMS = {
    "csv": (to_csv, "text/csv; charset=utf-8", "csv"),
    "xliff": (to_xliff, "application/xliff+xml", "xlf"),
}


class ExportPage(TranslationsPage):
    """The list's texts in one language as a file."""

    def answer(self):
        if not self.models:
            raise PermissionDenied
        if self.request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        language, form = self.chosen.language, self.request.GET.get("form")
        if not language or form not in FORMS:
            raise BadRequest
        write, kind, ending = FORMS[form]
        tracks = self.chosen.tracks().select_related("newest").iterator(chunk_size=AT_ONCE)
        file = write(units_of_all(tracks, language), language)
        if len(file) > MOST_BYTES:
            sentence = "Filen blir större än 2 MB. Välj ett slag eller ett läge."
            messages.error(self.request, sentence)
            return HttpResponseRedirect(f"{reverse('admin:translations')}?{self.chosen.query}")
        name = f"oversattning-{language}-{timezone.localdate()}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return for_one_person(HttpResponse(file, content_type=kind, headers=headers))


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Fil", help_text="CSV eller XLIFF 2.0 som har exporterats härifrån, högst 2 MB."
    )
    is_by_machine = forms.BooleanField(
        label="Maskinöversatt",
        required=False,
        help_text="Läsarna får veta att en maskin har översatt, tills någon har granskat.",
    )
    trusts_reviews = forms.BooleanField(
        label="Godta översättarens granskning",
        required=False,
        help_text="Texter som står som granskade eller klara i filen räknas som granskade av någon "
        "som kan språket. Kryssa i om det stämmer, även för det som är ändrat.",
    )

    def clean_file(self):
        """(language, [Unit]) of what was sent."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("Filen är större än 2 MB.")
        text = decoded(file.read())
        read = from_xliff if text.lstrip().startswith("<") else from_csv
        language, units = read(text)
        if not units:
            raise ValidationError("Det finns inga texter i filen.")
        if len(units) > MOST_UNITS:
            raise ValidationError("Filen har fler än 10 000 texter. Dela den.")
        return language, units


class ImportPage(TranslationsPage):
    """Asks for a file, saves what is new in it, and tells what became of each text."""

    def answer(self):
        if not self.models:
            raise PermissionDenied
        if self.request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        is_sent = self.request.method == "POST"
        form = ImportForm(*([self.request.POST, self.request.FILES] if is_sent else []))
        form = given_back(form, self.request)
        found = self._save(form) if is_sent and form.is_valid() else {}
        context = {
            **self.site.each_context(self.request),
            "title": "Importera översättningar",
            "form": form,
            **found,
        }
        self.request.current_app = self.site.name
        page = TemplateResponse(self.request, "admin/translations_import.html", context)
        return for_one_person(page)

    def _save(self, form):
        language, units = form.cleaned_data["file"]
        origin = Origin.MACHINE if form.cleaned_data["is_by_machine"] else Origin.PERSON
        facts = {"origin": origin, "trusts_reviews": form.cleaned_data["trusts_reviews"]}
        results = bring_home(units, language, by=self.request.user, **facts)
        self._log(results)
        counts = [
            (outcome, len([each for each in results if each.outcome == outcome]))
            for outcome in Outcome
        ]
        # What needs somebody to look at it comes first
        order = [*list(Outcome)[2:], Outcome.SAVED, Outcome.UNCHANGED]
        results.sort(key=lambda each: order.index(each.outcome))
        return {
            "results": [(each, _address(each.item, language)) for each in results],
            "reviewed": len([each for each in results if each.is_reviewed]),
            "may_be_reviewed": len([each for each in results if each.may_be_reviewed]),
            "counts": [(outcome, number) for outcome, number in counts if number],
            "language": language,
            "language_name": dict(settings.LANGUAGES)[language],
        }

    def _log(self, results):
        """Say once of each item in the log of the latest acts what was done."""
        done = {}
        for each in results:
            if each.outcome == Outcome.SAVED:
                done[each.item] = "Importerade en översättning."
            elif each.is_reviewed:
                done.setdefault(each.item, "Godtog översättarens granskning.")
        for item, sentence in done.items():
            self.site._registry[type(item)].log_change(self.request, item, sentence)


def _address(item, language):
    if item is None:
        return ""
    return address_in_form(item, item.pk, language)
