"""What the admin of every kind of content shares. Who may do what is asked of the models."""

from functools import partial

from csp.decorators import csp_update
from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from js_asset import Media
from modeltranslation.admin import (
    TranslationAdmin,
    TranslationStackedInline,
    TranslationTabularInline,
)

from publishing.admin_languages import (
    LanguageFieldsets,
    ReadableRows,
    ReadableText,
    without_detours,
)
from publishing.admin_verbs import VERBS, state_in_words, what_residents_see
from publishing.models import State

# The one style that the text editor puts into the page by itself (Tiptap's injectCSS)
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


class LiveStackedInline(ReadableRows, LanguageFieldsets, TranslationStackedInline):
    extra = 0


class LiveTabularInline(ReadableRows, LanguageFieldsets, TranslationTabularInline):
    extra = 0


class LiveAdmin(ReadableText, LanguageFieldsets, TranslationAdmin):
    """A kind of content that residents see as soon as it is saved."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    class Media:
        js = ["admin_portal/forms.js"]

    @method_decorator(csp_update({"style-src": EDITOR_STYLE}))
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request, context, *args, **kwargs):
        context["show_save_and_add_another"] = False
        # The text editor's import map is an inline script, which needs the nonce of the policy
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            for field in formset.form.base_fields.values():
                without_detours(field.widget)
            yield formset, inline

    def message_user(self, request, message, *args, **kwargs):
        # Swedish opens a quotation as it ends it, which Django's translation doesn't. The type
        # says whether the message is safe HTML.
        if isinstance(message, str):
            message = type(message)(message.replace("“", "”"))
        super().message_user(request, message, *args, **kwargs)


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
        if self.instance.state != State.PUBLISHED:
            return
        for field, sentence in self.instance.publish_problems().items():
            self.add_error(field, sentence)
        # Django leaves the constraint that says so out, since the state is no field of the form
        if not self.instance.publish_at:
            self.instance.publish_at = self.initial["publish_at"]
            if not self.has_error("publish_at"):
                self.add_error("publish_at", "En publicerad sida måste ha ett publiceringsdatum.")


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
            # A form with errors has left its values in obj, and residents don't see those
            seen = self.model.objects.get(pk=obj.pk) if request.method == "POST" else obj
            context["state_chip"] = self.state_chip(seen)
            context["residents_see"] = what_residents_see(seen)
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
    """Each row is locked and read when its turn comes, so that nobody's work is undone."""
    for pk in list(queryset.values_list("pk", flat=True)):
        with transaction.atomic():
            # None is a row that somebody else has deleted meanwhile
            if item := model_admin.model.objects.select_for_update().filter(pk=pk).first():
                model_admin.attempt(request, verb, item)
