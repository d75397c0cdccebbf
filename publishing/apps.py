from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = "Publicering"

    def ready(self):
        from publishing import signals

        signals.watch_content()
