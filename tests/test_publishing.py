"""What residents may see, when, and who decides it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from news.models import NewsItem
from publishing.dates import add_months
from publishing.models import State
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2024, 6, 7, 12, 0, tzinfo=STOCKHOLM)


# When


@time_machine.travel(NOON, tick=False)
def test_an_item_is_public_from_its_very_minute():
    NewsItemFactory(publish_at=NOON)

    assert NewsItem.objects.published().count() == 1


@time_machine.travel(NOON, tick=False)
def test_an_item_is_not_public_a_second_before_its_minute():
    NewsItemFactory(publish_at=NOON + timedelta(seconds=1))

    assert not NewsItem.objects.published().exists()


@time_machine.travel(NOON, tick=False)
def test_an_item_is_gone_at_the_minute_it_expires():
    NewsItemFactory(publish_at=NOON - timedelta(days=1), expire_at=NOON)

    assert not NewsItem.objects.published().exists()


@pytest.mark.parametrize("state", [s for s in State if s != State.PUBLISHED])
def test_only_the_state_published_is_public(state):
    NewsItemFactory(state=state)

    assert not NewsItem.objects.published().exists()


@pytest.mark.parametrize("hours", [-48, -1, 0, 1, 48])
def test_a_loaded_row_and_the_query_agree_at_any_instant(hours):
    at = NOON + timedelta(hours=hours)
    item = NewsItemFactory(
        publish_at=NOON - timedelta(hours=1), expire_at=NOON + timedelta(hours=1)
    )

    assert item.is_published(at) == NewsItem.objects.published(at).filter(pk=item.pk).exists()


def test_an_archived_item_can_be_read_but_is_in_no_list():
    NewsItemFactory(state=State.ARCHIVED)

    assert NewsItem.objects.readable().exists()
    assert not NewsItem.objects.published().exists()


def test_the_database_refuses_a_published_row_without_a_date():
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsItemFactory(publish_at=None)


def test_the_database_refuses_an_item_that_expires_before_it_is_published():
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsItemFactory(publish_at=NOON, expire_at=NOON - timedelta(days=1))


# Verbs


@time_machine.travel(NOON, tick=False)
def test_publishing_without_a_date_publishes_now():
    item = NewsItemFactory(draft=True)

    item.publish(by=AdministratorFactory())

    item.refresh_from_db()
    assert (item.state, item.publish_at) == (State.PUBLISHED, NOON)


def test_publishing_keeps_a_date_that_the_editor_has_set():
    item = NewsItemFactory(state=State.DRAFT, publish_at=NOON)

    item.publish(by=AdministratorFactory())

    assert item.publish_at == NOON


def test_a_relation_that_was_taken_away_is_gone_when_that_is_published():
    kept, gone, by = FocusAreaFactory(), FocusAreaFactory(), AdministratorFactory()
    item = NewsItemFactory(focus_areas=[kept, gone])
    item.save_draft(by=by, values={"focus_areas": [kept.pk]})

    item.publish(by=by)

    assert list(item.focus_areas.all()) == [kept]


def test_withdrawing_takes_an_item_from_residents():
    item = NewsItemFactory()

    item.withdraw(by=AdministratorFactory())

    assert not NewsItem.objects.readable().exists()


def test_old_faults_do_not_keep_an_item_from_being_taken_down():
    item = NewsItemFactory(slug="inte en adress", title_sv="")

    item.withdraw(by=AdministratorFactory())

    assert not NewsItem.objects.published().exists()


@pytest.mark.parametrize("verb", ["publish", "withdraw", "archive"])
def test_a_verb_leaves_what_somebody_else_has_just_written(verb):
    item = NewsItemFactory(body_sv="<p>Förut</p>")
    NewsItem.objects.filter(pk=item.pk).update(body_sv="<p>Nyss</p>")

    getattr(item, verb)(by=AdministratorFactory())

    item.refresh_from_db()
    assert item.body_sv == "<p>Nyss</p>"


def test_archiving_is_no_update_of_the_text():
    item = NewsItemFactory()
    before = item.updated_at

    item.archive(by=AdministratorFactory())

    item.refresh_from_db()
    assert item.updated_at == before


def test_archiving_keeps_the_address():
    item = NewsItemFactory()

    item.archive(by=AdministratorFactory())

    assert NewsItem.objects.readable().get() == item


@pytest.mark.parametrize("verb", ["publish", "withdraw", "archive"])
def test_somebody_without_the_right_is_told_so_in_swedish(verb):
    item = NewsItemFactory()

    with pytest.raises(PermissionDenied, match="Du har inte rätt att"):
        getattr(item, verb)(by=UserFactory())


def test_the_right_to_publish_news_is_not_the_right_to_publish_pages():
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="publish_newsitem"))

    with pytest.raises(PermissionDenied):
        PageFactory(draft=True).publish(by=user)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("title_sv", "Skriv en rubrik på svenska innan du publicerar."),
        ("lead_sv", "Skriv en ingress på svenska innan du publicerar."),
    ],
)
def test_an_item_without_title_or_lead_is_not_published(field, sentence):
    item = NewsItemFactory(draft=True, **{field: ""})

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=AdministratorFactory())

    assert refusal.value.message_dict == {field: [sentence]}


def test_an_item_without_responsible_unit_is_not_published():
    item = NewsItemFactory(draft=True, unit=None)

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=AdministratorFactory())

    assert "unit" in refusal.value.message_dict


def test_an_item_whose_fields_are_not_valid_is_not_published():
    item, by = NewsItemFactory(), AdministratorFactory()
    item.save_draft(by=by, values={"title_sv": "L" * 121})

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=by)

    assert "title_sv" in refusal.value.message_dict


def test_a_bad_draft_may_be_saved():
    assert NewsItemFactory(draft=True, title_sv="", lead_sv="", unit=None).pk


# Review


def test_the_next_review_is_the_interval_after_the_last():
    page = PageFactory(last_reviewed_on=date(2024, 1, 31), review_interval=3)

    assert page.next_review_on == date(2024, 4, 30)


@time_machine.travel("2024-04-30 12:00+02:00", tick=False)
def test_a_review_is_not_overdue_on_its_day():
    page = PageFactory(last_reviewed_on=date(2023, 4, 30), review_interval=12)

    assert not page.is_review_overdue


@time_machine.travel("2024-05-01 00:30+02:00", tick=False)
def test_a_review_is_overdue_the_day_after_in_swedish_time():
    page = PageFactory(last_reviewed_on=date(2023, 4, 30), review_interval=12)

    assert page.is_review_overdue
    assert page in type(page).objects.due_for_review()


def test_without_an_interval_nothing_is_promised():
    page = PageFactory(last_reviewed_on=date(2017, 10, 16), review_interval=None)

    assert page.next_review_on is None
    assert not type(page).objects.due_for_review().exists()


def test_marking_as_reviewed_names_the_function_and_not_the_log_in():
    page = PageFactory(last_reviewed_on=date(2017, 10, 16), review_interval=12)
    function = ContactFunctionFactory()

    page.mark_reviewed(by=AdministratorFactory(), function=function, on=date(2026, 11, 20))

    page.refresh_from_db()
    assert (page.last_reviewed_on, page.last_reviewed_by) == (date(2026, 11, 20), function)


# Dates and languages


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2024, 8, 31), -6, date(2024, 2, 29)),
        (date(2024, 6, 7), 12, date(2025, 6, 7)),
    ],
)
def test_months_are_added_as_people_count_them(day, months, expected):
    assert add_months(day, months) == expected


def test_a_change_on_the_day_of_publishing_is_no_update():
    item = NewsItemFactory(publish_at=NOON)
    item.updated_at = NOON + timedelta(hours=3)

    assert item.revised_on is None


def test_a_later_change_is_an_update():
    item = NewsItemFactory(publish_at=NOON)
    item.updated_at = NOON + timedelta(days=3)

    assert item.revised_on == date(2024, 6, 10)


def test_an_item_exists_in_the_languages_that_have_a_title():
    item = InitiativeFactory(title_sv="Stöd", title_fi="Tuki", lead_en="Support")

    assert item.languages() == ["sv", "fi"]
