"""When something is read through again, who is reminded, and how it is said to be done."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from focus_areas.models import FocusArea
from initiatives.models import Initiative
from news.models import NewsItem
from pages.models import Page
from publishing.models import State
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    InitiativeFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


@time_machine.travel("2026-03-02 12:00+01:00")
def test_what_has_never_been_reviewed_is_due_counted_from_its_first_day():
    old = PageFactory(review_interval=6, publish_at=datetime(2025, 9, 1, 21, 0, tzinfo=UTC))
    PageFactory(review_interval=6, publish_at=datetime(2025, 9, 1, 22, 30, tzinfo=UTC))
    PageFactory(review_interval=None, publish_at=datetime(2020, 1, 1, tzinfo=UTC))

    assert list(Page.objects.published().due_for_review()) == [old]


@time_machine.travel("2026-03-02 12:00+01:00")
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"last_reviewed_on": date(2025, 9, 1)}, "skulle ha granskats på nytt senast 1 mars 2026."),
        ({"last_reviewed_on": date(2025, 9, 2)}, None),
        ({"publish_at": datetime(2025, 8, 1, tzinfo=UTC)}, "senast 1 februari 2026."),
        ({"last_reviewed_on": date(2025, 1, 1), "state": State.ARCHIVED}, None),
        ({"last_reviewed_on": date(2025, 1, 1), "publish_at": None, "state": State.DRAFT}, None),
    ],
)
def test_a_form_of_what_is_due_says_so_and_since_when(publisher, facts, said):
    item = PageFactory(review_interval=6, **facts)

    words = publisher.get(admin_url(item, "change")).text.replace("\N{NO-BREAK SPACE}", " ")

    assert ("skulle ha granskats" in words) == bool(said)
    assert (said or "") in words


@pytest.mark.parametrize(
    ("model", "months"), [(FocusArea, 12), (Initiative, 6), (Page, 12), (NewsItem, None)]
)
def test_each_kind_has_its_own_interval_until_somebody_chooses_another(publisher, model, months):
    form = publisher.get(admin_url(model, "add")).context["adminform"].form

    assert form["review_interval"].value() == months


@time_machine.travel("2026-03-02 12:00+01:00")
def test_reviewed_without_a_change_is_one_button_that_names_the_same_function(publisher):
    function = ContactFunctionFactory(role_sv="Folkhälsostrateg")
    item = InitiativeFactory(last_reviewed_on=date(2025, 2, 1), last_reviewed_by=function)
    form = publisher.get(admin_url(item, "change"))
    assert "Granskad utan ändring" in form.text

    page = publisher.post(
        admin_url(item, "change"), filled_in(form, _reviewed_unchanged=""), follow=True
    )

    item.refresh_from_db()
    assert (item.last_reviewed_on, item.last_reviewed_by) == (date(2026, 3, 2), function)
    assert "är granskad i dag av Folkhälsostrateg." in messages_of(page)[-1]
    assert not item.has_changes


@pytest.mark.parametrize("is_changed", [True, False])
def test_there_is_no_such_button_where_nobody_has_reviewed_or_a_new_text_waits(
    publisher, is_changed
):
    function = ContactFunctionFactory() if is_changed else None
    item = InitiativeFactory(last_reviewed_by=function)
    if is_changed:
        item.save_draft(by=AdministratorFactory(), values={"title_sv": "Ny rubrik"})

    assert "Granskad utan ändring" not in publisher.get(admin_url(item, "change")).text
