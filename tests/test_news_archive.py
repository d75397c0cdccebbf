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


class Killed(BaseException):
    """As if the process had died after the commit, before it could count anew."""


@pytest.fixture
def then_die(monkeypatch):
    def do(act, *args, **kwargs):
        def die():
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(NewsArchive, "recount", die)
            with pytest.raises(Killed):
                act(*args, **kwargs)

    return do


def test_what_is_published_is_counted_though_the_process_died_with_the_commit(then_die):
    area, by = FocusAreaFactory(), AdministratorFactory()
    NewsItemFactory(focus_areas=[area])
    item = NewsItemFactory(draft=True, focus_areas=[area], title_sv="Ny")

    then_die(item.publish, by=by, at=datetime(2023, 1, 1, tzinfo=UTC))

    assert NewsArchive.years() == NewsArchive.years(area) == [(2024, 1), (2023, 1)]


def test_what_is_withdrawn_is_not_counted_though_the_process_died_with_the_commit(then_die):
    item = NewsItemFactory()

    then_die(item.withdraw, by=AdministratorFactory())

    assert NewsArchive.years() == []


def test_what_gets_another_area_is_counted_there_though_the_process_died(then_die):
    item, area = NewsItemFactory(), FocusAreaFactory()

    then_die(item.focus_areas.add, area)

    assert NewsArchive.years(area) == [(2024, 1)]


def test_what_is_deleted_is_not_counted_though_the_process_died(then_die):
    NewsItemFactory()

    then_die(NewsItem.objects.all().delete)

    assert NewsArchive.years() == []


def test_two_queries_tell_the_numbers_however_they_are_kept(then_die, django_assert_num_queries):
    item = NewsItemFactory()
    with django_assert_num_queries(2):
        NewsArchive.years()
    then_die(item.save)

    with django_assert_num_queries(2):
        assert NewsArchive.years() == [(2024, 1)]


def test_the_numbers_are_right_even_where_nothing_has_been_counted_yet():
    NewsItemFactory()
    NewsArchive.objects.all().delete()

    assert NewsArchive.years() == [(2024, 1)]
