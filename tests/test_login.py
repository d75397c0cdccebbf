"""Who comes into the back office, and how often one may try."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.admin_forms import staff
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LOG_IN = "/konto/login/"
PASSWORD = "en-sluss-vid-fallen"
MISMATCH = "Användarnamnet eller lösenordet stämmer inte."


@pytest.fixture
def editor():
    return make_user("redaktor")


def make_user(name, **facts):
    user = UserFactory(username=name, **facts)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client, name, password=PASSWORD, **extra):
    return client.post(LOG_IN, {"login": name, "password": password}, **extra)


def is_logged_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("name", ["redaktor", "redaktor@example.se"])
def test_one_logs_in_with_user_name_or_email(client, editor, name):
    response = log_in(client, name)

    assert response.url == reverse("admin:index")


def test_the_admin_sends_those_who_are_not_logged_in_to_our_own_log_in(client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith(LOG_IN)
    assert "<h1>Logga in</h1>" in response.content.decode()


def test_one_comes_back_to_where_one_wanted_to_go(client, editor):
    address = "/admin/news/newsitem/"

    response = client.post(f"{LOG_IN}?next={address}", {"login": "redaktor", "password": PASSWORD})

    assert response.url == address


def test_one_is_never_sent_to_another_site(client, editor):
    response = client.post(
        f"{LOG_IN}?next=https://example.com/", {"login": "redaktor", "password": PASSWORD}
    )

    assert response.url == reverse("admin:index")


def test_somebody_who_is_not_staff_is_refused(client):
    make_user("besokare", is_staff=False)
    log_in(client, "besokare")

    assert client.get("/admin/", follow=True).status_code == 403


def test_an_inactive_account_cannot_log_in(client):
    make_user("slutat", is_active=False)

    log_in(client, "slutat")

    assert not is_logged_in(client)


def test_logging_out_takes_a_post_and_ends_the_session(client, editor):
    log_in(client, "redaktor")

    client.get("/admin/logout/")
    assert is_logged_in(client)
    response = client.post("/admin/logout/", follow=True)

    assert not is_logged_in(client)
    assert "Du har loggat ut." in response.content.decode()


# How often


def test_the_sixth_wrong_password_closes_the_door_for_the_right_one_too(client, editor):
    for _attempt in range(5):
        assert MISMATCH in log_in(client, "redaktor", "fel").content.decode()

    response = log_in(client, "redaktor")

    assert response.status_code == 429
    assert "För många försök" in response.content.decode()
    assert not is_logged_in(client)


def test_another_person_elsewhere_can_still_log_in(client, editor):
    make_user("publicist")
    for _attempt in range(6):
        log_in(client, "redaktor", "fel")

    log_in(client, "publicist", REMOTE_ADDR="192.0.2.7")

    assert is_logged_in(client)


def test_the_right_password_is_not_counted(client, editor):
    for _attempt in range(7):
        log_in(client, "redaktor")
        client.logout()

    log_in(client, "redaktor")

    assert is_logged_in(client)


# Telling nothing


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, editor):
    answers = [
        re.sub(r'value="[^"]*"', "", log_in(client, name, "fel").content.decode())
        for name in ["redaktor", "finnsinte", "redaktor@example.se", "finns@example.com"]
    ]

    assert MISMATCH in answers[0]
    assert len(set(answers)) == 1


def test_a_password_reset_does_not_tell_whether_there_is_an_account(client, editor, mailoutbox):
    known, unknown = [
        client.post("/konto/password/reset/", {"email": email}, follow=True)
        for email in ["redaktor@example.se", "ingen@example.com"]
    ]

    assert known.content == unknown.content
    assert known.redirect_chain == unknown.redirect_chain


def test_a_password_reset_sends_a_link_in_swedish(client, editor, mailoutbox):
    client.post("/konto/password/reset/", {"email": "redaktor@example.se"})

    [mail] = mailoutbox
    assert mail.subject.endswith("Välj nytt lösenord")
    assert "Har du inte bett om det behöver du inte göra något." in mail.body


def test_the_link_leads_to_a_new_password(client, editor, mailoutbox):
    client.post("/konto/password/reset/", {"email": "redaktor@example.se"})
    address = re.search(r"http://[^/]+(/\S+)", mailoutbox[0].body)[1]
    form = client.get(address, follow=True)
    new = "ett-nytt-vid-slussen"

    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert User.objects.get().check_password(new)


def open_link(client, mail):
    """The page that a link in ``mail`` leads to."""
    address = re.search(r"http://[^/]+(/\S+)", mail.body)[1]
    return client.get(address, follow=True)


def test_the_link_to_a_new_password_works_once(client, editor, mailoutbox):
    client.post("/konto/password/reset/", {"email": "redaktor@example.se"})
    form, new = open_link(client, mailoutbox[0]), "ett-nytt-vid-slussen"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    again = open_link(Client(), mailoutbox[0])
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    assert "Länken går inte att använda" in again.text
    assert User.objects.get().check_password(new)


def test_the_link_to_a_new_password_ends(client, editor, mailoutbox, settings):
    client.post("/konto/password/reset/", {"email": "redaktor@example.se"})

    later = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT, hours=2)
    with time_machine.travel(later):
        page = open_link(client, mailoutbox[0])

    assert "Länken går inte att använda" in page.text


def test_an_account_that_is_closed_gets_no_link(client, mailoutbox):
    make_user("slutat", is_active=False)

    client.post("/konto/password/reset/", {"email": "slutat@example.se"})

    assert mailoutbox == []


def test_a_weak_new_password_is_refused_in_swedish(client, editor, mailoutbox):
    client.post("/konto/password/reset/", {"email": "redaktor@example.se"})
    form = open_link(client, mailoutbox[0])

    page = client.post(form.redirect_chain[-1][0], {"password1": "kort", "password2": "kort"})

    assert "lösenordet är för kort" in page.text
    assert User.objects.get().check_password(PASSWORD)


def test_a_used_link_is_explained(client):
    page = client.get("/konto/password/reset/key/1-fel-kod/").content.decode()

    assert "Länken går inte att använda" in page


def test_a_stranger_who_asks_for_a_password_gets_no_mail(client, mailoutbox):
    client.post("/konto/password/reset/", {"email": "ingen@example.com"})

    assert mailoutbox == []


# Changing it


@pytest.fixture
def new_password(client, editor):
    """A function: change the editor's password to ``new``, from the link in the back office."""
    log_in(client, "redaktor")

    def change(new, old=PASSWORD):
        data = {"oldpassword": old, "password1": new, "password2": new}
        return client.post("/konto/password/change/", data, follow=True)

    return change


