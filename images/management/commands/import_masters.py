from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from images.bulk import master_and_renditions, work_through
from images.models import Image
from publishing.models import Chain, Track


class Command(BaseCommand):
    help = (
        "Hämtar bildfiler som fattas i medielagret från en mapp, med samma granskning som vid "
        "uppladdning, och gör deras renditioner. Filen heter som i bildens rad: raden "
        "masters/torget.webp tar torget.webp. Behövs efter loaddata; kan köras om."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path, help="mappen med bildfilerna")

    def handle(self, *, directory, **options):
        self.directory = directory
        images = [image for image in Image.objects.order_by("pk") if self._is_missing(image)]
        if not images:
            self.stdout.write("Alla bilder har redan sina filer.")
        if failed := work_through(images, self._job, self._keep, self.stdout.write):
            raise CommandError(f"{failed} av {len(images)} bilder kunde inte hämtas.")

    def _is_missing(self, image):
        return not image.digest or not default_storage.exists(image.master.name)

    def _job(self, image):
        source = self.directory / f"{image.slug}.webp"
        return master_and_renditions, source.read_bytes(), image.focus

    def _keep(self, image, made):
        master, renditions = made
        with Chain.writing():
            image.set_master(master, slug=image.slug)
            image.save()
            image.keep_renditions(renditions)
            if Track.find(image):
                image.record(by=None, note="Bildfilen är hämtad.")
