"""Somebody is invited to the back office: the mail, the link, and the password she chooses."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import UserFactory
from trollhattan_portal import invitations

pytestmark = pytest.mark.django_db

ADDRESS = "asa.oberg@example.se"
PASSWORD = "en-sluss-vid-fallen"
INVITE = "/admin/auth/user/add/"


@pytest.fixture
def administrator(client):
    user = staff("Administratörer")
    client.force_login(user)
    return user


@pytest.fixture
def invite(client, administrator):
    """A function: send the form with ``changes``; returns the page that follows."""

    def send(**changes):
        groups = [Group.objects.get(name="Redaktörer").pk]
        names = {"first_name": "Åsa", "last_name": "Öberg"}
        data = {"email": ADDRESS, **names, "groups": groups, **changes}
        return client.post(INVITE, data, follow=True)

    return send


@pytest.fixture
def invited(invite, mailoutbox):
    """The person, and the address in her mail."""
    invite()
    return User.objects.get(email=ADDRESS), link_in(mailoutbox[-1])


@pytest.fixture
def mail_is_down(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Failing"


class Failing(BaseEmailBackend):
    def send_messages(self, messages):
        raise OSError(f"no way to {messages[0].to}")


def link_in(mail):
    return re.search(r"http://testserver(/konto/inbjudan/\S+)", mail.body)[1]


def answer(client, link, password=PASSWORD, again=None):
    client.logout()
    data = {"new_password1": password, "new_password2": again or password}
    return client.post(link, data)


def is_logged_in(client):
    return "_auth_user_id" in client.session


# The mail


def test_the_mail_says_in_swedish_who_invites_and_how_long_the_link_lasts(
    invite, administrator, mailoutbox
):
    with time_machine.travel("2026-11-26 12:00+01:00", tick=False):
        invite()

    [mail] = mailoutbox
    assert mail.to == [ADDRESS]
    assert mail.subject == "Välkommen till redaktionen på testserver"
    assert f"{administrator.username} har bjudit in dig" in mail.body
    assert "till och med 3 december 2026 klockan 12:00" in mail.body
    assert administrator.email in mail.body


def test_the_invited_person_has_her_roles_but_no_way_in(client, invited):
    person, _link = invited

    assert [group.name for group in person.groups.all()] == ["Redaktörer"]
    assert (person.is_staff, person.is_active, person.is_superuser) == (True, False, False)
    assert not person.has_usable_password()


def test_a_mail_that_fails_is_told_and_the_invitation_remains_to_be_sent_again(
    client, invite, mail_is_down, mailoutbox, settings, caplog
):
    page = invite()

    assert f"Mejlet till {ADDRESS} kunde inte skickas." in messages_of(page)[-1]
    person = User.objects.get(email=ADDRESS)
    assert invitations.is_invited(person)
    assert ADDRESS not in caplog.text

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(admin_url(person, "invitation", person.pk), {"again": ""})
    assert len(mailoutbox) == 1


# The link


def test_the_link_leads_to_a_password_and_into_the_back_office(client, invited):
    person, link = invited
    client.logout()

    page = client.get(link)
    response = answer(client, link)

    person.refresh_from_db()
    assert "Välkommen, Åsa!" in page.text
    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert person.check_password(PASSWORD)


def test_she_logs_in_with_her_address_afterwards(client, invited):
    _person, link = invited
    answer(client, link)
    client.logout()

    client.post("/konto/login/", {"login": ADDRESS.upper(), "password": PASSWORD})

    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("xyz", "xyz", "lösenordet är för kort."),
        ("135790246802", "135790246802", "enbart numeriskt."),
        ("asa.oberg@example.se", None, "alltför likt"),
        (PASSWORD, "något-annat-här", "stämmer inte överens"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_in_swedish(
    client, invited, password, again, sentence
):
    person, link = invited

    page = answer(client, link, password, again)

    person.refresh_from_db()
    assert page.status_code == 200
    assert 'class="field__error"' in page.text
    assert sentence in page.text
    assert invitations.is_invited(person)
    assert not is_logged_in(client)


def refused(client, link):
    """What a link that can't be used is answered with, on both ways."""
    client.logout()
    page, sent = client.get(link), answer(client, link)
    assert page.status_code == sent.status_code == 404
    assert not is_logged_in(client)
    return page.text


def test_a_link_works_once(client, invited):
    person, link = invited
    answer(client, link)

    page = refused(client, link)

    assert "be den som bjöd in dig att skicka en ny" in page
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_link_ends_after_the_days_of_the_setting(client, invited, settings):
    settings.INVITATION_DAYS = 2
    _person, link = invited

    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        refused(client, link)
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=23)):
        assert client.get(link).status_code == 200


def test_no_answer_tells_why_a_link_cannot_be_used(client, invited):
    _person, link = invited
    odd = ["x", "0-x", "999-abc", f"{'9' * 30}-a", "٣-a", "-", link.split("/")[-2][:-1]]

    answers = {refused(client, f"/konto/inbjudan/{key}/") for key in odd}
    answer(client, link)
    answers.add(refused(client, link))

    assert len(answers) == 1


def test_a_link_that_somebody_changed_lets_nobody_in(client, invited):
    person, link = invited
    other = UserFactory(email="annan@example.se")
    invitations.invite(other)

    refused(client, link.replace(f"/{person.pk}-", f"/{other.pk}-"))


def test_a_forgotten_password_is_no_way_round_an_invitation(client, invited, mailoutbox):
    client.logout()

    client.post("/konto/password/reset/", {"email": ADDRESS})

    assert len(mailoutbox) == 1  # the invitation itself


