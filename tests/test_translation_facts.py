"""What is known of translations: who may say it, what the law takes away, and what it costs."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from publishing.history import begin_histories, drifted_rows, verify_chain
from publishing.models import Action, Chain, Origin, Track, Translation, Version
from publishing.purging import purge_bin
from publishing.translatable import UNKNOWN, hash_of
from publishing.translation_status import standing_on_page
from tests.admin_forms import staff, with_rights
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    NewsItemFactory,
)
from tests.histories import erase
from tests.situations import row

pytestmark = pytest.mark.django_db
TEXTS = {"title_sv": "Ny lekplats", "title_en": "New playground"}


@pytest.fixture
def publisher():
    return staff("Publicister")


@pytest.fixture
def editor():
    return staff("Redaktörer")


def published(by, **texts):
    item = NewsItemFactory(draft=True, **{**TEXTS, **texts})
    item.publish(by=by)
    return item


def status(item, language="en"):
    return Track.find(item).translations[language]


def actions(item):
    return list(Version.objects.of(item).values_list("action", flat=True))


def facts(item):
    """{(field, hash of the text, hash of the Swedish)}"""
    return set(Translation.objects.of(item).values_list("field", "text_hash", "source_hash"))


# Who may say that a translation is right


def test_a_publisher_confirms_what_residents_see(publisher):
    item = published(publisher)

    version = item.confirm_translation("en", by=publisher, reviewed=True, note="Läst av Kim.")

    assert (version.action, version.by, version.note) == (
        Action.CONFIRMED,
        publisher,
        "Läst av Kim.",
    )
    assert (version.status["languages"], version.status["reviewed"]) == (["en"], True)
    assert version.data is None
    assert status(item) == "current"


def test_an_editor_confirms_drafts(editor):
    item = NewsItemFactory(draft=True, **TEXTS)

    item.confirm_translation("en", by=editor, reviewed=True)

    assert status(item) == "current"


def test_an_editor_confirms_nothing_that_residents_see(editor, publisher):
    item = published(publisher)

    with pytest.raises(PermissionDenied, match="bekräfta översättningar av nyheter som besökarna"):
        item.confirm_translation("en", by=editor, reviewed=True)

    assert status(item) == "unreviewed"
    assert Action.CONFIRMED not in actions(item)


def test_an_editor_confirms_the_new_text_of_a_page_that_residents_see(editor, publisher):
    item = published(publisher)
    item.confirm_translation("en", by=publisher, reviewed=True)
    item.save_draft(by=editor, values={"title_sv": "Nya lekplatsen"})

    item.confirm_translation("en", by=editor)
    item.publish(by=publisher)

    assert status(item) == "unreviewed"


def test_nobody_confirms_without_the_right_to_change(publisher):
    item = published(publisher)

    with pytest.raises(PermissionDenied):
        item.confirm_translation("en", by=with_rights("view_newsitem", "publish_newsitem"))


def test_who_may_change_a_fact_that_residents_see_confirms_its_translation():
    unit = ContactUnitFactory(name_en="Contact centre")
    begin_histories()

    with pytest.raises(PermissionDenied):
        unit.confirm_translation("en", by=with_rights("view_contactunit"), reviewed=True)
    unit.confirm_translation("en", by=with_rights("change_contactunit"), reviewed=True)

    assert status(unit) == "current"


@pytest.mark.parametrize("language", ["sv", "fi", "xx", ""])
def test_where_there_is_no_translation_there_is_nothing_to_confirm(publisher, language):
    item = published(publisher)

    with pytest.raises(ValidationError):
        item.confirm_translation(language, by=publisher)


def test_saying_it_twice_is_written_down_once(publisher):
    item = published(publisher)

    item.confirm_translation("en", by=publisher, reviewed=True)
    again = item.confirm_translation("en", by=publisher, reviewed=True)

    assert again is None
    assert actions(item).count(Action.CONFIRMED) == 1


def test_a_review_does_not_outlive_a_change_of_the_swedish(publisher):
    item = published(publisher)
    item.confirm_translation("en", by=publisher, reviewed=True)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    item.publish(by=publisher)

    item.confirm_translation("en", by=publisher)

    assert status(item) == "unreviewed"


def test_confirming_leaves_the_chain_and_the_rows_whole(publisher):
    item = published(publisher)
    item.confirm_translation("en", by=publisher, reviewed=True)

    assert verify_chain().broken == ""
    assert list(drifted_rows()) == []


def test_a_text_by_a_machine_stays_so_when_it_is_restored_or_typed_again(publisher):
    item = published(publisher, title_en="")
    item.save_draft(by=publisher, values={"title_en": "Machine"}, origin=Origin.MACHINE)
    item.save_draft(by=publisher, values={"title_en": "Person"})
    item.save_draft(by=publisher, values={"title_en": "Machine", "title_sv": "Ny skola"})
    item.publish(by=publisher)

    assert status(item) == "machine"


# Facts that residents see at once


def test_a_change_of_a_fact_makes_its_translation_stale_at_once():
    by, unit = AdministratorFactory(), ContactUnitFactory(name_en="Contact centre")

    with unit.recording(by=by):
        unit.name_sv = "Medborgarkontoret"
        unit.save()

    assert status(unit) == "stale"


def test_restoring_a_fact_restores_its_status():
    by, unit = AdministratorFactory(), ContactUnitFactory(name_en="Contact centre")
    with unit.recording(by=by):
        unit.name_sv = "Medborgarkontoret"
        unit.save()

    unit.restore(Version.objects.of(unit).first(), by=by)
    assert status(unit) == "unreviewed"

    unit.restore(Version.objects.of(unit).filter(action=Action.SAVED).first(), by=by)
    assert status(unit) == "stale"


def test_rows_of_a_fact_are_judged_with_it():
    by, unit = AdministratorFactory(), ContactUnitFactory(name_en="Contact centre")
    function = ContactFunctionFactory(unit=unit, role_sv="Chef", role_en="Head")
    with unit.recording(by=by):
        function.role_sv = "Strateg"
        function.save()

    assert status(unit) == "stale"
    assert standing_on_page(row(unit), "en").stale == {}
    function.refresh_from_db()
    prefetched = type(unit).objects.prefetch_related("functions").get()
    assert list(standing_on_page(prefetched, "en").stale) == [f"functions.{function.pk}.role"]


# What the law takes away


def test_no_hash_stays_of_a_text_that_is_erased(publisher):
    item = published(publisher, title_sv="Anna And", title_en="Anna Duck")
    item.save_draft(by=publisher, values={"title_sv": "En granne", "title_en": "A neighbour"})
    item.publish(by=publisher)

    for version in Version.objects.of(item).texts().exclude(pk=Track.find(item).live_id):
        erase(item, version.number, ["title_sv", "title_en"])

    assert facts(item) == {("title", hash_of("A neighbour"), hash_of("En granne"))}
    assert verify_chain().broken == ""
    assert status(item) == "unreviewed"


def test_what_is_translated_from_an_erased_text_stays_stale_and_by_a_machine(publisher):
    item = published(publisher, title_sv="Anna And", title_en="")
    item.save_draft(by=publisher, values={"title_en": "Neighbour"}, origin=Origin.MACHINE)
    item.publish(by=publisher)
    item.save_draft(by=publisher, values={"title_sv": "En granne"})
    item.publish(by=publisher)

    for version in Version.objects.of(item).texts().exclude(pk=Track.find(item).live_id):
        erase(item, version.number, ["title_sv"])

    assert facts(item) == {("title", hash_of("Neighbour"), UNKNOWN)}
    assert standing_on_page(row(item), "en").status == "stale"
    item.confirm_translation("en", by=publisher)
    assert status(item) == "machine"


def test_erasing_a_name_takes_no_fact_away(publisher):
    item = published(publisher)
    known = facts(item)

    erase(item, 1, ["@by"])

    assert facts(item) == known


def test_what_is_emptied_out_of_the_bin_leaves_no_fact(publisher, time_machine):
    time_machine.move_to("2026-03-02 12:00+01:00")
    item = NewsItemFactory(draft=True, **TEXTS)
    item.move_to_bin(by=publisher)
    assert Translation.objects.exists()

    time_machine.move_to("2026-07-02 12:00+01:00")
    purge_bin()

    assert not Translation.objects.exists()
    assert verify_chain().broken == ""


# What it costs


def test_a_page_in_another_language_asks_once(publisher, django_assert_num_queries):
    item = row(published(publisher))

    with django_assert_num_queries(1):
        for _time in range(2):
            standing_on_page(item, "en")


def test_an_item_that_is_written_often_asks_no_more(publisher, django_assert_num_queries):
    item = published(publisher)
    for number in range(20):
        item.save_draft(by=publisher, values={"title_en": f"Title {number}"})

    track = Track.find(item)
    with django_assert_num_queries(1):
        assert len(track.standings(item)) == 4


def test_a_merge_writes_down_nothing_that_is_known(publisher):
    item = published(publisher)
    base = Track.find(item).newest.number
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    item.save_draft(by=publisher, values={"title_en": "The playground"}, base=base)

    pairs = [("New playground", "Ny lekplats"), ("The playground", "Ny lekplats")]
    assert facts(item) == {("title", hash_of(text), hash_of(source)) for text, source in pairs}


def test_a_begun_history_asks_nothing_of_facts_that_cannot_be(publisher):
    item = NewsItemFactory(**TEXTS)

    with Chain.writing() as chain:
        track = Track.begin(item, chain)

    assert track.translations["en"] == "unreviewed"
    assert facts(item) == {("title", hash_of("New playground"), hash_of("Ny lekplats"))}
