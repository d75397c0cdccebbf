"""The words that editors know: what means the same, and which page stands first."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import override
from modeltranslation.translator import TranslationOptions

from publishing.addresses import is_answered, on_this_site, path_of
from publishing.admin import LiveAdmin
from search import analysis, missed
from search.languages import NAMES, languages
from search.models import Document, PromotedAnswer, Synonyms
from search.queries import folded_root


class LinesForm(forms.ModelForm):
    """Lines of text in a language, none of them twice."""

    language = forms.ChoiceField(
        label="Språk", choices=languages, help_text="Svenska gäller också på lättläst."
    )

    def read_lines(self, name):
        """The lines that are written in the field ``name``, without space around them."""
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        met = set()
        for line in lines:
            words = tuple(analysis.words(line))
            if not words:
                raise ValidationError(f"Raden ”{line}” har inga ord.")
            if words in met:
                raise ValidationError(f"”{line}” står två gånger.")
            met.add(words)
        return lines

    def others_with(self, name, lines):
        """(line, row) of each of ``lines`` that another row of the language has in some form.

        What the row has already isn't asked about again.
        """
        language = self.cleaned_data.get("language")
        if not language:  # which is said at that field
            return
        known = {*self.instance.lines()} if self.instance.pk else set()
        asked = {_roots(line, language): line for line in lines if line not in known}
        rows = type(self.instance).objects.filter(language=language).exclude(pk=self.instance.pk)
        for row in rows if asked else []:
            for line in row.lines():
                if same := asked.pop(_roots(line, language), None):
                    yield same, row


def _roots(line, language):
    return tuple(sorted(folded_root(word, language) for word in analysis.words(line)))


def _in_short(row):
    return Truncator(", ".join(row.lines())).chars(60)


class SynonymsForm(LinesForm):
    class Meta:
        model = Synonyms
        fields = ["language", "words", "reason"]

    def clean_words(self):
        lines = self.read_lines("words")
        if len(lines) < 2:
            raise ValidationError("Skriv minst två rader: ord som betyder samma sak.")
        for line, row in self.others_with("words", lines):
            raise ValidationError(
                f"”{line}” finns redan bland ”{_in_short(row)}”. Skriv de nya orden där i stället."
            )
        return "\n".join(lines)


class PromotedAnswerForm(LinesForm):
    class Meta:
        model = PromotedAnswer
        fields = ["language", "queries", "path", "reason"]

    def clean_queries(self):
        lines = self.read_lines("queries")
        for line, row in self.others_with("queries", lines):
            raise ValidationError(f"”{line}” leder redan till {row.path}. Ta bort raden där först.")
        return "\n".join(lines)

    def clean_path(self):
        if "path" not in self.changed_data:
            return self.cleaned_data["path"]
        path = path_of(on_this_site(self.cleaned_data["path"]))
        path = path if path.endswith("/") else f"{path}/"
        if not is_answered(path):
            raise ValidationError("Det finns ingen sida på den adressen som besökare kan läsa.")
        if not _is_found(path):
            raise ValidationError(
                "Den sidan går inte att söka på. Välj till exempel en insats eller en kontakt."
            )
        return path


def _is_found(path):
    return Document.objects.visible().filter(path=path).exists()


class LanguageFilter(admin.SimpleListFilter):
    title = "språk"
    parameter_name = "sprak"

    def lookups(self, request, model_admin):
        return languages()

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class LinesAdmin(LiveAdmin):
    list_filter = [LanguageFilter]
    hint = "Gäller i sökningen så snart du sparar."

    def __init__(self, model, admin_site):
        # Words have a language and no translations: registered for those, as the admin else asks,
        # the model would have a manager that each search pays for
        admin.ModelAdmin.__init__(self, model, admin_site)
        self.trans_opts = TranslationOptions(model)

    @admin.display(description="språk", ordering="language")
    def language_name(self, row):
        return NAMES.get(row.language, row.language)

    def tools(self, request, item):
        tools = super().tools(request, item)
        first = next(iter(item.lines()), "")
        with override(item.language):
            address = f"{reverse('search:results')}?{urlencode({'q': first})}"
        return [*tools, (f"Prova att söka på ”{Truncator(first).chars(30)}”", address)]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        missed.settle(form.instance.language, form.instance.lines())


@admin.register(Synonyms)
class SynonymsAdmin(LinesAdmin):
    form = SynonymsForm
    fields = ["language", "words", "reason"]
    list_display = ["__str__", "language_name"]
    search_fields = ["words", "reason"]
    search_help_text = "Söker i ord och skäl."


@admin.register(PromotedAnswer)
class PromotedAnswerAdmin(LinesAdmin):
    form = PromotedAnswerForm
    fields = ["language", "queries", "path", "reason"]
    list_display = ["asked", "path", "language_name"]
    search_fields = ["queries", "path", "reason"]
    search_help_text = "Söker i sökningar, adresser och skäl."

    @admin.display(description="sökningar")
    def asked(self, answer):
        return ", ".join(answer.lines())

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and not context["errors"] and not _is_found(obj.path):
            sentence = "Besökarna kan inte läsa sidan, så den visas inte. Välj en annan."
            self.message_user(request, sentence, messages.WARNING)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
