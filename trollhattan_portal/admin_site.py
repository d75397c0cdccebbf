from django.contrib.admin import AdminSite


class PortalAdminSite(AdminSite):
    site_header = "Redaktion"
    site_title = "Redaktion"
    index_title = "Innehåll"
