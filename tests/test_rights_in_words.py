"""Who may do what is said in words, made of the permissions that are asked for."""

import re

import pytest
from django.contrib.auth.models import Group, Permission

from publishing.roles import ROLES, rights_of
from tests.admin_forms import admin_url, staff, with_rights
from tests.factories import AdministratorFactory, UserFactory
from trollhattan_portal import invitations
from trollhattan_portal.admin_site import SECTIONS
from trollhattan_portal.rights import TITLES, Kind, kinds_in, sentence_about, words_for

pytestmark = pytest.mark.django_db

RIGHTS = "/admin/vem-far-gora-vad/"


def rows_of(page):
    return {
        kind: dict(zip([group.name for group in page.context["groups"]], words, strict=True))
        for _section, kinds in page.context["sections"]
        for kind, words in kinds
    }


# What one is told about oneself


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("Redaktörer", "Du är redaktör: du skriver, men publicerar inte."),
        ("Publicister", "Du är publicist: du skriver och publicerar."),
        (
            "Administratörer",
            "Du är administratör: du skriver och publicerar, och sköter användarna.",
        ),
    ],
)
def test_the_index_tells_each_role_what_it_does(client, role, sentence):
    client.force_login(staff(role))

    assert sentence in client.get("/admin/").text


def test_with_four_eyes_it_says_so(settings):
    settings.FOUR_EYES = True

    sentence = sentence_about(staff("Publicister"))

    assert sentence == (
        "Du är publicist: du skriver, och publicerar det som någon annan skrev sist i."
    )


@pytest.mark.parametrize(
    ("rights", "sentence"),
    [
        ([], "Du får inget göra än."),
        (["view_newsitem"], "Du får läsa, men skriver inte."),
        (["change_newsitem"], "Du skriver, men publicerar inte."),
        (["change_newsitem", "publish_newsitem"], "Du skriver och publicerar."),
    ],
)
def test_somebody_with_rights_of_no_role_is_told_what_she_may(rights, sentence):
    assert sentence_about(with_rights(*rights)) == sentence


def test_a_superuser_is_told_that_she_may_do_everything():
    assert sentence_about(AdministratorFactory()).startswith("Du får göra allt")


def test_every_role_has_a_name_for_one_person():
    assert TITLES.keys() == ROLES.keys()


# The table


def test_the_table_names_every_right_of_every_role_and_no_other(client):
    """Each kind that a role has a right to, with as many words as make that right."""
    client.force_login(UserFactory())

    rows = rows_of(client.get(RIGHTS))

    for role in ROLES:
        kinds = {kind.name for kind in kinds_in(rights_of(role), SECTIONS)}
        assert {kind for kind, words in rows.items() if words[role]} == kinds


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Nyheter", ["skriva", "skriva, publicera och kasta", "skriva, publicera och kasta"]),
        ("Bilder", ["skriva", "skriva, publicera och kasta", "skriva, publicera och kasta"]),
        ("Startsida", ["ändra", "ändra och publicera", "ändra och publicera"]),
        ("Webbplatsens inställningar", ["", "", "ändra"]),
        ("Användare", ["", "", "skriva"]),
        ("Grupper", ["", "", "se"]),
    ],
)
def test_the_words_are_those_of_the_permissions(client, kind, words):
    client.force_login(staff("Redaktörer"))

    assert list(rows_of(client.get(RIGHTS))[kind].values()) == words


def test_a_right_that_is_given_or_taken_is_seen_at_once(client):
    client.force_login(UserFactory())
    editors = Group.objects.get(name="Redaktörer")
    editors.permissions.add(Permission.objects.get(codename="publish_newsitem"))
    editors.permissions.remove(Permission.objects.get(codename="view_notice"))

    rows = rows_of(client.get(RIGHTS))

    assert rows["Nyheter"]["Redaktörer"] == "skriva och publicera"
    assert rows["Krismeddelanden"]["Redaktörer"] == ""


def test_a_group_of_ones_own_gets_its_column(client):
    group = Group.objects.create(name="Översättare")
    group.permissions.add(Permission.objects.get(codename="change_newsitem"))
    client.force_login(UserFactory())

    assert rows_of(client.get(RIGHTS))["Nyheter"]["Översättare"] == "ändra"


def test_a_right_without_a_word_is_not_left_out():
    kind = Kind("", "Nyheter", "news.newsitem")

    assert words_for(kind, {"news.view_newsitem", "news.sing_newsitem"}) == "sing"


def test_the_page_says_whom_to_ask(client):
    helper = staff("Administratörer")
    helper.first_name, helper.last_name = "Åsa", "Öberg"
    helper.save()
    staff("Publicister")
    client.force_login(UserFactory())

    assert "Fråga Åsa Öberg." in client.get(RIGHTS).text


def test_the_table_is_read_out_with_its_headings(client):
    client.force_login(UserFactory())

    page = client.get(RIGHTS).text

    table = page[page.index('<table class="rights">') :]
    assert "<caption" in table
    heads = re.findall(r"<th\b[^>]*>", table[: table.index("</table>")])
    assert all("scope=" in each for each in heads)


@pytest.mark.parametrize("more", [0, 5])
def test_the_table_costs_the_same_however_many_groups_there_are(
    client, more, django_assert_max_num_queries
):
    for number in range(more):
        Group.objects.create(name=f"Grupp {number}")
    client.force_login(staff("Redaktörer"))

    with django_assert_max_num_queries(10):
        client.get(RIGHTS)


# The form of a user


def may_do(client, person):
    page = client.get(admin_url(person, "change"))
    return page.text[page.text.index("field-may_do") :]


def test_the_form_of_a_user_lists_what_she_may(client):
    client.force_login(staff("Administratörer"))

    text = may_do(client, staff("Publicister"))

    assert "<li>Nyheter: skriva, publicera och kasta</li>" in text


def test_the_form_of_somebody_invited_lists_what_she_will_be_able_to_do(client):
    client.force_login(staff("Administratörer"))
    person = staff("Redaktörer")
    invitations.invite(person)

    assert "<li>Nyheter: skriva</li>" in may_do(client, person)


def test_the_form_of_somebody_without_a_role_says_so(client):
    client.force_login(staff("Administratörer"))

    assert "Ge personen en roll." in may_do(client, UserFactory())


@pytest.mark.parametrize("kind", ["user", "group", "redirect"])
def test_a_form_without_languages_shows_its_fields(admin_client, kind):
    """As those of users, groups and addresses are."""
    rows = {"user": UserFactory, "group": Group.objects.first}
    if kind == "redirect":
        page = admin_client.get("/admin/publishing/redirect/add/")
    else:
        page = admin_client.get(admin_url(rows[kind](), "change"))

    assert '<div class="form-row' in page.text


# What administrators may not take over


def test_an_administrator_cannot_take_over_who_may_more(client):
    strong = UserFactory()
    strong.user_permissions.add(Permission.objects.get(codename="delete_user"))
    client.force_login(staff("Administratörer"))

    for page in ["", "password/"]:
        address = f"/admin/auth/user/{strong.pk}/{page or 'change/'}"
        assert client.post(address, {"password1": "x"}).status_code == 403


def test_nor_somebody_who_would_may_more_if_she_were_active(client):
    strong = UserFactory(is_active=False)
    strong.user_permissions.add(Permission.objects.get(codename="delete_user"))
    client.force_login(staff("Administratörer"))

    assert client.post(admin_url(strong, "change"), {}).status_code == 403
