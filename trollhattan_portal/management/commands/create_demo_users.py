import os
import secrets

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction

USERS = {
    "redaktor": "Redaktörer",
    "publicist": "Publicister",
    "administrator": "Administratörer",
}


def readable_password():
    """Five groups of two syllables, about 66 bits: easy to read, to type and to say."""
    return "-".join(
        "".join(
            secrets.choice("bdfghjklmnprstvxz") + secrets.choice("aeiouy") for _syllable in range(2)
        )
        for _group in range(5)
    )


class Command(BaseCommand):
    help = (
        "Skapar de av demons tre användare som saknas, en i varje grupp. Lösenordet "
        "tas ur DEMO_PASSWORD, annars hittas ett på och skrivs ut. Bara för demon: en riktig "
        "webbplats börjar med createsuperuser."
    )

    @transaction.atomic
    def handle(self, **options):
        made = [
            (name, self._create(name, group), group)
            for name, group in USERS.items()
            if not User.objects.filter(username=name).exists()
        ]
        if made:
            self._print(made)
        else:
            self.stdout.write("Demons användare fanns redan och är oförändrade.")

    def _create(self, name, group):
        password = os.environ.get("DEMO_PASSWORD") or readable_password()
        user = User.objects.create_user(
            name, email=f"{name}@example.se", password=password, is_staff=True
        )
        user.groups.add(Group.objects.get(name=group))
        return password

    def _print(self, made):
        rows = [("Användare", "Lösenord", "Grupp"), *made]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        self.stdout.write("Logga in på /admin/ med något av dessa konton:\n")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  " + "   ".join(cells).rstrip())
