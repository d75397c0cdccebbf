from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publicering"

    def ready(self):
        from publishing import rechecking, signals

        signals.watch_content()
        signals.content_changed.connect(rechecking.recheck_changed)
        signals.night_has_come.connect(rechecking.recheck_at_night)
        *_others, last = (each for each in apps.get_app_configs() if each.models_module)
        post_migrate.connect(rechecking.recheck_after_migration, sender=last)
