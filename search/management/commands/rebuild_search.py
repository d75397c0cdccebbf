import sys

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    help = "Bygger om sökningens index från det som finns i databasen."

    def handle(self, *args, verbosity, **options):
        shows = verbosity > 0 and self.stderr.isatty()
        number = rebuild(self._show if shows else lambda done, total: None)
        if verbosity > 0:
            self.stdout.write(f"{number} texter kan hittas.")

    def _show(self, done, total):
        share = done / total if total else 1
        bar = "█" * round(30 * share)
        end = "\n" if done == total else ""
        self.stderr.write(f"\r{bar:<30} {done} av {total}", ending=end)
        sys.stderr.flush()
