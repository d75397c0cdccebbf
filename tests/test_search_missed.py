"""What residents search for and don't find is counted, and nothing about them."""

from contextlib import closing, contextmanager
from datetime import date
from time import monotonic

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import missed
from search.finding import Search
from search.indexing import index
from search.models import MissedQuery
from tests.factories import InitiativeFactory, PromotedAnswerFactory

pytestmark = pytest.mark.django_db
TODAY = "2026-03-02 12:00+01:00"


def search_for(text, language="sv", page=1, **narrowed):
    missed.note(Search(text, language, **narrowed).results(page))


def counted():
    return list(MissedQuery.objects.order_by("pk").values_list("text", "count"))


def found(number, **facts):
    items = InitiativeFactory.create_batch(number, **facts)
    index(items)
    return items


@time_machine.travel(TODAY)
def test_a_text_is_counted_with_its_day_its_language_and_its_hits_and_nothing_else():
    search_for("Skolskjuts?", "sv-simple")

    [row] = MissedQuery.objects.values()
    del row["id"]
    assert row == {
        "day": date(2026, 3, 2),
        "language": "sv",
        "text": "skolskjuts",
        "hits": 0,
        "count": 1,
        "set_aside_on": None,
    }


@time_machine.travel("2026-03-02 00:30+01:00")
def test_the_day_is_that_in_sweden():
    search_for("skolskjuts")

    assert MissedQuery.objects.get().day == date(2026, 3, 2)


def test_the_same_text_on_a_day_is_one_row():
    for text in ["skolskjuts", "Skolskjuts", "skolskjuts!"]:
        search_for(text)
    search_for("skolskjuts", "en")

    assert counted() == [("skolskjuts", 3), ("skolskjuts", 1)]


def test_another_day_is_another_row():
    for day in ["2026-03-02 12:00+01:00", "2026-03-03 12:00+01:00"]:
        with time_machine.travel(day):
            search_for("skolskjuts")

    assert counted() == [("skolskjuts", 1), ("skolskjuts", 1)]


@pytest.mark.parametrize(("hits", "is_counted"), [(1, True), (2, True), (3, False), (12, False)])
def test_few_hits_are_counted_and_many_are_not(hits, is_counted):
    found(hits, title_sv="Skolskjuts")

    search_for("skolskjuts")

    assert list(MissedQuery.objects.values_list("hits", flat=True)) == [hits] * is_counted


@pytest.mark.parametrize("text", ["", "  ", "?", "anna@example.se", "070-000 00 00", "x" * 200])
def test_what_is_empty_personal_or_endless_is_not_counted(text):
    search_for(text)

    assert counted() == []


def test_only_the_first_page_is_counted():
    found(12, title_sv="Skolskjuts")

    search_for("skolskjuts", page=2)

    assert counted() == []


def test_what_is_few_because_the_reader_left_out_the_rest_is_not_counted():
    found(3, title_sv="Skolskjuts")

    search_for("skolskjuts", group="nyheter")

    assert counted() == []


def test_what_editors_have_an_answer_to_is_not_counted():
    PromotedAnswerFactory(queries="skolskjuts")

    search_for("skolskjuts")

    assert counted() == []


def test_no_more_than_so_many_texts_a_day_are_counted(monkeypatch):
    monkeypatch.setattr(missed, "MOST_TEXTS_A_DAY", 2)

    for text in ["ett ord", "två ord", "tre ord", "ett ord"]:
        search_for(text)

    assert counted() == [("ett ord", 2), ("två ord", 1)]


def test_counting_is_one_statement_and_what_was_found_costs_nothing():
    miss = Search("skolskjuts", "sv").results()
    found(3, title_sv="Skolbuss")
    hit = Search("skolbuss", "sv").results()

    with CaptureQueriesContext(connection) as of_miss:
        missed.note(miss)
    with CaptureQueriesContext(connection) as of_hit:
        missed.note(hit)

    assert (len(of_miss), len(of_hit)) == (1, 0)


@contextmanager
def a_writer():
    """Somebody else in the middle of a transaction, for which SQLite locks the whole database."""
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if other.vendor == "sqlite" else "BEGIN")
        cursor.execute(
            "INSERT INTO search_missedquery (day, language, text, hits, count) "
            "VALUES ('2026-03-02', 'sv', 'en annan', 0, 1)"
        )
        yield
        cursor.execute("ROLLBACK")


@pytest.mark.django_db(transaction=True)
def test_a_reader_does_not_wait_for_somebody_who_writes():
    miss = Search("skolskjuts", "sv").results()

    with a_writer():
        start = monotonic()
        missed.note(miss)
        waited = monotonic() - start

    assert waited < 1
    assert counted() in ([], [("skolskjuts", 1)])  # SQLite has one writer at a time


@pytest.mark.django_db(transaction=True)
def test_who_writes_afterwards_is_as_patient_as_before():
    miss = Search("skolskjuts", "sv").results()
    setting = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with connection.cursor() as cursor:
        usual = cursor.execute(setting[connection.vendor]).fetchone()

        with a_writer():
            missed.note(miss)

        assert cursor.execute(setting[connection.vendor]).fetchone() == usual


@pytest.mark.django_db(transaction=True)
def test_a_database_that_only_can_be_read_is_no_error():
    miss = Search("skolskjuts", "sv").results()
    only_read, usual = {
        "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
        "postgresql": (
            "SET default_transaction_read_only = on",
            "SET default_transaction_read_only = off",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(only_read)
        missed.note(miss)
        cursor.execute(usual)

    assert counted() == []


# How long, and who may read it


def missed_on(day, text="skolskjuts", **facts):
    values = {"language": "sv", "hits": 0, "count": 3, **facts}
    return MissedQuery.objects.create(day=day, text=text, **values)


@time_machine.travel(TODAY)
def test_the_night_removes_what_is_ninety_days_old():
    missed_on("2025-12-02", "gammal")
    missed_on("2025-12-03", "yngre")

    call_command("purge_bin")

    assert counted() == [("yngre", 3)]


def texts(days=90):
    return [(row["text"], row["times"]) for row in MissedQuery.objects.since(days).totals()]


@time_machine.travel(TODAY)
def test_what_few_have_asked_for_is_shown_to_nobody():
    missed_on("2026-03-01", "anna andersson", count=2)
    missed_on("2026-03-01", "skolskjuts", count=2)
    missed_on("2026-03-02", "skolskjuts", count=1)

    assert texts() == [("skolskjuts", 3)]


@time_machine.travel(TODAY)
def test_what_most_have_asked_for_comes_first():
    missed_on("2026-03-02", "färdtjänst", count=5)
    missed_on("2026-03-02", "skolskjuts", count=3)
    missed_on("2026-02-01", "skolskjuts", count=7)

    assert texts() == [("skolskjuts", 10), ("färdtjänst", 5)]
    assert texts(days=30) == [("skolskjuts", 10), ("färdtjänst", 5)]
    assert texts(days=29) == [("färdtjänst", 5), ("skolskjuts", 3)]


@time_machine.travel(TODAY)
def test_what_is_set_aside_stays_so_when_it_is_asked_for_again():
    missed_on("2026-03-01", set_aside_on="2026-03-01")

    search_for("skolskjuts")

    assert texts() == []


def test_what_editors_have_done_something_for_begins_anew():
    for text in ["skolskjuts", "färdtjänst"]:
        search_for(text)

    missed.settle("sv", ["Skolskjuts!", "skolbuss"])

    assert counted() == [("färdtjänst", 1)]
