from django.apps import AppConfig


class ImagesConfig(AppConfig):
    name = "images"
    verbose_name = "Bilder"

    def ready(self):
        from images.night import tidy
        from publishing.signals import night_has_come

        night_has_come.connect(tidy)
