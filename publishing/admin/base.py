"""What the admin of every kind of content shares, and of the live kinds all of it."""

from csp.decorators import csp_update
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import SlugField
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from js_asset import Media
from modeltranslation.admin import (
    TranslationAdmin,
    TranslationStackedInline,
    TranslationTabularInline,
)

from publishing.admin.bin import BinPages
from publishing.admin.gone import GonePages
from publishing.admin.guarded import Guarded
from publishing.admin.history import HistoryPages
from publishing.admin.languages import (
    LanguageFieldsets,
    ReadableRows,
    ReadableText,
    without_detours,
)
from publishing.admin.meanwhile import MergedWithTheirs
from publishing.admin.translating import TranslationPanels
from publishing.admin.undo import with_undo
from publishing.admin.unsaved import UnsavedText
from publishing.models import Chain, Track, kind_of

# The one style that the text editor puts into the page by itself (Tiptap's injectCSS)
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
ODD_ADDRESS = "Skriv adressen med små bokstäver (a–z), siffror och bindestreck."


class LiveStackedInline(ReadableRows, LanguageFieldsets, TranslationStackedInline):
    extra = 0
    template = "admin/rows.html"


class LiveTabularInline(ReadableRows, LanguageFieldsets, TranslationTabularInline):
    extra = 0


class RowForm(forms.ModelForm):
    """A row of a list with fields in it, whose columns name no field to who hears the page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


class ContentAdmin(
    UnsavedText,
    Guarded,
    HistoryPages,
    BinPages,
    GonePages,
    TranslationPanels,
    ReadableText,
    LanguageFieldsets,
    TranslationAdmin,
):
    """The form, the history and the bin of any kind of content."""

    hint = "Besökarna ser det du sparar med en gång."
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    class Media:
        js = ["admin_portal/forms.js"]

    @method_decorator(csp_update({"style-src": EDITOR_STYLE}))
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def _changeform_view(self, request, *args, **kwargs):
        # Before the form is judged, so that what it is judged by stays so until it is saved; but a
        # picture takes seconds to look at, and everybody would wait
        if request.method == "POST":
            self.lock_and_merge(request, args[0] if args else kwargs.get("object_id"))
        return super()._changeform_view(request, *args, **kwargs)

    def lock_and_merge(self, request, object_id):
        if not request.FILES:
            request.chain = Chain.lock()

    def locked_chain(self, request):
        """The chain, which is to be locked before any row is written, as the verbs do."""
        return getattr(request, "chain", None) or Chain.lock()

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["show_save_and_add_another"] = False
        context["tools"] = self.tools(request, obj) if obj else []
        context.setdefault("hint", self.hint)
        # The text editor's import map is an inline script, which needs the nonce of the policy
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, SlugField) and field:
            field.error_messages["invalid"] = ODD_ADDRESS
        return field

    def changelist_view(self, request, extra_context=None):
        name = capfirst(self.opts.verbose_name_plural)
        context = {"title": name, "list_tools": self.list_tools(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=RowForm, **kwargs)

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def list_tools(self, request):
        """[(label, address)] of what there is besides the list."""
        return []

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


class LiveAdmin(MergedWithTheirs, ContentAdmin):
    """A kind of content that residents see as soon as it is saved; each change is recorded."""

    def lock_and_merge(self, request, object_id):
        super().lock_and_merge(request, object_id)
        if object_id and self.has_change_permission(request):
            self.merge_meanwhile(request, unquote(object_id))

    def save_model(self, request, obj, form, change):
        form.chain = self.locked_chain(request)
        form.track = getattr(request, "track", None) or Track.find(obj)
        if change and not form.track:
            form.track = Track.begin(self.model._base_manager.get(pk=obj.pk), form.chain)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = form.track and form.track.newest.number
        form.instance.record(by=request.user, chain=form.chain, track=form.track)
        removed = [row for rows in formsets for row in rows.deleted_objects]
        if removed and before:
            self._tell_removed(request, form, removed, before)
        if others := getattr(request, "others", ""):
            sentence = f"{others} har också ändrat medan du skrev. Allas ändringar är kvar."
            self.message_user(request, sentence, messages.INFO)

    def _tell_removed(self, request, form, removed, before):
        named = ", ".join(f"”{row}”" for row in removed)
        row = [form.instance.pk, form.track.numbers, {"version": before}]
        kind = kind_of(self.model)
        sentence = with_undo(request, f"Borttaget: {named}.", "restore", [row], kind=kind)
        self.message_user(request, sentence)

    def response_change(self, request, obj):
        return self.confirm_pressed(request, obj) or super().response_change(request, obj)


class SingletonAdmin:
    """For models with one row: the list is the form."""

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.model.objects.first()
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if row:
            return HttpResponseRedirect(reverse(f"{name}_change", args=[row.pk]))
        return HttpResponseRedirect(reverse(f"{name}_add"))

    def get_model_perms(self, request):
        # The list leads to the empty form where there is no row, so that none need be looked for
        may_change = self.has_change_permission(request)
        may_view = self.has_view_permission(request)
        return {"add": False, "change": may_change, "delete": False, "view": may_view}

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not self.model.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def _why_not_thrown_away(self, request, item):
        return "Den finns det bara en av, och den kan inte kastas."
