from django.core.management.base import BaseCommand

from images.models import Image
from images.night import forget_replaced


class Command(BaseCommand):
    help = (
        "Tar bort renditionerna av bilder som inte längre får visas: tiden är slut eller samtycket "
        "återkallat. De svarar 404 ändå från samma stund; kör detta varje natt, så att filerna "
        "inte ligger kvar. Bildfiler som ersattes för mer än tolv timmar sedan tas också bort."
    )

    def handle(self, **options):
        images = Image.objects.over().exclude(renditions="")
        for image in images:
            image.remove_renditions()
            self.stdout.write(f"Borttagen: {image}")
        forget_replaced()
        if not images:
            self.stdout.write("Inget att ta bort.")
