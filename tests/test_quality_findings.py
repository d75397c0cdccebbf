"""What breaks a rule among what is published is kept as to-dos, and nothing is taken down."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from news.models import NewsItem
from pages.models import Page
from publishing import quality, rechecking
from publishing.models import Finding, QualityCheck, Redirect
from publishing.quality.rule import Rule
from publishing.rechecking import published_kinds, recheck, recheck_after_migration
from tests.admin_forms import staff
from tests.factories import AdministratorFactory, ImageFactory, NewsItemFactory, PageFactory

pytestmark = pytest.mark.django_db
SKIPPED = "<h3>Öppet</h3><p>Alltid.</p>"
LINK = '<p><a href="/om/parken/">Parken</a></p>'


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Does what comes after the commit too."""

    def do(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return do


def rules_broken(item):
    return sorted(Finding.objects.of(item).values_list("rule", flat=True))


def no_w(text):
    if "w" in text.value.casefold():
        yield text.column, "w", "Skriv v i stället för w."


STRICTER = Rule("no-w", "Texten har inget w", "Det är ett exempel.", "Testerna", no_w)


@pytest.fixture
def stricter(monkeypatch):
    """Tighten the rules: nothing else has changed."""
    monkeypatch.setattr(quality.gate, "RULES", [*quality.RULES, STRICTER])
    monkeypatch.setattr("publishing.models.finding.rules_version", lambda: "new")


# A rule is tightened


def test_a_stricter_rule_takes_nothing_down_and_makes_a_to_do_of_each_page(stricter):
    bad, good = NewsItemFactory(title_sv="Watten"), NewsItemFactory(title_sv="Vatten")

    recheck_after_migration(plan=[])

    assert rules_broken(bad) == ["no-w"]
    assert not rules_broken(good)
    assert set(NewsItem.objects.published()) == {bad, good}
    assert list(NewsItem.objects.breaking()) == [bad]
    assert not bad.track  # nothing is written in its history


def test_migrating_judges_all_once_for_each_change_of_the_rules(stricter):
    item = NewsItemFactory(title_sv="Watten")
    recheck_after_migration(plan=[])
    Finding.objects.all().delete()

    recheck_after_migration(plan=[])

    assert not rules_broken(item)
    assert QualityCheck.is_current()


def test_emptying_a_database_judges_nothing(stricter):
    recheck_after_migration()

    assert not QualityCheck.is_current()


def test_the_migrate_command_judges_all_when_the_rules_have_changed(stricter):
    item = NewsItemFactory(title_sv="Watten")

    call_command("migrate", verbosity=0)

    assert rules_broken(item) == ["no-w"]


def test_the_rules_have_another_version_when_they_are_written_otherwise(monkeypatch, tmp_path):
    before = quality.rules_version()
    quality.gate.rules_version.cache_clear()
    (tmp_path / "gate.py").write_text("# another")
    monkeypatch.setattr(quality.gate, "__file__", str(tmp_path / "gate.py"))

    assert quality.rules_version() != before

    quality.gate.rules_version.cache_clear()


def test_what_is_known_keeps_the_day_since_when():
    item = NewsItemFactory(body_sv=SKIPPED)
    with time_machine.travel("2025-01-01 12:00+01:00", tick=False):
        recheck([item])
        then = timezone.now()

    recheck([item])

    assert Finding.objects.get().since == then


def test_advice_is_kept_but_is_no_to_do():
    item = NewsItemFactory(body_sv="<p>Man får.</p>")

    recheck([item])

    assert rules_broken(item) == ["man"]
    assert not Finding.objects.open().exists()
    assert not NewsItem.objects.breaking().exists()
    assert list(NewsItem.objects.breaking("man")) == [item]


# Kept current


def test_publishing_the_mended_text_closes_the_to_do(committed):
    by = staff("Publicister")
    item = NewsItemFactory(body_sv=SKIPPED)
    recheck([item])
    item.save_draft(by=by, values={"body_sv": "<h2>Öppet</h2>"})

    committed(item.publish, by=by)

    assert not rules_broken(item)


def test_publishing_what_is_advised_against_is_known_at_once(committed):
    item = NewsItemFactory(draft=True, body_sv="<p>Man får.</p>")

    committed(item.publish, by=staff("Publicister"))

    assert rules_broken(item) == ["man"]


@pytest.mark.parametrize("verb", ["withdraw", "archive"])
def test_what_is_not_published_any_more_is_no_to_do(committed, verb):
    item = NewsItemFactory(body_sv=SKIPPED)
    recheck([item])

    committed(getattr(item, verb), by=staff("Publicister"))

    assert not rules_broken(item)


def test_a_draft_is_no_to_do(committed):
    item = NewsItemFactory(draft=True)

    committed(item.save_draft, by=staff("Publicister"), values={"body_sv": SKIPPED})

    assert not rules_broken(item)


def test_what_waits_for_its_minute_is_a_to_do_before_it(committed):
    by, page = staff("Publicister"), PageFactory(slug="parken")
    item = NewsItemFactory(draft=True, body_sv=LINK)
    item.publish(by=by, at=timezone.now() + timedelta(days=1))

    committed(page.withdraw, by=by)

    assert rules_broken(item) == ["link-target"]


@pytest.mark.parametrize("hours", [-48, -1, 0, 1, 48])
def test_a_loaded_row_and_the_query_agree_on_what_is_out_or_coming(hours):
    now = timezone.now()
    at = now + timedelta(hours=hours)
    item = NewsItemFactory(publish_at=now, expire_at=now + timedelta(hours=1))

    found = NewsItem.objects.out_or_coming(at).filter(pk=item.pk).exists()

    assert item.is_out_or_coming(at) == found


def test_a_page_that_is_withdrawn_breaks_the_links_to_it(committed):
    by, page = staff("Publicister"), PageFactory(slug="parken")
    item = NewsItemFactory()
    item.save_draft(by=by, values={"body_sv": LINK})
    item.publish(by=by)

    committed(page.withdraw, by=by)

    assert rules_broken(item) == ["link-target"]
    page.refresh_from_db()
    committed(page.publish, by=by)
    assert not rules_broken(item)


def test_a_picture_whose_consent_is_withdrawn_is_a_to_do_of_its_pages(committed):
    by = AdministratorFactory()
    image = ImageFactory(
        shows_identifiable_people=True, legal_basis="consent", consent_reference="KS 1"
    )
    item = NewsItemFactory(image=image, draft=True)
    item.publish(by=by)

    committed(image.withdraw_consent, by=by)

    assert rules_broken(item) == ["image-rights"]
    assert NewsItem.objects.published().filter(pk=item.pk).exists()


def test_a_picture_whose_time_is_over_is_a_to_do_the_next_night():
    image = ImageFactory(valid_until=timezone.localdate())
    item = NewsItemFactory(image=image)
    recheck([item])
    assert not rules_broken(item)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        call_command("purge_bin", verbosity=0)

    assert rules_broken(item) == ["image-rights"]


def test_what_is_deleted_past_the_bin_leaves_no_to_do(committed):
    item = NewsItemFactory(body_sv=SKIPPED)
    recheck([item])

    committed(NewsItem.objects.filter(pk=item.pk).delete)

    assert not Finding.objects.exists()


def test_a_fault_of_the_database_undoes_no_publishing(committed, monkeypatch, caplog):
    from django.db import DatabaseError

    def fail(*args, **kwargs):
        raise DatabaseError("Hemliga Andersson")

    item = NewsItemFactory(draft=True)
    monkeypatch.setattr(rechecking, "recheck", fail)

    committed(item.publish, by=staff("Publicister"))

    assert NewsItem.objects.published().filter(pk=item.pk).exists()
    assert "DatabaseError" in caplog.text
    assert "Andersson" not in caplog.text


# The command


def test_the_command_names_what_is_to_be_mended_and_counts_by_rule(capsys):
    item = NewsItemFactory(body_sv=SKIPPED + "<p>Man får.</p>")

    call_command("check_quality")

    told = capsys.readouterr().out
    assert f"news.newsitem {item.pk}, body_sv: heading-order." in told
    assert "1 publicerade sidor är prövade." in told
    assert "1 × heading-order (hindrar publicering)" in told
    assert "1 × man (råd)" in told


def test_the_command_can_be_asked_of_one_rule(capsys):
    NewsItemFactory(body_sv=SKIPPED + "<p>Man får.</p>")

    call_command("check_quality", rule="man")

    told = capsys.readouterr().out
    assert "heading-order" not in told
    assert "man (råd)" in told


def test_the_command_says_which_rules_there_are():
    with pytest.raises(CommandError, match="heading-order"):
        call_command("check_quality", rule="finns-inte")


def test_the_command_says_when_all_is_well(capsys):
    NewsItemFactory()

    call_command("check_quality")

    assert "Inget bryter mot reglerna." in capsys.readouterr().out


def test_the_command_can_be_run_again(capsys):
    item = NewsItemFactory(body_sv=SKIPPED)

    call_command("check_quality")
    call_command("check_quality")

    assert rules_broken(item) == ["heading-order"]


def test_every_published_kind_is_judged():
    assert {model.__name__ for model in published_kinds()} == {
        *("NewsItem", "Initiative", "FocusArea", "Page", "StartPage")
    }


# What it costs


def test_publishing_a_text_with_a_link_costs_two_queries_more_than_one_without(
    django_assert_max_num_queries,
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(**text):
        item, by = NewsItemFactory(draft=True), AdministratorFactory()
        item.save_draft(by=by, values={"keywords": "park", **text})
        with CaptureQueriesContext(connection) as captured:
            item.publish(by=by)
        return len(captured)

    PageFactory(slug="parken")
    texts = {f"body_{code}": LINK for code in ("sv", "sv_simple", "fi", "en", "ar")}

    plain, linked = cost(), cost(**texts)

    assert linked <= plain + 2


def test_many_changes_at_once_ask_once_who_refers_to_them(django_assert_max_num_queries):
    pages = [PageFactory(draft=True) for _ in range(20)]

    with django_assert_max_num_queries(3 + 20):  # and for each what is known of it
        rechecking.recheck_changed(Page, pages)


def test_an_old_address_is_enough():
    page = PageFactory(slug="nya-parken")
    Redirect.lead("/om/parken/", by=None, item=page)
    item = NewsItemFactory(body_sv=LINK)

    recheck([item])

    assert not rules_broken(item)
