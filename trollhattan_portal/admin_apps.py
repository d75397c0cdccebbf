from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "trollhattan_portal.admin_site.PortalAdminSite"
