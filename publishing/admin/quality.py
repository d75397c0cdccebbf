"""What the quality gate finds, in the form: beside each field, in one list, and how it reads."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from publishing.fields import RichTextField
from publishing.models import Exemption, Publishable
from publishing.quality import RULES, texts_on
from publishing.quality.language import running_text
from publishing.quality.reading import reading_of
from publishing.quality.rules import SWEDISH
from publishing.usage import label_of


@dataclass(frozen=True)
class Note:
    """A flaw as it is told: where it stands, and until when it is exempted (None: it isn't)."""

    flaw: object
    field: str  # in words: "text (English)"
    anchor: str
    mend_by: object = None

    @property
    def kind(self):
        if not self.flaw.blocks:
            return "advice"
        return "exempted" if self.mend_by else "blocks"


@dataclass(frozen=True)
class Readability:
    """How a language reads: ``lines`` are those of the longest sentences, in pieces to mark."""

    language: str
    reading: object
    lines: list


class Quality:
    """All that is told of the text on ``item``, by the fields of ``form``."""

    def __init__(self, item, form):
        self.item, self.form = item, form
        exempted = dict(Exemption.objects.of(item).in_force().values_list("fingerprint", "mend_by"))
        order = {name: number for number, name in enumerate(form.fields)}
        flaws = sorted(item.flaws(), key=lambda flaw: order.get(flaw.column, len(order)))
        self.notes = [self._note(flaw, exempted) for flaw in flaws]

    @property
    def blocking(self):
        return [note for note in self.notes if note.kind == "blocks"]

    @property
    def exempted(self):
        return [note for note in self.notes if note.kind == "exempted"]

    @property
    def advice(self):
        return [note for note in self.notes if note.kind == "advice"]

    def readabilities(self):
        names = dict(settings.LANGUAGES)
        for language in SWEDISH:
            text = running_text(texts_on(self.item, {language}))
            if reading := reading_of(text):
                yield Readability(names[language], reading, _marked(text, reading.longest))

    def tell_at_fields(self, *, as_errors):
        """Put each note beside its field, where whoever writes there hears it too.

        With ``as_errors`` those that block are errors of the form.
        """
        by_column = {}
        for note in self.notes:
            by_column.setdefault(note.flaw.column, []).append(note)
        for column, notes in by_column.items():
            if field := self.form.fields.get(column):
                blocking = [note.flaw.sentence for note in notes if note.kind == "blocks"]
                if as_errors and blocking:
                    make = self.form.error_class
                    self.form.errors[column] = make(blocking, renderer=self.form.renderer)
                    notes = [note for note in notes if note.kind != "blocks"]
                facts = {"column": column, "notes": notes}
                told = render_to_string("admin/quality_notes.html", facts)
                # Help texts are ours, and the admin takes them for HTML
                field.help_text = SafeString(f"{field.help_text} {told}".strip())

    def _note(self, flaw, exempted):
        field = self.item._meta.get_field(flaw.column)
        excused = exempted.get(flaw.fingerprint) if flaw.rule.may_be_excused else None
        return Note(flaw, label_of(field), anchor_of(field), excused)


def anchor_of(field):
    """Where in the form a flaw of ``field`` is told, and can be jumped to."""
    is_rich = isinstance(getattr(field, "translated_field", field), RichTextField)
    # The text editor stands in the place of its field, which can't be jumped to
    return f"kvalitet-{field.name}" if is_rich else f"id_{field.name}"


def _marked(text, sentences):
    """[[(words, whether to mark them)]] of the lines of ``text`` with one of ``sentences``."""
    lines = []
    for line in text.splitlines():
        here = sorted((line.find(each), each) for each in sentences if each in line)
        if not here:
            continue
        pieces, start = [], 0
        for at, sentence in here:
            if at < start:
                continue
            pieces += [(line[start:at], False), (sentence, True)]
            start = at + len(sentence)
        lines.append([piece for piece in [*pieces, (line[start:], False)] if piece[0]])
    return lines


class RuleFilter(admin.SimpleListFilter):
    title = "kvalitet"
    parameter_name = "bryter"

    def lookups(self, request, model_admin):
        return [("hinder", "något att åtgärda"), *((rule.name, rule.title) for rule in RULES)]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.breaking(None if self.value() == "hinder" else self.value())


class RulesPage:
    """The page /admin/kvalitetsregler/: what is asked of a text, and why."""

    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request

    @property
    def may_look(self):
        """Whether she writes anything that is judged by them."""
        return any(
            model_admin.has_change_permission(self.request)
            for model, model_admin in self.site._registry.items()
            if issubclass(model, Publishable)
        )

    def answer(self):
        if not self.may_look:
            raise PermissionDenied
        if self.request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        context = {
            **self.site.each_context(self.request),
            "title": "Kvalitetsregler",
            "blocking": [rule for rule in RULES if rule.blocks],
            "advice": [rule for rule in RULES if not rule.blocks],
        }
        self.request.current_app = self.site.name
        return TemplateResponse(self.request, "admin/quality_rules.html", context)
