"""The archive's numbers are kept, and still right at any instant."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from news.models import NewsArchive, NewsItem
from publishing.models import State
from tests.factories import AdministratorFactory, FocusAreaFactory, NewsItemFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2024, 6, 7, 10, 0, tzinfo=UTC)


def test_each_year_has_its_number_the_newest_first():
    for year in (2022, 2024, 2024):
        NewsItemFactory(publish_at=datetime(year, 3, 1, tzinfo=UTC))

    assert NewsArchive.years() == [(2024, 2), (2022, 1)]


def test_a_year_begins_at_midnight_in_sweden():
    NewsItemFactory(publish_at=datetime(2023, 12, 31, 23, 30, tzinfo=UTC))

    assert NewsArchive.years() == [(2024, 1)]
    assert NewsItem.objects.in_year(2024).count() == 1


def test_a_focus_area_has_numbers_of_its_own():
    area = FocusAreaFactory()
    NewsItemFactory(focus_areas=[area])
    NewsItemFactory()

    assert NewsArchive.years(area) == [(2024, 1)]


def test_what_is_withdrawn_is_no_longer_counted():
    item = NewsItemFactory()

    item.withdraw(by=AdministratorFactory())

    assert NewsArchive.years() == []


def test_an_item_that_the_clock_publishes_is_counted_from_its_minute():
    with time_machine.travel(NOW, tick=False) as clock:
        NewsItemFactory(publish_at=NOW + timedelta(minutes=5))
        assert NewsArchive.years() == []

        clock.shift(timedelta(minutes=5))

        assert NewsArchive.years() == [(2024, 1)]


def test_an_item_that_the_clock_takes_away_is_no_longer_counted():
    with time_machine.travel(NOW, tick=False) as clock:
        NewsItemFactory(publish_at=NOW - timedelta(days=1), expire_at=NOW + timedelta(minutes=5))
        assert NewsArchive.years() == [(2024, 1)]

        clock.shift(timedelta(minutes=5))

        assert NewsArchive.years() == []


def test_an_item_that_came_and_went_between_two_counts_is_not_counted():
    with time_machine.travel(NOW, tick=False) as clock:
        NewsItemFactory(publish_at=NOW + timedelta(minutes=1), expire_at=NOW + timedelta(minutes=2))

        clock.shift(timedelta(minutes=5))

        assert NewsArchive.years() == []


def test_drafts_whose_minute_comes_are_not_counted():
    with time_machine.travel(NOW, tick=False) as clock:
        NewsItemFactory(state=State.DRAFT, publish_at=NOW + timedelta(minutes=1))

        clock.shift(timedelta(minutes=5))

        assert NewsArchive.years() == []


def test_the_numbers_are_right_even_where_nothing_has_been_counted_yet():
    NewsItemFactory()
    NewsArchive.objects.all().delete()

    assert NewsArchive.years() == [(2024, 1)]
