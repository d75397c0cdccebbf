"""Rows that are older than their history get a first version, by the migration and in the demo."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from images.management.commands import import_masters
from news.models import NewsItem
from pages.models import AccessibilityStatement, Chart, Resource, Shortcoming
from publishing import snapshot
from publishing.history import (
    begin_histories,
    drifted_rows,
    rows_without_history,
    verify_chain,
)
from publishing.models import (
    Action,
    Chain,
    Reference,
    State,
    Track,
    Translation,
    Version,
    WithdrawalReason,
)
from search.models import PromotedAnswer, Synonyms
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    HelplineFactory,
    ImageFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    NoticeFactory,
    OpeningHoursFactory,
    PageFactory,
    StartPageFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db

BEFORE = [("trollhattan_portal", "0001_groups")]
AFTER = [("trollhattan_portal", "0003_translations")]
KINDS = import_module("trollhattan_portal.migrations.0002_first_versions").KINDS
NOON = datetime(2026, 3, 2, 11, 0, 0, 123456, tzinfo=UTC)


def migrate(target):
    MigrationExecutor(connection).migrate(target)


@pytest.fixture
def before(transactional_db):
    """A database in which the migration hasn't been run, as it is afterwards."""
    migrate(BEFORE)
    yield
    migrate(AFTER)


def rows_of_every_kind():
    image = ImageFactory(focal_x=1 / 3, valid_until=date(2030, 1, 1))
    hours = OpeningHoursFactory()
    unit = hours.unit
    OpeningHoursFactory(unit=unit, closed=True, first_date="2026-07-01", last_date="2026-07-31")
    function = ContactFunctionFactory(unit=unit)
    chart = Chart.objects.create(
        title="Arbetslösa",
        summary="Färre.",
        unit_label="%",
        period="2024",
        source="SCB",
        rows="A; 1",
    )
    area = FocusAreaFactory(unit=unit, image=image, body_sv='<p><a href="/om/">Om</a></p>')
    initiative = InitiativeFactory(
        focus_area=area, districts=[DistrictFactory()], target_groups=[TargetGroupFactory()]
    )
    NewsItemFactory(
        focus_areas=[area],
        initiatives=[initiative],
        body_sv='<p><a href="/fokusomraden/tryggt/">Ett</a></p>',
        body_en='<p><a href="/en/om/">Two</a></p>',
        title_ar="خبر",
        start_place=1,
        expire_at=NOON,
        last_reviewed_on=date(2026, 1, 1),
        last_reviewed_by=function,
    )
    NewsItemFactory(draft=True, title_sv="Utkast")
    NewsItemFactory(state=State.ARCHIVED)
    NewsItemFactory(state=State.WITHDRAWN, withdrawal_reason=WithdrawalReason.MISTAKE)
    NewsItemFactory(state=State.IN_REVIEW, publish_at=None)
    PageFactory(parent=PageFactory(contact=function))
    StartPageFactory(image=image, facts_chart=chart)
    MenuItemFactory()
    HelplineFactory()
    NoticeFactory(ends_at=NOON.replace(year=2099))
    Resource.objects.create(title="Färdplan", url="https://example.se/")
    statement = AccessibilityStatement.objects.create(
        actor="Staden",
        service="Webbplatsen",
        conformance="partial",
        assessed_on=date(2026, 1, 1),
        updated_on=date(2026, 1, 1),
        method="self",
        feedback_unit=unit,
    )
    Shortcoming.objects.create(statement=statement, description="Kartan.")


def all_rows():
    return [row for kind in KINDS for row in apps.get_model(kind)._base_manager.all()]


# The migration


@pytest.fixture
def migrated(before):
    """Rows of every kind, from before there was any history."""
    rows_of_every_kind()
    migrate(AFTER)


def test_there_are_rows_of_every_kind_to_begin_with(before):
    rows_of_every_kind()

    assert {row._meta.label_lower for row in all_rows()} == set(KINDS)


def test_every_row_has_its_first_version(migrated):
    for row in all_rows():
        [version] = Version.objects.of(row)
        assert (version.number, version.action, version.by_name) == (1, Action.IMPORTED, "")
        assert version.data == snapshot.read(row)
        assert version.status == row.status()
        assert version.is_live == row.is_seen
    assert list(rows_without_history()) == []


def test_the_chain_that_the_migration_writes_verifies(migrated):
    proof = verify_chain()

    assert (proof.broken, proof.length) == ("", len(all_rows()))


def test_no_row_has_drifted_after_the_migration(migrated):
    assert list(drifted_rows()) == []


