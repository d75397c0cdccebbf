from django.core.management.base import BaseCommand

from images.models import Image


class Command(BaseCommand):
    help = (
        "Tar bort renditionerna av bilder som inte längre får visas: tiden är slut eller samtycket "
        "återkallat. De svarar 404 ändå från samma stund; kör detta varje natt, så att filerna "
        "inte ligger kvar."
    )

    def handle(self, **options):
        images = Image.objects.over().exclude(renditions="")
        for image in images:
            image.remove_renditions()
            self.stdout.write(f"Borttagen: {image}")
        if not images:
            self.stdout.write("Inget att ta bort.")
