from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from publishing.models import Chain, Track, Version
from publishing.models.chain import BY


class Command(BaseCommand):
    help = (
        "Tar bort en persons namn ur hela historiken, där det står vem som har gjort något. Det "
        "går inte att ångra. Texterna blir kvar, och varje post visar att namnet är borttaget och "
        "varför. Kontot, och loggen över senaste åtgärder, berörs inte."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "person", help="kontots användarnamn, eller namnet i historiken om kontot är borta"
        )
        parser.add_argument("--reason", required=True, help="skälet, som står kvar i historiken")

    def handle(self, *, person, reason, **options):
        with Chain.writing() as chain:
            written = list(self._written_by(person).order_by("sequence"))
            if not written:
                raise CommandError("Ingen post i historiken är gjord av den personen.")
            try:
                for track, versions in _by_track(written):
                    track.erase(chain, _item(track), versions, [BY], by=None, note=reason)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Namnet är borttaget ur {len(written)} poster.")

    def _written_by(self, person):
        user = get_user_model().objects.filter(username=person).first()
        if user:
            return Version.objects.filter(by=user)
        return Version.objects.filter(by=None, by_name=person)


def _by_track(written):
    by_place = {}
    for version in written:
        by_place.setdefault((version.kind, version.object_id), []).append(version)
    for (kind, key), versions in by_place.items():
        yield Track.objects.get(kind=kind, object_id=key), versions


def _item(track):
    """The row, or what it was when it was thrown away."""
    model = apps.get_model(track.kind)
    row = model._base_manager.filter(pk=track.object_id).first()
    return row or model.as_recorded(track.object_id, track.binned_version() or track.newest)
