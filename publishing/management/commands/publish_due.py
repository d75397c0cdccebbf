from django.core.management.base import BaseCommand

from publishing.schedule import publish_due


class Command(BaseCommand):
    help = (
        "Låter besökarna se de ändringar vars tid har kommit. Varje besök gör det också: kör detta "
        "varje minut där det kan dröja till nästa besök, eller där en cache svarar i stället. Det "
        "som inte går att publicera får redaktörerna tillbaka, med ett mejl. Kan köras om, och av "
        "flera på en gång."
    )

    def handle(self, **options):
        done = publish_due()
        for item, problem in done:
            kind = item._meta.verbose_name
            if problem:
                self.stderr.write(f"Kunde inte publiceras: {kind} ”{item}”. {problem}")
            else:
                self.stdout.write(f"Publicerad: {kind} ”{item}”.")
        if not done:
            self.stdout.write("Ingenting väntade på sin tid.")
