"""What an administrator may do to the accounts of others, and may not."""

import pytest

from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import UserFactory
from trollhattan_portal import invitations

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = staff("Administratörer")
    client.force_login(user)
    return user


def test_an_administrator_cannot_become_a_superuser(client, administrator):
    address = f"/admin/auth/user/{administrator.pk}/change/"
    data = filled_in(client.get(address), is_superuser="on", user_permissions=["1"])
    response = client.post(address, data)

    administrator.refresh_from_db()
    assert response.status_code == 302
    assert not administrator.is_superuser
    assert not administrator.user_permissions.exists()


def test_an_administrator_cannot_touch_a_superuser(client, administrator):
    boss = UserFactory(is_superuser=True)

    assert client.post(f"/admin/auth/user/{boss.pk}/change/", {}).status_code == 403
    assert client.post(f"/admin/auth/user/{boss.pk}/password/", {}).status_code == 403


def test_an_administrator_makes_people_inactive_but_deletes_nobody(client, administrator):
    editor = UserFactory()

    assert client.post(f"/admin/auth/user/{editor.pk}/delete/", {}).status_code == 403


def invited():
    user = UserFactory(email="inbjuden@example.se")
    invitations.invite(user)
    return user


@pytest.mark.parametrize("person", [lambda: staff("Redaktörer"), invited])
def test_the_form_of_a_user_is_in_words_that_are_not_programmers(client, administrator, person):
    page = client.get(admin_url(person(), "change")).text

    assert "Den som har flera roller får göra det som någon av dem får." in page
    assert "Ingen kan se lösenordet." in page
    for word in ["Personalstatus", "adminsida", "klartext", "algoritm", "salt", "autentisering"]:
        assert word not in page
