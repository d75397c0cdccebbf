from django.db import migrations


def make_groups(apps, schema_editor):
    """The three roles by name; their rights are given when each app's permissions exist.

    See publishing.roles, which is asked after every migrate.
    """
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ("Redaktörer", "Publicister", "Administratörer"):
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
