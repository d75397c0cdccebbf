"""One signal says, after the commit, that something residents see has changed."""

import pytest
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import transaction

from news.models import NewsItem
from publishing.signals import content_changed
from tests.factories import (
    ContactUnitFactory,
    FocusAreaFactory,
    MenuItemFactory,
    NewsItemFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def changes():
    seen = []

    def remember(sender, instances, **kwargs):
        seen.extend(instances)

    content_changed.connect(remember)
    yield seen
    content_changed.disconnect(remember)


@pytest.mark.parametrize("make", [NewsItemFactory, ContactUnitFactory, MenuItemFactory])
def test_saving_any_kind_of_content_is_announced(make, changes):
    thing = make()

    assert thing in changes


def test_deleting_in_bulk_is_announced(changes):
    item = NewsItemFactory()
    changes.clear()

    NewsItem.objects.all().delete()

    assert [type(change) for change in changes] == [type(item)]


def test_a_changed_relation_is_announced(changes):
    item, area = NewsItemFactory(), FocusAreaFactory()
    changes.clear()

    item.focus_areas.add(area)

    assert changes == [item]


def test_a_fixture_is_announced(changes, tmp_path):
    fixture = tmp_path / "news.json"
    fixture.write_text(serialize("json", [NewsItemFactory()]))
    changes.clear()

    call_command("loaddata", fixture, verbosity=0)

    assert len(changes) == 1


def test_a_thousand_rows_in_one_transaction_are_one_announcement():
    times = []

    def count(sender, instances, **kwargs):
        times.append(len(instances))

    content_changed.connect(count, sender=NewsItem)
    with transaction.atomic():
        unit = ContactUnitFactory()
        NewsItemFactory.create_batch(5, unit=unit)
    content_changed.disconnect(count, sender=NewsItem)

    assert len(times) == 1


def test_what_a_savepoint_takes_back_is_not_announced_with_the_rest(changes):
    with transaction.atomic():
        kept = ContactUnitFactory()
        with transaction.atomic():
            taken_back = ContactUnitFactory()
            transaction.set_rollback(True)

    assert changes == [kept]
    assert taken_back not in changes


def test_nothing_is_announced_before_the_commit(changes):
    with transaction.atomic():
        NewsItemFactory()

        assert changes == []


def test_what_was_rolled_back_is_never_announced(changes):
    with transaction.atomic():
        NewsItemFactory()
        transaction.set_rollback(True)

    assert changes == []
