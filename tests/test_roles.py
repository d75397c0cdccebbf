"""The three groups of the back office, which are there as soon as the database is."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from publishing.roles import ROLES, create_groups

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


def test_a_group_of_the_sites_own_is_left_alone():
    Group.objects.create(name="Översättare")

    create_groups()

    assert rights_of("Översättare") == set()
