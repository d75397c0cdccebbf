"""An older version is restored after a question: as a draft, or seen at once for a live kind."""

import pytest

from contacts.models import ContactUnit
from news.models import NewsItem
from publishing.history import verify_chain
from publishing.models import Action, Track
from tests.admin_forms import messages_of, staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    NewsItemFactory,
)
from tests.histories import address, draft, erase, forget, rewrite, versions
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return AdministratorFactory(first_name="Åsa", last_name="Öberg")


@pytest.fixture
def desk(client, writer):
    client.force_login(writer)
    return client


def restore(client, item, number, newest=None):
    newest = newest or Track.find(item).newest.number
    return client.post(address(item, "restore", number), {"newest": newest}, follow=True)


def test_restoring_asks_first_and_says_what_will_change(desk, writer):
    item = draft(writer, {"lead_sv": "Då."}, {"lead_sv": "Nu."})

    words = words_of(desk.get(address(item, "restore", 2)))

    assert "Det här ändras" in words
    assert "borttaget Nu" in words
    assert "tillagt Då" in words
    assert len(versions(item)) == 3


def test_a_restored_page_is_a_draft_that_residents_do_not_see(desk, writer):
    item = NewsItemFactory(lead_sv="Först.")
    item.save_draft(by=writer, values={"lead_sv": "Sedan."})
    item.publish(by=writer)

    page = restore(desk, item, 1)

    item = NewsItem.objects.get()
    assert item.lead_sv == "Sedan."
    assert item.track.newest.data["lead_sv"] == "Först."
    assert item.track.newest.action == Action.RESTORED
    assert messages_of(page) == [
        "Version 1 är återställd. Texten är nu det nyaste utkastet. Besökarna ser samma som förut."
    ]
    assert verify_chain().broken == ""


def test_a_restored_contact_is_seen_at_once(desk, writer):
    unit = ContactUnitFactory(phone="0520-49 50 00")
    unit.record(by=writer)
    unit.phone = "0520-49 50 01"
    unit.save()
    unit.record(by=writer)

    page = restore(desk, unit, 1)

    assert ContactUnit.objects.get().phone == "0520-49 50 00"
    assert messages_of(page) == ["Version 1 är återställd. Den gäller nu, också för besökarna."]


def test_asking_about_a_contact_says_that_residents_see_it_at_once(desk, writer):
    unit = ContactUnitFactory(phone="0520-49 50 00")
    unit.record(by=writer)

    words = words_of(desk.get(address(unit, "restore", 1)))

    assert "gäller så snart du har återställt den, också för besökarna" in words
    assert "Allt står redan som i den versionen." in words


def test_looking_at_the_question_restores_nothing(desk, writer):
    item = draft(writer, {"lead_sv": "Då."}, {"lead_sv": "Nu."})

    desk.get(address(item, "restore", 2), {"newest": 3})

    assert NewsItem.objects.get().lead_sv == "Nu."


def test_what_somebody_saved_meanwhile_is_shown_before_it_is_replaced(desk, writer):
    item = draft(writer, {"lead_sv": "Då."}, {"lead_sv": "Nu."})
    item.save_draft(by=writer, values={"lead_sv": "Nyast."})

    page = restore(desk, item, 2, newest=3)

    assert "Någon har sparat medan du läste." in messages_of(page)[0]
    assert "borttaget Nyast" in words_of(page)
    assert NewsItem.objects.get().lead_sv == "Nyast."


def test_an_address_that_is_taken_is_refused_with_a_sentence(desk, writer):
    item = draft(writer, {"slug": "ny-adress"}, slug="torget")
    NewsItemFactory(slug="torget")

    page = restore(desk, item, 1)

    assert messages_of(page)[0].startswith("Det gick inte. ")
    assert NewsItem.objects.get(pk=item.pk).slug == "ny-adress"
    assert len(versions(item)) == 2


def test_a_contact_that_is_not_valid_any_more_is_refused_with_a_sentence(desk, writer):
    unit = ContactUnitFactory()
    unit.record(by=writer)
    function = ContactFunctionFactory(unit=unit)
    unit.record(by=writer)
    NewsItemFactory(last_reviewed_by=function)

    page = restore(desk, unit, 1)

    assert "”Folkhälsostrateg” fanns inte då, men används nu." in messages_of(page)[0]


def test_a_version_with_lost_and_new_fields_is_restored(desk, writer):
    item = draft(writer, {"lead_sv": "Då.", "kind": "follow_up"}, {"lead_sv": "Nu."})
    rewrite(item, 2, colour="blå")
    forget(item, 2, "kind")

    restore(desk, item, 2)

    item = NewsItem.objects.get()
    assert (item.lead_sv, item.kind) == ("Då.", NewsItem.Kind.NEWS)


def test_a_field_that_has_become_another_kind_is_refused_with_a_sentence(desk, writer):
    item = draft(writer, {"lead_sv": "Då."}, {"lead_sv": "Nu."})
    rewrite(item, 2, review_interval="ibland")

    page = restore(desk, item, 2)

    assert page.status_code == 200
    assert messages_of(page)[0].startswith("Det gick inte. ")
    assert NewsItem.objects.get().lead_sv == "Nu."


def test_what_was_erased_is_as_it_is_now_after_restoring(desk, writer):
    item = draft(writer, {"lead_sv": "Då.", "caption_sv": "Bo Ek"}, {"lead_sv": "Nu."})
    item.save_draft(by=writer, values={"caption_sv": "En man"})
    erase(item, 2, ["caption_sv"])

    restore(desk, item, 2)

    item = NewsItem.objects.get()
    assert (item.lead_sv, item.caption_sv) == ("Då.", "En man")


def test_what_is_thrown_away_is_restored_from_the_bin_and_not_here(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})
    page = address(item, "restore", 1)
    item.move_to_bin(by=writer)

    assert desk.get(page).status_code == 404
    assert desk.post(page, {"newest": 2}).status_code == 404


def test_it_is_recorded_who_restored_what(desk, writer):
    item = draft(AdministratorFactory(), {"lead_sv": "Då."}, {"lead_sv": "Nu."})

    restore(desk, item, 2)

    last = versions(item)[-1]
    assert (last.by, last.action, last.note) == (writer, Action.RESTORED, "Från version 2.")


def test_who_may_not_change_contacts_restores_none_by_a_crafted_post(client, writer):
    unit = ContactUnitFactory(phone="0520-49 50 00")
    unit.record(by=writer)
    unit.phone = "0520-49 50 01"
    unit.save()
    unit.record(by=writer)
    client.force_login(staff("Redaktörer"))

    response = restore(client, unit, 1)

    assert response.status_code == 403
    assert ContactUnit.objects.get().phone == "0520-49 50 01"


def test_a_stranger_restores_nothing_by_a_crafted_post(client, writer):
    item = draft(writer, {"lead_sv": "Då."}, {"lead_sv": "Nu."})

    restore(client, item, 2)

    assert NewsItem.objects.get().lead_sv == "Nu."


def test_an_editor_restores_a_draft_of_what_residents_see(client, writer):
    item = NewsItemFactory(lead_sv="Först.")
    item.save_draft(by=writer, values={"lead_sv": "Sedan."})
    client.force_login(staff("Redaktörer"))

    restore(client, item, 1)

    assert NewsItem.objects.get().lead_sv == "Först."
    assert Track.find(item).newest.data["lead_sv"] == "Först."
