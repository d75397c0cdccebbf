"""The admin of every published kind. Who may do what is asked of the models."""

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html

from publishing import snapshot
from publishing.admin.acts import AT_MOST, ActPage
from publishing.admin.base import EDITOR_STYLE, ContentAdmin
from publishing.admin.buttons import Row
from publishing.admin.clashes import shown
from publishing.admin.forms import PublishableForm
from publishing.admin.list_csv import CsvOfList
from publishing.admin.lists import ChangesFilter, DeskFilter, ReviewFilter, TrackedChangeList
from publishing.admin.preview import PreviewPages
from publishing.admin.quality import Quality, RuleFilter
from publishing.admin.status import state_in_words, what_residents_see, what_was_saved
from publishing.admin.undo import facts_before, row_after, with_undo
from publishing.admin.verb_forms import address_change
from publishing.admin.verbs import PUBLISH, PUBLISH_WITH, TEXT, VERBS
from publishing.models import kind_of
from publishing.templatetags.publishing import long_date

FINDING = ("I sökningen", {"fields": ["keywords"]})
PUBLISHING = ("Ansvar och granskning", {"fields": ["unit", "review_interval"]})
NEW_VERSION = ("Om ändringen", {"fields": ["version_note", "base_version"]})
NEW_VERSION_OF_SEEN = (
    "Om ändringen",
    {"fields": ["version_note", "is_minor", "base_version"]},
)


