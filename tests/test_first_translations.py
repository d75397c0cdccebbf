"""What translates what in histories that are older than the facts about it, by the migration."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from news.models import NewsItem
from publishing.history import begin_histories
from publishing.models import Chain, Track, Translation, Version
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    NewsItemFactory,
)
from tests.test_first_versions import rows_of_every_kind

pytestmark = pytest.mark.django_db
BETWEEN = [("trollhattan_portal", "0002_first_versions")]
AFTER = [("trollhattan_portal", "0004_names_of_places")]
TEXTS = {"title_sv": "Ny lekplats", "title_en": "New playground"}


def migrate(target):
    MigrationExecutor(connection).migrate(target)


@pytest.fixture
def older(transactional_db):
    """A database in which nothing has been asked about translations yet, as it is afterwards."""
    yield
    migrate(AFTER)


def forget():
    """As if the histories had been written before anybody asked what they translate."""
    migrate(BETWEEN)
    Translation.objects.all().delete()
    Track.objects.update(translations={})


def learnt():
    """All facts, and how each item stands."""
    names = ["kind", "object_id", "language", "field", "text_hash", "source_hash", "origin"]
    facts = set(Translation.objects.values_list(*names))
    return facts, {(t.kind, t.object_id): t.translations for t in Track.objects.all()}


def test_it_learns_what_beginning_the_histories_teaches(older):
    rows_of_every_kind()
    ContactFunctionFactory(role_sv="Folkhälsostrateg", role_ar="استراتيجي")
    begin_histories()
    taught = learnt()
    forget()

    migrate(AFTER)

    assert learnt() == taught
    assert {kind for kind, *_fact in taught[0]} >= {"news.newsitem", "contacts.contactunit"}


def test_it_learns_what_the_verbs_teach(older):
    by = AdministratorFactory()
    stale, minor, draft = (NewsItemFactory(**TEXTS) for _number in range(3))
    for item, is_minor in [(stale, False), (minor, True), (draft, False)]:
        item.save_draft(by=by, values={"title_sv": "Nya lekplatsen"}, is_minor=is_minor)
    for item in (stale, minor):
        item.publish(by=by)
    draft.save_draft(by=by, values={"title_en": "The new playground"})
    restored = NewsItemFactory(**TEXTS)
    restored.save_draft(by=by, values={"title_sv": "Ny skola", "title_en": "New school"})
    restored.publish(by=by)
    restored.restore(Version.objects.of(restored).first(), by=by)
    restored.publish(by=by)
    taught = learnt()
    forget()

    migrate(AFTER)

    assert learnt() == taught
    shown = [Track.find(each).translations["en"] for each in (stale, minor, draft, restored)]
    assert shown == ["stale", "unreviewed", "unreviewed", "unreviewed"]


def test_it_learns_nothing_of_what_has_been_emptied_out_of_the_bin(older):
    item = NewsItemFactory(draft=True, **TEXTS)
    begin_histories()
    with Chain.writing() as chain:
        Track.find(item).record(chain, item, "purged")
    forget()

    migrate(AFTER)

    assert not Translation.objects.exists()


def test_migrating_twice_teaches_nothing_more(older):
    NewsItemFactory(**TEXTS)
    begin_histories()
    migrate(BETWEEN)
    migrate(AFTER)
    first = learnt()

    migrate(BETWEEN)
    migrate(AFTER)

    assert learnt() == first


def test_a_thousand_rows_cost_few_queries(older, django_assert_max_num_queries):
    unit = ContactUnitFactory()
    NewsItem.objects.bulk_create(
        NewsItem(title_sv="Nyhet", title_en="News", slug=f"nyhet-{number}", unit=unit)
        for number in range(1000)
    )
    begin_histories()
    forget()

    with django_assert_max_num_queries(100):
        migrate(AFTER)

    assert Translation.objects.count() == 1000
    assert apps.get_model("publishing.Track").objects.filter(translations={}).count() == 0
