"""What is asked at each request, or of each text, is found by an index, however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import NewsItem
from publishing.models import Redirect, Reference, Track, Version
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ITEM = NewsItem(pk=1, slug="nyhet")


@pytest.fixture(autouse=True)
def unwilling_to_scan():
    """PostgreSQL reads small tables whole, unless it is told how it would read a great one."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")


def plans(ask):
    """How the database does what ``ask`` asks for, in its own words."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"{explain} {query['sql']}")
            yield from (row[-1] for row in cursor.fetchall())


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Track.objects.due().exists(),
        lambda: Redirect.objects.at("/nyheter/gammal/"),
        lambda: Track.find(ITEM),
        lambda: Version.objects.of(ITEM).last(),
        lambda: list(Reference.objects.to(ITEM)),
        lambda: ITEM.address_problem({"slug": "ny"}),
    ],
    ids=["due", "redirect", "track", "history", "where used", "address"],
)
def test_it_is_found_by_an_index(ask):
    found = list(plans(ask))

    assert found
    assert [step for step in found if step.startswith("SCAN") or "Seq Scan" in step] == []


def test_whether_an_address_is_free_is_asked_of_no_text():
    with CaptureQueriesContext(connection) as captured:
        ITEM.address_problem({"slug": "ny"})

    [asked] = captured.captured_queries
    assert Version._meta.db_table not in asked["sql"]


def test_what_somebody_has_written_in_an_item_is_not_looked_for_in_all_that_she_wrote():
    found = list(plans(lambda: list(NewsItem.objects.unfinished().written_by(UserFactory()))))

    assert [step for step in found if "publishing_version_writer" in step]
