"""Translations in the forms and lists of the back office: how they stand, who vouches for them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from publishing.fields import RichTextField
from publishing.models import Track, kind_of
from publishing.templatetags.publishing import richtext
from publishing.translatable import Place, column_of, texts_of, translated_columns
from publishing.translation_changes import swedish_changes
from publishing.translation_status import TranslationStatus, other_languages, standings

LANGUAGES = dict(settings.LANGUAGES)
ASKED = "sprak"  # in the address of a form: the language that is to be unfolded
# {what is pressed: whether somebody who speaks the language has read it}
ACTS = {"_confirm": False, "_review": True}


@dataclass(frozen=True)
class Panel:
    """What stands with the fields of one language.

    ``changes`` ({column or "": [SwedishChange]}) are those of the form's own fields, and under ""
    those of the rows below it.
    """

    language: str
    name: str
    status: TranslationStatus
    is_told: bool  # to residents, who see the item
    is_stale: bool  # in the form, if not in what residents see
    may_confirm: bool
    may_review: bool
    changes: dict = field(default_factory=dict)

    @property
    def other_changes(self):
        return self.changes.get("", [])


def panels_of(item, track, user):
    """{name of the language: Panel} of the editors' text of ``item``, by its ``track``."""
    model, data = type(item), track.newest.data
    found = standings(model, texts_of(model, data), track.facts, is_seen=True)
    panels = {}
    for language, standing in found.items():
        changes = {}
        for change in swedish_changes(item, data, standing):
            own = "" if "." in change.field else column_of(Place(language, change.field))
            changes.setdefault(own, []).append(change)
        panels[LANGUAGES[language]] = Panel(
            language=language,
            name=LANGUAGES[language],
            status=TranslationStatus(track.translations.get(language, standing.status)),
            is_told=item.is_seen,
            is_stale=bool(standing.stale),
            may_confirm=bool(standing.stale) and item.may_confirm(user, track, language),
            may_review=item.may_confirm(user, track, language, reviewed=True),
            changes=changes,
        )
    return panels


@dataclass(frozen=True)
class Line:
    """One field of a language, with the Swedish ``source`` as safe HTML or plain text."""

    field: object
    source: str
    is_rich: bool
    changes: list


def lines_of(fieldset, changes):
    """[Line] of a fieldset that holds one language; ``changes`` ({column: [SwedishChange]})."""
    form = fieldset.form
    fields = {each.name: each for each in form._meta.model._meta.fields}
    for row in fieldset:
        for bound in row:
            name = bound.field.name
            column = fields[name].translated_field.name
            swedish = column_of(Place(settings.LANGUAGE_CODE, column))
            text = form[swedish].value() if swedish in form.fields else ""
            is_rich = isinstance(fields[name].translated_field, RichTextField)
            source = richtext(text) if is_rich else text
            yield Line(bound, source, is_rich, changes.get(name, []))


def language_of_row(fieldset):
    """The language of a fieldset of a row that can be written and holds one language; or ""."""
    fields = [bound for row in fieldset for bound in row]
    if any(bound.is_readonly for bound in fields):
        return ""
    found = {bound.field.field.widget.attrs.get("lang", "") for bound in fields}
    is_one = len(found) == 1 and found != {settings.LANGUAGE_CODE}
    return found.pop() if is_one else ""


def tell_rows(formsets, panels):
    """Give the forms of ``formsets`` what has changed in the Swedish of their own rows."""
    changes = defaultdict(lambda: defaultdict(list))
    for panel in panels.values():
        for change in panel.other_changes:
            row, _dot, _name = change.field.rpartition(".")
            changes[row][column_of(Place(panel.language, change.field))].append(change)
    for formset in formsets:
        rows = formset.formset.fk.remote_field.get_accessor_name()
        for form in formset.formset.initial_forms:
            form.swedish_changes = changes[f"{rows}.{form.instance.pk}"]


def address_in_form(model, key, language):
    """Where the text of an item is written in ``language``, unfolded also without a script."""
    form = reverse(admin_urlname(model._meta, "change"), args=[key])
    return f"{form}?{urlencode({ASKED: language})}#sprak-{language}"


class TranslationPanels:
    """What an admin of content needs for them."""

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), TranslationFilter]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        adminform = context["adminform"]
        context["fieldsets"] = [(fieldset, None, []) for fieldset in adminform]
        track = obj and self.has_change_permission(request, obj) and track_of(obj)
        if track:
            panels = panels_of(obj, track, request.user)
            context["fieldsets"] = [
                (fieldset, panel, panel and list(lines_of(fieldset, panel.changes)))
                for fieldset in adminform
                for panel in [panels.get(fieldset.name)]
            ]
            context["opened"] = request.GET.get(ASKED)
            tell_rows(context["inline_admin_formsets"], panels)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def confirm_pressed(self, request, item):
        """Do what was pressed with a language after saving, and go back to the form; or None."""
        pressed = next((name for name in ACTS if name in request.POST), None)
        if not pressed or IS_POPUP_VAR in request.POST:
            return None
        self.message_user(request, getattr(item, "what_was_saved", "Sparat."), messages.SUCCESS)
        language = request.POST[pressed]
        try:
            item.confirm_translation(language, by=request.user, reviewed=ACTS[pressed])
        except (PermissionDenied, ValidationError) as refusal:
            sentences = getattr(refusal, "messages", [str(refusal)])
            self.message_user(request, " ".join(sentences), messages.ERROR)
        else:
            done = "granskad" if ACTS[pressed] else "bekräftad"
            sentence = f"Översättningen ({LANGUAGES[language]}) är {done}."
            self.message_user(request, sentence, messages.SUCCESS)
            self.log_change(request, item, sentence)
        return HttpResponseRedirect(reverse(admin_urlname(self.opts, "change"), args=[item.pk]))


def track_of(item):
    """That of any kind of content; published kinds have read it already."""
    return item.track if hasattr(item, "track") else Track.find(item)


class TranslationFilter(admin.SimpleListFilter):
    title = "översättning"
    parameter_name = "oversattning"

    def lookups(self, request, model_admin):
        if not translated_columns(model_admin.model):
            return []
        return [
            (f"{status}-{language}", f"{LANGUAGES[language]}: {status.label.lower()}")
            for language in other_languages()
            for status in TranslationStatus
        ]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        status, _dash, language = self.value().partition("-")
        if status not in TranslationStatus or language not in other_languages():
            return queryset
        tracks = Track.objects.filter(kind=kind_of(queryset.model)).standing(language, status)
        return queryset.filter(pk__in=tracks.values("object_id"))
