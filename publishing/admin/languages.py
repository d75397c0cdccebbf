"""Fields by language in the forms of the back office."""

from django import forms
from django.conf import settings
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AdminTextareaWidget,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import BadRequest
from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from publishing.fields import RichTextField
from publishing.templatetags.publishing import richtext


class LanguageFieldsets:
    """Swedish and what has no language first, then one folded fieldset for each other language."""

    def get_fieldsets(self, request, obj=None):
        declared = super().get_fieldsets(request, obj)
        languages = {field.name: getattr(field, "language", "") for field in self.opts.fields}
        names = flatten_fieldsets(declared)
        return [
            *(_only(fieldset, languages, ("", settings.LANGUAGE_CODE)) for fieldset in declared),
            *(
                (label, {"classes": ["collapse"], "fields": fields})
                for code, label in settings.LANGUAGES
                if code != settings.LANGUAGE_CODE
                and (fields := [name for name in names if languages.get(name) == code])
            ),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if db_field.many_to_many:
            kwargs.setdefault("form_class", RowsField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if not field:
            return None
        if language := getattr(db_field, "language", None):
            field.label = capfirst(db_field.translated_field.verbose_name)
            field.widget.attrs |= {"lang": language, "dir": _direction(language)}
        _calm(field)
        return field


class RowsField(forms.ModelMultipleChoiceField):
    """Django asks the database for any key, also for one that it has no room for."""

    def clean(self, value):
        if any(len(str(key)) > 18 for key in value or []):
            raise BadRequest  # no form of ours sends that
        return super().clean(value)


def _calm(field):
    """Less to look at: short text boxes, times without seconds, no pencils beside a choice."""
    widget = field.widget
    if isinstance(widget, AdminTextareaWidget):
        widget.attrs["rows"] = 3
    elif isinstance(widget, AdminSplitDateTime):
        date, time = widget.widgets
        time.format = "%H:%M"
        # The label of the field belongs to neither of its two boxes
        date.attrs["aria-label"] = f"{field.label}: datum"
        time.attrs["aria-label"] = f"{field.label}: tid"
    elif isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_change_related = widget.can_delete_related = widget.can_view_related = False


def without_detours(widget):
    """A choice in a row of many is no place to leave the form from."""
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_add_related = widget.can_change_related = False
        widget.can_delete_related = widget.can_view_related = False


def _only(fieldset, languages, wanted):
    """The fieldset without the fields of other languages; rows of several fields stay rows."""
    title, options = fieldset
    rows = []
    for row in options["fields"]:
        names = [row] if isinstance(row, str) else list(row)
        kept = [name for name in names if languages.get(name, "") in wanted]
        if kept:
            rows.append(kept[0] if len(kept) == 1 else kept)
    return title, {**options, "fields": rows}


def _direction(language):
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


class ReadableText:
    """For people who may only look: texts as residents see them, under their plain names."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.is_only_read(request, obj):
            return fieldsets
        columns = {f.name: _as_read(f) for f in self.opts.fields if hasattr(f, "translated_field")}
        return [
            (title, {**options, "fields": [columns.get(n, n) for n in flatten_fieldsets([each])]})
            for each in fieldsets
            for title, options in [each]
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if kwargs.get("fields") and self.is_only_read(request, obj):
            kwargs["fields"] = []
        return super().get_form(request, obj, change=change, **kwargs)

    def is_only_read(self, request, obj):
        return bool(obj) and not self.has_change_permission(request, obj)


class ReadableRows(ReadableText):
    """The same for the rows of an inline, whose ``obj`` is the row that they belong to."""

    def get_formset(self, request, obj=None, **kwargs):
        if "fields" not in kwargs and self.is_only_read(request, obj):
            kwargs["fields"] = []
        return super().get_formset(request, obj, **kwargs)

    def is_only_read(self, request, obj):
        may_add = self.has_add_permission(request, obj)
        return super().is_only_read(request, obj) and not may_add


def _as_read(field):
    """A column with the text of ``field``, in its language and direction."""

    def text(item):
        value = getattr(item, field.name) or "–"
        if isinstance(field.translated_field, RichTextField):
            value = richtext(value)
        direction = _direction(field.language)
        return format_html('<div lang="{}" dir="{}">{}</div>', field.language, direction, value)

    text.__name__ = field.name
    text.short_description = capfirst(field.translated_field.verbose_name)
    return text
