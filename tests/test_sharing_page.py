"""The pages on which links for people without account are made, listed and revoked."""

import pytest
import time_machine

from publishing.models import Action, ShareLink, Version
from tests.admin_forms import admin_url, messages_of
from tests.factories import AdministratorFactory, FocusAreaFactory, NewsItemFactory
from tests.histories import address
from tests.previews import client_of
from tests.reading import links_of, words_of
from tests.situations import DAY, NOW, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

ALL = "/admin/delade-lankar/"


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def editor():
    return client_of("Redaktörer")


@pytest.fixture
def item(editor):
    """A draft with two versions."""
    item = NewsItemFactory(draft=True)
    item.save_draft(by=editor.user, values={"lead_sv": "Sedan."})
    return item


def share(client, item, version="", days="7"):
    return client.post(address(item, "share"), {"version": version, "days": days}, follow=True)


def revoke(client, item, key):
    return client.post(address(item, "share"), {"revoke": key}, follow=True)


@pytest.mark.parametrize("page", [("change",), ("history",), ("version", 1)])
def test_sharing_is_one_click_away(editor, item, page):
    name, *numbers = page
    links = links_of(editor.get(address(item, name, *numbers)))

    assert any(words.startswith("Dela …") for words, _address in links)


def test_sharing_is_one_click_away_from_a_version_that_is_looked_at(editor, item):
    frame = editor.get(address(item, "version_preview", 1))

    assert ("Dela …", address(item, "share") + "?version=1") in links_of(frame)


def test_the_newest_text_is_shared_for_seven_days(editor, item):
    answer = share(editor, item)

    link = ShareLink.objects.get()
    assert link.version == item.track.find(item).newest
    assert link.expires_at == NOW + 7 * DAY
    assert f'value="http://testserver{link.get_absolute_url()}"' in answer.content.decode()
    assert messages_of(answer) == ["Länken är klar. Kopiera den nedan."]


def test_an_older_version_is_shared_for_as_long_as_one_wants(editor, item):
    share(editor, item, version="1", days="30")

    link = ShareLink.objects.get()
    assert link.version.number == 1
    assert link.expires_at == NOW + 30 * DAY


def test_the_version_that_one_came_from_is_chosen_already(editor, item):
    page = editor.get(address(item, "share"), {"version": "1"})

    assert '<option value="1" selected>' in page.content.decode()


@pytest.mark.parametrize("asked", ["77", "x", "9" * 30])
def test_an_odd_version_in_the_address_chooses_nothing(editor, item, asked):
    page = editor.get(address(item, "share"), {"version": asked})

    assert page.status_code == 200
    assert f'value="{asked}"' not in page.content.decode()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"days": "0"}, "Välj 1–30 dagar."),
        ({"days": "31"}, "Välj 1–30 dagar."),
        ({"days": "en vecka"}, "Fyll i ett heltal."),
        ({"days": ""}, "Detta fält måste fyllas i."),
        ({"version": "77"}, "77 går inte att välja."),
        ({"version": "3"}, "3 går inte att välja."),
    ],
)
def test_a_wrong_choice_is_told_and_shares_nothing(editor, item, facts, sentence):
    item.submit(by=editor.user)  # version 3, which has no text

    answer = share(editor, item, **facts)

    assert sentence in words_of(answer)
    assert not ShareLink.objects.exists()


def test_the_links_of_an_item_are_listed_with_how_they_were_used(editor, item, client):
    share(editor, item)
    client.get(ShareLink.objects.get().get_absolute_url())

    words = words_of(editor.get(address(item, "share")))

    assert "Länk till version 2" in words
    assert f"av {editor.user}" in words
    assert "Öppnad 1 gång, senast" in words


def test_the_history_says_which_text_was_shared(editor, item):
    share(editor, item, version="1")

    assert "delade en länk, till version 1" in words_of(editor.get(address(item)))


def test_a_link_is_revoked_and_leads_nowhere(editor, item, client):
    share(editor, item)
    link = ShareLink.objects.get()

    answer = revoke(editor, item, link.pk)

    assert messages_of(answer) == ["Länken leder ingenstans längre."]
    assert "återkallad" in words_of(answer)
    assert client.get(link.get_absolute_url()).status_code == 404
    assert Version.objects.of(item).last().action == Action.UNSHARED


def test_revoking_twice_says_that_it_is_done(editor, item):
    share(editor, item)
    link = ShareLink.objects.get()
    revoke(editor, item, link.pk)

    assert messages_of(revoke(editor, item, link.pk)) == ["Länken gäller inte längre."]
    assert Version.objects.filter(action=Action.UNSHARED).count() == 1


@pytest.mark.parametrize("key", ["", "x", "4711", "9" * 30, "-1"])
def test_a_link_that_never_was_cannot_be_revoked(editor, item, key):
    assert revoke(editor, item, key).status_code == 404


def test_a_link_of_another_item_cannot_be_revoked_by_way_of_this(editor, item):
    share(editor, item)

    assert revoke(editor, NewsItemFactory(), ShareLink.objects.get().pk).status_code == 404
    assert ShareLink.objects.get().is_open()


def test_what_lies_in_the_bin_is_not_shared(editor, item):
    row(item).move_to_bin(by=AdministratorFactory())

    assert editor.get(address(item, "share")).status_code == 404
    assert share(editor, item).status_code == 404


def test_all_open_links_are_listed_with_the_way_to_revoke_them(editor, item):
    item.share(by=editor.user)
    over = NewsItemFactory(title_sv="Över").share(by=editor.user)
    ShareLink.objects.filter(pk=over.pk).update(expires_at=NOW)

    answer = editor.get(ALL)

    words = "Se eller återkalla länkarna till En rubrik"
    assert (words, address(item, "share")) in links_of(answer)
    assert "Över" not in words_of(answer)


def test_links_to_what_lies_in_the_bin_are_not_listed(editor, item):
    item.share(by=editor.user)
    row(item).move_to_bin(by=AdministratorFactory())

    assert "En rubrik" not in words_of(editor.get(ALL))


def test_without_links_the_list_says_so(editor):
    assert "Ingen länk gäller just nu." in words_of(editor.get(ALL))


def test_the_list_is_found_in_the_menu(editor):
    assert f'href="{ALL}"' in editor.get("/admin/").content.decode()


def test_the_list_costs_the_same_however_long_it_is(editor, item, django_assert_num_queries):
    FocusAreaFactory().share(by=editor.user)
    for _number in range(5):
        item.share(by=editor.user)

    with django_assert_num_queries(9):
        editor.get(ALL)


def test_the_page_of_an_item_costs_the_same_however_many_links_it_has(
    editor, item, django_assert_num_queries
):
    for _number in range(5):
        item.share(by=editor.user)

    with django_assert_num_queries(10):
        editor.get(address(item, "share"))


def test_the_form_of_a_new_item_has_nothing_to_share(editor):
    links = links_of(editor.get(admin_url(NewsItemFactory._meta.model, "add")))

    assert not any(words.startswith("Dela") for words, _address in links)
