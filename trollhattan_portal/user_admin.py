from django.contrib.auth.admin import GroupAdmin, UserAdmin

from publishing.admin.guarded import Guarded

FOR_SUPERUSERS = {"is_superuser", "user_permissions"}


class PortalUserAdmin(Guarded, UserAdmin):
    """Administrators mind users without being able to make anybody, or themselves, a superuser."""

    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = []

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in FOR_SUPERUSERS]})
            for name, options in fieldsets
        ]

    def has_change_permission(self, request, obj=None):
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # The log says who did what, and a deleted name would take its lines along
        return request.user.is_superuser and super().has_delete_permission(request, obj)


class PortalGroupAdmin(Guarded, GroupAdmin):
    """The roles, to be looked at: what they may is in publishing.roles."""
