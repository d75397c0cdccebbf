"""From draft to published and back, in the words of the back office."""

import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import NewsItem
from publishing.models import State
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import AdministratorFactory, ContactUnitFactory, NewsItemFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/news/newsitem/"
JUNE = datetime.datetime(2026, 6, 7, 6, 0, tzinfo=datetime.UTC)
FEBRUARY = datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC)


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def plain(text):
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def buttons(page):
    """The names of the buttons, and of those that stand apart."""
    row = page.context["row"]
    return [each.name for each in [*row.text, *row.page]], [each.name for each in row.apart]


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


def test_what_is_unfit_does_not_reach_residents(publisher):
    item = NewsItemFactory()

    page = press(publisher, item, "_publish", unit="")

    item.refresh_from_db()
    assert item.unit is not None
    assert page.context["adminform"].form.errors["unit"] == [
        "Välj ansvarig enhet innan du publicerar."
    ]
    assert item.track.newest.data["unit"] is None


# Results, told as what residents see


def test_publishing_says_what_residents_see_now(publisher):
    item = NewsItemFactory(draft=True)

    page = press(publisher, item, "_publish")

    assert messages_of(page) == ["”En rubrik” är publicerad. Besökarna ser sidan."]


@time_machine.travel("2026-03-02 12:00+01:00")
def test_correcting_a_page_that_waits_for_its_minute_does_not_publish_it_early(publisher):
    item = NewsItemFactory(publish_at=JUNE)
    page = publisher.get(admin_url(item, "change"))
    [button] = [each for each in page.context["row"].text if each.name == "publish"]
    assert plain(button.text) == "Spara och publicera 7 juni 8:00"

    page = press(publisher, item, "_publish", title_sv="En rättad rubrik")

    item.refresh_from_db()
    assert (item.title_sv, item.publish_at) == ("En rättad rubrik", JUNE)
    assert plain(messages_of(page)[0]) == (
        "”En rättad rubrik” är klar. Besökarna ser sidan från 7 juni 8:00."
    )


def test_publishing_without_a_change_says_that_there_is_none(publisher):
    page = press(publisher, NewsItemFactory(), "_publish")

    assert messages_of(page)[0] == (
        "”En rubrik” lämnades som den var, eftersom läget är ”Publicerad”."
    )


def test_what_is_published_from_the_form_is_what_stands_in_it(publisher):
    item = NewsItemFactory()

    press(publisher, item, "_publish", title_sv="Ny rubrik")

    item.refresh_from_db()
    assert item.title_sv == "Ny rubrik"


@pytest.mark.parametrize(("minor", "is_update"), [({"is_minor": "on"}, False), ({}, True)])
def test_a_minor_change_is_no_update_for_the_reader(publisher, minor, is_update):
    item = NewsItemFactory()

    press(publisher, item, "_publish", title_sv="Ny rubrik", **minor)

    before = item.updated_at
    item.refresh_from_db()
    assert (item.updated_at != before) == is_update


def test_a_text_is_sent_for_review_from_the_form(client):
    client.force_login(staff("Redaktörer"))
    item = NewsItemFactory()

    page = press(client, item, "_submit", title_sv="Ny rubrik", version_note="Nytt namn")

    item.refresh_from_db()
    assert item.track.stage == State.IN_REVIEW
    assert item.track.version(item.track.numbers).note == "Nytt namn"
    assert messages_of(page) == [
        "”En rubrik” är skickad för granskning. De som får publicera får ett mejl. "
        "Besökarna ser sidan. De ser inte de senaste ändringarna."
    ]


def test_a_page_that_moves_asks_first_what_becomes_of_its_address(publisher):
    item = NewsItemFactory(slug="gammal")

    page = press(publisher, item, "_publish", slug="ny")

    item.refresh_from_db()
    assert item.slug == "gammal"
    assert "Sidan flyttar från /nyheter/gammal/ till /nyheter/ny/." in page.text


# Buttons


@pytest.mark.parametrize("button", ["withdraw", "archive", "mark_reviewed", "publish_with"])
def test_a_button_that_must_ask_leads_to_its_page_with_the_text_saved(publisher, button):
    item = NewsItemFactory()

    page = press(publisher, item, f"_{button}", title_sv="Ny rubrik")

    assert page.context["verb"].name == button
    item.refresh_from_db()
    assert item.track.newest.data["title_sv"] == "Ny rubrik"


def test_a_page_can_be_withdrawn_though_the_text_in_the_form_has_faults(publisher):
    item = NewsItemFactory()

    page = press(publisher, item, "_withdraw", slug="")

    assert "Avpublicera utan att spara texten" in page.text
    assert page.context["without_saving"]["address"].endswith(f"/gor/withdraw/?id={item.pk}")


def test_a_text_with_faults_is_not_published_without_saving(publisher):
    page = press(publisher, NewsItemFactory(), "_publish", slug="")

    assert "utan att spara" not in page.text


