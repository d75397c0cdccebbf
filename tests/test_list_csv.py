"""A list as a file for a spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.admin_forms import staff, with_rights
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    InitiativeFactory,
    NewsItemFactory,
)

pytestmark = pytest.mark.django_db
CSV = "/admin/initiatives/initiative/csv/"


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


def lines(response):
    """The rows of the file as dictionaries."""
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@time_machine.travel("2026-03-02 12:00+01:00")
def test_each_row_has_what_one_plans_by(publisher):
    InitiativeFactory(
        title_sv="Stationen",
        title_en="The Station",
        slug="stationen",
        unit=ContactUnitFactory(name_sv="Fritid"),
        publish_at=datetime(2025, 6, 7, 6, 0, tzinfo=UTC),
        review_interval=6,
        last_reviewed_on=date(2025, 12, 1),
        last_reviewed_by=ContactFunctionFactory(role_sv="Folkhälsostrateg"),
    )

    [row] = lines(publisher.get(CSV))

    assert {name: row[name] for name in list(row)[:5] + list(row)[6:11]} == {
        "rubrik": "Stationen",
        "läge": "Publicerad",
        "ansvarig enhet": "Fritid",
        "publiceras": "2025-06-07 08:00",
        "avpubliceras": "",
        "granskas var (månader)": "6",
        "senast granskad": "2025-12-01",
        "granskad av": "Folkhälsostrateg",
        "ska granskas": "2026-06-01",
        "adress": "http://testserver/insatser/stationen/",
    }


def test_the_file_has_what_the_list_is_filtered_and_searched_for(publisher):
    InitiativeFactory(title_sv="Trygg station", draft=True)
    InitiativeFactory(title_sv="Trygg gata")
    InitiativeFactory(title_sv="Något annat", draft=True)

    response = publisher.get(CSV, {"q": "trygg", "state__exact": "draft"})

    assert [row["rubrik"] for row in lines(response)] == ["Trygg station"]


@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_file_has_a_name_that_says_what_is_in_it(publisher):
    response = publisher.get("/admin/focus_areas/focusarea/csv/")

    assert 'filename="fokusomraden-2026-03-02.csv"' in response.headers["Content-Disposition"]


def test_the_list_leads_to_the_file_of_what_it_shows(publisher):
    page = publisher.get("/admin/initiatives/initiative/", {"state__exact": "draft"})

    assert f'<a href="{CSV}?state__exact=draft">Ladda ner som CSV</a>' in page.text


def test_what_a_spreadsheet_would_calculate_is_kept_from_that(publisher):
    InitiativeFactory(title_sv="=1+1")

    [row] = lines(publisher.get(CSV))

    assert row["rubrik"] == "'=1+1"


def test_the_state_is_the_one_that_the_list_tells(publisher):
    item = InitiativeFactory()
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Nytt"})

    [row] = lines(publisher.get(CSV))

    assert row["läge"] == "Publicerad, med opublicerade ändringar"


@pytest.mark.parametrize("query", ["state__regex=(", "state__exact[]=x&p=ö", "unit__id__exact=x"])
def test_odd_requests_are_refused(publisher, query):
    InitiativeFactory.create_batch(2)
    assert publisher.get(f"{CSV}?{query}").status_code in (400, 404)


def test_who_may_not_change_gets_no_file(client):
    client.force_login(with_rights("view_initiative"))

    assert client.get(CSV).status_code == 403


@pytest.mark.parametrize("number", [1, 12])
def test_a_file_costs_the_same_however_many_rows(publisher, number, django_assert_max_num_queries):
    unit, function = ContactUnitFactory(), ContactFunctionFactory()
    NewsItemFactory.create_batch(number, unit=unit, last_reviewed_by=function)

    with django_assert_max_num_queries(16):
        publisher.get("/admin/news/newsitem/csv/")


def test_what_is_too_long_for_a_file_says_so_and_leaves_the_list(publisher, monkeypatch):
    monkeypatch.setattr("publishing.admin.list_csv.MOST_ROWS", 1)
    InitiativeFactory.create_batch(2)

    page = publisher.get(CSV, {"q": ""}, follow=True)

    assert "Filtrera listan först." in page.text
    assert page.redirect_chain[0][0].startswith("/admin/initiatives/initiative/")
