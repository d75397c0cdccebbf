"""Who is refused at a door of the back office is told why, in Swedish."""

import pytest

from news.models import NewsItem
from publishing.models import State
from tests import doors
from tests.admin_forms import admin_url, messages_of, staff
from tests.factories import AdministratorFactory, NewsItemFactory, SiteSettingsFactory

pytestmark = pytest.mark.django_db

VERBS = {
    "publish": "Publicera",
    "publish_with": "Publicera",
    "send_back": "Skicka tillbaka",
    "unschedule": "Hämta tillbaka texten som väntar",
    "mark_reviewed": "Markera som granskad",
    "reviewed_unchanged": "Granskad utan ändring",
    "stop": "Stoppa publiceringen",
    "archive": "Arkivera",
    "withdraw": "Avpublicera",
}


@pytest.fixture
def editor(client):
    client.force_login(staff("Redaktörer"))
    return client


def test_every_verb_that_editors_may_not_is_here():
    assert set(VERBS) == {verb for verb, who in doors.ACTS.items() if "redaktör" not in who}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_verb_names_itself(editor, verb, method):
    item = NewsItemFactory()

    response = getattr(editor, method)(f"{admin_url(item, 'act', verb)}?id={item.pk}")

    assert response.status_code == 403
    assert f"Du har inte rätt till ”{VERBS[verb]}” för nyheter." in response.text


def test_throwing_away_what_somebody_else_began(editor):
    item = NewsItemFactory(draft=True)
    item.record_creation(by=AdministratorFactory())

    response = editor.post(admin_url(item, "delete"), {"post": "yes"})

    assert "Du har inte rätt att kasta nyheter." in response.text


def test_throwing_away_what_residents_see(admin_client):
    item = NewsItemFactory(title_sv="Torget")

    response = admin_client.post(admin_url(item, "delete"), {"post": "yes"})

    assert response.status_code == 403
    assert "Avpublicera ”Torget” innan du kastar den." in response.text


def test_throwing_away_what_there_is_one_of(admin_client):
    response = admin_client.get(admin_url(SiteSettingsFactory(), "delete"))

    assert "Den finns det bara en av, och den kan inte kastas." in response.text


def test_taking_up_what_was_public(editor):
    item = NewsItemFactory()
    item.withdraw(by=AdministratorFactory())
    item.move_to_bin(by=AdministratorFactory())

    response = editor.post("/admin/papperskorg/", {"kind": "news.newsitem", "id": item.pk})

    assert response.status_code == 403
    assert "Du har inte rätt att ta upp den ur papperskorgen." in response.text


def test_copying_what_is_no_text(admin_client):
    item = doors.KINDS["contacts.helpline"]()

    response = admin_client.post(admin_url(item, "copy", item.pk))

    assert response.status_code == 403
    assert "Du har inte rätt att kopiera" in response.text


def test_ordering_the_start_page(editor):
    response = editor.post(admin_url(NewsItemFactory(), "start"))

    assert "Du har inte rätt att ordna nyheter." in response.text


def test_four_eyes(client, settings):
    settings.FOUR_EYES = True
    writer, item = staff("Publicister"), NewsItemFactory(draft=True)
    item.save_draft(by=writer, values={"title_sv": "Torget"})
    client.force_login(writer)

    response = client.post(f"{admin_url(item, 'act', 'publish')}?id={item.pk}", follow=True)

    assert "Någon annan än den som skrev senast måste godkänna texten." in messages_of(response)[0]
    assert NewsItem.objects.get().state == State.DRAFT


def test_what_says_nothing_of_itself_has_a_page_all_the_same(editor):
    response = editor.get("/admin/auth/user/")

    assert response.status_code == 403
    assert "Sidan är bara öppen för den som har rätt att se den." in response.text
