"""The page of what was not found, and what editors make of it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search.models import MissedQuery, Synonyms
from tests.admin_forms import admin_url, messages_of, staff, with_rights
from tests.reading import words_of
from tests.test_undo import buttons, undo

pytestmark = pytest.mark.django_db
PAGE = "/admin/sokningar/"


def missed(text="skolskjuts", language="sv", **facts):
    values = {"day": timezone.localdate(), "hits": 0, "count": 3, **facts}
    return MissedQuery.objects.create(text=text, language=language, **values)


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


@pytest.fixture
def editor(client):
    client.force_login(staff("Redaktörer"))
    return client


def texts(page):
    return [row["text"] for row in page.context["rows"]]


def answers(page):
    """{what can be made of the first text: the address of the form}"""
    return dict(page.context["rows"][0]["answers"])


@time_machine.travel("2026-03-02 12:00+01:00")
def test_it_says_how_often_in_which_language_and_what_was_found(publisher):
    missed(count=12)
    missed("koulukuljetus", "fi", count=5, hits=1)

    words = " ".join(words_of(publisher.get(PAGE)).split()).replace(" ,", ",")

    assert "skolskjuts 12 gånger ( Svenska ), senast 2 mars. Gav inga träffar." in words
    assert "koulukuljetus 5 gånger ( Suomi ), senast 2 mars. Gav 1 träff." in words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["skolskjuts", "koulu"]),
        ({"sprak": "fi"}, ["koulu"]),
        ({"dagar": "90"}, ["förr", "skolskjuts", "koulu"]),
        ({"dagar": "90", "sprak": "sv"}, ["förr", "skolskjuts"]),
        ({"dagar": "9999", "sprak": "xx", "sida": "99"}, ["skolskjuts", "koulu"]),
    ],
)
@time_machine.travel("2026-03-02 12:00+01:00")
def test_days_and_language_are_chosen(publisher, asked, found):
    missed("förr", day="2026-01-15", count=9)
    missed("skolskjuts", count=5)
    missed("koulu", "fi")

    assert texts(publisher.get(PAGE, asked)) == found


def test_one_click_leads_to_synonyms_with_the_text_in_them(publisher):
    missed("skolskjuts i trollhättan")

    form = publisher.get(answers(publisher.get(PAGE))["Gör synonymer"])

    adminform = form.context["adminform"].form
    assert adminform["words"].value() == "skolskjuts i trollhättan"
    assert adminform["language"].value() == "sv"


def test_one_click_leads_to_a_promoted_answer_with_the_text_in_it(publisher):
    missed("koulu", "fi")

    form = publisher.get(answers(publisher.get(PAGE))["Välj ett svar"])

    adminform = form.context["adminform"].form
    assert (adminform["queries"].value(), adminform["language"].value()) == ("koulu", "fi")


@pytest.mark.parametrize("kind", ["nyhet", "insats", "sida"])
def test_one_click_leads_to_a_draft_with_the_text_as_its_title(editor, kind):
    missed("skolskjuts för små")

    form = editor.get(answers(editor.get(PAGE))[f"Skriv {kind}"])

    adminform = form.context["adminform"].form
    assert adminform["title_sv"].value() == "Skolskjuts för små"
    assert adminform["slug"].value() == "skolskjuts-for-sma"


def test_a_draft_in_another_language_has_the_title_of_that(editor):
    missed("koulu", "fi")

    form = editor.get(answers(editor.get(PAGE))["Skriv sida"])

    assert form.context["adminform"].form["title_fi"].value() == "Koulu"


def test_each_is_offered_what_they_may_do(client):
    missed()

    offered = {}
    for role in ["Redaktörer", "Publicister"]:
        client.force_login(staff(role))
        page = client.get(PAGE)
        offered[role] = (set(answers(page)), page.context["may_change"])

    drafts = {"Skriv nyhet", "Skriv insats", "Skriv sida", "Skriv fokusområde"}
    assert offered == {
        "Redaktörer": (drafts, False),
        "Publicister": ({"Gör synonymer", "Välj ett svar", *drafts}, True),
    }


def test_what_is_of_no_use_is_set_aside(publisher):
    missed("skolskjuts")
    missed("färdtjänst")

    answer = publisher.post(f"{PAGE}?dagar=90&sprak=sv", {"language": "sv", "text": "skolskjuts"})

    assert answer.url == f"{PAGE}?dagar=90&sprak=sv"
    assert texts(publisher.get(PAGE)) == ["färdtjänst"]


def set_aside(client, text):
    return client.post(PAGE, {"language": "sv", "text": text}, follow=True)


def test_what_was_set_aside_by_mistake_is_back(publisher):
    missed("skolskjuts")
    missed("skolskjuts", day=timezone.localdate() - timedelta(days=1))
    page = set_aside(publisher, "skolskjuts")

    told = undo(publisher, page)

    assert texts(told) == ["skolskjuts"]
    assert messages_of(told) == ["Ångrat: ”skolskjuts” visas igen."]


def test_what_somebody_has_answered_since_is_not_brought_back(publisher):
    missed("skolskjuts")
    page = set_aside(publisher, "skolskjuts")
    MissedQuery.objects.all().delete()

    assert "Någon har redan gjort något åt" in messages_of(undo(publisher, page))[0]


def test_who_may_not_set_aside_any_more_brings_nothing_back(publisher):
    missed("skolskjuts")
    page = set_aside(publisher, "skolskjuts")
    get_user_model().objects.get(pk=publisher.session["_auth_user_id"]).groups.clear()

    [what] = buttons(page)

    assert publisher.post("/admin/angra/", {"what": what}).status_code == 403
    assert MissedQuery.objects.get().set_aside_on


@pytest.mark.parametrize("posted", [{}, {"text": "x"}, {"language": "sv"}])
def test_setting_aside_nothing_changes_nothing(publisher, posted):
    missed()

    publisher.post(PAGE, posted)

    assert texts(publisher.get(PAGE)) == ["skolskjuts"]


def test_who_may_only_look_sets_nothing_aside(editor):
    missed()

    answer = editor.post(PAGE, {"language": "sv", "text": "skolskjuts"})

    assert answer.status_code == 403
    assert texts(editor.get(PAGE)) == ["skolskjuts"]


def test_who_has_no_right_to_it_sees_nothing(client):
    client.force_login(with_rights("view_newsitem"))

    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/admin/").text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(publisher, method):
    assert getattr(publisher, method)(PAGE).status_code == 405


def test_an_empty_page_says_so(publisher):
    assert "Ingenting som flera har sökt på saknar svar." in words_of(publisher.get(PAGE))


def test_it_is_nobody_elses_to_keep(publisher):
    assert "no-store" in publisher.get(PAGE).headers["Cache-Control"]


def test_a_text_that_looks_like_html_is_only_text(publisher):
    missed("<b>fet</b>")

    assert "&lt;b&gt;fet&lt;/b&gt;" in publisher.get(PAGE).text


def test_the_first_page_counts_them_for_those_who_may_do_something(client):
    missed()
    missed("färdtjänst")

    tasks = {}
    for role in ["Redaktörer", "Publicister"]:
        client.force_login(staff(role))
        found = client.get("/admin/").context["soon"]
        tasks[role] = [(task.number, task.what, task.link) for task in found]

    assert tasks["Publicister"] == [(2, "sökningar gav inget bra svar", reverse("admin:missed"))]
    assert tasks["Redaktörer"] == []


def test_making_synonyms_of_a_text_takes_it_off_the_list(publisher):
    missed()

    words = {"language": "sv", "words": "skolskjuts\nskolbuss", "reason": ""}

    publisher.post(admin_url(Synonyms, "add"), words)

    assert texts(publisher.get(PAGE)) == []


def test_a_hundred_texts_cost_what_two_do(publisher):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            publisher.get(PAGE)
        return len(captured)

    for number in range(2):
        missed(f"text {number}")
    few = queries()
    for number in range(98):
        missed(f"fler {number}")

    assert queries() == few <= 10
