"""No path to residents goes past the quality gate: each rule that blocks is tried on each path."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from news.models import NewsItem
from publishing import snapshot
from publishing.models import Action, State, Track, Unfit, Version
from publishing.models.fitness import Fitness
from publishing.quality import RULES
from publishing.translatable import translated_columns
from publishing.translation_import import Outcome, bring_home
from publishing.translation_units import Unit
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import NewsItemFactory
from tests.gates import example, examples, lasting, surroundings, texts_of

pytestmark = pytest.mark.django_db
BLOCKING = [rule for rule in RULES if rule.blocks]
LANGUAGES = ["sv", "sv-simple", "fi", "en", "ar"]
each_bad_example = pytest.mark.parametrize(
    ("rule", "facts"),
    [
        pytest.param(rule, facts, id=f"{rule.name}-{number}")
        for rule in BLOCKING
        for number, facts in lasting(rule)
    ],
)
each_rule = pytest.mark.parametrize(
    ("rule", "facts"),
    [pytest.param(rule, lasting(rule)[0][1], id=rule.name) for rule in BLOCKING],
)


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def live_with_bad_draft(facts, by):
    """(an item that residents see, with a draft that breaks a rule; the columns that do)"""
    item = NewsItemFactory(slug="provad", lead_sv="En ingress.")
    columns = {name: row and row.pk for name, row in surroundings(facts).items()}
    bad = snapshot.normalised(NewsItem, {**texts_of(facts), **columns})
    item.save_draft(by=by, values=bad)
    return item, bad


def let_through(monkeypatch):
    """Schedule as if the rule had not been there yet."""
    monkeypatch.setattr(Fitness, "_require_fit", lambda *args, **kwargs: [])


def is_seen_with(item, bad):
    row = NewsItem.objects.get(pk=item.pk)
    now = snapshot.read_columns(row)
    return row.is_seen and any(now[name] == value for name, value in bad.items())


def tomorrow():
    return timezone.now() + timedelta(days=1)


def moment_fields(name, moment):
    local = timezone.localtime(moment)
    return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M}"}


def act(client, verb, *items, **answers):
    address = admin_url(NewsItem, "act", verb) + "?" + "&".join(f"id={i.pk}" for i in items)
    return client.post(address, answers, follow=True)


# The verbs


@each_bad_example
def test_publishing_is_refused_with_the_reason_at_its_field(rule, facts):
    item = example(facts)

    with pytest.raises(Unfit) as refusal:
        item.publish(by=staff("Publicister"))

    [flaw, *_others] = [each for each in refusal.value.flaws if each.rule is rule]
    assert flaw.sentence in refusal.value.message_dict[flaw.column]
    assert NewsItem.objects.get(pk=item.pk).state == State.DRAFT


@pytest.mark.parametrize(("rule", "facts"), examples("good", BLOCKING))
def test_a_good_text_is_published(rule, facts):
    item = example(facts)

    item.publish(by=staff("Publicister"))

    assert NewsItem.objects.published().filter(pk=item.pk).exists()


@each_rule
def test_publishing_at_a_later_minute_is_refused(rule, facts):
    item = example(facts)

    with pytest.raises(Unfit):
        item.publish(by=staff("Publicister"), at=tomorrow())

    assert NewsItem.objects.get(pk=item.pk).state == State.DRAFT


@each_rule
def test_publishing_changes_is_refused(rule, facts):
    by = staff("Publicister")
    item, bad = live_with_bad_draft(facts, by)

    with pytest.raises(Unfit):
        item.publish(by=by)

    assert not is_seen_with(item, bad)


@each_rule
def test_scheduling_changes_is_refused(rule, facts):
    by = staff("Publicister")
    item, _bad = live_with_bad_draft(facts, by)

    with pytest.raises(Unfit):
        item.schedule(by=by, at=tomorrow())

    assert not Track.find(item).scheduled


def test_the_languages_that_are_not_published_may_be_unfinished():
    by = staff("Publicister")
    item = NewsItemFactory()
    item.save_draft(by=by, values={"title_sv": "Ny rubrik", "body_en": "<h3>Too early</h3>"})

    item.publish(by=by, languages={"sv"})

    assert NewsItem.objects.get(pk=item.pk).title_sv == "Ny rubrik"
    with pytest.raises(Unfit):
        item.publish(by=by, languages={"en"})


def test_what_was_scheduled_in_one_language_is_judged_in_that_alone_at_its_minute(monkeypatch):
    by = staff("Publicister")
    item = NewsItemFactory(body_en="<h3>Old and wrong</h3>")
    item.save_draft(by=by, values={"title_sv": "Ny rubrik"})
    item.schedule(by=by, at=tomorrow(), languages={"sv"})
    Track.objects.update(scheduled_at=timezone.now())

    call_command("publish_due")

    assert NewsItem.objects.get(pk=item.pk).title_sv == "Ny rubrik"


# The minute


@each_rule
@pytest.mark.parametrize("path", ["command", "visit"])
def test_what_breaks_a_rule_at_its_minute_goes_back_to_the_editors_with_a_mail(
    client, monkeypatch, mailoutbox, django_capture_on_commit_callbacks, rule, facts, path
):
    by = staff("Publicister")
    item, bad = live_with_bad_draft(facts, by)
    with monkeypatch.context() as patch:
        let_through(patch)
        item.schedule(by=by, at=tomorrow())
    Track.objects.update(scheduled_at=timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        if path == "command":
            call_command("publish_due")
        else:
            client.get("/")

    assert not is_seen_with(item, bad)
    assert Version.objects.of(item).last().action == Action.FAILED
    assert [mail.to for mail in mailoutbox] == [[by.email]]


# The back office


@each_rule
def test_the_button_of_the_form_publishes_nothing_and_says_why(publisher, rule, facts):
    item = example(facts)
    address = admin_url(item, "change")

    page = publisher.post(
        address, filled_in(publisher.get(address), _publish="Publicera"), follow=True
    )

    assert NewsItem.objects.get(pk=item.pk).state == State.DRAFT
    assert page.context["errors"] or messages_of(page)


@each_rule
def test_the_button_of_a_new_form_publishes_nothing(publisher, rule, facts):
    columns = {name: row and row.pk for name, row in surroundings(facts).items()}
    address = admin_url(NewsItem, "add")
    new = {"title_sv": "Ny", "slug": "provad", "lead_sv": "En ingress.", **texts_of(facts)}
    new |= {name: value or "" for name, value in columns.items()}

    publisher.post(address, filled_in(publisher.get(address), **new, _publish="Publicera"))

    assert not NewsItem.objects.published().exists()


@each_rule
@pytest.mark.parametrize("is_later", [False, True], ids=["now", "later"])
def test_the_page_with_choices_publishes_nothing(publisher, rule, facts, is_later):
    item = example(facts)
    at = moment_fields("at", tomorrow()) if is_later else {}

    page = act(publisher, "publish_with", item, languages=LANGUAGES, **at)

    assert NewsItem.objects.get(pk=item.pk).state == State.DRAFT
    assert page.context["form"].errors


@each_rule
def test_the_page_with_choices_schedules_nothing(publisher, rule, facts):
    item, bad = live_with_bad_draft(facts, publisher.user)

    act(
        publisher,
        "publish_with",
        item,
        languages=LANGUAGES,
        **moment_fields("at", tomorrow()),
    )

    assert not Track.find(item).scheduled
    assert not is_seen_with(item, bad)


@each_rule
def test_a_list_action_publishes_the_good_ones_and_says_why_not_the_others(publisher, rule, facts):
    bad, good = example(facts), NewsItemFactory(draft=True, title_sv="Den goda")

    page = act(publisher, "publish", bad, good)

    assert list(NewsItem.objects.published()) == [good]
    [refused] = [words for words in messages_of(page) if "kunde inte publiceras" in words]
    assert len(refused) > len("kunde inte publiceras") + 20


# What brings texts from elsewhere


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        pytest.param(rule, facts, id=f"{rule.name}-{number}")
        for rule in BLOCKING
        for number, facts in lasting(rule)
        if any(name.endswith(("_fi", "_en", "_ar")) for name in facts)
    ],
)
def test_a_translation_that_is_imported_is_a_draft_until_it_passes(rule, facts):
    by, item = staff("Publicister"), NewsItemFactory()
    item.save_draft(by=by, values={"keywords": "park"})
    item.publish(by=by)
    surroundings(facts)
    for field, columns in translated_columns(NewsItem).items():
        for language, column in columns.items():
            if column in facts and language != "sv":
                name = f"news.newsitem:{item.pk}:{field}"
                version = Track.find(item).newest.number
                unit = Unit(name, version, "nyhet", getattr(item, f"{field}_sv"), facts[column])
                [result] = bring_home([unit], language, by=by)
                assert result.outcome == Outcome.SAVED

    fresh = NewsItem.objects.get(pk=item.pk)
    if rule.scope != "item":
        with pytest.raises(ValidationError):
            fresh.publish(by=by)
    assert not is_seen_with(item, texts_of(facts))


@each_rule
def test_restoring_a_bad_text_makes_a_draft_of_it(rule, facts):
    by = staff("Publicister")
    item, bad = live_with_bad_draft(facts, by)
    number = Track.find(item).newest
    item.save_draft(by=by, values={"title_sv": "Något annat", "lead_sv": "En annan ingress."})

    item.restore(number, by=by)

    assert not is_seen_with(item, bad)


@each_rule
def test_what_comes_out_of_the_bin_or_is_copied_is_a_draft(rule, facts):
    by, item = staff("Publicister"), example(facts)
    twin = item.copy(by=by)
    item.move_to_bin(by=by)

    back = NewsItem.take_out_of_bin(item.pk, by=by)

    assert (back.state, twin.state) == (State.DRAFT, State.DRAFT)