def test_one_changes_ones_password_and_stays_logged_in(client, editor, new_password):
    page = new_password("ett-nytt-vid-slussen")

    editor.refresh_from_db()
    assert editor.check_password("ett-nytt-vid-slussen")
    assert page.redirect_chain == [(reverse("admin:index"), 302)]
    assert "Lösenordet är bytt." in page.content.decode()


def test_the_old_password_is_asked_for(editor, new_password):
    page = new_password("ett-nytt-vid-slussen", old="fel")

    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)
    assert page.context["form"].errors.keys() == {"oldpassword"}


def test_a_weak_password_is_refused(editor, new_password):
    page = new_password("lösenord")

    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)
    assert "password1" in page.context["form"].errors


def test_the_back_office_and_its_own_address_lead_to_the_page_where_one_changes_it(client):
    client.force_login(staff("Redaktörer"))

    assert 'href="/konto/password/change/"' in client.get("/admin/").content.decode()
    assert client.get("/admin/password_change/").url == "/konto/password/change/"
    assert "<h1>Byt lösenord</h1>" in client.get("/konto/password/change/").content.decode()


# What there is not


@pytest.mark.parametrize(
    "address",
    [
        "",
        "3rdparty/",
        "confirm-email/",
        "confirm-email/MQ:abc/",
        "email/",
        "login/code/",
        "login/code/confirm/",
        "password/set/",
        "reauthenticate/",
        "signup/",
    ],
)
def test_allauths_other_pages_are_not_there(client, address):
    client.force_login(staff("Redaktörer"))

    assert client.get(f"/konto/{address}").status_code == 404


def test_nobody_signs_up(client):
    details = {"username": "ny", "email": "ny@example.com", "password1": PASSWORD}

    client.post("/konto/signup/", {**details, "password2": PASSWORD})

    assert not User.objects.exists()


def test_the_log_in_page_offers_no_sign_up(client):
    assert "signup" not in client.get(LOG_IN).content.decode()


# Cookies


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client, editor):
    log_in(client, "redaktor")

    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_session_ends_with_the_browser(client, editor):
    log_in(client, "redaktor")

    assert client.cookies["sessionid"]["max-age"] == ""


def test_the_log_in_page_is_never_stored(client):
    assert "no-store" in client.get(LOG_IN).headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/admin/", "/admin/news/newsitem/"])
def test_the_back_office_is_never_stored(client, address):
    client.force_login(staff("Redaktörer"))

    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_what_a_password_must_be_is_said_in_short_words(client, editor):
    client.force_login(editor)

    page = client.get("/konto/password/change/")

    assert "gärna flera ord efter varandra" in page.text
    assert "Inte bara siffror." in page.text
    assert "numeriskt" not in page.text
