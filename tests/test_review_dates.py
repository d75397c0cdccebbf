"""Each language of a page has its own date of review, which readers and editors are told."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from publishing.models import Action, State, Track, Translation, Version
from publishing.translation_status import standing_on_page
from publishing.translations import text_review
from tests.admin_forms import staff
from tests.factories import NewsItemFactory, PageFactory
from tests.situations import row

pytestmark = pytest.mark.django_db
REVIEWED = {
    "sv-simple": "Den lättlästa texten granskades den 3 november 2026.",
    "fi": "Käännös tarkistettu 3. marraskuuta 2026.",
    "en": "This translation was reviewed on 3 November 2026.",
    "ar": "رُوجعت هذه الترجمة في 3 نوفمبر 2026.",
}
OVERDUE = "This translation was due for another review on"
TITLES = {f"title_{code.replace('-', '_')}": f"Title {code}" for code in REVIEWED}


@pytest.fixture
def publisher():
    return staff("Publicister")


@pytest.fixture
def november(time_machine):
    time_machine.move_to("2026-11-03 12:00+01:00")
    return time_machine


def published(by, **values):
    values = {"slug": "sidan", "review_interval": 12, "last_reviewed_on": None, **TITLES, **values}
    item = PageFactory(draft=True, **values)
    item.publish(by=by)
    return item


def review(item, by, language="en"):
    return item.confirm_translation(language, by=by, reviewed=True)


def foot(client, language="en"):
    """What the foot of the page says, in one line, and the dates in it."""
    prefix = f"/{language}" if language else ""
    text = client.get(f"{prefix}/om/sidan/").text
    html = re.search(r'<footer class="page-meta">.*?</footer>', text, re.S)[0]
    words = " ".join(re.sub(r"<[^>]+>", "", html).replace("\N{NO-BREAK SPACE}", " ").split())
    return words, re.findall(r'datetime="(.*?)"', html)


def listed(client, **asked):
    """{language: Cell} of the first item in the list of translations."""
    page = client.get("/admin/oversattningar/", {"lage": "alla", "slag": "pages.page", **asked})
    return {cell.language: cell for _name, _kind, cells in page.context["rows"] for cell in cells}


def listed_after_login(client, user):
    client.force_login(user)
    return listed(client)


# Readers


@pytest.mark.parametrize("language", REVIEWED)
def test_readers_are_told_when_their_own_text_was_reviewed(client, publisher, november, language):
    review(published(publisher), publisher, language)
    november.move_to("2026-11-20 12:00+01:00")

    words, dates = foot(client, language)

    assert REVIEWED[language] in words
    assert "2026-11-03" in dates


def test_the_review_of_the_swedish_is_not_that_of_a_translation(client, publisher, november):
    item = published(publisher, last_reviewed_on=timezone.localdate())

    assert "2026-11-03" in foot(client, "")[1]
    november.move_to("2026-11-05 12:00+01:00")
    type(item).objects.update(publish_at=timezone.now(), updated_at=timezone.now())
    words, dates = foot(client)
    assert "eview" not in words
    assert set(dates) == {"2026-11-05"}


def test_a_stale_translation_has_no_date_of_review(client, publisher, november):
    item = published(publisher)
    review(item, publisher)
    item.save_draft(by=publisher, values={"title_sv": "Nytt"})
    item.publish(by=publisher)

    assert "reviewed" not in foot(client)[0]


def test_the_text_that_was_reviewed_longest_ago_decides(publisher, november):
    item = published(publisher, lead_en="A lead.")
    review(item, publisher)
    november.move_to("2026-11-20 12:00+01:00")
    item.save_draft(by=publisher, values={"title_sv": "Nytt", "title_en": "New"})
    item.publish(by=publisher)
    Translation.objects.filter(field="title", reviewed_at=None).update(reviewed_at=timezone.now())

    assert standing_on_page(row(item), "en").reviewed_on.isoformat() == "2026-11-03"


def test_a_broken_promise_is_told_in_the_language_that_breaks_it(client, publisher, november):
    item = published(publisher, review_interval=6)
    review(item, publisher, "en")
    november.move_to("2027-05-04 12:00+02:00")
    review(item, publisher, "fi")

    words, dates = foot(client, "en")
    assert f"{OVERDUE} 3 May 2027." in words
    assert "Next review" not in words
    assert "2027-05-03" in dates
    assert "Käännös olisi pitänyt" not in foot(client, "fi")[0]


def test_a_promise_that_holds_is_the_next_review_of_the_translation(client, publisher, november):
    review(published(publisher, review_interval=6), publisher)

    assert "Next review3 May 2027" in foot(client)[0]


@pytest.mark.parametrize("values", [{"review_interval": None}, {"state": State.ARCHIVED}])
def test_what_is_not_reviewed_again_breaks_no_promise(client, publisher, november, values):
    item = published(publisher, review_interval=6)
    review(item, publisher)
    type(item).objects.update(**values)
    november.move_to("2028-01-01 12:00+01:00")

    assert OVERDUE not in foot(client)[0]
    assert not listed_after_login(client, publisher)["en"].is_due


# Editors


def test_the_list_says_when_each_language_was_reviewed(client, publisher, november):
    review(published(publisher), publisher)

    cells = listed_after_login(client, publisher)

    assert (cells["en"].label, cells["en"].reviewed_on.isoformat()) == ("Aktuell", "2026-11-03")
    assert (cells["fi"].label, cells["fi"].reviewed_on) == ("Ogranskad", None)
    page = client.get("/admin/oversattningar/", {"lage": "alla"}).text
    assert 'Granskad <time datetime="2026-11-03">3\N{NO-BREAK SPACE}november 2026</time>' in page


def test_a_translation_is_to_be_reviewed_again_the_day_after_the_interval(
    client, publisher, november
):
    item = published(publisher)
    for language in REVIEWED:
        review(item, publisher, language)

    november.move_to("2027-11-03 12:00+01:00")
    client.force_login(publisher)
    assert listed(client, lage="") == {}

    november.move_to("2027-11-04 12:00+01:00")
    cells = listed(client, lage="")
    assert {cell.label for cell in cells.values()} == {"Granskas igen"}
    assert listed(client, lage="again", sprak="fi").keys() == {"fi"}
    assert "som ska granskas igen" in client.get("/admin/").text


def test_what_is_due_comes_after_what_nobody_has_reviewed(client, publisher, november):
    review(published(publisher, title_sv="Granskad", review_interval=6), publisher)
    november.move_to("2027-11-04 12:00+01:00")
    published(publisher, slug="annan", title_sv="Ogranskad")
    client.force_login(publisher)

    page = client.get("/admin/oversattningar/", {"sprak": "en", "slag": "pages.page"})

    assert [name for name, _kind, _cells in page.context["rows"]] == ["Ogranskad", "Granskad"]


def test_news_is_never_due(client, publisher, november):
    item = NewsItemFactory(draft=True, title_en="News")
    item.publish(by=publisher)
    review(item, publisher)
    november.move_to("2030-01-01 12:00+01:00")
    client.force_login(publisher)

    assert client.get("/admin/oversattningar/?lage=again").context["rows"] == []


# Reviewing again


def test_a_review_can_be_renewed_on_another_day(client, publisher, november):
    item = published(publisher)
    review(item, publisher)
    november.move_to("2026-11-20 12:00+01:00")

    version = review(item, publisher)

    assert (version.action, version.status["reviewed"]) == (Action.CONFIRMED, True)
    assert Track.find(item).translations_reviewed == {"en": "2026-11-20"}
    assert standing_on_page(row(item), "en").reviewed_on.isoformat() == "2026-11-20"
    assert "2026-11-20" in foot(client)[1]


def test_the_same_day_it_is_written_down_once(publisher, november):
    item = published(publisher)
    review(item, publisher)

    assert not item.may_confirm(publisher, Track.find(item), "en", reviewed=True)
    assert review(item, publisher) is None
    november.move_to("2026-11-04 00:10+01:00")  # still the 3rd by UTC
    assert item.may_confirm(publisher, Track.find(item), "en", reviewed=True)


def test_saying_that_it_holds_does_not_renew_the_review(publisher, november):
    item = published(publisher)
    review(item, publisher)
    november.move_to("2026-11-20 12:00+01:00")

    assert item.confirm_translation("en", by=publisher) is None
    assert Track.find(item).translations_reviewed == {"en": "2026-11-03"}


def test_a_page_of_the_past_tells_no_later_review(publisher, november):
    item = published(publisher)
    november.move_to("2026-11-20 12:00+01:00")
    review(item, publisher)
    past = Version.objects.of(item).shown_at(timezone.now() - timedelta(days=3)).item

    with override("en"):
        assert text_review(past).reviewed_on is None
        assert text_review(row(item)).reviewed_on is not None
