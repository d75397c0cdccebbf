"""Translations in the back office: the form, its two buttons, and the filter of the lists."""

import pytest

from news.models import NewsItem
from publishing.history import begin_histories
from publishing.models import Action, Track, Version
from publishing.translation_status import TranslationStatus
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    NewsItemFactory,
    OpeningHoursFactory,
)
from tests.histories import erase
from tests.situations import row

pytestmark = pytest.mark.django_db
TEXTS = {"title_sv": "Ny lekplats", "title_en": "New playground"}
LIST = "/admin/news/newsitem/"


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


@pytest.fixture
def editor(client):
    client.user = staff("Redaktörer")
    client.force_login(client.user)
    return client


@pytest.fixture
def administrator(client):
    client.user = AdministratorFactory()
    client.force_login(client.user)
    return client


def published(by, **texts):
    item = NewsItemFactory(draft=True, **{**TEXTS, **texts})
    item.publish(by=by)
    return row(item)


def stale(by, **texts):
    item = published(by, **texts)
    item.save_draft(by=by, values={"title_sv": "Ny skola"})
    item.publish(by=by)
    return row(item)


def open_form(client, item):
    return client.get(admin_url(item, "change"))


def panel(page, name="English"):
    panels = [panel for _fieldset, panel, _lines in page.context["fieldsets"] if panel]
    return next(each for each in panels if each.name == name)


def press(client, item, button, language="en", **changes):
    form = filled_in(open_form(client, item), **changes)
    return client.post(admin_url(item, "change"), form | {button: language}, follow=True)


def status(item, language="en"):
    return Track.find(item).translations[language]


# The form


def test_each_language_says_how_it_stands(publisher):
    page = open_form(publisher, stale(publisher.user, title_fi=""))

    html = page.content.decode()
    assert 'English</span> <span class="state state--stale">Svenskan har ändrats</span>' in html
    assert 'Suomi</span> <span class="state state--missing">Saknas</span>' in html


def test_the_swedish_stands_beside_each_text(publisher):
    item = published(publisher.user, body_sv="<p>Vi <strong>bygger</strong></p>", lead_sv="A < B")

    html = open_form(publisher, item).content.decode()

    for text in ("<p>Vi <strong>bygger</strong></p>", "<p>A &lt; B</p>"):
        assert html.count(f'<div class="translated__text" lang="sv" dir="ltr">{text}</div>') == 4


def test_it_is_the_swedish_of_the_form(publisher):
    item = published(publisher.user)
    item.save_draft(by=publisher.user, values={"title_sv": "Utkastets rubrik"})

    html = open_form(publisher, item).content.decode()

    assert '<div class="translated__text" lang="sv" dir="ltr"><p>Utkastets rubrik</p></div>' in html


def test_what_has_changed_in_the_swedish_is_told_word_by_word(publisher):
    html = open_form(publisher, stale(publisher.user)).content.decode()

    assert "Ändrat i svenskan sedan den översattes" in html
    words = 'lang="sv">{}</span>{}</'
    assert words.format("borttaget", "lekplats") in html
    assert words.format("tillagt", "skola") in html


def test_it_says_so_when_what_was_translated_has_been_erased(administrator):
    item = stale(administrator.user)
    for version in Version.objects.of(item).texts().filter(data__title_sv="Ny lekplats"):
        erase(item, version.number, ["title_sv"])

    html = open_form(administrator, item).content.decode()

    assert "går inte att visa" in html
    assert "lekplats" not in html


def test_a_draft_that_leaves_a_translation_behind_is_told_before_it_is_out(publisher):
    item = published(publisher.user)
    item.save_draft(by=publisher.user, values={"title_sv": "Ny skola"})

    page = open_form(publisher, item)

    assert panel(page).status == TranslationStatus.UNREVIEWED
    assert "När utkastet publiceras" in page.content.decode()


def test_rows_of_a_form_are_told_of_in_the_panel_of_their_language(administrator):
    unit = ContactUnitFactory(name_en="Contact centre")
    hours = OpeningHoursFactory(
        unit=unit,
        closed=True,
        first_date="2026-07-01",
        last_date="2026-07-02",
        reason_sv="Semester",
        reason_en="Holidays",
    )
    with unit.recording(by=administrator.user):
        pass
    with unit.recording(by=administrator.user):
        hours.reason_sv = "Flytt"
        hours.save()

    html = open_form(administrator, unit).content.decode()

    assert status(unit) == TranslationStatus.STALE
    assert "borttaget</span>Semester</del>" in html


def test_a_new_item_has_no_panels(publisher):
    page = publisher.get(f"{LIST}add/")

    assert not any(panel for _fieldset, panel, _lines in page.context["fieldsets"])


def test_arabic_is_written_from_right_to_left(publisher):
    html = open_form(publisher, published(publisher.user)).content.decode()

    assert 'name="title_ar"' in html
    [box] = [tag for tag in html.split("<") if 'name="title_ar"' in tag]
    assert 'lang="ar"' in box
    assert 'dir="rtl"' in box


# The buttons