def test_what_residents_see_and_what_they_do_not_is_told_apart(migrated):
    for row in NewsItem.objects.all():
        track = Track.find(row)
        assert track.newest.number == 1
        assert (track.live == track.newest) == row.is_seen


def test_links_are_indexed_by_the_migration(migrated):
    targets = set(Reference.objects.values_list("kind", "target"))

    assert targets == {
        ("focus_areas.focusarea", "/om/"),
        ("news.newsitem", "/fokusomraden/tryggt/"),
        ("news.newsitem", "/om/"),
    }


def test_editors_go_on_from_the_version_that_the_migration_wrote(migrated):
    item = NewsItem.objects.get(title_sv="Utkast")

    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Nytt."}, base=1)

    assert item.track.newest.number == 2
    assert (verify_chain().broken, list(drifted_rows())) == ("", [])


def test_migrating_twice_writes_nothing_more(migrated):
    before = list(Version.objects.values_list("hash", flat=True))

    migrate(BEFORE)
    migrate(AFTER)

    assert list(Version.objects.values_list("hash", flat=True)) == before
    assert verify_chain().broken == ""


def test_a_chain_that_has_begun_is_continued(before):
    older = NewsItemFactory()
    older.save_draft(by=AdministratorFactory(), values={"lead_sv": "Nytt."})
    NewsItemFactory(unit=older.unit)

    migrate(AFTER)

    assert Version.objects.of(older).count() == 2
    assert verify_chain().broken == ""
    assert Chain.objects.get().length == 4


def test_an_empty_database_is_migrated_too(before):
    migrate(AFTER)

    assert not Version.objects.exists()
    assert verify_chain().broken == ""


def test_a_thousand_rows_cost_few_queries_each(before, django_assert_max_num_queries):
    unit = ContactUnitFactory()
    NewsItem.objects.bulk_create(
        NewsItem(title_sv="Nyhet", slug=f"nyhet-{number}", unit=unit) for number in range(1000)
    )

    with django_assert_max_num_queries(200):
        migrate(AFTER)

    assert Version.objects.filter(kind="news.newsitem").count() == 1000


# Fixtures


def test_rows_that_come_past_the_back_office_get_their_history_when_it_is_begun():
    rows_of_every_kind()

    begun = begin_histories()

    assert begun == len(all_rows())
    assert list(rows_without_history()) == []
    assert (verify_chain().broken, list(drifted_rows())) == ("", [])


def test_a_history_is_begun_once():
    NewsItemFactory()
    begin_histories()

    assert begin_histories() == 0


def test_both_ways_of_beginning_write_the_same(before):
    rows_of_every_kind()
    migrate(AFTER)
    columns = ["kind", "object_id", "number", "action", "data", "status", "is_live"]
    by_migration = list(Version.objects.order_by("kind", "object_id").values(*columns))
    Track.objects.all().delete()
    Translation.objects.all().delete()
    Version.objects.all().delete()
    Chain.objects.all().delete()

    begin_histories()

    assert list(Version.objects.order_by("kind", "object_id").values(*columns)) == by_migration


@pytest.fixture
def fixture_file(tmp_path):
    """A published item that was exported with what only publishing may set."""
    NewsItemFactory(title_sv="Kapad")
    file = tmp_path / "kapad.json"
    call_command("dumpdata", "news.newsitem", "contacts", output=str(file))
    return file


def test_a_fixture_that_changes_what_residents_see_is_found(fixture_file):
    item = NewsItem.objects.get()
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Rätt"})
    item.publish(by=AdministratorFactory())
    assert list(drifted_rows()) == []

    call_command("loaddata", str(fixture_file), verbosity=0)

    assert [track.object_id for track in drifted_rows()] == [item.pk]


# The demo


@pytest.fixture
def demo(monkeypatch):
    # Making the pictures' sizes takes half a minute, and says nothing of histories
    monkeypatch.setattr(import_masters, "work_through", lambda *args: 0)
    call_command("load_demo", verbosity=0)


def test_the_demo_has_a_history_that_verifies(demo):
    assert list(rows_without_history()) == []
    assert (verify_chain().broken, list(drifted_rows())) == ("", [])
    words = Synonyms.objects.count() + PromotedAnswer.objects.count()  # are younger than that
    assert Version.objects.count() == len(all_rows()) + words > 80


def test_loading_the_demo_again_changes_nothing(demo):
    head = verify_chain().head

    call_command("load_demo", verbosity=0)

    assert verify_chain().head == head
    assert list(drifted_rows()) == []
