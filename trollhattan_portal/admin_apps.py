from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "trollhattan_portal.admin_site.PortalAdminSite"

    def ready(self):
        super().ready()
        from allauth.account.models import EmailAddress
        from django.contrib import admin
        from django.contrib.auth import get_user_model

        from publishing.admin.redirects import RedirectAdmin
        from publishing.models import Redirect
        from trollhattan_portal.user_admin import PortalUserAdmin

        admin.site.register(Redirect, RedirectAdmin)
        # After every app's own admin: these two come from others
        admin.site.unregister([get_user_model(), EmailAddress])
        admin.site.register(get_user_model(), PortalUserAdmin)
