from django.core.management.base import BaseCommand, CommandError

from images import files, renditions
from images.bulk import work_through
from images.models import Image


class Command(BaseCommand):
    help = (
        "Gör de renditioner som saknas eller är inaktuella, på alla processorkärnor. Behövs efter "
        "en uppgradering som ändrar storlekar eller format, och när filer har förlorats (--all)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="gör om alla, även de aktuella")

    def handle(self, *, all, **options):
        images = [image for image in Image.objects.all() if not image.is_over()]
        images = [image for image in images if all or image.is_out_of_date]
        if not images:
            self.stdout.write("Alla bilder har redan sina renditioner.")
        if failed := work_through(images, self._job, Image.keep_renditions, self.stdout.write):
            raise CommandError(f"{failed} av {len(images)} bilder kunde inte göras.")

    def _job(self, image):
        return renditions.make, files.read(image.master.name), image.focus
