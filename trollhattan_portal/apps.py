from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "trollhattan_portal"
    verbose_name = "Portalen"

    def ready(self):
        # Each app has its permissions made when its own signal is sent, so wait for the last one
        *_others, last = (each for each in apps.get_app_configs() if each.models_module)
        post_migrate.connect(_create_groups, sender=last)


def _create_groups(using, apps=apps, **_facts):
    from publishing.roles import create_groups

    # After `migrate news`, for instance, there may be no groups to give rights to
    if {"auth", "contenttypes"} <= {each.label for each in apps.get_app_configs()}:
        create_groups(using)
