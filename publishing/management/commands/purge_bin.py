from django.core.management.base import BaseCommand

from publishing.models import Job, OpenForm, Preview
from publishing.purging import purge_bin
from publishing.signals import night_has_come


class Command(BaseCommand):
    help = (
        "Tömmer papperskorgen på det som har legat i den i 90 dagar, med bilders och dokuments "
        "filer. Historiken behåller det som besökarna har kunnat läsa; det andra lämnar märkta "
        "luckor. Texter som bara har förhandsvisats tas bort, texter som ingen sparade när "
        "UNSAVED_DAYS dagar har gått, och sökningar som inte gav något när 90 dagar har gått. "
        "Bilder vars tid är slut förlorar sina filer, och bildfiler som har ersatts tas bort. Kör "
        "detta varje natt. Kan köras om, och av flera på en gång."
    )

    def handle(self, **options):
        Preview.objects.over().delete()
        OpenForm.objects.over().delete()
        night_has_come.send(sender=type(self))
        purged = purge_bin()
        Job.ran("purge_bin")
        for item in purged:
            # Not by its title, which may be what was to be forgotten
            self.stdout.write(f"Tömd ur papperskorgen: {item._meta.verbose_name} {item.pk}.")
        if not purged:
            self.stdout.write("Ingenting har legat i papperskorgen i 90 dagar.")
