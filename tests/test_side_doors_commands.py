"""What comes past the back office: no command and no fixture publishes what the rules refuse."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from news.models import NewsItem
from publishing.models import Action, State, Track, Version
from publishing.schedule import publish_due
from search.indexing import rebuild
from tests import doors
from tests.admin_forms import admin_url
from tests.factories import AdministratorFactory, NewsItemFactory
from tests.histories import address, rewrite
from tests.situations import NOW, SITUATIONS

pytestmark = pytest.mark.django_db

BEFORE = "2024-06-07T08:00:00+02:00"
SCRIPT = "<p>Text</p><script>alert(1)</script><p onclick='alert(2)'>Mer</p>"


@pytest.fixture
def by():
    return AdministratorFactory()


def run(name, *args, **options):
    out, err = StringIO(), StringIO()
    call_command(name, *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


# Commands


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("command", ["publish_due", "purge_bin", "verify_versions"])
@time_machine.travel(NOW, tick=False)
def test_a_command_that_comes_before_its_time_changes_nothing(situation, command):
    SITUATIONS[situation]()
    rebuild()  # as it would be if the transaction of a test were ever committed
    before = doors.database()

    run(command)

    after = doors.database()
    noted = {"publishing.Job": [], "publishing.QualityCheck": []}  # that it has been run
    assert {**after, **noted} == {**before, **noted}


def test_what_nobody_has_scheduled_is_not_published(client, by):
    """As a fixture may have it: a text in the place of one that waits, and nobody who said so."""
    item = NewsItemFactory(title_sv="Torget")
    version = item.save_draft(by=by, values={"title_sv": "Kapad"})
    past = timezone.now() - timedelta(minutes=1)
    Track.objects.of(item).update(scheduled=version, scheduled_at=past)

    response = client.get(item.get_absolute_url())

    assert response.status_code == 200
    assert "Torget" in response.text
    assert "Kapad" not in response.text
    assert Track.find(item).scheduled is None
    assert Version.objects.of(item).last().action == Action.FAILED


def test_who_scheduled_and_has_left_since_still_did_so(by):
    item = NewsItemFactory()
    item.save_draft(by=by, values={"title_sv": "Nu"})
    at = timezone.now() + timedelta(days=1)
    item.schedule(by=by, at=at)
    by.is_active = False
    by.save()

    publish_due(at)

    last = Version.objects.of(item).last()
    assert (last.action, last.by) == (Action.PUBLISHED, by)


def test_what_has_become_unfit_is_not_published_by_the_command(by):
    item = NewsItemFactory()
    item.save_draft(by=by, values={"title_sv": "Nu"})
    at = timezone.now() + timedelta(days=1)
    item.schedule(by=by, at=at)
    rewrite(item, Track.find(item).scheduled.number, unit=None)

    [(_item, problem)] = publish_due(at)

    assert problem == "Välj ansvarig enhet innan du publicerar."
    assert NewsItem.objects.get().title_sv != "Nu"


@pytest.mark.parametrize("reason", ["", " ", "\n"])
def test_a_name_is_not_erased_without_a_reason(by, reason):
    item = NewsItemFactory()
    item.save_draft(by=by, values={"title_sv": "Nu"})

    with pytest.raises(CommandError, match="^Skriv varför. Skälet står kvar i historiken.$"):
        run("erase_person", by.username, reason=reason)

    assert Version.objects.of(item).last().by == by


def test_the_demo_publishes_nothing_on_a_site_with_content_of_its_own():
    doors.KINDS["pages.sitesettings"]()
    item = NewsItemFactory(draft=True)

    run("load_demo")

    assert NewsItem.objects.get() == item
    assert NewsItem.objects.get().state == State.DRAFT


def test_a_user_of_the_demo_who_has_left_does_not_come_back():
    run("create_demo_users")
    publisher = get_user_model().objects.get(username="publicist")
    publisher.groups.clear()
    publisher.is_active = False
    publisher.save()

    run("create_demo_users")

    publisher.refresh_from_db()
    assert not publisher.is_active
    assert not publisher.groups.exists()


# Fixtures


def load(tmp_path, *rows):
    file = tmp_path / "rader.json"
    file.write_text(json.dumps(list(rows)), "utf-8")
    return run("loaddata", str(file))


def as_fixture(item, **changes):
    """``item`` as published, with ``changes``."""
    fields = {"title_sv": item.title_sv, "slug": item.slug, "updated_at": BEFORE}
    fields |= {"state": "published", "publish_at": BEFORE, **changes}
    return {"model": item._meta.label_lower, "pk": item.pk, "fields": fields}


def test_a_fixture_brings_no_script_into_a_row(client, tmp_path):
    item = NewsItemFactory()

    load(tmp_path, as_fixture(item, body_sv=SCRIPT))

    assert NewsItem.objects.get().body_sv == "<p>Text</p><p>Mer</p>"
    assert "alert(" not in client.get(item.get_absolute_url()).text


@pytest.mark.parametrize("draft", [True, False])
def test_a_fixture_that_publishes_or_changes_is_told_of(tmp_path, draft):
    item = NewsItemFactory(draft=draft)
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Sedan"})

    load(tmp_path, as_fixture(item, title_sv="Kapad"))

    _out, warnings = run("verify_versions")
    assert f"news.newsitem {item.pk} är ändrad utan att det står i historiken" in warnings


def test_a_fixture_with_something_new_is_told_of(tmp_path):
    item = NewsItemFactory.build(pk=77, unit=None)

    load(
        tmp_path,
        as_fixture(
            item,
        ),
    )

    _out, warnings = run("verify_versions")
    assert "1 nyheter saknar historik" in warnings


def version_as_fixture(version, **changes):
    fields = {field.attname: getattr(version, field.attname) for field in version._meta.fields}
    fields["by"] = fields.pop("by_id")
    return {
        "model": "publishing.version",
        "pk": fields.pop("id"),
        "fields": {**fields, "at": version.at.isoformat(), **changes},
    }


@pytest.mark.parametrize(
    "changes",
    [{"data": {"title_sv": "Kapad"}}, {"by_name": "Någon"}, {"is_live": True}, {"status": {}}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_fixture_that_rewrites_a_version_breaks_the_chain(by, tmp_path, changes):
    item = NewsItemFactory()
    version = item.save_draft(by=by, values={"title_sv": "Sedan"})

    load(tmp_path, version_as_fixture(version, **changes))

    with pytest.raises(CommandError, match="^Kedjan är bruten vid nummer 2"):
        run("verify_versions")


def test_a_fixture_that_adds_a_version_breaks_the_chain(by, tmp_path):
    item = NewsItemFactory()
    version = item.save_draft(by=by, values={"title_sv": "Sedan"})

    load(tmp_path, {**version_as_fixture(version, sequence=3, number=3), "pk": 77})

    with pytest.raises(CommandError, match="^Kedjan är bruten vid nummer 3"):
        run("verify_versions")


@pytest.mark.parametrize("page", ["version", "compare", "restore"])
def test_a_script_in_a_raw_version_is_shown_as_nothing_or_as_text(admin_client, by, page):
    item = NewsItemFactory(draft=True)
    item.save_draft(by=by, values={"body_sv": "<p>Text</p>"})
    item.save_draft(by=by, values={"body_sv": "<p>Sen</p>"})
    rewrite(item, 2, body_sv=SCRIPT, lead_sv="<script>alert(3)</script>")

    response = admin_client.get(
        address(item, page, *([] if page == "compare" else [2])), {"fran": 2, "till": 3}
    )

    assert response.status_code == 200
    assert "<script>alert(" not in response.text
    assert "onclick" not in response.text


def test_a_script_in_a_raw_version_is_cleaned_on_its_way_to_residents(client, by):
    item = NewsItemFactory()
    item.save_draft(by=by, values={"body_sv": "<p>Sen</p>"})
    rewrite(item, 2, body_sv=SCRIPT)

    NewsItem.objects.get().publish(by=by)

    assert NewsItem.objects.get().body_sv == "<p>Text</p><p>Mer</p>"
    assert "alert(" not in client.get(item.get_absolute_url()).text


def test_a_raw_version_in_the_form_is_cleaned(admin_client, by):
    item = NewsItemFactory()
    item.save_draft(by=by, values={"body_sv": "<p>Sen</p>"})
    rewrite(item, 2, body_sv=SCRIPT)

    page = admin_client.get(admin_url(item, "change"))

    assert "<script>alert(" not in page.text
