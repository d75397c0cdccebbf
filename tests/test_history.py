"""The history of an item in the back office: what it says of each version, and to whom."""

import datetime

import pytest
import time_machine

from publishing.models import Chain, Track, WithdrawalReason
from tests.admin_forms import admin_url, staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
)
from tests.histories import address
from tests.reading import links_of, words_of

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 24, 11, 5, tzinfo=datetime.UTC)  # 12:05 in Sweden
A_WEEK = datetime.timedelta(days=7)


@pytest.fixture
def writer():
    return AdministratorFactory(first_name="Åsa", last_name="Öberg")


@pytest.fixture
def reader(client):
    client.force_login(AdministratorFactory())
    return client


@pytest.fixture
def item(writer):
    """Imported as 1, saved as 2, published as 3, saved as 4."""
    with time_machine.travel(NOON, tick=False):
        item = NewsItemFactory(draft=True, title_sv="Torget", lead_sv="Först.")
        item.save_draft(by=writer, values={"lead_sv": "Sedan."}, note="Bättre så.")
        item.publish(by=writer)
        item.save_draft(by=writer, values={"lead_sv": "Efteråt."})
    return item


def entry(client, item, number):
    """What the history says of one version."""
    words = words_of(client.get(address(item)))
    return words.partition(f" Version {number} ")[2].partition(" Version ")[0]


def links_about(client, item, number):
    """{words: address} of the links at one version in the history."""
    ending = f" (version {number})"
    found = links_of(client.get(address(item)))
    return {words.removesuffix(ending): href for words, href in found if words.endswith(ending)}


# What it says


def test_the_newest_is_first(reader, item):
    page = reader.get(address(item))

    numbers = [told["version"].number for told in page.context["entries"]]
    assert numbers == [4, 3, 2, 1]


def test_each_version_says_who_did_what_and_when_and_why(reader, item):
    words = entry(reader, item, 2)

    assert words.startswith("24 november 2026 12:05")
    assert "Åsa Öberg ändrade" in words
    assert "Bättre så." in words


def test_a_moment_keeps_together_on_its_line(reader, item):
    page = reader.get(address(item)).content.decode()

    assert "24\N{NO-BREAK SPACE}november\N{NO-BREAK SPACE}2026\N{NO-BREAK SPACE}12:05" in page
    assert 'datetime="2026-11-24T12:05:00+01:00"' in page


def test_what_was_there_first_has_nobodys_name(reader, item):
    assert "Fanns när historiken började" in entry(reader, item, 1)


def test_what_residents_see_and_what_editors_have_are_marked(reader, item):
    assert "Syns nu" in entry(reader, item, 3)
    assert "Senaste texten" in entry(reader, item, 4)
    assert "Syns nu" not in entry(reader, item, 4)
    assert "Senaste texten" not in entry(reader, item, 2)


def test_a_fact_says_that_it_holds_and_is_compared_with_what_holds(reader, writer):
    unit = ContactUnitFactory()
    unit.record(by=writer)
    unit.phone = "0520-49 50 00"
    unit.save()
    unit.record(by=writer)

    assert "Åsa Öberg ändrade Gäller nu" in entry(reader, unit, 2)
    assert "Senaste texten" not in entry(reader, unit, 2)
    assert "Jämför med det som gäller nu" in links_about(reader, unit, 1)


def test_what_waits_says_until_when(reader, item, writer):
    with time_machine.travel(NOON, tick=False):
        item.schedule(by=writer, at=NOON + A_WEEK)

        assert "Väntar till 1 december 12:05" in entry(reader, item, 5)


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda item, by: item.withdraw(by=by), "Syntes senast"),
        (lambda item, by: item.archive(by=by), "Syns, märkt som arkiv"),
        (
            lambda item, by: item.withdraw(by=by, reason=WithdrawalReason.OUTDATED),
            "Syns, som inaktuell",
        ),
        (lambda item, by: item.publish(by=by, until=NOON + A_WEEK), "Syntes till 1 december 12:05"),
    ],
)
def test_what_residents_saw_is_marked_by_where_the_page_is_now(reader, writer, do, words):
    with time_machine.travel(NOON, tick=False):
        item = NewsItemFactory()
        do(item, writer)
        live = Track.find(item).live.number

    with time_machine.travel(NOON + 2 * A_WEEK, tick=False):
        assert words in entry(reader, item, live)


