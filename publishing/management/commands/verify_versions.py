from django.core.management.base import BaseCommand, CommandError

from publishing.history import drifted_rows, rows_without_history, verify_chain
from publishing.models import Version


class Command(BaseCommand):
    help = (
        "Räknar om hela versionskedjan och skriver hur lång den är och vilket huvud den har. "
        "Namnger annars den första posten som inte är som den skrevs, och slutar med 1. Varnar "
        "också för rader som har ändrats utan att det står i historiken. Vad det bevisar står i "
        "docs/versions.md."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            metavar="NUMMER:HASH",
            help="ett huvud som har sparats på annat håll, att jämföra med",
        )

    def handle(self, *, head, **options):
        proof = verify_chain()
        if proof.broken:
            raise CommandError(f"Kedjan är bruten vid {proof.broken}.")
        if head:
            self._compare(head, proof)
        self.stdout.write(f"Kedjan är hel: {proof.length} poster.")
        self.stdout.write(f"Huvud: {proof.length}:{proof.head}")
        self._warn()

    def _compare(self, head, proof):
        number, _, kept = head.partition(":")
        if not number.isdecimal() or len(kept) != 64:
            raise CommandError("Skriv huvudet som det skrevs ut: nummer, kolon och 64 tecken.")
        if int(number) > proof.length:
            raise CommandError(f"Kedjan är kortare än den var: {proof.length} poster.")
        version = Version.objects.filter(sequence=number).first()
        if not version or version.hash != kept:
            raise CommandError(f"Kedjan har skrivits om: post {number} hade ett annat huvud.")
        self.stdout.write(f"Huvudet från post {number} stämmer.")

    def _warn(self):
        for track in drifted_rows():
            self.stderr.write(
                f"Varning: {track.kind} {track.object_id} är ändrad utan att det står i historiken."
            )
        for model, number in rows_without_history():
            self.stderr.write(
                f"Varning: {number} {model._meta.verbose_name_plural} saknar historik."
            )
