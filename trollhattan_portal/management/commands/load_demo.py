from django.conf import settings
from django.core.management import BaseCommand, call_command

from focus_areas.models import FocusArea
from news.models import NewsArchive
from pages.models import SiteSettings
from publishing.history import begin_histories


class Command(BaseCommand):
    help = (
        "Läser in demons innehåll från fixtures/ där inget innehåll finns, och gör det som härleds "
        "ur det: bildernas storlekar, nyhetsarkivets antal, en första version av allt och det som "
        "sökningen letar i. Det som redan finns ändras inte."
    )

    def handle(self, *, verbosity, **options):
        fixtures = settings.BASE_DIR / "fixtures"
        if SiteSettings.objects.exists() or FocusArea.objects.exists():
            self.stdout.write("Innehåll finns redan. Det lämnas som det är.")
        else:
            self.stdout.write("Läser in demons innehåll …")
            call_command("loaddata", *sorted(fixtures.glob("*.json")), verbosity=verbosity)
        call_command("import_masters", fixtures / "pictures", stdout=self.stdout)
        NewsArchive.recount()
        begin_histories()
        call_command("rebuild_search", stdout=self.stdout)