class PublishableAdmin(CsvOfList, PreviewPages, ContentAdmin):
    """A kind of content that is written as versions and published by somebody who may."""

    form = PublishableForm
    verbs = VERBS
    list_display = ["heading", "state_chip", "unit", "published"]
    list_filter = [
        DeskFilter,
        "state",
        ChangesFilter,
        ReviewFilter,
        RuleFilter,
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

    @admin.display(description="datum", ordering="publish_at")
    def published(self, item):
        return long_date(item.publish_at) or None

    def get_changelist(self, request, **kwargs):
        return TrackedChangeList

    def get_actions(self, request):
        # Nothing is deleted in bulk; the verbs judge each row and say what became of it
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        may = (verb for verb in self._verbs_of(request) if verb.is_for_many)
        return actions | {verb.name: (_to_page(verb), verb.name, verb.label) for verb in may}

    # Who may do what

    def has_right(self, request, verb):
        return request.user.has_perm(f"{self.opts.app_label}.{verb.right}_{self.opts.model_name}")

    def has_view_permission(self, request, obj=None):
        may = super().has_view_permission(request, obj)
        # Who may only look sees what residents see
        is_open = obj is None or self.has_change_permission(request, obj) or obj.is_readable()
        return may and is_open

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        return obj.is_binnable and obj.may_be_binned_by(request.user)

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset if self.has_change_permission(request) else queryset.readable()

    def _verbs_of(self, request):
        return [verb for verb in self.verbs if self.has_right(request, verb)]

    # The form

    def get_changeform_initial_data(self, request):
        interval = self.model.default_review_interval
        return {"review_interval": interval, **super().get_changeform_initial_data(request)}

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, NEW_VERSION_OF_SEEN if obj and obj.is_seen else NEW_VERSION]

    def get_object(self, request, object_id, from_field=None):
        """The row with the editors' text on it, for those who may change it."""
        item = super().get_object(request, object_id, from_field)
        track = item and self.has_change_permission(request, item) and item.track
        if track and track.newest_id != track.live_id:
            snapshot.write(item, track.newest.data)
        return item

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        item, note = form.instance, form.cleaned_data["version_note"]
        if not change:
            form.save_m2m()
            item.record_creation(by=request.user, note=note, chain=self.locked_chain(request))
            item.what_was_saved = what_was_saved(item, True)
            return
        others, before = form.other_writers(request.user), form.track and form.track.newest
        version = item.save_draft(
            by=request.user,
            values=form.values(),
            base=form.started_from(),
            note=note,
            is_minor=form.cleaned_data["is_minor"],
            chain=self.locked_chain(request),
            track=form.track if hasattr(request, "chain") else None,
        )
        is_changed = version.by_id == request.user.pk and version != before
        item.what_was_saved = what_was_saved(item, is_changed)
        if others:
            names = " och ".join(others)
            sentence = f"{names} har också ändrat texten medan du skrev. Allas ändringar är kvar."
            self.message_user(request, sentence, messages.INFO)

    def get_view_on_site_url(self, obj=None):
        # Residents go to the address of the row, and the form may hold another
        row = obj and self.model.objects.readable().filter(pk=obj.pk).first()
        return row.get_absolute_url() if row else None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        if not obj or self.has_change_permission(request, obj):
            row = Row(obj or self.model(), request.user, self._verbs_of(request))
            context |= {"row": row, "hint": row.hint}
        if obj:
            context["state_chip"] = self.state_chip(obj)
            context["residents_see"] = what_residents_see(obj)
        if getattr(form, "clashes", None):
            context["clashes"] = list(shown(self.model, form.clashes))
            context["clashes_theirs"] = form.track.newest
        if obj and form.errors:
            context["without_saving"] = self._without_saving(request, obj)
        if obj and not form.is_bound and self.has_change_permission(request, obj):
            self._tell_quality(context, form, obj, is_asked="saknas" in request.GET)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _tell_quality(self, context, form, item, *, is_asked):
        """What the gate finds; as errors when somebody has just tried to publish."""
        context["quality"] = quality = Quality(item, form)
        quality.tell_at_fields(as_errors=is_asked)
        if is_asked:
            context["errors"] = list(form.errors.values())

    # Verbs

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        act = self.admin_site.admin_view(self.act_view)
        return [path("gor/<slug:verb>/", act, name=name), *super().get_urls()]

    @method_decorator(csp_update({"style-src": EDITOR_STYLE}))
    def act_view(self, request, verb):
        """Do a verb to the chosen rows (?id=1&id=2), after asking for what it needs to know."""
        return ActPage(self, request, verb).answer()

    def act_url(self, verb, *keys):
        address = reverse(admin_urlname(self.opts, "act"), args=[verb])
        return address + "?" + "&".join(f"id={key}" for key in keys)

    def response_add(self, request, obj, post_url_continue=None):
        return self._respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        confirmed = self.confirm_pressed(request, obj)
        answer = confirmed or self._respond(request, obj)
        return answer or super().response_change(request, obj)

    def _respond(self, request, obj):
        if IS_POPUP_VAR in request.POST:
            return None
        verb = self._pressed(request)
        if not verb:
            self.message_user(request, obj.what_was_saved, messages.SUCCESS)
            return self._to_form(obj)
        if verb is PUBLISH and address_change(obj):
            verb = PUBLISH_WITH  # where one is asked what becomes of the old address
        if verb.form:
            return HttpResponseRedirect(self.act_url(verb.name, obj.pk))
        return self._attempt(request, verb, obj)

    def _pressed(self, request):
        return next((verb for verb in self.verbs if f"_{verb.name}" in request.POST), None)

    def _without_saving(self, request, item):
        """The page of what was pressed, if it can be done to the page without the text."""
        verb = self._pressed(request)
        if not verb or verb.place == TEXT or not self.has_right(request, verb):
            return None
        return {"label": verb.label, "address": self.act_url(verb.name, item.pk)}

    def _attempt(self, request, verb, item):
        facts = {"note": request.POST.get("version_note", "")}
        if verb is PUBLISH:
            facts["is_minor"] = "is_minor" in request.POST
        before = facts_before(verb, item)
        result = verb.attempt(item, request.user, **facts)
        sentence = result.sentence
        if result.is_done and before is not None:
            row, kind = row_after(item, before), kind_of(self.model)
            sentence = with_undo(request, sentence, verb.name, [row], kind=kind)
        self.message_user(request, sentence, result.level)
        if result.is_done:
            self.log_change(request, item, f"{verb.label}.")
        elif result.clashes:
            return HttpResponseRedirect(self.act_url(verb.name, item.pk))
        else:
            self.message_user(request, "Det du skrev är sparat.", messages.INFO)
        return self._to_form(item, "?saknas" if result.problems else "")

    def _to_form(self, item, query=""):
        form = reverse(admin_urlname(self.opts, "change"), args=[item.pk])
        return HttpResponseRedirect(form + query)


def _to_page(verb):
    def action(model_admin, request, queryset):
        keys = list(queryset.values_list("pk", flat=True)[: AT_MOST + 1])
        if len(keys) > AT_MOST:
            sentence = f"Välj högst {AT_MOST} rader åt gången."
            return model_admin.message_user(request, sentence, messages.ERROR)
        return HttpResponseRedirect(model_admin.act_url(verb.name, *keys))

    return action
