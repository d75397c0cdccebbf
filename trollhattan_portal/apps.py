from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "trollhattan_portal"
    verbose_name = "Portalen"
