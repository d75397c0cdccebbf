"""How translations stand, as the verbs leave them: one rule each."""

import datetime

import pytest
from django.utils import timezone

from publishing.models import Origin, Track, Translation
from publishing.schedule import publish_due
from publishing.translation_status import TranslationStatus, standing_on_page
from tests.admin_forms import staff
from tests.factories import NewsItemFactory
from tests.situations import row

MISSING, STALE, MACHINE, UNREVIEWED, CURRENT = TranslationStatus

pytestmark = pytest.mark.django_db
TEXTS = {"title_sv": "Ny lekplats", "title_en": "New playground"}


@pytest.fixture
def publisher():
    return staff("Publicister")


def status(item, language="en"):
    """As lists have it, which is as its page has it."""
    item = row(item)
    [kept] = Track.objects.statuses_of([item]).values()
    if item.is_seen:
        assert standing_on_page(item, language).status == kept[language]
    return kept[language]


def published(by, **texts):
    item = NewsItemFactory(draft=True, **{**TEXTS, **texts})
    item.publish(by=by)
    return item


def reviewed(by, **texts):
    item = published(by, **texts)
    item.confirm_translation("en", by=by, reviewed=True)
    return item


# The five


def test_what_has_no_title_in_a_language_is_missing_there(publisher):
    item = published(publisher, title_en="", lead_en="A lead.")

    assert status(item) == MISSING


def test_what_somebody_has_written_is_unreviewed(publisher):
    assert status(published(publisher)) == UNREVIEWED


def test_what_somebody_who_speaks_the_language_has_read_is_current(publisher):
    assert status(reviewed(publisher)) == CURRENT


def test_what_a_machine_wrote_is_by_a_machine_until_it_is_reviewed(publisher):
    item = published(publisher, title_en="")
    item.save_draft(by=publisher, values={"title_en": "Machine"}, origin=Origin.MACHINE)
    item.publish(by=publisher)
    assert status(item) == MACHINE

    item.confirm_translation("en", by=publisher)
    assert status(item) == MACHINE

    item.confirm_translation("en", by=publisher, reviewed=True)
    assert status(item) == CURRENT


def test_what_a_machine_wrote_stays_so_when_the_swedish_has_changed_and_it_still_holds(publisher):
    item = published(publisher, title_en="")
    item.save_draft(by=publisher, values={"title_en": "Machine"}, origin=Origin.MACHINE)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    item.publish(by=publisher)
    assert status(item) == STALE

    item.confirm_translation("en", by=publisher)

    assert status(item) == MACHINE


def test_a_text_that_was_left_behind_is_so_again_when_it_is_restored(publisher):
    item = published(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    left_behind = Track.find(item).newest
    item.save_draft(by=publisher, values={"title_en": "New school"})
    item.publish(by=publisher)
    assert status(item) == UNREVIEWED

    item.restore(left_behind, by=publisher)
    item.publish(by=publisher)

    assert row(item).title_en == "New playground"
    assert status(item) == STALE


def test_a_text_by_a_machine_that_a_person_rewrites_is_hers(publisher):
    item = published(publisher, title_en="")
    item.save_draft(by=publisher, values={"title_en": "Machine"}, origin=Origin.MACHINE)
    item.save_draft(by=publisher, values={"title_en": "Person"})
    item.publish(by=publisher)

    assert status(item) == UNREVIEWED


def test_the_worst_text_decides(publisher):
    item = reviewed(publisher, lead_en="A lead.")
    item.save_draft(by=publisher, values={"lead_en": "Another lead."})
    item.publish(by=publisher)

    assert status(item) == UNREVIEWED


def test_a_language_is_not_judged_by_another(publisher):
    item = reviewed(publisher)

    assert (status(item, "en"), status(item, "fi")) == (CURRENT, MISSING)


# What makes it stale


def test_a_published_change_of_the_swedish_text_makes_it_stale(publisher):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    item.publish(by=publisher)

    assert status(item) == STALE


def test_so_does_taking_the_swedish_text_away(publisher):
    item = reviewed(publisher, body_sv="<p>Text.</p>", body_en="<p>Text.</p>")
    item.save_draft(by=publisher, values={"body_sv": ""})
    item.publish(by=publisher)

    assert status(item) == STALE


def test_a_draft_of_a_published_page_makes_nothing_stale(publisher):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})

    assert status(item) == CURRENT


