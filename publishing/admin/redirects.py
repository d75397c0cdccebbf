"""Omdirigeringar: old addresses, and where they lead."""

from django import forms
from django.contrib import admin

from publishing.admin.guarded import Guarded
from publishing.admin.unsaved import TextGivenBack
from publishing.models import Redirect


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = ["path", "address"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kind:
            self.initial["address"] = self.instance.target()

    def _post_clean(self):
        """What is typed may be where an item is; what isn't changed leads where it did."""
        super()._post_clean()
        if self.errors:
            return
        if "address" in self.changed_data:
            self.instance.aim(self.instance.address)
        elif self.instance.kind:
            self.instance.address = ""


class RedirectAdmin(TextGivenBack, Guarded, admin.ModelAdmin):
    """Registered by trollhattan_portal.admin_apps, since the site itself needs this package."""

    form = RedirectForm
    list_display = ["path", "leads_to", "created_at", "created_by"]
    list_select_related = ["created_by"]
    list_per_page = 50
    search_fields = ["path", "address"]
    search_help_text = "Söker i gamla adresser, och i nya som inte är sidor."
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description="leder till")
    def leads_to(self, redirect):
        return redirect.target() or "Ingenstans: säger att sidan är borttagen"

    def save_model(self, request, obj, form, change):
        obj.created_by = obj.created_by or request.user
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        # Whoever has the old address in a bookmark would find nothing; let it lead elsewhere
        return False
