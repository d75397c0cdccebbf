"""From here to a translator and back: nothing changes that nobody changed, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.history import begin_histories
from publishing.models import Track, Translation, Version
from publishing.translation_csv import from_csv, to_csv
from publishing.translation_import import bring_home
from publishing.translation_units import Progress, Unit, decoded, units_of_all
from publishing.translation_xliff import from_xliff, to_xliff
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    NewsItemFactory,
)
from tests.test_translation_exchange import EXPORT

pytestmark = pytest.mark.django_db
FORMS = [(to_csv, from_csv), (to_xliff, from_xliff)]
# Also what no keyboard writes, but what a row may hold
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
odd = st.text(st.sampled_from("='+-@\"';,\r\n\t <>&/a\u200f\u202bع\x0b\ufffe]"), max_size=12)
texts = words | odd
rich = texts.map(lambda text: f"<p>{text.replace('<', '&lt;')}</p>")


def everything():
    """What is kept of texts and translations, whoever wrote it."""
    return (
        list(Version.objects.order_by("pk").values_list("pk", flat=True)),
        set(Translation.objects.values_list("pk", "text_hash", "source_hash", "reviewed_at")),
        {(track.kind, track.object_id): track.translations for track in Track.objects.all()},
    )


def written(write, language="en"):
    tracks = Track.objects.filter(binned_at=None).select_related("newest").order_by("pk")
    return write(units_of_all(tracks, language), language)


def test_whatever_stands_here_a_round_trip_changes_nothing():
    by = AdministratorFactory()
    item, contact = NewsItemFactory(draft=True), ContactUnitFactory()
    function = ContactFunctionFactory(unit=contact)
    begin_histories()

    @settings(deadline=None, max_examples=40)
    @given(texts, texts, rich, rich, texts, st.booleans(), st.booleans())
    def round_trip(title, lead, body, body_en, role, is_reviewed, is_trusted):
        values = {"title_en": title, "lead_sv": lead, "body_sv": body, "body_en": body_en}
        item.save_draft(by=by, values=values)
        with contact.recording(by=by):
            function.role_en = role[:80]
            function.save()
        if is_reviewed and Track.find(item).newest.data["body_en"]:
            item.confirm_translation("en", by=by, reviewed=True)
        before = everything()

        for write, read in FORMS:
            file = written(write)
            language, found = read(decoded(file))
            results = bring_home(found, language, by=by, trusts_reviews=is_trusted)

            assert {each.outcome for each in results} <= {"unchanged"}
            assert everything() == before
            assert written(write) == file

    round_trip()


# What it costs


def published(by, **names):
    item = NewsItemFactory(draft=True, **{"title_en": "Playground", "lead_en": "A lead.", **names})
    item.publish(by=by)
    return item


def contact(by):
    unit = ContactUnitFactory(name_en="Contact centre")
    ContactFunctionFactory(unit=unit, role_sv="Chef", role_en="Head")
    with unit.recording(by=by):
        pass
    return unit


def file_of(items, change):
    """Units of all texts of ``items``, each with what ``change`` makes of its translation."""
    tracks = [Track.find(item) for item in items]
    return [
        Unit(each.name, each.version, "", each.source, *change(each))
        for each in units_of_all(tracks, "en")
    ]


# What a translator makes of a text
CASES = {
    "unchanged": lambda each: (each.target, Progress.TRANSLATED),
    "reviewed": lambda each: (each.target, Progress.FINAL),
    "changed": lambda each: (f"{each.target or 'x'} more", Progress.TRANSLATED),
    "changed and reviewed": lambda each: (f"{each.target or 'x'} more", Progress.FINAL),
}
RIGHTS = 2  # those of a person, and of her groups
# For each item: itself and its track, then the verbs
COSTS = {
    "unchanged": {published: 2, contact: 2},
    "reviewed": {published: 15, contact: 15},
    "changed": {published: 13, contact: 29},
    "changed and reviewed": {published: 26, contact: 42},
}


@pytest.mark.parametrize("make", [published, contact], ids=["drafts", "facts"])
@pytest.mark.parametrize("case", CASES)
def test_an_import_costs_as_much_for_the_tenth_item_as_for_the_first(make, case):
    by = staff("Publicister")
    costs = []

    for number in (1, 10):
        sent = file_of([make(by) for _ in range(number)], CASES[case])
        by = type(by).objects.get(pk=by.pk)
        with CaptureQueriesContext(connection) as captured:
            bring_home(sent, "en", by=by, trusts_reviews=True)
        costs.append(len(captured))

    cost = COSTS[case][make]
    assert costs == [RIGHTS + cost, RIGHTS + 10 * cost]


def test_an_export_costs_a_query_for_every_fifty_items(client, monkeypatch):
    by = staff("Publicister")
    client.force_login(by)
    monkeypatch.setattr("publishing.translation_units.AT_ONCE", 5)
    costs = []

    for number in (1, 9):
        for _ in range(number):
            published(by)
        with CaptureQueriesContext(connection) as captured:
            client.get(EXPORT, {"sprak": "en", "form": "csv", "slag": "news.newsitem"})
        costs.append(len(captured))

    assert costs == [7, 8]  # session, person and her rights, texts, and what is known of them