def test_a_draft_that_nobody_has_seen_makes_nothing_stale(publisher):
    item = NewsItemFactory(draft=True, **TEXTS)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    assert status(item) == UNREVIEWED

    item.publish(by=publisher)
    assert status(item) == STALE


def test_whitespace_makes_nothing_stale(publisher):
    item = reviewed(publisher, body_sv="<p>Ett</p><p>Två ord</p>", body_en="<p>One</p>")
    spaced = "<p>Ett </p>\r\n<p>Två\N{NO-BREAK SPACE}ord</p><p></p>"
    item.save_draft(by=publisher, values={"title_sv": " Ny  lekplats", "body_sv": spaced})
    item.publish(by=publisher)

    assert status(item) == CURRENT


@pytest.mark.parametrize(
    "changed",
    [
        "<p>Om <a href='/nyheter/'>gungan</a></p>",
        "<p>om <a href='/kontakt/'>gungan</a></p>",
        "<h2>Om gungan</h2>",
    ],
)
def test_letters_links_and_headings_do(publisher, changed):
    text = "<p>Om <a href='/kontakt/'>gungan</a></p>"
    item = reviewed(publisher, body_sv=text, body_en="<p>Read</p>")
    item.save_draft(by=publisher, values={"body_sv": changed})
    item.publish(by=publisher)

    assert status(item) == STALE


def test_translating_the_new_text_makes_it_up_to_date(publisher):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    item.publish(by=publisher)
    item.save_draft(by=publisher, values={"title_en": "New school"})
    assert status(item) == STALE

    item.publish(by=publisher)
    assert status(item) == UNREVIEWED


# A minor change


def test_a_minor_change_keeps_the_translations(publisher):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Nya lekplatsen"}, is_minor=True)
    item.publish(by=publisher)

    assert status(item) == CURRENT


def test_so_does_a_change_that_is_published_as_minor(publisher):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Nya lekplatsen"})
    item.publish(by=publisher, is_minor=True)

    assert status(item) == CURRENT


def test_so_does_one_that_waits_for_its_minute(publisher, time_machine):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Nya lekplatsen"})
    later = timezone.now() + datetime.timedelta(hours=1)
    item.schedule(by=publisher, at=later, is_minor=True)
    assert status(item) == CURRENT

    time_machine.move_to(later)
    publish_due()
    assert (row(item).title_sv, status(item)) == ("Nya lekplatsen", CURRENT)


def test_a_minor_change_mends_nothing_that_was_stale(publisher):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    item.publish(by=publisher)
    both = {"title_sv": "Nya skolan", "title_en": "The new playground"}
    item.save_draft(by=publisher, values=both, is_minor=True)
    item.publish(by=publisher)

    assert status(item) == STALE


# What comes back, and what goes out in parts


def test_restoring_an_older_version_restores_its_status(publisher):
    item = reviewed(publisher)
    good = row(item).track.live
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    bad = item.publish(by=publisher)

    item.restore(good, by=publisher)
    item.publish(by=publisher)
    assert status(item) == CURRENT

    item.restore(bad, by=publisher)
    item.publish(by=publisher)
    assert status(item) == STALE


def test_publishing_the_swedish_alone_makes_the_others_stale_until_they_follow(publisher):
    item = reviewed(publisher)
    both = {"title_sv": "Ny skola", "title_en": "New school"}
    item.save_draft(by=publisher, values=both)

    item.publish(by=publisher, languages={"sv"})
    assert status(item) == STALE

    item.publish(by=publisher)
    assert status(item) == UNREVIEWED


def test_publishing_a_translation_before_its_swedish_makes_it_stale(publisher):
    item = reviewed(publisher)
    item.save_draft(by=publisher, values={"title_sv": "Ny skola", "title_en": "New school"})

    item.publish(by=publisher, languages={"en"})

    assert status(item) == STALE


