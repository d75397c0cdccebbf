"""The admin of every published kind. Who may do what is asked of the models."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html

from publishing import snapshot
from publishing.admin.acts import ActPage
from publishing.admin.base import ContentAdmin
from publishing.admin.forms import PublishableForm
from publishing.admin.preview import PreviewPages
from publishing.admin.verbs import VERBS, state_in_words, what_residents_see
from publishing.models import Chain, Track

PUBLISHING = ("Ansvar och granskning", {"fields": ["unit", "review_interval"]})
THIS_VERSION = (
    "Om det du sparar",
    {"fields": ["version_note", "is_minor", "base_version"]},
)


class ReviewFilter(admin.SimpleListFilter):
    title = "granskning"
    parameter_name = "granskning"

    def lookups(self, request, model_admin):
        return [("nu", "ska granskas")]

    def queryset(self, request, queryset):
        return queryset.due_for_review() if self.value() == "nu" else queryset


class ChangesFilter(admin.SimpleListFilter):
    title = "ändringar"
    parameter_name = "andringar"

    def lookups(self, request, model_admin):
        return [
            ("nya", "inte publicerade"),
            ("granskas", "till granskning"),
            ("vantar", "väntar på sin tid"),
        ]

    def queryset(self, request, queryset):
        return queryset.with_changes(self.value()) if self.value() else queryset


class TrackedChangeList(ChangeList):
    """The rows of a page with their tracks, so that each can say where it stands."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        Track.objects.attach_to(self.result_list)


class PublishableAdmin(PreviewPages, ContentAdmin):
    """A kind of content that is written as versions and published by somebody who may."""

    form = PublishableForm
    verbs = VERBS
    list_display = ["heading", "state_chip", "unit", "publish_at"]
    list_filter = [
        "state",
        ChangesFilter,
        ReviewFilter,
        ("unit", admin.RelatedOnlyFieldListFilter),
    ]
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

    def get_changelist(self, request, **kwargs):
        return TrackedChangeList

    def get_actions(self, request):
        # Nothing is deleted in bulk; the verbs judge each row and say what became of it
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        may = (verb for verb in self.verbs if verb.is_for_many and self.has_right(request, verb))
        return actions | {verb.name: (_to_page(verb), verb.name, verb.label) for verb in may}

    # Who may do what

    def has_right(self, request, verb):
        return request.user.has_perm(f"{self.opts.app_label}.{verb.right}_{self.opts.model_name}")

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return obj.is_binnable and obj.may_be_binned_by(request.user)

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        # Who may only look sees what residents see
        return queryset if self.has_change_permission(request) else queryset.readable()

    # The form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, THIS_VERSION]

    def get_object(self, request, object_id, from_field=None):
        """The row with the editors' text on it, for those who may change it."""
        item = super().get_object(request, object_id, from_field)
        track = item and self.has_change_permission(request, item) and item.track
        if track and track.newest_id != track.live_id:
            snapshot.write(item, track.newest.data)
        return item

    def _changeform_view(self, request, *args, **kwargs):
        if request.method != "POST":
            return super()._changeform_view(request, *args, **kwargs)
        with Chain.writing():
            return super()._changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        note, is_minor = form.cleaned_data["version_note"], form.cleaned_data["is_minor"]
        if not change:
            form.save_m2m()
            form.instance.record_creation(by=request.user, note=note)
            return
        form.instance.save_draft(
            by=request.user,
            values=form.values(),
            base=form.started_from(),
            note=note,
            is_minor=is_minor,
        )

    def view_on_site(self, item):
        seen = item.is_archived or item.is_outdated or item.is_published()
        return item.get_absolute_url() if seen else None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            # A form holds the editors' text, or one with errors, and residents don't see those
            seen = self.model.objects.get(pk=obj.pk)
            context["state_chip"] = self.state_chip(seen)
            context["residents_see"] = what_residents_see(seen)
            context["clashes"] = context["adminform"].form.clashes if self._writes(context) else []
            if "saknas" in request.GET:
                self._show_what_is_missing(context, obj)
        context["verbs"] = self._verbs_for(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _writes(self, context):
        return isinstance(context["adminform"].form, PublishableForm)

    def _verbs_for(self, request, item):
        item = item or self.model()
        return [verb for verb in self.verbs if self.has_right(request, verb) and verb.fits(item)]

    def _show_what_is_missing(self, context, item):
        form = context["adminform"].form
        for field, sentence in item.publish_problems().items():
            if field in form.fields:
                form.errors[field] = form.error_class([sentence], renderer=form.renderer)
        context["errors"] = list(form.errors.values())

    # Verbs

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        act = self.admin_site.admin_view(self.act_view)
        return [path("gor/<slug:verb>/", act, name=name), *super().get_urls()]

    def act_view(self, request, verb):
        """Do a verb to the chosen rows (?id=1&id=2), after asking for what it needs to know."""
        return ActPage(self, request, verb).answer()

    def act_url(self, verb, *items):
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_act", args=[verb])
        return address + "?" + "&".join(f"id={item.pk}" for item in items)

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
        if verb.form:
            return HttpResponseRedirect(self.act_url(verb.name, obj))
        result = verb.attempt(obj, request.user, note=request.POST.get("version_note", ""))
        self.message_user(request, result.sentence, result.level)
        if result.is_done:
            self.log_change(request, obj, f"{verb.label}.")
        elif result.clashes:
            return HttpResponseRedirect(self.act_url(verb.name, obj))
        else:
            self.message_user(request, "Det du skrev är sparat.", messages.INFO)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        missing = "?saknas" if result.problems else ""
        return HttpResponseRedirect(reverse(name, args=[obj.pk]) + missing)


def _to_page(verb):
    def action(model_admin, request, queryset):
        return HttpResponseRedirect(model_admin.act_url(verb.name, *queryset))

    return action
