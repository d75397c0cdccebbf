"""From draft to published and back, in the words of the back office."""

import datetime

import pytest
import time_machine
from django.db.models.signals import post_save

from news.models import NewsItem
from publishing.models import State
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import ContactFunctionFactory, NewsItemFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/news/newsitem/"


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


def press(client, item, button="_save", **changes):
    address = admin_url(item, "change")
    return client.post(
        address, filled_in(client.get(address), **{button: "1"}, **changes), follow=True
    )


def act(client, action, *items):
    chosen = [item.pk for item in items]
    data = {"action": action, "_selected_action": chosen, "index": 0}
    return client.post(LIST, data, follow=True)


# Requirements


def test_a_draft_may_lack_everything_but_title_and_address(publisher):
    page = publisher.get(f"{LIST}add/")

    publisher.post(f"{LIST}add/", filled_in(page, title_sv="En tanke", slug="en-tanke"))

    assert NewsItem.objects.get(slug="en-tanke").state == State.DRAFT


def test_a_draft_that_cannot_be_published_is_saved_all_the_same(publisher):
    item = NewsItemFactory(draft=True, unit=None)

    press(publisher, item, "_publish", lead_sv="Ny ingress.")

    item.refresh_from_db()
    assert (item.lead_sv, item.state) == ("Ny ingress.", State.DRAFT)


def test_what_is_missing_is_said_in_the_message_and_at_the_fields(publisher):
    item = NewsItemFactory(draft=True, unit=None, lead_sv="")

    page = press(publisher, item, "_publish")

    errors = page.context["adminform"].form.errors
    assert errors["unit"] == ["Välj ansvarig enhet innan du publicerar."]
    assert errors["lead_sv"] == ["Skriv en ingress på svenska innan du publicerar."]
    assert "”En rubrik” kunde inte publiceras." in messages_of(page)[0]
    assert "Det du skrev är sparat." in messages_of(page)


def test_a_new_item_can_be_written_and_published_at_once(publisher):
    unit = NewsItemFactory().unit
    page = publisher.get(f"{LIST}add/")
    data = filled_in(page, title_sv="Ny", slug="ny", lead_sv="Ingress.", unit=unit.pk, _publish="1")

    publisher.post(f"{LIST}add/", data)

    assert NewsItem.objects.get(slug="ny").is_published()


def test_what_residents_see_must_stay_fit_to_be_published(publisher):
    item = NewsItemFactory()

    page = press(publisher, item, unit="")

    item.refresh_from_db()
    assert item.unit is not None
    assert page.context["errors"] == [["Välj ansvarig enhet innan du publicerar."]]


def test_saving_a_form_that_was_opened_before_publishing_does_not_unpublish(publisher):
    item = NewsItemFactory(draft=True)
    address = admin_url(item, "change")
    old_form = filled_in(publisher.get(address))
    press(publisher, item, "_publish")

    now = {"publish_at_0": "2024-06-07", "publish_at_1": "08:00"}
    publisher.post(address, old_form | now | {"title_sv": "En bättre rubrik"})

    item.refresh_from_db()
    assert (item.title_sv, item.state) == ("En bättre rubrik", State.PUBLISHED)


def test_what_residents_see_must_keep_its_date(publisher):
    item = NewsItemFactory()

    page = press(publisher, item, publish_at_0="", publish_at_1="")

    assert page.context["errors"] == [["En publicerad sida måste ha ett publiceringsdatum."]]


# Results, told as what residents see


def test_publishing_says_what_residents_see_now(publisher):
    item = NewsItemFactory(draft=True)

    page = press(publisher, item, "_publish")

    assert messages_of(page) == ["”En rubrik”: Syns för besökarna."]


@time_machine.travel("2026-03-02 12:00+01:00")
def test_publishing_with_a_later_time_says_when(publisher):
    item = NewsItemFactory(
        draft=True, publish_at=datetime.datetime(2026, 6, 7, 6, 0, tzinfo=datetime.UTC)
    )

    page = press(publisher, item, "_publish")

    assert messages_of(page) == [
        "”En rubrik”: Syns för besökarna från 7\N{NO-BREAK SPACE}juni\N{NO-BREAK SPACE}2026"
        "\N{NO-BREAK SPACE}8:00."
    ]


@pytest.mark.parametrize(
    ("button", "state", "sentence"),
    [
        ("_withdraw", State.WITHDRAWN, "Syns inte för besökarna."),
        ("_archive", State.ARCHIVED, "Sidan finns kvar på sin adress, märkt som arkiv"),
    ],
)
def test_the_buttons_of_a_published_item_take_it_away(publisher, button, state, sentence):
    item = NewsItemFactory()

    page = press(publisher, item, button)

    item.refresh_from_db()
    assert item.state == state
    assert sentence in messages_of(page)[0]


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (State.DRAFT, {"publish"}),
        (State.PUBLISHED, {"withdraw", "archive", "mark_reviewed"}),
        (State.WITHDRAWN, {"publish"}),
        (State.ARCHIVED, {"publish", "withdraw", "mark_reviewed"}),
    ],
)
def test_the_buttons_fit_the_state(publisher, state, buttons):
    page = publisher.get(admin_url(NewsItemFactory(state=state), "change"))

    assert {verb.name for verb in page.context["verbs"]} == buttons


