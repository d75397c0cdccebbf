from types import SimpleNamespace

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from pages.models import MenuItem, Notice, SiteSettings
from publishing.admin import LiveAdmin, SingletonAdmin
from publishing.admin.undo import with_undo
from publishing.models import Track, kind_of

STOP = SimpleNamespace(name="stop", button="Sluta visa nu")


class MenuInline(admin.TabularInline):
    model = MenuItem
    view_on_site = False
    extra = 0
    fields = ["place", "section", "page", "order"]


@admin.register(SiteSettings)
class SiteSettingsAdmin(SingletonAdmin, LiveAdmin):
    fieldsets = [
        ("Avsändare", {"fields": ["name", "word_mark", "sender", "sender_url"]}),
        ("På varje sida", {"fields": ["description", "footer", "contact_unit"]}),
    ]
    inlines = [MenuInline]


class ShownFilter(admin.SimpleListFilter):
    title = "visning"
    parameter_name = "visning"

    def lookups(self, request, model_admin):
        return [("nu", "visas nu")]

    def queryset(self, request, queryset):
        return queryset.active() if self.value() == "nu" else queryset


@admin.register(Notice)
class NoticeAdmin(LiveAdmin):
    fields = ["text", "level", "sender", "link", "link_text", "starts_at", "ends_at"]
    list_display = ["text", "level", "shown", "starts_at", "ends_at"]
    list_filter = [ShownFilter]
    actions = ["stop"]

    @admin.display(description="visas nu", boolean=True)
    def shown(self, notice):
        return notice.is_active()

    @admin.action(description="Sluta visa nu", permissions=["change"])
    def stop(self, request, queryset):
        for notice in queryset:
            self._stop(request, notice)

    def _stop(self, request, notice):
        if not notice.is_active():
            self.message_user(request, f"”{notice}” visas inte.", messages.WARNING)
            return
        track = Track.find(notice)
        before = track.newest.number if track else 1  # the one that its history will begin with
        notice.stop(by=request.user)
        self.log_change(request, notice, "Slutade visas.")
        row = [notice.pk, Track.find(notice).numbers, {"version": before}]
        sentence, kind = f"”{notice}” visas inte längre för besökarna.", kind_of(notice)
        self.message_user(request, with_undo(request, sentence, "restore", [row], kind=kind))

    def get_changeform_initial_data(self, request):
        site = SiteSettings.objects.first()
        return {
            "sender_sv": site.sender if site else "",
            **super().get_changeform_initial_data(request),
        }

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.is_active() and self.has_change_permission(request, obj):
            context["verbs"] = [STOP]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        if "_stop" in request.POST:
            self._stop(request, obj)
            return HttpResponseRedirect(reverse("admin:pages_notice_changelist"))
        return super().response_change(request, obj)