FITTING = [
    ({"draft": True}, ["publish", "save", "submit", "publish_with"], []),
    (
        {},
        ["publish", "save", "submit", "publish_with", "mark_reviewed"],
        ["archive", "withdraw"],
    ),
    ({"publish_at": JUNE}, ["publish", "save", "submit", "publish_with"], ["stop"]),
    ({"state": State.IN_REVIEW}, ["publish", "save", "publish_with", "send_back"], []),
    ({"state": State.WITHDRAWN}, ["publish", "save", "submit", "publish_with"], []),
    (
        {"state": State.ARCHIVED},
        ["publish", "save", "submit", "publish_with", "mark_reviewed"],
        ["withdraw"],
    ),
]


@time_machine.travel("2026-03-02 12:00+01:00")
@pytest.mark.parametrize(("facts", "near", "apart"), FITTING)
def test_the_buttons_fit_the_state(publisher, facts, near, apart):
    page = publisher.get(admin_url(NewsItemFactory(**facts), "change"))

    assert buttons(page) == (near, apart)


@time_machine.travel("2026-03-02 12:00+01:00")
@pytest.mark.parametrize(
    ("facts", "near"),
    [
        ({"draft": True}, ["submit", "save"]),
        ({}, ["submit", "save"]),
        ({"publish_at": JUNE}, ["submit", "save"]),
        ({"state": State.IN_REVIEW}, ["save"]),
        ({"state": State.WITHDRAWN}, ["submit", "save"]),
        ({"state": State.ARCHIVED}, ["submit", "save"]),
    ],
)
def test_an_editor_has_the_buttons_of_who_writes(client, facts, near):
    client.force_login(staff("Redaktörer"))

    page = client.get(admin_url(NewsItemFactory(**facts), "change"))

    assert buttons(page) == (near, [])


def test_a_text_that_waits_can_be_taken_back(publisher):
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Ny"})
    item.schedule(by=AdministratorFactory(), at=timezone.now() + datetime.timedelta(days=1))

    near, _apart = buttons(publisher.get(admin_url(item, "change")))

    assert "unschedule" in near


def test_the_return_key_saves_and_does_not_publish(publisher):
    page = publisher.get(admin_url(NewsItemFactory(), "change"))

    form = page.text[page.text.index('id="newsitem_form"') :]
    first = re.search(r'<input type="submit" name="(\w+)"', form)[1]
    assert first == "_save"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"draft": True}, "Spara utkast"),
        ({}, "Spara utkast"),
        ({"state": State.IN_REVIEW}, "Spara"),
    ],
)
def test_saving_is_called_what_it_does(publisher, facts, words):
    page = publisher.get(admin_url(NewsItemFactory(**facts), "change"))

    assert page.context["row"].save == words


def test_the_form_says_who_sees_what_is_saved(publisher):
    draft = publisher.get(admin_url(NewsItemFactory(draft=True), "change"))
    published = publisher.get(admin_url(NewsItemFactory(), "change"))

    assert "Besökarna ser inte utkastet." in draft.text
    assert "Det du sparar ser besökarna först när någon publicerar det." in published.text


def test_the_form_of_a_fact_says_that_residents_see_it_at_once(publisher):
    page = publisher.get(admin_url(ContactUnitFactory(), "change"))

    assert "Besökarna ser det du sparar med en gång." in page.text


# List actions


@pytest.mark.parametrize("action", ["publish", "submit", "withdraw", "archive", "mark_reviewed"])
def test_a_list_action_asks_on_its_own_page_first(publisher, action):
    items = NewsItemFactory.create_batch(2)

    page = act(publisher, action, *items)

    assert page.context["verb"].name == action
    assert {item for item, _chip, _why in page.context["items"]} == set(items)


def test_a_list_action_takes_a_hundred_rows_at_most(publisher):
    NewsItemFactory.create_batch(101, unit=ContactUnitFactory())
    everything = {"action": "archive", "_selected_action": 1, "index": 0, "select_across": "1"}

    page = publisher.post(LIST, everything, follow=True)

    assert messages_of(page) == ["Välj högst 100 rader åt gången."]


def test_a_list_action_judges_each_row_as_it_is_when_its_turn_comes(publisher):
    items = NewsItemFactory.create_batch(2)
    address = act(publisher, "archive", *items).request
    NewsItem.objects.filter(pk=items[0].pk).update(state=State.WITHDRAWN)

    page = publisher.post(f"{address['PATH_INFO']}?{address['QUERY_STRING']}", follow=True)

    states = NewsItem.objects.values_list("state", flat=True)
    assert sorted(states) == [State.ARCHIVED, State.WITHDRAWN]
    assert any("eftersom läget är ”Avpublicerad”." in each for each in messages_of(page))


# What stands above the form


