"""manage.py verify_versions: the chain, the head that is kept elsewhere, and rows that drift."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from images.models import Image
from news.models import NewsItem
from publishing.history import begin_histories, drifted_rows, rows_without_history, verify_chain
from publishing.models import Chain, State, Track, Version
from publishing.models.track import BIN_TIME
from publishing.purging import purge_bin
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def item():
    """A published item with four records and changes that nobody sees yet."""
    writer = AdministratorFactory()
    item = NewsItemFactory(draft=True, lead_sv="Först.")
    item.save_draft(by=writer, values={"lead_sv": "Sedan."})
    item.publish(by=writer)
    item.save_draft(by=writer, values={"lead_sv": "Efteråt."})
    return item


def record(sequence):
    return Version.objects.filter(sequence=sequence)


def verify(**options):
    """(what the command prints, what it warns of)"""
    said, warned = StringIO(), StringIO()
    call_command("verify_versions", stdout=said, stderr=warned, **options)
    return said.getvalue(), warned.getvalue()


# The command


def test_the_command_prints_length_and_head(item):
    said, _warned = verify()

    assert "Kedjan är hel: 4 poster." in said
    assert f"Huvud: 4:{record(4).get().hash}" in said


def test_the_command_warns_of_nothing_when_all_is_recorded(item):
    begin_histories()

    _said, warned = verify()

    assert warned == ""


def test_the_command_fails_and_names_the_first_broken_record(item):
    record(2).update(note="Något annat.")

    with pytest.raises(CommandError, match=rf"nummer 2 \(news.newsitem {item.pk}, version 2\)"):
        verify()


def test_a_head_that_was_kept_is_recognised_when_the_chain_has_grown(item):
    kept = f"3:{record(3).get().hash}"

    said, _warned = verify(head=kept)

    assert "Huvudet från post 3 stämmer." in said


def test_a_chain_that_is_written_anew_has_another_head(item):
    kept = f"4:{record(4).get().hash}"
    previous = "0" * 64
    for version in Version.objects.order_by("sequence"):
        version.note, version.previous_hash = "Omskrivet.", previous
        version.hash = previous = version.compute_hash()
        version.save()
    Chain.objects.update(head=previous)

    assert verify_chain().broken == ""
    with pytest.raises(CommandError, match="Kedjan har skrivits om"):
        verify(head=kept)


def test_a_chain_that_is_cut_short_is_shorter_than_the_head_that_was_kept(item):
    kept = f"4:{record(4).get().hash}"
    Track.objects.update(newest=None)
    record(4).delete()
    Chain.objects.update(length=3, head=record(3).get().hash)

    with pytest.raises(CommandError, match="Kedjan är kortare än den var: 3 poster"):
        verify(head=kept)


@pytest.mark.parametrize("head", ["4", "x:abc", "4:abc", ":", "-1:" + "0" * 64])
def test_a_head_that_is_written_wrong_is_refused(item, head):
    with pytest.raises(CommandError, match="Skriv huvudet som det skrevs ut"):
        verify(head=head)


def test_no_record_has_the_number_nought(item):
    with pytest.raises(CommandError, match="skrivits om"):
        verify(head="0:" + "0" * 64)


# Rows that drift


def test_rows_that_only_the_verbs_have_written_have_not_drifted(item):
    area, image = FocusAreaFactory(), ImageFactory()
    item.save_draft(by=AdministratorFactory(), values={"focus_areas": [area.pk], "image": image.pk})
    item.publish(by=AdministratorFactory())

    assert list(drifted_rows()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"lead_sv": "Kapad."},
        {"title_ar": "Kapad"},
        {"state": State.ARCHIVED},
        {"expire_at": datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)},
        {"start_place": 1},
    ],
    ids=str,
)
def test_a_row_that_is_changed_past_the_verbs_is_a_warning(item, change):
    NewsItem.objects.update(**change)

    _said, warned = verify()

    assert f"news.newsitem {item.pk} är ändrad utan att det står i historiken" in warned


def test_a_relation_that_is_changed_past_the_verbs_is_a_warning(item):
    item.focus_areas.add(FocusAreaFactory())

    assert [track.object_id for track in drifted_rows()] == [item.pk]


def test_a_draft_that_is_published_past_the_verbs_is_a_warning():
    item = NewsItemFactory(draft=True)
    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Nytt."})

    NewsItem.objects.update(state=State.PUBLISHED, publish_at=LONG_AGO)

    assert [track.object_id for track in drifted_rows()] == [item.pk]


def test_a_row_that_is_deleted_past_the_verbs_is_a_warning(item):
    NewsItem.objects.all()._raw_delete("default")

    assert [track.object_id for track in drifted_rows()] == [item.pk]


def test_a_row_in_the_bin_has_not_drifted():
    item = NewsItemFactory(draft=True)

    item.move_to_bin(by=AdministratorFactory())

    assert list(drifted_rows()) == []


def test_what_was_emptied_from_the_bin_has_not_drifted_when_a_name_is_erased_from_it_later():
    person = AdministratorFactory(username="anna")
    item = NewsItemFactory(draft=True)
    item.move_to_bin(by=person)
    purge_bin(at=timezone.now() + BIN_TIME)

    call_command("erase_person", "anna", reason="Begäran, dnr 1.", stdout=StringIO())

    assert list(drifted_rows()) == []


def test_a_child_that_is_changed_past_the_verbs_is_a_warning():
    function = ContactFunctionFactory()
    function.unit.record(by=AdministratorFactory())

    function.role_sv = "Kapad"
    function.save()

    assert [track.kind for track in drifted_rows()] == ["contacts.contactunit"]


def test_what_makes_a_pictures_files_anew_is_no_drift():
    image = ImageFactory()
    image.record(by=AdministratorFactory())

    Image.objects.update(renditions="ba9876543210")

    assert list(drifted_rows()) == []


def test_rows_that_came_past_the_back_office_are_a_warning():
    NewsItemFactory.create_batch(2)

    _said, warned = verify()

    assert "Varning: 2 nyheter saknar historik." in warned
    assert (NewsItem, 2) in rows_without_history()


@pytest.mark.parametrize("rows", [1, 20])
def test_looking_for_drift_costs_the_same_however_many_rows_there_are(
    rows, django_assert_max_num_queries
):
    unit = ContactUnitFactory()
    for item in NewsItemFactory.create_batch(rows, unit=unit):
        item.save_draft(by=staff("Redaktörer"), values={"lead_sv": "Nytt."})

    with django_assert_max_num_queries(20):
        list(drifted_rows())