def test_a_publisher_says_that_a_translation_is_still_right(publisher):
    item = stale(publisher.user)

    page = press(publisher, item, "_confirm")

    assert status(item) == TranslationStatus.UNREVIEWED
    assert "Översättningen (English) är bekräftad." in messages_of(page)
    assert "Svenskan har ändrats" not in page.content.decode()


def test_a_publisher_says_that_somebody_who_speaks_the_language_has_read_it(publisher):
    item = published(publisher.user)

    page = press(publisher, item, "_review")

    assert status(item) == TranslationStatus.CURRENT
    assert "Översättningen (English) är granskad." in messages_of(page)


def test_what_stands_in_the_form_is_saved_before_it_is_confirmed(publisher):
    item = published(publisher.user)

    press(publisher, item, "_review", title_en="The new playground")
    item.publish(by=publisher.user)

    assert row(item).title_en == "The new playground"
    assert status(item) == TranslationStatus.CURRENT


def test_a_bad_form_confirms_nothing(publisher):
    item = published(publisher.user)

    page = press(publisher, item, "_review", slug="", title_en="The new playground")

    assert page.context["errors"]
    assert filled_in(page)["title_en"] == "The new playground"
    assert Action.CONFIRMED not in Version.objects.of(item).values_list("action", flat=True)


def test_a_fact_that_residents_see_is_confirmed_in_the_same_way(administrator):
    unit = ContactUnitFactory(name_en="Contact centre")

    page = press(administrator, unit, "_review")

    assert status(unit) == TranslationStatus.CURRENT
    assert messages_of(page) == ["Sparat.", "Översättningen (English) är granskad."]


@pytest.mark.parametrize("language", ["sv", "xx", "", "fi"])
def test_what_is_no_translation_is_refused_with_a_sentence(publisher, language):
    item = published(publisher.user)

    page = press(publisher, item, "_confirm", language)

    assert page.status_code == 200
    assert len(messages_of(page)) == 2
    assert Action.CONFIRMED not in Version.objects.of(item).values_list("action", flat=True)


def test_an_editor_confirms_drafts_but_not_what_residents_see(editor):
    publisher = staff("Publicister")
    shown, draft = published(publisher), NewsItemFactory(draft=True, **TEXTS)

    page = press(editor, shown, "_review")
    press(editor, draft, "_review")

    assert "Du har inte rätt att bekräfta översättningar av nyheter som besökarna ser." in (
        messages_of(page)
    )
    assert (status(shown), status(draft)) == ("unreviewed", "current")


def test_buttons_stand_where_they_can_be_used(editor):
    publisher = staff("Publicister")
    shown, draft = published(publisher), NewsItemFactory(draft=True, **TEXTS)
    draft.save_draft(by=publisher, values={"lead_fi": "Johdanto"})

    assert not panel(open_form(editor, shown)).may_review
    found = [panel(open_form(editor, draft), name) for name in ("English", "Suomi", "العربية")]
    assert [each.may_review for each in found] == [True, True, False]
    assert not any(each.may_confirm for each in found)


def test_the_return_key_confirms_nothing(administrator):
    """It presses the first button of a form."""
    items = [published(administrator.user), ContactUnitFactory(name_en="Contact centre")]
    begin_histories()

    for item in items:
        html = open_form(administrator, item).content.decode()
        assert html.index('name="_save"') < html.index('name="_review"')


def test_the_history_tells_of_it(publisher):
    item = published(publisher.user)
    press(publisher, item, "_review")

    page = publisher.get(admin_url(item, "history")).content.decode()

    assert "bekräftade översättningen" in page
    assert "granskad av någon som kan språket" in page


# The lists


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("stale-en", {"Ny skola"}),
        ("unreviewed-en", {"Aktuell"}),
        ("missing-sv-simple", {"Ny skola", "Aktuell", "Ingen"}),
        ("missing-en", {"Ingen"}),
    ],
)
def test_a_list_is_filtered_by_how_a_language_stands(publisher, wanted, titles):
    stale(publisher.user)
    published(publisher.user, title_sv="Aktuell")
    published(publisher.user, title_sv="Ingen", title_en="")

    page = publisher.get(LIST, {"oversattning": wanted})

    assert {item.title_sv for item in page.context["cl"].result_list} == titles


@pytest.mark.parametrize("odd", ["stale", "stale-xx", "-", "x-en", "stale-sv"])
def test_an_odd_filter_shows_the_whole_list(publisher, odd):
    item = published(publisher.user)

    page = publisher.get(LIST, {"oversattning": odd})

    assert list(page.context["cl"].result_list) == [item]


def test_facts_are_filtered_too(administrator):
    known = ContactUnitFactory(name_en="Contact centre")
    press(administrator, known, "_review")
    ContactUnitFactory()

    page = administrator.get("/admin/contacts/contactunit/", {"oversattning": "current-en"})

    assert list(page.context["cl"].result_list) == [known]


def test_a_page_of_a_list_asks_once_how_its_rows_stand(django_assert_num_queries):
    by = AdministratorFactory()
    items = [published(by), stale(by)]

    with django_assert_num_queries(1):
        found = Track.objects.statuses_of(items)

    assert [found[item]["en"] for item in items] == ["unreviewed", "stale"]
    assert NewsItem.objects.count() == 2
