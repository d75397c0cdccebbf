"""Publishing takes a set of languages: the Swedish may go out now, and the Arabic later."""

import pytest
from django.core.exceptions import ValidationError

from publishing.models import Version, WithdrawalReason
from tests.admin_forms import staff
from tests.factories import FocusAreaFactory, ImageFactory, NewsItemFactory
from tests.situations import row

pytestmark = pytest.mark.django_db
BOTH = {"title_sv": "Nu", "title_ar": "الآن"}


@pytest.fixture
def publisher():
    return staff("Publicister")


def titles(item):
    """What residents read as title, in Swedish and Arabic."""
    shown = row(item)
    return shown.title_sv, shown.title_ar or ""


def newest(item):
    return row(item).track.newest.data


def changed(by, values=BOTH, **facts):
    item = NewsItemFactory(title_sv="Förut", title_ar="قبل", **facts)
    item.save_draft(by=by, values=values)
    return item


def test_the_swedish_goes_out_and_the_arabic_stays(publisher):
    item = changed(by=publisher)

    item.publish(by=publisher, languages={"sv"})

    assert titles(item) == ("Nu", "قبل")


def test_the_arabic_goes_out_and_the_swedish_stays(publisher):
    item = changed(by=publisher)

    item.publish(by=publisher, languages={"ar"})

    assert titles(item) == ("Förut", "الآن")


def test_several_languages_go_out_together(publisher):
    item = changed(by=publisher, values={**BOTH, "title_fi": "Nyt"})

    item.publish(by=publisher, languages={"sv", "ar"})

    assert titles(item) == ("Nu", "الآن")
    assert not row(item).title_fi


def test_what_did_not_go_out_is_still_the_editors(publisher):
    item = changed(by=publisher)

    item.publish(by=publisher, languages={"sv"})

    assert row(item).has_changes
    assert newest(item)["title_ar"] == "الآن"


def test_what_did_not_go_out_can_go_out_later(publisher):
    item = changed(by=publisher)
    item.publish(by=publisher, languages={"sv"})

    item.publish(by=publisher, languages={"ar"})

    assert titles(item) == ("Nu", "الآن")
    assert not row(item).has_changes


def test_the_rest_goes_out_with_what_was_written_since(publisher):
    item = changed(by=publisher)
    item.publish(by=publisher, languages={"sv"})
    item.save_draft(by=publisher, values={"title_sv": "Nyss"})

    item.publish(by=publisher)

    assert titles(item) == ("Nyss", "الآن")


def test_nothing_waits_when_all_that_was_changed_went_out(publisher):
    item = changed(by=publisher, values={"title_sv": "Nu"})

    item.publish(by=publisher, languages={"sv"})

    assert not row(item).has_changes


def test_which_languages_went_out_is_recorded(publisher):
    item = changed(by=publisher)

    item.publish(by=publisher, languages={"sv", "ar"})

    assert Version.objects.of(item).last().status["languages"] == ["ar", "sv"]


def new_facts():
    return {"slug": "ny", "image": ImageFactory().pk, "focus_areas": [FocusAreaFactory().pk]}


def facts_of(item):
    shown = row(item)
    areas = [area.pk for area in shown.focus_areas.all()]
    return {"slug": shown.slug, "image": shown.image_id, "focus_areas": areas}


def test_what_has_no_language_goes_with_swedish(publisher):
    facts = new_facts()
    item = changed(by=publisher, values=facts)

    item.publish(by=publisher, languages={"sv"})

    assert facts_of(item) == facts


def test_what_has_no_language_does_not_go_with_arabic(publisher):
    item = changed(by=publisher, values={**BOTH, **new_facts()}, slug="gammal")

    item.publish(by=publisher, languages={"ar"})

    assert facts_of(item) == {"slug": "gammal", "image": None, "focus_areas": []}


@pytest.mark.parametrize("languages", [set(), []])
def test_no_language_at_all_is_refused_and_loses_nothing(publisher, languages):
    item = changed(by=publisher)

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=publisher, languages=languages)

    assert refusal.value.message_dict == {"languages": ["Välj minst ett språk."]}
    assert newest(item)["title_sv"] == "Nu"


# The first time


def test_a_page_can_begin_in_swedish_alone(publisher):
    item = NewsItemFactory(draft=True, title_sv="Nu", title_ar="الآن")

    item.publish(by=publisher, languages={"sv"})

    assert titles(item) == ("Nu", "")
    assert row(item).languages() == ["sv"]
    assert newest(item)["title_ar"] == "الآن"


def test_the_languages_of_a_new_page_come_one_by_one(publisher):
    item = NewsItemFactory(draft=True, title_sv="Nu", title_ar="الآن")
    item.publish(by=publisher, languages={"sv"})

    item.publish(by=publisher, languages={"ar"})

    assert titles(item) == ("Nu", "الآن")


def test_a_page_does_not_begin_without_swedish(publisher):
    item = NewsItemFactory(draft=True, title_ar="الآن")

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=publisher, languages={"ar"})

    assert "title_sv" in refusal.value.message_dict


# After it was away


def corrected_after_withdrawal(publisher):
    """An item that was withdrawn with faults in two languages, both put right."""
    item = NewsItemFactory(title_sv="Fel", title_ar="خطأ")
    item.save_draft(by=publisher, values={"lead_sv": "Ny ingress."})
    item.withdraw(by=publisher)
    item.save_draft(by=publisher, values=BOTH)
    return item


def test_a_fault_that_was_withdrawn_is_not_shown_again_in_another_language(publisher):
    item = corrected_after_withdrawal(publisher)

    item.publish(by=publisher, languages={"sv"})

    assert titles(item) == ("Nu", "")


def test_the_language_that_was_left_out_then_is_published_as_it_was_put_right(publisher):
    item = corrected_after_withdrawal(publisher)
    item.publish(by=publisher, languages={"sv"})

    item.publish(by=publisher, languages={"ar"})

    assert titles(item) == ("Nu", "الآن")


def test_the_language_that_was_left_out_then_is_still_in_the_form(publisher):
    item = corrected_after_withdrawal(publisher)

    item.publish(by=publisher, languages={"sv"})

    assert newest(item)["title_ar"] == "الآن"


def test_what_could_be_read_all_along_stays_in_the_other_languages(publisher):
    item = NewsItemFactory(title_sv="Förut", title_ar="قبل")
    item.withdraw(by=publisher, reason=WithdrawalReason.OUTDATED)
    item.save_draft(by=publisher, values=BOTH)

    item.publish(by=publisher, languages={"sv"})

    assert titles(item) == ("Nu", "قبل")
