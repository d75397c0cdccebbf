"""The chain of versions: whatever is changed in it behind the verbs' backs is found, and where."""

import datetime

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from pages.models import Notice
from publishing.history import drifted_rows, verify_chain
from publishing.models import Action, Chain, Track, Version
from publishing.models.chain import BY, NOTE
from tests.factories import (
    AdministratorFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    NoticeFactory,
    OpeningHoursFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def item():
    """A draft with four records: imported, saved, published, saved."""
    writer = AdministratorFactory(first_name="Åsa", last_name="Öberg")
    item = NewsItemFactory(draft=True, lead_sv="Först.")
    item.save_draft(by=writer, values={"lead_sv": "Sedan."}, note="Bättre så.")
    item.publish(by=writer)
    item.save_draft(by=writer, values={"lead_sv": "Efteråt."})
    return item


def record(sequence):
    return Version.objects.filter(sequence=sequence)


def erase(item, numbers, parts):
    writer = AdministratorFactory()
    with Chain.writing() as chain:
        track = Track.find(item)
        versions = list(Version.objects.of(item).filter(number__in=numbers))
        return track.erase(chain, item, versions, parts, by=writer, note="Begäran.")


def is_broken_at(sequence):
    return verify_chain().broken.startswith(f"nummer {sequence} ")


# Untouched


def test_a_chain_that_nobody_has_touched_is_whole(item):
    proof = verify_chain()

    assert (proof.broken, proof.length) == ("", 4)
    assert proof.head == record(4).get().hash


def test_an_empty_chain_is_whole():
    assert verify_chain().broken == ""


@pytest.mark.parametrize(
    "title", ["Räksmörgås", "عربي", "👩‍🚒", "a\u0301", '"}],\\', "<b>&amp;</b>", "\u2028\x7f", "0"]
)
def test_every_alphabet_survives_the_database(title):
    item = NewsItemFactory(draft=True)

    item.save_draft(by=AdministratorFactory(), values={"title_sv": title})

    assert verify_chain().broken == ""


@pytest.mark.parametrize("part", [0, 1, 0.1, 1 / 3, 5e-324, 1e-7, -0.0, 0.30000000000000004])
def test_every_number_survives_the_database(part):
    image = ImageFactory(focal_x=part)

    image.record(by=AdministratorFactory())

    assert verify_chain().broken == ""


def test_dates_times_and_moments_survive_the_database():
    user = AdministratorFactory()
    hours = OpeningHoursFactory()
    OpeningHoursFactory(
        unit=hours.unit, closed=True, first_date="2026-03-02", last_date="2026-03-03"
    )

    hours.unit.record(by=user)
    NoticeFactory(ends_at=datetime.datetime(2099, 1, 1, 0, 0, 0, 1, tzinfo=datetime.UTC)).record(
        by=user
    )

    assert verify_chain().broken == ""
    assert list(drifted_rows()) == []


def test_a_moment_is_the_same_whoevers_clock_it_came_from():
    stockholm = datetime.timezone(datetime.timedelta(hours=1))
    notice = NoticeFactory(starts_at=datetime.datetime(2026, 3, 2, 9, tzinfo=stockholm))
    notice.record(by=AdministratorFactory())

    again = Notice.objects.get().record(by=AdministratorFactory())

    assert again is None


# Something is changed


@pytest.mark.parametrize(
    "change",
    [
        {"note": "Något annat."},
        {"by_name": "Någon annan"},
        {"at": LONG_AGO},
        {"action": Action.REVIEWED},
        {"is_live": True},
        {"is_minor": True},
        {"base": 1},
        {"number": 77},
        {"object_id": 77},
        {"kind": "pages.page"},
        {"status": {"state": "published"}},
        {"status": {}},
        {"salts": {}},
        {"data": None},
        {"data": {}},
        {"hash": "0" * 64},
        {"previous_hash": "0" * 64},
    ],
    ids=lambda change: "-".join(change),
)
def test_a_changed_column_is_found_in_its_record(item, change):
    record(2).update(**change)

    assert is_broken_at(2)


@pytest.mark.parametrize(
    "change", [{"data": ["a"]}, {"salts": ["a"]}, {"status": []}, {"gaps": ["@note"]}], ids=str
)
def test_a_column_of_another_shape_is_found_too(item, change):
    record(2).update(**change)

    assert is_broken_at(2)


@pytest.mark.parametrize(
    "change",
    [{"lead_sv": "Lögn."}, {"image": 5}, {"focus_areas": [1]}, {"order": 1}, {"lead_sv": 0}],
)
def test_a_changed_text_is_found_in_its_record(item, change):
    version = record(2).get()

    record(2).update(data={**version.data, **change})

    assert is_broken_at(2)


def test_a_text_that_is_taken_away_without_a_trace_is_found(item):
    version = record(2).get()
    del version.data["lead_sv"], version.salts["lead_sv"]

    record(2).update(data=version.data, salts=version.salts)

    assert is_broken_at(2)


def test_a_number_cannot_be_shortened_into_its_salt():
    initiative = InitiativeFactory(order=100)
    initiative.save_draft(by=AdministratorFactory(), values={"order": 150})
    version = record(2).get()
    version.data["order"], version.salts["order"] = 50, version.salts["order"] + "1"

    record(2).update(data=version.data, salts=version.salts)

    assert is_broken_at(2)


# Records come, go and change places


def test_two_records_that_change_places_are_found(item):
    record(2).update(sequence=99)
    record(3).update(sequence=2)
    record(99).update(sequence=3)

    assert is_broken_at(2)


def test_two_texts_that_change_places_are_found(item):
    two, three = record(2).get(), record(3).get()

    record(2).update(data=three.data, salts=three.salts)
    record(3).update(data=two.data, salts=two.salts)

    assert is_broken_at(2)


@pytest.mark.parametrize("is_next_told", [False, True])
def test_a_record_that_is_written_anew_with_its_own_hash_is_found_at_the_next(item, is_next_told):
    version = record(2).get()
    version.data["lead_sv"] = "Nej."
    version.hash = version.compute_hash()
    version.save()
    if is_next_told:
        record(3).update(previous_hash=version.hash)

    assert is_broken_at(3)


def test_an_act_without_a_text_that_gets_an_empty_one_is_found(item):
    item.archive(by=AdministratorFactory())

    record(5).update(data={})

    assert is_broken_at(5)


def test_a_record_that_is_deleted_from_the_middle_is_found(item):
    record(2).delete()

    assert is_broken_at(3)
    assert verify_chain().broken.endswith("en post före den saknas")


def test_a_gap_that_is_closed_again_is_found(item):
    record(2).delete()
    Version.objects.filter(sequence__gt=2).order_by("sequence").update(sequence=F("sequence") - 1)

    assert is_broken_at(2)


def test_a_last_record_that_is_deleted_is_found(item):
    Track.objects.update(newest=None, live=None)
    record(4).delete()

    assert verify_chain().broken == "nummer 4: de sista posterna saknas"


def test_a_record_that_is_inserted_is_found(item):
    lie = record(2).get()
    lie.pk, lie.number, lie.sequence = None, 99, 3
    for sequence in (4, 3):
        record(sequence).update(sequence=sequence + 1)
    lie.save()

    assert is_broken_at(3)


def test_a_record_that_is_added_at_the_end_is_found(item):
    last = record(4).get()
    lie = Version(sequence=5, kind=last.kind, object_id=last.object_id, number=99, at=last.at)
    lie.previous_hash, lie.salts = last.hash, {BY: "", NOTE: ""}
    lie.hash = lie.compute_hash()
    lie.save()

    assert verify_chain().broken == "nummer 5: den har lagts till efter den sista"


def test_the_first_broken_record_is_the_one_that_is_named(item):
    record(3).update(note="Något annat.")
    record(2).update(note="Något annat.")

    assert is_broken_at(2)


# Gaps


def test_what_is_erased_by_the_verb_leaves_the_chain_whole(item):
    erase(item, [1, 2], ["lead_sv", BY, NOTE])

    assert verify_chain().broken == ""
    assert "lead_sv" not in record(2).get().data


def test_a_part_that_is_taken_away_without_a_record_of_it_is_found(item):
    version = record(2).get()
    version.take_away([NOTE])
    version.save()

    assert is_broken_at(2)


def test_a_record_that_says_another_part_was_erased_is_no_excuse(item):
    erase(item, [1], [NOTE])
    version = record(1).get()
    version.take_away(["lead_sv"])
    version.save()

    assert is_broken_at(1)


def test_a_record_that_is_changed_to_say_so_is_no_excuse(item):
    erase(item, [1], [NOTE])
    version = record(1).get()
    version.take_away(["lead_sv"])
    version.save()

    record(5).update(status={"erased": {"1": ["@note", "lead_sv"]}})

    assert is_broken_at(1)


def test_a_record_about_another_item_is_no_excuse(item):
    other = NewsItemFactory()
    with Chain.writing() as chain:
        track = Track.begin(other, chain)
        track.record(chain, other, Action.ERASED, status={"erased": {"2": ["lead_sv"]}})
    version = record(2).get()
    version.take_away(["lead_sv"])
    version.save()

    assert is_broken_at(2)


def test_a_record_is_no_excuse_for_what_comes_after_it(item):
    status = {"erased": {"6": [NOTE]}}
    with Chain.writing() as chain:
        Track.find(item).record(chain, item, Action.ERASED, status=status).save()
        Track.objects.filter(pk=item.track.pk).update(numbers=5)
    item.archive(by=AdministratorFactory(), note="Gammal.")

    version = record(6).get()
    version.take_away([NOTE])
    version.save()

    assert is_broken_at(6)


def test_an_erased_record_is_not_deleted_without_trace(item):
    erase(item, [1], [NOTE])

    record(5).delete()

    assert verify_chain().broken


@pytest.mark.parametrize(
    "lie", [{"note": "En lögn."}, {"by_name": "Någon annan"}, {"data": {"lead_sv": "En lögn."}}]
)
def test_nothing_can_be_written_where_something_was_erased(item, lie):
    erase(item, [2], ["lead_sv", BY, NOTE])
    if "data" in lie:
        lie = {"data": {**record(2).get().data, **lie["data"]}}

    record(2).update(**lie)

    assert is_broken_at(2)


def test_the_digest_in_a_gap_cannot_be_changed(item):
    erase(item, [2], [NOTE])

    record(2).update(gaps={NOTE: "0" * 64})

    assert is_broken_at(2)


def test_a_user_who_is_deleted_breaks_nothing(item):
    writer = record(2).get().by

    writer.delete()

    assert verify_chain().broken == ""
    assert record(2).get().by_name == "Åsa Öberg"


# One at a time


def test_whoever_writes_waits_for_whoever_writes_already_before_anything_is_read(item):
    by = AdministratorFactory()

    with CaptureQueriesContext(connection) as queries:
        item.archive(by=by)

    first = next(query["sql"] for query in queries if query["sql"].startswith("SELECT"))
    is_locked = {
        "postgresql": first.endswith("FOR UPDATE"),
        "sqlite": getattr(connection, "transaction_mode", "") == "IMMEDIATE",
    }
    assert 'FROM "publishing_chain"' in first
    assert is_locked[connection.vendor]