def test_what_residents_will_see_is_marked_with_its_time(reader, writer):
    with time_machine.travel(NOON, tick=False):
        item = NewsItemFactory(draft=True)
        item.publish(by=writer, at=NOON + A_WEEK)

        assert "Syns från 1 december 12:05" in entry(reader, item, 2)


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda item, by: item.submit(by=by, note="Titta."), "skickade för granskning"),
        (lambda item, by: item.withdraw(by=by), "avpublicerade, skäl: fel"),
        (lambda item, by: item.archive(by=by), "arkiverade"),
        (lambda item, by: item.publish(by=by, languages={"sv"}), "publicerade, bara Svenska"),
        (lambda item, by: item.publish(by=by, is_minor=True), "publicerade, mindre ändring"),
        (
            lambda item, by: item.publish(by=by, until=NOON + A_WEEK),
            "publicerade, till 1 december 12:05",
        ),
        (
            lambda item, by: item.schedule(by=by, at=NOON + A_WEEK),
            "schemalade, från 1 december 12:05",
        ),
    ],
)
def test_an_act_says_what_it_was(reader, item, writer, do, words):
    with time_machine.travel(NOON, tick=False):
        do(item, writer)

        history = words_of(reader.get(address(item)))

    assert f"Åsa Öberg {words}" in history


def test_what_editors_write_is_not_taken_for_html(reader, item, writer):
    item.save_draft(by=writer, values={"title_sv": "<b>&"}, note="<script>alert(1)</script>")

    page = reader.get(address(item)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_has_no_history_yet_says_so(reader):
    page = reader.get(address(NewsItemFactory()))

    assert "Här är ingenting skrivet än." in words_of(page)


def test_what_is_thrown_away_keeps_its_history(reader, item, writer):
    item.withdraw(by=writer)
    item.move_to_bin(by=writer)

    page = reader.get(address(item, "history"))

    assert "Historik: Torget" in words_of(page)
    assert "Den här är kastad." in words_of(page)
    assert "Återställ" not in words_of(page)


def test_what_never_was_has_no_history(reader):
    assert reader.get("/admin/news/newsitem/77/history/").status_code == 404


@pytest.mark.parametrize("key", ["abc", "1x", "9" * 30, "1/2"])
def test_an_address_of_no_item_is_not_found(reader, key):
    assert reader.get(f"/admin/news/newsitem/{key}/history/").status_code == 404


# Fifty a page


@pytest.fixture
def long_history(writer):
    """A news item with 200 versions with text."""
    item = NewsItemFactory(draft=True)
    with Chain.writing() as chain:
        track = Track.begin(item, chain)
        for number in range(2, 201):
            data = {**track.newest.data, "lead_sv": f"Ingress {number}."}
            version = track.record(chain, item, "saved", data=data, by=writer)
            track.newest = version
        track.show(item)
    return item


def test_a_page_holds_fifty_versions(reader, long_history):
    first = reader.get(address(long_history))
    last = reader.get(address(long_history), {"sida": 4})

    assert [told["version"].number for told in first.context["entries"]] == [*range(200, 150, -1)]
    assert last.context["entries"][-1]["version"].number == 1
    assert ("Äldre", "?sida=2") in links_of(first)
    assert ("Nyare", "?sida=3") in links_of(last)


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 30])
def test_a_page_that_is_not_there_is_the_nearest_one(reader, item, page):
    assert reader.get(address(item), {"sida": page}).status_code == 200


