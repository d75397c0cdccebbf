from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "trollhattan_portal.admin_site.PortalAdminSite"

    def ready(self):
        super().ready()
        from allauth.account.models import EmailAddress
        from django.contrib import admin
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group

        from publishing.admin.redirects import RedirectAdmin
        from publishing.models import Redirect
        from trollhattan_portal.user_admin import PortalGroupAdmin, PortalUserAdmin

        admin.site.register(Redirect, RedirectAdmin)
        # After every app's own admin: these come from others
        admin.site.unregister([get_user_model(), Group, EmailAddress])
        admin.site.register(get_user_model(), PortalUserAdmin)
        admin.site.register(Group, PortalGroupAdmin)