def test_who_translated_what_she_saw_did_not_translate_what_another_wrote_meanwhile(publisher):
    item = reviewed(publisher)
    base = row(item).track.newest.number
    item.save_draft(by=publisher, values={"title_sv": "Ny skola"})
    item.save_draft(by=publisher, values={"title_en": "The new playground"}, base=base)
    item.publish(by=publisher)

    assert (row(item).title_sv, row(item).title_en) == ("Ny skola", "The new playground")
    assert status(item) == STALE


def test_two_who_each_wrote_both_languages_leave_a_translation_that_holds(publisher):
    three = {language: f"<p>{language} 1</p><p>2</p><p>3</p>" for language in ("sv", "en")}
    item = reviewed(publisher, body_sv=three["sv"], body_en=three["en"])
    base = row(item).track.newest.number

    for old, new in [("1", "one"), ("3", "three")]:
        changed = {f"body_{code}": text.replace(old, new) for code, text in three.items()}
        item.save_draft(by=publisher, values=changed, base=base)
    item.publish(by=publisher)

    assert row(item).body_en == "<p>en one</p><p>2</p><p>three</p>"
    assert status(item) == UNREVIEWED


def test_one_of_two_who_left_the_translation_behind_leaves_it_stale(publisher):
    three = "<p>1</p><p>2</p><p>3</p>"
    item = reviewed(publisher, body_sv=three, body_en=three)
    base = row(item).track.newest.number
    first = {name: three.replace("1", "one") for name in ("body_sv", "body_en")}
    item.save_draft(by=publisher, values=first, base=base)
    item.save_draft(by=publisher, values={"body_sv": three.replace("3", "three")}, base=base)
    item.publish(by=publisher)

    assert row(item).body_sv == "<p>one</p><p>2</p><p>three</p>"
    assert status(item) == STALE


@pytest.mark.parametrize(
    ("settled", "is_right"),
    [
        ({"title_sv": "Min", "title_en": "Mine"}, True),
        ({"title_sv": "Min", "title_en": "Hers"}, False),
        ({"title_sv": "Min", "title_en": "One of my own"}, True),
    ],
)
def test_what_was_chosen_in_a_clash_holds_if_it_was_written_together(publisher, settled, is_right):
    item = reviewed(publisher)
    base = row(item).track.newest.number
    item.save_draft(by=publisher, values={"title_sv": "Hennes", "title_en": "Hers"})
    mine = {"title_sv": "Min", "title_en": "Mine"}
    item.save_draft(by=publisher, values=mine, base=base, settled=settled)
    item.publish(by=publisher)

    assert (row(item).title_sv, row(item).title_en) == (settled["title_sv"], settled["title_en"])
    assert status(item) == (UNREVIEWED if is_right else STALE)


def test_a_moved_page_keeps_the_translations_of_what_links_to_it(publisher):
    target = published(publisher, slug="hit")
    link = f'<p><a href="{target.get_absolute_url()}">Gungan</a></p>'
    item = reviewed(publisher, body_sv=link, body_en=link)

    target.save_draft(by=publisher, values={"slug": "dit"})
    target.publish(by=publisher)

    assert "dit" in row(item).body_sv
    assert status(item) == CURRENT


def test_a_copy_is_as_well_translated_as_what_it_is_a_copy_of(publisher):
    item = published(publisher, title_en="")
    item.save_draft(by=publisher, values={"title_en": "Machine"}, origin=Origin.MACHINE)

    twin = item.copy(by=publisher)

    assert status(twin) == MACHINE


def test_a_translation_comes_up_from_the_bin_as_it_was(publisher):
    item = NewsItemFactory(draft=True, **TEXTS)
    item.confirm_translation("en", by=publisher, reviewed=True)
    pk = item.pk
    item.move_to_bin(by=publisher)

    item = type(item).take_out_of_bin(pk, by=publisher)

    assert status(item) == CURRENT


# Rows without a history


def test_a_text_that_came_past_the_back_office_is_unreviewed():
    item = NewsItemFactory(**TEXTS)

    assert standing_on_page(item, "en").status == UNREVIEWED
    assert not Translation.objects.exists()
