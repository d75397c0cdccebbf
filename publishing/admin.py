"""What the admin of every kind of content shares. Who may do what is asked of the models."""

from functools import partial

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AdminTextareaWidget,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from js_asset import Media
from modeltranslation.admin import (
    TranslationAdmin,
    TranslationStackedInline,
    TranslationTabularInline,
)

from publishing.admin_verbs import VERBS, state_in_words, what_residents_see
from publishing.models import State

# The one style that the text editor puts into the page by itself (Tiptap's injectCSS)
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


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
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if not field:
            return None
        if language := getattr(db_field, "language", None):
            field.label = capfirst(db_field.translated_field.verbose_name)
            field.widget.attrs["lang"] = language
            field.widget.attrs["dir"] = "rtl" if get_language_info(language)["bidi"] else "ltr"
        _calm(field.widget)
        return field


def _calm(widget):
    """Less to look at: short text boxes, times without seconds, no pencils beside a choice."""
    if isinstance(widget, AdminTextareaWidget):
        widget.attrs["rows"] = 3
    elif isinstance(widget, AdminSplitDateTime):
        widget.widgets[1].format = "%H:%M"
    elif isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_change_related = widget.can_delete_related = widget.can_view_related = False


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


class LiveStackedInline(LanguageFieldsets, TranslationStackedInline):
    extra = 0


class LiveTabularInline(LanguageFieldsets, TranslationTabularInline):
    extra = 0


class LiveAdmin(LanguageFieldsets, TranslationAdmin):
    """A kind of content that residents see as soon as it is saved."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    class Media:
        js = ["admin_portal/editor.js"]

    @method_decorator(csp_update({"style-src": EDITOR_STYLE}))
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request, context, *args, **kwargs):
        context["show_save_and_add_another"] = False
        # The text editor's import map is an inline script, which needs the nonce of the policy
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)


class SingletonAdmin:
    """For models with one row: the list is the form."""

    def changelist_view(self, request, extra_context=None):
        row = self.model.objects.first()
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if row:
            return HttpResponseRedirect(reverse(f"{name}_change", args=[row.pk]))
        return HttpResponseRedirect(reverse(f"{name}_add"))

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not self.model.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class ReviewFilter(admin.SimpleListFilter):
    title = "granskning"
    parameter_name = "granskning"

    def lookups(self, request, model_admin):
        return [("nu", "ska granskas")]

    def queryset(self, request, queryset):
        return queryset.due_for_review() if self.value() == "nu" else queryset


class PublishableForm(forms.ModelForm):
    def _post_clean(self):
        """A draft may lack anything, but what residents see must stay fit to be published."""
        super()._post_clean()
        if self.instance.state == State.PUBLISHED:
            for field, sentence in self.instance.publish_problems().items():
                self.add_error(field, sentence)


PUBLISHING = (
    "Publicering",
    {
        "fields": [
            "unit",
            "publish_at",
            "expire_at",
            "review_interval",
            "last_reviewed_by",
            "last_reviewed_on",
        ]
    },
)


class PublishableAdmin(LiveAdmin):
    """A kind of content that is written as a draft and published by somebody who may.

    Until rows have versions, what residents see is changed only by those who may publish.
    """

    form = PublishableForm
    verbs = VERBS
    list_display = ["heading", "state_chip", "unit", "publish_at"]
    list_filter = ["state", ReviewFilter, ("unit", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["title_sv", "lead_sv"]
    search_help_text = "Söker i rubrik och ingress."

    # The list

    @admin.display(description="rubrik", ordering="title_sv")
    def heading(self, item):
        return str(item)

    @admin.display(description="läge", ordering="state")
    def state_chip(self, item):
        kind, words = state_in_words(item)
        return format_html('<span class="state state--{}">{}</span>', kind, words)

    def get_actions(self, request):
        # Nothing is hard-deleted in bulk; the verbs judge each row and say what became of it
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions | {
            verb.name: (partial(_attempt_each, verb), verb.name, verb.label)
            for verb in self.verbs
            if self.has_right(request, verb.right)
        }

    # Who may do what

    def has_right(self, request, right):
        return request.user.has_perm(f"{self.opts.app_label}.{right}_{self.opts.model_name}")

    def has_change_permission(self, request, obj=None):
        if obj and obj.state in (State.PUBLISHED, State.ARCHIVED):
            return self.has_right(request, "publish") and super().has_change_permission(request)
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        if obj and obj.state not in (State.DRAFT, State.IN_REVIEW):
            return False
        return super().has_delete_permission(request, obj)

    def attempt(self, request, verb, item):
        """Do ``verb`` to ``item`` if this person may change it; returns whether it was done."""
        if self.has_change_permission(request, item):
            level, sentence = verb.attempt(item, request.user)
        else:
            level, sentence = messages.ERROR, f"Du har inte rätt att ändra ”{item}”."
        if level == messages.SUCCESS:
            self.log_change(request, item, f"{verb.label}.")
        self.message_user(request, sentence, level)
        return level == messages.SUCCESS

    # The form

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        # Else a draft that is saved while it is being published would unpublish it again
        return queryset.select_for_update(of=["self"]) if self._is_saving(request) else queryset

    def _is_saving(self, request):
        match = request.resolver_match
        return request.method == "POST" and match and match.url_name.endswith("_change")

    def view_on_site(self, item):
        seen = item.is_archived or item.is_published()
        return item.get_absolute_url() if seen else None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context["state_chip"] = self.state_chip(obj)
            context["residents_see"] = what_residents_see(obj)
            context["locked"] = not self.has_change_permission(request, obj)
            if "saknas" in request.GET:
                self._show_what_is_missing(context, obj)
        context["verbs"] = self._verbs_for(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _verbs_for(self, request, item):
        if not (self.has_change_permission(request, item) if item else True):
            return []
        state = item.state if item else State.DRAFT
        return [
            verb
            for verb in self.verbs
            if state in verb.states and self.has_right(request, verb.right)
        ]

    def _show_what_is_missing(self, context, item):
        form = context["adminform"].form
        for field, sentence in item.publish_problems().items():
            if field in form.fields:
                form.errors[field] = form.error_class([sentence], renderer=form.renderer)
        context["errors"] = list(form.errors.values())

    def response_add(self, request, obj, post_url_continue=None):
        return self._respond_to_verb(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._respond_to_verb(request, obj) or super().response_change(request, obj)

    def _respond_to_verb(self, request, obj):
        verb = next((verb for verb in self.verbs if f"_{verb.name}" in request.POST), None)
        if not verb:
            return None
        done = self.attempt(request, verb, obj)
        if not done:
            self.message_user(request, "Det du skrev är sparat.", messages.INFO)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        missing = "" if done or not obj.publish_problems() else "?saknas"
        return HttpResponseRedirect(reverse(name, args=[obj.pk]) + missing)


def _attempt_each(verb, model_admin, request, queryset):
    for item in queryset:
        model_admin.attempt(request, verb, item)
