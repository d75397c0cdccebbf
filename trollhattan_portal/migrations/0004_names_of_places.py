"""A district has its Swedish name in every language: what was said to be missing isn't."""

from django.conf import settings
from django.db import migrations
from modeltranslation.utils import build_localized_fieldname

from publishing.translatable import NOTHING, hash_of


def say_so(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    Track = apps.get_model("publishing", "Track")
    districts = Track.objects.filter(kind="initiatives.district", newest__data__isnull=False)
    for track in districts.select_related("newest"):
        data = track.newest.data
        kept = {NOTHING, hash_of(data.get(build_localized_fieldname("name", "sv")))}
        track.translations |= {
            code: "current"
            for code, _name in settings.LANGUAGES
            if code != settings.LANGUAGE_CODE
            and hash_of(data.get(build_localized_fieldname("name", code))) in kept
        }
        track.save(update_fields=["translations"])


class Migration(migrations.Migration):
    dependencies = [("trollhattan_portal", "0003_translations")]
    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
