"""Whether residents find what they mean, by judgements that were made before the ranking was."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from search.finding import Search
from search.indexing import rebuild
from tests.judgements import judgements, key_of, ndcg, questions
from tests.judgements.__main__ import orders
from tests.running import ROOT, environment

pytestmark = pytest.mark.django_db

GOOD = 0.9  # nDCG@5, of all queries of a half together


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo's texts, for tests that only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *sorted((ROOT / "fixtures").glob("*.json")), verbosity=0)
        rebuild()
        yield
        transaction.set_rollback(True)


def found(query, language):
    return [key_of(hit) for hit in Search(query, language).results().hits]


@pytest.mark.parametrize("half", ["tuning", "held_out"])
@pytest.mark.parametrize("language", ["sv", "fi", "en", "ar"])
def test_residents_find_what_they_mean(language, half):
    graded = judgements(language, half)

    scores = [ndcg(found(query, language), grades) for query, grades in graded.items()]

    # No query is named, so that nobody tunes to those that are held out
    assert sum(scores) / len(scores) >= GOOD


def test_there_are_as_many_judgements_as_were_promised():
    numbers = {
        language: len(judgements(language, "tuning")) + len(judgements(language, "held_out"))
        for language in ("sv", "fi", "en", "ar")
    }

    assert numbers["sv"] >= 60
    assert min(numbers.values()) >= 15
    assert len(questions()) == 20


@pytest.mark.parametrize(("question", "answers"), questions().items())
def test_the_first_hit_answers_the_question_of_a_resident(question, answers):
    assert found(question, "sv")[0] in answers


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("föräldrastöd", "i/stod-till-foraldrar"),
        ("stöd till föräldrar", "i/stod-till-foraldrar"),
        ("foraldrastod", "i/stod-till-foraldrar"),
        ("förälder", "i/trygga-foraldrar"),
        ("brottet", "n/projekt-med-bra-lever-vidare"),
        ("brott", "n/projekt-med-bra-lever-vidare"),
        ("våld", "i/resurscentrum-fyrbodal"),
        ("hedersvåld", "i/resurscentrum-fyrbodal"),
        ("hedersrelaterat våld", "i/resurscentrum-fyrbodal"),
        ("arbetslös", "f/unga-i-jobb"),
        ("ungdomsarbetslöshet", "f/unga-i-jobb"),
        ("bostad", "f/blandad-bebyggelse"),
        ("bostäder", "f/blandad-bebyggelse"),
        ("plats för alla", "/"),
        ("kronorgarden", "i/stationen"),
        ("knark", "f/forebygga-droger"),
        ("SYV", "i/studie-och-yrkesvagledning"),
    ],
)
def test_words_that_must_find_a_page_find_it_on_the_first_page_of_hits(query, key):
    assert key in found(query, "sv")


def test_lattlast_finds_as_swedish_does():
    assert "i/stationen" in found("arbetslös ung", "sv-simple")[:3]


def test_both_databases_find_the_same_in_the_same_order(tmp_path):
    here = orders()

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.judgements"],
        cwd=ROOT,
        env=environment(Path(tmp_path), 0),  # SQLite
        check=True,
        capture_output=True,
        text=True,
    )

    elsewhere = json.loads(done.stdout)
    differing = {
        (language, query)
        for language, keys in here.items()
        for query, order in keys.items()
        if order != elsewhere[language][query]
    }
    assert differing == set()
