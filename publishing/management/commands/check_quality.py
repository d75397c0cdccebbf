from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from publishing.models import Finding
from publishing.quality import BY_NAME
from publishing.rechecking import recheck_all


class Command(BaseCommand):
    help = (
        "Prövar alla publicerade sidor mot kvalitetsreglerna och sparar det som bryter mot dem som "
        "uppgifter för redaktionen. Ingenting avpubliceras. Det görs också varje natt, och av "
        "migrate när reglerna har ändrats. Kan köras om, och av flera på en gång."
    )

    def add_arguments(self, parser):
        parser.add_argument("--rule", metavar="REGEL", help="visa bara det som bryter mot en regel")

    def handle(self, *, rule, verbosity, **options):
        if rule and rule not in BY_NAME:
            raise CommandError(f"Det finns ingen sådan regel. Välj bland: {', '.join(BY_NAME)}.")
        done = 0
        for item in recheck_all():
            done += 1
            if verbosity > 1 or done % 100 == 0:
                self.stderr.write(f"{done} sidor: {item._meta.verbose_name} {item.pk}")
        found = Finding.objects.filter(rule=rule) if rule else Finding.objects.all()
        self._tell(done, list(found.order_by("kind", "object_id", "pk")))

    def _tell(self, done, found):
        still_open = set(Finding.objects.open().values_list("pk", flat=True))
        for finding in found:
            if finding.pk in still_open:
                self.stdout.write(
                    f"{finding.kind} {finding.object_id}, {finding.column}: {finding.rule}. "
                    f"{finding.sentence}"
                )
        self.stdout.write(f"{done} publicerade sidor är prövade.")
        for name, number in sorted(Counter(finding.rule for finding in found).items()):
            kind = "hindrar publicering" if BY_NAME[name].blocks else "råd"
            self.stdout.write(f"{number} × {name} ({kind}): {BY_NAME[name].title}")
        if not found:
            self.stdout.write("Inget bryter mot reglerna.")