@time_machine.travel("2026-03-02 12:00+01:00")
def test_a_review_is_recorded_with_its_function(publisher):
    function = ContactFunctionFactory()
    item = NewsItemFactory()

    page = press(publisher, item, "_mark_reviewed", last_reviewed_by=function.pk)

    item.refresh_from_db()
    assert item.last_reviewed_on == datetime.date(2026, 3, 2)
    assert messages_of(page) == ["”En rubrik”: Granskad i dag av Folkhälsostrateg."]


def test_a_review_without_a_function_is_refused_with_a_sentence(publisher):
    page = press(publisher, NewsItemFactory(), "_mark_reviewed")

    assert "Välj vilken funktion som har granskat." in messages_of(page)[0]


def test_each_row_of_a_list_action_gets_its_own_answer(publisher):
    good = NewsItemFactory(draft=True, title_sv="Bra")
    bad = NewsItemFactory(draft=True, title_sv="Dålig", unit=None)
    there = NewsItemFactory(title_sv="Redan ute")

    page = act(publisher, "publish", good, bad, there)

    assert sorted(messages_of(page)) == [
        "”Bra”: Syns för besökarna.",
        "”Dålig” kunde inte publiceras. Välj ansvarig enhet innan du publicerar.",
        "”Redan ute” lämnades som den var, eftersom läget är publicerad.",
    ]


def test_a_list_action_judges_each_row_as_it_is_when_its_turn_comes(publisher):
    items = NewsItemFactory.create_batch(2)

    def withdraw_the_other(instance, **facts):
        NewsItem.objects.exclude(pk=instance.pk).update(state=State.WITHDRAWN)

    post_save.connect(withdraw_the_other, sender=NewsItem)
    try:
        page = act(publisher, "archive", *items)
    finally:
        post_save.disconnect(withdraw_the_other, sender=NewsItem)

    states = NewsItem.objects.values_list("state", flat=True)
    assert sorted(states) == [State.ARCHIVED, State.WITHDRAWN]
    assert "lämnades som den var, eftersom läget är avpublicerad." in messages_of(page)[1]


def test_the_form_says_what_residents_see(publisher):
    page = publisher.get(admin_url(NewsItemFactory(draft=True), "change"))

    assert "Syns inte för besökarna." in page.content.decode()


def test_the_way_to_the_page_is_shown_only_when_residents_can_go_there(publisher):
    draft = publisher.get(admin_url(NewsItemFactory(draft=True), "change"))
    published = publisher.get(admin_url(NewsItemFactory(), "change"))

    assert "viewsitelink" not in draft.content.decode()
    assert "viewsitelink" in published.content.decode()


# The list


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": State.DRAFT}, "utkast"),
        ({"state": State.PUBLISHED}, "publicerad"),
        (
            {"publish_at": datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)},
            "väntar på sin tid",
        ),
        ({"expire_at": datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC)}, "har slutat visas"),
        ({"state": State.ARCHIVED}, "arkiverad"),
    ],
)
@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_list_says_the_state_in_words(publisher, facts, words):
    NewsItemFactory(**facts)

    assert f">{words}</span>" in publisher.get(LIST).content.decode()


@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_list_can_show_only_what_is_due_for_review(publisher):
    NewsItemFactory(title_sv="Färsk", review_interval=6, last_reviewed_on="2026-02-01")
    due = NewsItemFactory(title_sv="Gammal", review_interval=6, last_reviewed_on="2025-02-01")

    page = publisher.get(LIST, {"granskning": "nu"})

    assert list(page.context["cl"].result_list) == [due]


def test_the_list_is_searched_by_title_and_lead(publisher):
    found = NewsItemFactory(title_sv="Mötesplatsen")
    NewsItemFactory(title_sv="Något annat")

    page = publisher.get(LIST, {"q": "mötesplats"})

    assert list(page.context["cl"].result_list) == [found]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(publisher, rows, django_assert_max_num_queries):
    NewsItemFactory.create_batch(rows)

    with django_assert_max_num_queries(14):
        publisher.get(LIST)


def test_djangos_own_messages_quote_as_swedish_does(publisher):
    page = press(publisher, NewsItemFactory(draft=True, title_sv="Räksmörgås <3"))

    [message] = messages_of(page)
    assert message.endswith(">Räksmörgås &lt;3</a>”.")
    assert "“" not in message
    assert str(message) in page.content.decode()
