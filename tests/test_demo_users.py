"""manage.py create_demo_users: three log-ins for whoever tries the demo."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from publishing.roles import ROLES

pytestmark = pytest.mark.django_db
NAMES = {"redaktor", "publicist", "administrator"}


@pytest.fixture(autouse=True)
def no_given_password(monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


def create_demo_users():
    output = StringIO()
    call_command("create_demo_users", stdout=output)
    return output.getvalue()


def passwords_in(text):
    rows = [line.split() for line in text.splitlines()]
    return {row[0]: row[1] for row in rows if row and row[0] in NAMES}


def test_it_makes_three_users_who_may_log_in_to_the_admin():
    create_demo_users()

    assert set(User.objects.filter(is_staff=True).values_list("username", flat=True)) == NAMES


def test_it_prints_passwords_that_work():
    printed = passwords_in(create_demo_users())

    assert set(printed) == NAMES
    for name, password in printed.items():
        assert User.objects.get(username=name).check_password(password)


def test_it_takes_the_password_from_the_environment(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "mitt-eget-val")

    create_demo_users()

    assert User.objects.get(username="redaktor").check_password("mitt-eget-val")


def test_passwords_it_makes_up_differ_from_user_to_user():
    assert len(set(passwords_in(create_demo_users()).values())) == 3


def test_a_second_run_changes_nothing_and_prints_no_password():
    create_demo_users()
    before = list(User.objects.values())

    output = create_demo_users()

    assert list(User.objects.values()) == before
    assert output == "Demons användare fanns redan och är oförändrade.\n"


def test_it_leaves_a_user_who_is_there_alone():
    kept = User.objects.create_user("redaktor", password="mitt-eget-val")

    printed = passwords_in(create_demo_users())

    kept.refresh_from_db()
    assert kept.check_password("mitt-eget-val")
    assert not kept.is_staff
    assert set(printed) == NAMES - {"redaktor"}


def test_nobody_is_a_superuser():
    create_demo_users()

    assert not User.objects.filter(is_superuser=True).exists()


def test_everybody_is_in_one_group():
    create_demo_users()

    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert all(user.groups.count() == 1 for user in User.objects.all())


def test_only_those_who_publish_have_the_right_to():
    create_demo_users()

    may_publish = {
        user.username for user in User.objects.all() if user.has_perm("news.publish_newsitem")
    }
    assert may_publish == {"publicist", "administrator"}


def test_only_administrators_mind_users_and_settings():
    create_demo_users()

    for right in ["auth.change_user", "pages.change_sitesettings"]:
        assert [u.username for u in User.objects.all() if u.has_perm(right)] == ["administrator"]