@pytest.mark.parametrize(
    ("page", "numbers"), [("history", []), ("version", [120]), ("restore", [120]), ("erase", [120])]
)
def test_two_hundred_versions_cost_at_most_fifteen_queries(
    reader, long_history, page, numbers, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        assert reader.get(address(long_history, page, *numbers)).status_code == 200


def test_comparing_among_two_hundred_costs_at_most_fifteen_queries(
    reader, long_history, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        page = reader.get(address(long_history, "compare"), {"fran": 3, "till": 177})

    assert page.status_code == 200


def test_a_version_with_all_its_relations_costs_at_most_fifteen_queries(
    reader, writer, django_assert_max_num_queries
):
    item = NewsItemFactory(draft=True)
    item.save_draft(
        by=writer,
        values={
            "focus_areas": [FocusAreaFactory().pk, FocusAreaFactory().pk],
            "initiatives": [InitiativeFactory().pk],
        },
    )

    with django_assert_max_num_queries(15):
        reader.get(address(item, "version", 2))


# Where it leads


def test_a_version_is_compared_with_the_one_before_it(reader, item):
    link = links_about(reader, item, 3)["Jämför med föregående"]

    assert link == f"{address(item, 'compare')}?fran=2&till=3"


def test_the_one_before_is_the_last_that_has_a_text(reader, item, writer):
    item.submit(by=writer)
    item.save_draft(by=writer, values={"lead_sv": "Till sist."})

    link = links_about(reader, item, 6)["Jämför med föregående"]

    assert link == f"{address(item, 'compare')}?fran=4&till=6"


def test_the_first_has_nothing_before_it(reader, item):
    assert "Jämför med föregående" not in links_about(reader, item, 1)


def test_a_version_is_compared_with_what_residents_see(reader, item):
    older = links_about(reader, item, 1)["Jämför med det som syns nu"]
    newer = links_about(reader, item, 4)["Jämför med det som syns nu"]

    assert older == f"{address(item, 'compare')}?fran=1&till=3"
    assert newer == f"{address(item, 'compare')}?fran=3&till=4"
    assert "Jämför med det som syns nu" not in links_about(reader, item, 3)


def test_what_residents_do_not_see_is_compared_with_the_newest(reader, item, writer):
    item.withdraw(by=writer)

    links = links_about(reader, item, 1)

    assert links["Jämför med den senaste"] == f"{address(item, 'compare')}?fran=1&till=4"


def test_all_but_the_newest_can_be_restored(reader, item):
    assert links_about(reader, item, 3)["Återställ …"] == address(item, "restore", 3)
    assert "Återställ …" not in links_about(reader, item, 4)


def test_an_act_without_text_leads_nowhere(reader, item, writer):
    item.submit(by=writer)

    assert links_about(reader, item, 5) == {}


def test_the_two_newest_texts_are_chosen_for_comparing(reader, item, writer):
    item.submit(by=writer)

    page = reader.get(address(item)).content.decode()

    assert 'name="fran" value="3" checked' in page
    assert 'name="till" value="4" checked' in page
    assert 'value="5"' not in page


def test_one_text_alone_is_not_compared(reader):
    item = ContactUnitFactory()
    item.record(by=AdministratorFactory())

    assert "Jämför de valda" not in words_of(reader.get(address(item)))


# From the form


def test_the_form_leads_to_the_history_and_to_the_changes(reader, item):
    page = reader.get(admin_url(item, "change"))

    assert ("Historik", address(item)) in page.context["tools"]
    changes = f"{address(item, 'compare')}?fran=3&till=4"
    assert ("Ändringar", changes) in page.context["tools"]


def test_the_form_of_what_has_no_changes_leads_to_none(reader):
    page = reader.get(admin_url(NewsItemFactory(), "change"))

    assert "Ändringar" not in dict(page.context["tools"])


def test_the_form_of_a_live_kind_leads_to_its_history(reader):
    unit = ContactUnitFactory()

    page = reader.get(admin_url(unit, "change"))

    assert ("Historik", address(unit)) in page.context["tools"]


def test_who_may_only_look_is_led_to_no_history(client):
    client.force_login(staff("Redaktörer"))

    page = client.get(admin_url(ContactUnitFactory(), "change"))

    assert "Historik" not in dict(page.context["tools"])
