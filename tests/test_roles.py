"""The three groups of the back office, which are there as soon as the database is."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from publishing.roles import ROLES, SITE_KINDS, create_groups

pytestmark = pytest.mark.django_db


def rights_of(name):
    """As (kind, action), for instance ("news.newsitem", "publish")."""
    held = Group.objects.get(name=name).permissions.select_related("content_type")
    return {
        (".".join(each.content_type.natural_key()), each.codename.split("_")[0]) for each in held
    }


def rights_in_code(name):
    return {(kind, action) for kind, actions in ROLES[name] for action in actions}


def everybodys_rights():
    return {group.name: rights_of(group.name) for group in Group.objects.all()}


def test_a_migrated_database_has_the_three_groups_and_no_other():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize("name", ROLES)
def test_each_group_of_a_migrated_database_has_exactly_its_rights(name):
    assert rights_of(name) == rights_in_code(name)


def test_the_migration_alone_makes_the_groups():
    """As on a site where somebody runs the migrations one by one, before rights are given."""
    Group.objects.all().delete()
    migration = import_module("trollhattan_portal.migrations.0001_groups")

    migration.make_groups(apps, SimpleNamespace(connection=connection))

    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_the_migration_keeps_groups_that_are_there():
    kept = Group.objects.get(name="Redaktörer").pk
    migration = import_module("trollhattan_portal.migrations.0001_groups")

    migration.make_groups(apps, SimpleNamespace(connection=connection))

    assert Group.objects.get(name="Redaktörer").pk == kept


def test_migrating_makes_groups_that_are_missing():
    Group.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert everybodys_rights() == {name: rights_in_code(name) for name in ROLES}


def test_migrating_again_changes_nothing():
    before = everybodys_rights()

    call_command("migrate", verbosity=0)

    assert everybodys_rights() == before


def test_a_group_gets_the_rights_of_its_role_that_it_lacks():
    Group.objects.get(name="Redaktörer").permissions.clear()

    create_groups()

    assert rights_of("Redaktörer") == rights_in_code("Redaktörer")


def test_a_group_keeps_what_it_has_been_given_beyond_its_role():
    extra = Permission.objects.get(codename="view_logentry")
    Group.objects.get(name="Redaktörer").permissions.add(extra)

    create_groups()

    assert rights_of("Redaktörer") == rights_in_code("Redaktörer") | {("admin.logentry", "view")}


def test_a_group_that_has_a_new_right_in_its_role_gets_it_by_migrating():
    editors = Group.objects.get(name="Redaktörer")
    editors.permissions.remove(Permission.objects.get(codename="change_newsitem"))

    call_command("migrate", verbosity=0)

    assert rights_of("Redaktörer") == rights_in_code("Redaktörer")


def test_editors_decide_nothing_that_residents_see():
    decided = [kind for kind, action in rights_of("Redaktörer") if action in ("publish", "delete")]

    assert decided == []


def test_each_role_may_all_that_the_one_below_it_may():
    editor, publisher, administrator = (rights_of(name) for name in ROLES)

    assert editor < publisher < administrator


@pytest.mark.parametrize("name", ["Redaktörer", "Publicister"])
def test_only_administrators_meddle_with_people_and_settings(name):
    kinds = {kind for kind, action in rights_of(name) if action != "view"}

    assert not {kind for kind in kinds if kind.startswith("auth.") or kind in SITE_KINDS}


def test_even_administrators_delete_no_person():
    assert ("auth.user", "delete") not in rights_of("Administratörer")


def test_a_group_of_the_sites_own_is_left_alone():
    Group.objects.create(name="Översättare")

    create_groups()

    assert rights_of("Översättare") == set()
