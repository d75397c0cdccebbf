"""Which news stand first on the start page, and who decides it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from news.models import NewsItem
from publishing.models import Action, State, Version
from tests.admin_forms import admin_url, messages_of, staff
from tests.factories import AdministratorFactory, NewsItemFactory, StartPageFactory

pytestmark = pytest.mark.django_db
PLACES = "/admin/news/newsitem/startsidan/"
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


def news(title, days_old=1, **facts):
    return NewsItemFactory(title_sv=title, publish_at=NOON - timedelta(days=days_old), **facts)


def on_start():
    return [item.title_sv for item in NewsItem.objects.for_start()]


def answers(page, **places):
    """What is sent from ``page`` by somebody who chooses ``places``, {key of an item: place}."""
    data = {}
    for item, field in page.context["form"].rows():
        data[field.html_name] = places.get(f"p{item.pk}", field.value() or "")
        data[field.html_initial_name] = item.start_place or ""
    return data


def place(client, *chosen):
    """Open the page, choose (item, place), and send it."""
    page = client.get(PLACES)
    return client.post(
        PLACES, answers(page, **{f"p{item.pk}": place for item, place in chosen}), follow=True
    )


# What the start page shows


def test_the_newest_stand_there_by_date():
    for age in range(6):
        news(f"{age} dagar", age)

    assert on_start() == ["0 dagar", "1 dagar", "2 dagar", "3 dagar"]


def test_the_pinned_stand_first_in_their_order():
    for age in range(4):
        news(f"{age} dagar", age)
    news("Andra", 400, start_place=2)
    news("Första", 300, start_place=1)

    assert on_start() == ["Första", "Andra", "0 dagar", "1 dagar"]


@pytest.mark.parametrize(
    "facts",
    [
        {"state": State.DRAFT},
        {"state": State.ARCHIVED},
        {"state": State.WITHDRAWN, "withdrawal_reason": "outdated"},
        {"publish_at": NOON + timedelta(minutes=1)},
        {"expire_at": NOON},
    ],
)
def test_only_what_is_public_stands_there_pinned_or_not(facts):
    NewsItemFactory(start_place=1, **facts)
    news("Ute")

    assert on_start() == ["Ute"]


def test_a_pinned_item_that_ends_leaves_its_place_to_the_newest():
    news("Till i kväll", start_place=1, expire_at=NOON + timedelta(hours=6))
    news("Nyast", 0)

    with time_machine.travel(NOON + timedelta(hours=6)):
        assert on_start() == ["Nyast"]


def test_it_costs_one_query(django_assert_num_queries):
    news("Ett", start_place=1)
    news("Två")

    with django_assert_num_queries(1):
        list(NewsItem.objects.for_start())


def test_residents_see_the_order_that_was_chosen(client, publisher):
    StartPageFactory()
    news("Nyast", 0)
    old = news("Gammal", 30)

    place(publisher, (old, "1"))

    page = client.get("/").text
    assert page.index("Gammal") < page.index("Nyast")


# Choosing


def test_the_page_says_what_the_start_page_shows_now(publisher):
    news("Nyast", 0)
    news("Först", 9, start_place=1)

    page = publisher.get(PLACES)

    assert [item.title_sv for item in page.context["shown"]] == ["Först", "Nyast"]
    assert "Det här visar startsidan nu" in page.text


def test_saving_says_what_the_start_page_shows_then(publisher):
    news("Nyast", 0)
    old = news("Gammal", 30)

    page = place(publisher, (old, "1"))

    assert messages_of(page) == ["Sparat. Startsidan visar nu ”Gammal” och ”Nyast”."]


def test_an_item_loses_its_place_when_the_place_is_emptied(publisher):
    news("Nyast", 0)
    pinned = news("Fäst", 30, start_place=1)

    place(publisher, (pinned, ""))

    assert on_start() == ["Nyast", "Fäst"]


def test_two_items_can_change_places(publisher):
    one, two = news("Ett", start_place=1), news("Två", start_place=2)

    place(publisher, (one, "2"), (two, "1"))

    assert on_start() == ["Två", "Ett"]


def test_two_items_cannot_have_the_same_place(publisher):
    one, two = news("Ett", start_place=1), news("Två")

    page = place(publisher, (two, "1"))

    assert page.context["form"].errors == {f"place-{two.pk}": ["Plats 1 har ”Ett”. Välj en annan."]}
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.start_place, two.start_place) == (1, None)


@pytest.mark.parametrize("number", ["0", "5", "-1", "ett"])
def test_there_are_four_places(publisher, number):
    item = news("Ett")

    page = place(publisher, (item, number))

    assert page.context["form"].errors
    item.refresh_from_db()
    assert item.start_place is None


def test_only_what_was_changed_is_recorded(publisher):
    item, _other = news("Ett"), news("Två", start_place=2)

    place(publisher, (item, "1"))

    assert [v.object_id for v in Version.objects.filter(action=Action.PINNED)] == [item.pk]


def test_what_somebody_else_has_placed_meanwhile_stays(publisher):
    mine, theirs = news("Min"), news("Annas")
    page = publisher.get(PLACES)
    theirs.pin(by=AdministratorFactory(), place=2)

    publisher.post(PLACES, answers(page, **{f"p{mine.pk}": "1"}))

    assert on_start() == ["Min", "Annas"]


def test_what_came_after_the_page_was_opened_keeps_its_place(publisher):
    page = publisher.get(PLACES)
    news("Nyss", start_place=1)

    publisher.post(PLACES, answers(page))

    assert NewsItem.objects.get().start_place == 1


def test_a_pinned_item_is_offered_however_old_it_is(publisher):
    for age in range(25):
        news(f"{age} dagar", age)
    news("Fäst", 900, start_place=1)

    items = [item.title_sv for item, _field in publisher.get(PLACES).context["form"].rows()]

    assert "Fäst" in items
    assert len(items) == 21


def test_older_items_are_found_by_their_words(publisher):
    for age in range(25):
        news(f"{age} dagar", age)
    news("Mötesplatsen", 900)

    page = publisher.get(PLACES, {"q": "mötesplats"})

    assert [str(item) for item, _field in page.context["form"].rows()] == ["Mötesplatsen"]


def test_a_search_for_nonsense_finds_nothing_and_breaks_nothing(publisher):
    assert publisher.get(PLACES, {"q": "%_'\\"}).status_code == 200


@pytest.mark.parametrize("facts", [{"draft": True}, {"state": State.ARCHIVED}])
def test_what_is_not_public_gets_no_place(publisher, facts):
    item = NewsItemFactory(**facts)

    publisher.post(PLACES, {f"place-{item.pk}": "1", f"initial-place-{item.pk}": ""})

    item.refresh_from_db()
    assert item.start_place is None


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_with_one_item_and_with_many(
    publisher, number, django_assert_max_num_queries
):
    for age in range(number):
        news(f"{age} dagar", age)

    with django_assert_max_num_queries(10):
        publisher.get(PLACES)


# Who may


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_does_not_order_the_start_page(client, method):
    item = news("Ett")
    client.force_login(staff("Redaktörer"))

    answer = getattr(client, method)(PLACES, {f"place-{item.pk}": "1"})

    item.refresh_from_db()
    assert answer.status_code == 403
    assert item.start_place is None


def test_an_anonymous_visitor_is_asked_to_log_in(client):
    assert "/login/" in client.get(PLACES).url


@pytest.mark.parametrize(("role", "is_there"), [("Publicister", True), ("Redaktörer", False)])
def test_the_way_there_is_shown_to_those_who_may(client, role, is_there):
    start = StartPageFactory()
    client.force_login(staff(role))

    for address in (admin_url(NewsItem, "changelist"), admin_url(start, "change")):
        assert (PLACES in client.get(address).text) == is_there
