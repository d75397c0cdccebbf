from django.core.management.base import BaseCommand

from trollhattan_portal.catalogues import update_catalogues


class Command(BaseCommand):
    help = (
        "Bring the catalogues in locale/ up to date with the texts in the sources, for every "
        "language in the settings: new texts come untranslated, those that are gone go. Needs no "
        "GNU gettext."
    )
    requires_system_checks = []

    def handle(self, **options):
        update_catalogues()