def test_the_page_with_the_link_is_kept_by_no_cache(client, invited):
    assert "no-store" in client.get(invited[1]).headers["Cache-Control"]


# Again, and withdrawn


def test_an_invitation_sent_again_ends_the_earlier_link(client, invited, mailoutbox):
    person, link = invited

    client.post(admin_url(person, "invitation", person.pk), {"again": ""})

    refused(client, link)
    assert client.get(link_in(mailoutbox[-1])).status_code == 200


def test_an_invitation_that_ran_out_is_sent_again_with_new_days(client, invited, mailoutbox):
    person, _link = invited

    with time_machine.travel(timezone.now() + timedelta(days=30)):
        client.force_login(staff("Administratörer"))
        client.post(admin_url(person, "invitation", person.pk), {"again": ""})

        assert client.get(link_in(mailoutbox[-1])).status_code == 200


def test_a_withdrawn_invitation_takes_the_account_along_and_is_logged(client, invited):
    person, link = invited

    page = client.post(admin_url(person, "invitation", person.pk), {"withdraw": ""}, follow=True)

    assert not User.objects.filter(email=ADDRESS).exists()
    assert messages_of(page) == [f"Inbjudan till {ADDRESS} är tillbakatagen."]
    assert LogEntry.objects.filter(object_id=person.pk).first().is_deletion()
    refused(client, link)


@pytest.mark.parametrize("button", ["again", "withdraw"])
def test_who_has_answered_is_neither_invited_again_nor_removed(
    client, invited, administrator, mailoutbox, button
):
    person, link = invited
    answer(client, link)
    client.force_login(administrator)

    client.post(admin_url(person, "invitation", person.pk), {button: ""})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person.is_active
    assert len(mailoutbox) == 1


def test_somebody_made_inactive_is_not_invited_or_withdrawn(client, administrator):
    person = UserFactory(is_active=False, last_login=timezone.now())
    person.set_unusable_password()
    person.save()

    client.post(admin_url(person, "invitation", person.pk), {"withdraw": ""})

    assert User.objects.filter(pk=person.pk).exists()


# The list and the form


@time_machine.travel("2026-11-26 12:00+01:00", tick=False)
def test_the_list_says_who_has_not_answered_and_when_the_link_ends(client, invited):
    page = client.get("/admin/auth/user/?inbjudan=vantar")

    assert "Inbjuden, har inte svarat. Länken gäller till 3 december 2026." in page.text
    assert page.context["cl"].result_count == 1


def test_the_list_says_when_a_link_has_ended(client, invited):
    with time_machine.travel("2027-12-24 12:00+01:00"):
        client.force_login(staff("Administratörer"))

        assert "Länken gick ut " in client.get("/admin/auth/user/").text


def test_the_form_of_the_invited_leads_to_the_invitation_and_lets_nobody_in_early(client, invited):
    person, _link = invited
    page = client.get(admin_url(person, "change"))

    client.post(admin_url(person, "change"), filled_in(page, is_active="on", first_name="Asa"))

    person.refresh_from_db()
    assert admin_url(person, "invitation", person.pk) in page.text
    assert person.first_name == "Asa"
    assert not person.is_active


# What is refused


@pytest.mark.parametrize("address", [ADDRESS, "ASA.Oberg@Example.SE"])
def test_an_address_that_is_invited_already_says_so(client, invite, invited, address, mailoutbox):
    page = invite(email=address)

    assert "är redan inbjuden" in page.text
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("facts", [{"email": ADDRESS}, {"username": ADDRESS, "email": ""}])
def test_an_address_that_has_an_account_says_so(invite, facts, mailoutbox):
    UserFactory(**facts)

    page = invite(email=ADDRESS.upper())

    assert "Adressen hör redan till ett konto" in page.text
    assert mailoutbox == []


@pytest.mark.parametrize(
    "wrong", [{"email": "åsa"}, {"email": ""}, {"groups": []}, {"email": f"{'a' * 150}@b.se"}]
)
def test_what_is_missing_or_wrong_is_said_at_the_field_and_nothing_is_sent(
    invite, wrong, mailoutbox
):
    before = User.objects.count()

    page = invite(**wrong)

    assert "errorlist" in page.text
    assert "Öberg" in page.text
    assert User.objects.count() == before
    assert mailoutbox == []


def test_an_administrator_cannot_give_a_role_with_more_rights_than_her_own(invite):
    strong = Group.objects.create(name="Driften")
    strong.permissions.add(Permission.objects.get(codename="delete_user"))

    invite(groups=[strong.pk])

    assert not User.objects.filter(email=ADDRESS).exists()


def test_crafted_fields_make_nobody_a_superuser(client, invite):
    invite(is_superuser="on", is_active="on", user_permissions=["1"], password="x")

    person = User.objects.get(email=ADDRESS)
    assert (person.is_superuser, person.is_active) == (False, False)
    assert not person.user_permissions.exists()


@pytest.mark.parametrize("role", ["Redaktörer", "Publicister"])
def test_only_who_may_add_users_invites(client, role, mailoutbox):
    client.force_login(staff(role))

    assert client.get(INVITE).status_code == 403
    assert client.post(INVITE, {"email": ADDRESS}).status_code == 403
    assert mailoutbox == []


@pytest.mark.parametrize("key", ["0", "9" * 30])
def test_an_invitation_that_never_was_is_not_found(client, administrator, key):
    assert client.get(f"/admin/auth/user/{key}/inbjudan/").status_code == 404


def test_an_error_of_the_mail_server_is_logged_without_the_address(invite, mail_is_down, caplog):
    caplog.set_level(logging.INFO)

    invite()

    assert "En inbjudan kunde inte skickas: OSError" in caplog.text
    assert ADDRESS not in caplog.text
