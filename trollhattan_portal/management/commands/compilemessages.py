from django.core.management.base import BaseCommand

from trollhattan_portal.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the catalogues in locale/ that have changed. Needs no GNU gettext."
    requires_system_checks = []

    def handle(self, **options):
        for path in compile_catalogues():
            self.stdout.write(str(path))