def test_the_form_says_what_residents_see(publisher):
    page = publisher.get(admin_url(NewsItemFactory(draft=True), "change"))

    assert '<span class="state state--draft">Utkast</span> Besökarna ser inte sidan.' in page.text


def test_the_way_to_the_page_is_shown_only_when_residents_can_go_there(publisher):
    draft = publisher.get(admin_url(NewsItemFactory(draft=True), "change"))
    published = publisher.get(admin_url(NewsItemFactory(), "change"))

    assert "viewsitelink" not in draft.text
    assert "viewsitelink" in published.text


def test_the_way_to_the_page_is_its_public_address_whatever_the_draft_says(publisher):
    item = NewsItemFactory(slug="ute")
    item.save_draft(by=AdministratorFactory(), values={"slug": "utkastets"})

    page = publisher.get(admin_url(item, "change"))

    assert 'href="/nyheter/ute/"' in page.text
    assert 'href="/nyheter/utkastets/"' not in page.text


# The list


@pytest.mark.parametrize(
    ("facts", "kind", "words"),
    [
        ({"state": State.DRAFT}, "draft", "Utkast"),
        ({"state": State.IN_REVIEW}, "in_review", "Till granskning"),
        ({"state": State.PUBLISHED}, "published", "Publicerad"),
        ({"publish_at": JUNE}, "waiting", "Publiceras 7 juni 8:00"),
        ({"expire_at": FEBRUARY}, "ended", "Har slutat visas"),
        ({"state": State.WITHDRAWN}, "withdrawn", "Avpublicerad"),
        ({"state": State.WITHDRAWN, "withdrawal_reason": "outdated"}, "archived", "Inaktuell"),
        ({"state": State.ARCHIVED}, "archived", "Arkiverad"),
    ],
)
@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_list_says_the_state_in_words(publisher, facts, kind, words):
    NewsItemFactory(**facts)

    assert f'<span class="state state--{kind}">{words}</span>' in plain(publisher.get(LIST).text)


@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_list_says_what_waits_behind_what_residents_see(publisher):
    changed, asked, scheduled = NewsItemFactory.create_batch(3)
    by = AdministratorFactory()
    for item in (changed, asked, scheduled):
        item.save_draft(by=by, values={"title_sv": "Ny rubrik"})
    asked.submit(by=by)
    scheduled.schedule(by=by, at=JUNE)

    page = plain(publisher.get(LIST).text)

    assert ">Publicerad, med opublicerade ändringar</span>" in page
    assert ">Publicerad, med ändringar till granskning</span>" in page
    assert ">Publicerad, med ändringar som väntar till 7 juni 8:00</span>" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("nya", {"Ändrad", "Till granskning, ute"}),
        ("granskas", {"Till granskning, ny", "Till granskning, ute"}),
        ("vantar", {"Väntar, ny", "Väntar, ute"}),
    ],
)
@time_machine.travel("2026-03-02 12:00+01:00")
def test_the_list_can_show_only_what_is_not_out(publisher, query, titles):
    by = AdministratorFactory()
    NewsItemFactory(title_sv="Utkast", draft=True).save_draft(by=by, values={"lead_sv": "Ny."})
    NewsItemFactory(title_sv="Till granskning, ny", draft=True).submit(by=by)
    NewsItemFactory(title_sv="Väntar, ny", publish_at=JUNE)
    for title in ("Ändrad", "Till granskning, ute", "Väntar, ute", "Borttagen"):
        NewsItemFactory(title_sv=title).save_draft(by=by, values={"lead_sv": "Ny."})
    NewsItem.objects.get(title_sv="Till granskning, ute").submit(by=by)
    NewsItem.objects.get(title_sv="Väntar, ute").schedule(by=by, at=JUNE)
    NewsItem.objects.get(title_sv="Borttagen").withdraw(by=by)

    page = publisher.get(LIST, {"andringar": query})

    assert {item.title_sv for item in page.context["cl"].result_list} == titles


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


def test_the_list_shows_dates_as_people_write_them(publisher):
    NewsItemFactory()

    assert ">7 juni 2024<" in plain(publisher.get(LIST).text)


def test_the_list_costs_the_same_however_long_it_is(publisher):
    one = queries(publisher, LIST, NewsItemFactory)

    many = queries(publisher, LIST, lambda: NewsItemFactory.create_batch(29))

    assert one == many
    assert many <= 14


def queries(client, address, make):
    make()
    for item in NewsItem.objects.all():
        item.save_draft(by=client.user, values={"lead_sv": "Ny."})
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_djangos_own_messages_quote_as_swedish_does(publisher):
    page = press(publisher, ContactUnitFactory(name="Räksmörgås <3", name_sv="Räksmörgås <3"))

    [message] = messages_of(page)
    assert message.endswith(">Räksmörgås &lt;3</a>”.")
    assert "“" not in message
    assert str(message) in page.text
