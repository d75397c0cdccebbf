"""The page that asks before something is done to one row or many, and settles clashes."""

from datetime import UTC, datetime

import pytest
import time_machine

from news.models import NewsItem
from publishing.models import Redirect, State
from publishing.schedule import publish_due
from tests.admin_forms import admin_url, messages_of, staff
from tests.factories import ContactFunctionFactory, InitiativeFactory, NewsItemFactory

pytestmark = pytest.mark.django_db
SOON = {"at_0": "2026-06-07", "at_1": "08:00"}
LANGUAGES = ["sv", "sv-simple", "fi", "en", "ar"]


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        yield


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def act_url(verb, *items):
    return admin_url(type(items[0]), "act", verb) + "?" + "&".join(f"id={i.pk}" for i in items)


def ask(client, verb, *items):
    return client.get(act_url(verb, *items))


def act(client, verb, *items, **answers):
    return client.post(act_url(verb, *items), answers, follow=True)


def publish_with(client, item, **answers):
    return act(client, "publish_with", item, **{"languages": LANGUAGES, **answers})


def errors(page):
    return dict(page.context["form"].errors)


def changed(item, user, **values):
    """``item``, with a draft that has ``values``."""
    item = type(item).objects.get(pk=item.pk)
    item.save_draft(by=user, values=values)
    return item


def plain(text):
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


# What it shows


def test_it_shows_which_page_it_is_about_and_what_residents_see(publisher):
    page = ask(publisher, "archive", NewsItemFactory(title_sv="Mötesplatsen"))

    assert "<h1>Arkivera</h1>" in page.text
    assert "<h2>Mötesplatsen</h2>" in page.text
    assert "Besökarna ser sidan." in page.text


def test_it_names_each_row_that_it_is_about(publisher):
    items = [NewsItemFactory(title_sv="Den ena"), NewsItemFactory(title_sv="Den andra")]

    page = ask(publisher, "archive", *items)

    assert {str(item) for item, _chip, _why in page.context["items"]} == {"Den ena", "Den andra"}


def test_looking_at_it_changes_nothing(publisher):
    item = NewsItemFactory(draft=True)

    ask(publisher, "publish", item)

    item.refresh_from_db()
    assert (item.state, item.track) == (State.DRAFT, None)


def test_it_leads_back_to_the_form_of_one_row_and_to_the_list_of_many(publisher):
    one, other = NewsItemFactory.create_batch(2)

    assert act(publisher, "archive", one).redirect_chain[-1][0] == admin_url(one, "change")
    assert act(publisher, "withdraw", one, other, reason="mistake").redirect_chain[-1][0] == (
        admin_url(NewsItem, "changelist")
    )


# What is done, and told


def test_a_text_is_sent_for_review_with_a_note(publisher):
    item = NewsItemFactory(draft=True)

    page = act(publisher, "submit", item, note="Titta på rubriken.")

    item.refresh_from_db()
    assert item.state == State.IN_REVIEW
    assert item.track.version(item.track.numbers).note == "Titta på rubriken."
    assert messages_of(page) == [
        "”En rubrik” är skickad för granskning. De som får publicera får ett mejl. "
        "Besökarna ser inte sidan."
    ]


def test_a_text_is_sent_back_with_what_to_mend(publisher):
    item = NewsItemFactory(draft=True)
    item.submit(by=staff("Redaktörer"))

    page = act(publisher, "send_back", item, note="Kortare rubrik.")

    item.refresh_from_db()
    assert item.state == State.DRAFT
    assert messages_of(page) == [
        "”En rubrik” är skickad tillbaka. Den som skrev får ett mejl. Besökarna ser inte sidan."
    ]


def test_a_text_is_not_sent_back_without_a_word(publisher):
    item = NewsItemFactory(draft=True)
    item.submit(by=staff("Redaktörer"))

    page = act(publisher, "send_back", item)

    assert errors(page).keys() == {"note"}


def test_a_page_is_archived(publisher):
    item = NewsItemFactory()

    page = act(publisher, "archive", item)

    item.refresh_from_db()
    assert item.state == State.ARCHIVED
    assert messages_of(page) == [
        "”En rubrik” är arkiverad. Sidan finns kvar på sin adress, märkt som arkiverad, men inte "
        "i några listor."
    ]


def test_a_page_is_withdrawn_for_a_reason(publisher):
    item = NewsItemFactory()

    page = act(publisher, "withdraw", item, reason="mistake")

    item.refresh_from_db()
    assert (item.state, item.withdrawal_reason) == (State.WITHDRAWN, "mistake")
    assert messages_of(page) == ["”En rubrik” är avpublicerad. Besökarna ser inte sidan."]


def test_a_page_is_not_withdrawn_without_a_reason(publisher):
    item = NewsItemFactory()

    page = act(publisher, "withdraw", item)

    item.refresh_from_db()
    assert item.state == State.PUBLISHED
    assert errors(page).keys() == {"reason"}


def test_what_replaces_a_page_is_asked_for_at_its_field(publisher):
    page = act(publisher, "withdraw", NewsItemFactory(), reason="replaced")

    assert errors(page).keys() == {"replaced_by"}


@pytest.mark.parametrize("address", ["/finns-inte/", "https://example.com/", "javascript:alert(1)"])
def test_a_page_is_replaced_only_by_one_that_there_is(publisher, address):
    item = NewsItemFactory()

    page = act(publisher, "withdraw", item, reason="replaced", replaced_by=address)

    item.refresh_from_db()
    assert item.state == State.PUBLISHED
    assert errors(page).keys() == {"replaced_by"}


def test_an_outdated_page_can_still_be_taken_away_as_wrong(publisher):
    item = NewsItemFactory()
    item.withdraw(by=publisher.user, reason="outdated")

    act(publisher, "withdraw", item, reason="mistake")

    item.refresh_from_db()
    assert not item.is_seen


def test_a_review_names_its_function(publisher):
    item, function = NewsItemFactory(), ContactFunctionFactory()

    page = act(publisher, "mark_reviewed", item, function=function.pk)

    item.refresh_from_db()
    assert str(item.last_reviewed_on) == "2026-03-02"
    assert messages_of(page) == [
        "”En rubrik” är granskad i dag av Folkhälsostrateg. Dagen visas på sidan."
    ]


def test_a_review_needs_a_function(publisher):
    page = act(publisher, "mark_reviewed", NewsItemFactory())

    assert errors(page).keys() == {"function"}


def test_a_publication_that_waits_is_stopped(publisher):
    item = NewsItemFactory(publish_at=datetime(2026, 6, 7, 6, 0, tzinfo=UTC))

    page = act(publisher, "stop", item)

    item.refresh_from_db()
    assert item.state == State.WITHDRAWN
    assert messages_of(page) == ["”En rubrik” är stoppad. Besökarna ser inte sidan."]


def test_what_does_not_fit_the_state_is_left_with_the_reason(publisher):
    page = act(publisher, "archive", NewsItemFactory(draft=True))

    assert messages_of(page) == ["”En rubrik” lämnades som den var, eftersom läget är ”Utkast”."]


# Many at once


def test_each_row_gets_its_own_answer(publisher):
    good = NewsItemFactory(draft=True, title_sv="Bra")
    bad = NewsItemFactory(draft=True, title_sv="Dålig", unit=None)
    there = NewsItemFactory(title_sv="Redan ute")

    page = act(publisher, "publish", good, bad, there)

    assert sorted(messages_of(page)) == [
        "”Bra” är publicerad. Besökarna ser sidan.",
        "”Dålig” kunde inte publiceras. Välj ansvarig enhet innan du publicerar. "
        f'<a href="{admin_url(bad, "change")}">Rätta ”Dålig”</a>',
        "”Redan ute” lämnades som den var, eftersom läget är ”Publicerad”.",
    ]


def test_what_goes_wrong_with_one_row_does_not_undo_the_others(publisher):
    bad = NewsItemFactory(draft=True, unit=None)
    good = NewsItemFactory(draft=True)

    act(publisher, "publish", bad, good)

    good.refresh_from_db()
    assert good.is_published()


def test_a_clash_in_one_of_many_is_left_for_its_own_form(publisher):
    clashing, other = clash_with_residents(publisher.user), NewsItemFactory(draft=True)

    page = act(publisher, "publish", clashing, other)

    assert any("Samma text har ändrats på två håll" in each for each in messages_of(page))
    other.refresh_from_db()
    assert other.is_published()


@pytest.mark.parametrize("verb", ["publish_with", "unschedule"])
def test_what_is_chosen_for_one_page_is_not_done_to_many(publisher, verb):
    assert ask(publisher, verb, *NewsItemFactory.create_batch(2)).status_code == 404


def test_more_than_a_hundred_rows_are_too_many(publisher):
    items = [NewsItem(pk=pk) for pk in range(1, 102)]

    assert ask(publisher, "archive", *items).status_code == 404


# Times


def test_a_first_publication_is_given_a_later_time(publisher):
    item = NewsItemFactory(draft=True)

    page = publish_with(publisher, item, **SOON)

    item.refresh_from_db()
    assert item.publish_at == datetime(2026, 6, 7, 6, 0, tzinfo=UTC)
    assert plain(messages_of(page)[0]) == (
        "”En rubrik” är klar. Besökarna ser sidan från 7 juni 8:00."
    )


def test_a_first_publication_may_have_an_older_date(publisher):
    item = NewsItemFactory(draft=True)

    publish_with(publisher, item, at_0="2019-06-07", at_1="08:00")

    item.refresh_from_db()
    assert item.is_published()
    assert item.publish_at == datetime(2019, 6, 7, 6, 0, tzinfo=UTC)


def test_without_a_time_it_is_published_now(publisher):
    item = NewsItemFactory(draft=True)

    publish_with(publisher, item)

    item.refresh_from_db()
    assert item.publish_at == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def test_a_change_of_what_residents_see_can_wait(publisher):
    item = changed(NewsItemFactory(), publisher.user, title_sv="Ny rubrik")

    page = publish_with(publisher, item, **SOON)

    item.refresh_from_db()
    assert item.title_sv == "En rubrik"
    assert plain(messages_of(page)[0]) == (
        "”En rubrik” är klar. Besökarna ser sidan. Den 7 juni 8:00 får de se texten som väntar."
    )


def test_a_change_cannot_wait_for_a_time_that_has_been(publisher):
    item = changed(NewsItemFactory(), publisher.user, title_sv="Ny rubrik")

    page = publish_with(publisher, item, at_0="2026-03-02", at_1="11:59")

    item.refresh_from_db()
    assert item.title_sv == "En rubrik"
    assert errors(page) == {"at": ["Välj en tid som inte har varit."]}


def test_a_page_that_waits_is_published_at_once_when_its_time_is_emptied(publisher):
    item = NewsItemFactory(publish_at=datetime(2026, 6, 7, 6, 0, tzinfo=UTC))
    page = ask(publisher, "publish_with", item)
    assert page.context["form"]["at"].value() == item.publish_at

    publish_with(publisher, item)

    item.refresh_from_db()
    assert item.is_published()


def test_a_text_that_waits_is_taken_back_into_the_form(publisher):
    item = changed(NewsItemFactory(), publisher.user, title_sv="Ny rubrik")
    publish_with(publisher, item, **SOON)

    page = act(publisher, "unschedule", item)

    item = NewsItem.objects.get()
    assert item.track.scheduled is None
    assert item.track.newest.data["title_sv"] == "Ny rubrik"
    assert "har fått tillbaka texten som väntade" in messages_of(page)[0]


@pytest.mark.parametrize(
    ("field", "date", "time", "sentence"),
    [
        (
            "at",
            "2026-03-29",
            "02:30",
            "Klockan 2:30 finns inte 29 mars 2026: då ställs klockan fram en timme. "
            "Välj 3:30 eller en annan tid.",
        ),
        (
            "until",
            "2026-10-25",
            "02:30",
            "Klockan 2:30 kommer två gånger 25 oktober 2026: då ställs klockan tillbaka en timme. "
            "Välj en tid före 2:00 eller från 3:00.",
        ),
        ("at", "2026-06-07", "", "Välj också ett klockslag."),
        ("until", "", "08:00", "Välj också ett datum."),
        ("at", "2026-02-30", "08:00", "Skriv ett datum, till exempel 2027-06-07."),
        ("at", "2026-06-07", "halv nio", "Skriv ett klockslag, till exempel 8:00."),
    ],
)
def test_a_time_that_is_none_is_refused_at_its_field(publisher, field, date, time, sentence):
    item = NewsItemFactory(draft=True)

    page = publish_with(publisher, item, **{f"{field}_0": date, f"{field}_1": time})

    assert {name: [plain(each) for each in found] for name, found in errors(page).items()} == {
        field: [sentence]
    }


@pytest.mark.parametrize(
    ("time", "moment"),
    [
        ("01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_hours_around_the_change_of_clocks_are_swedish(publisher, time, moment):
    item = NewsItemFactory(draft=True)

    publish_with(publisher, item, at_0="2026-10-25", at_1=time)

    item.refresh_from_db()
    assert item.publish_at == moment


def test_a_page_cannot_end_before_it_begins(publisher):
    page = publish_with(
        publisher, NewsItemFactory(draft=True), **SOON, until_0="2026-06-07", until_1="08:00"
    )

    assert errors(page) == {"until": ["Välj en tid som kommer efter ”Från”."]}


def test_a_page_cannot_have_ended_already(publisher):
    item = NewsItemFactory(draft=True)

    page = publish_with(publisher, item, until_0="2026-03-01", until_1="08:00")

    assert errors(page) == {"until": ["Välj en sluttid som inte har varit."]}


def test_the_end_of_a_page_stands_in_the_form_and_goes_when_it_is_emptied(publisher):
    item = NewsItemFactory(expire_at=datetime(2026, 6, 7, 6, 0, tzinfo=UTC))
    item = changed(item, publisher.user, title_sv="Ny rubrik")
    page = ask(publisher, "publish_with", item)
    assert page.context["form"]["until"].value() == item.expire_at

    publish_with(publisher, item)

    item.refresh_from_db()
    assert item.expire_at is None


# Languages


def test_one_language_can_go_out_before_another(publisher):
    item = changed(NewsItemFactory(), publisher.user, title_sv="Ny rubrik", title_en="News")

    publish_with(publisher, item, languages=["sv"])

    item = NewsItem.objects.get()
    assert (item.title_sv, item.title_en) == ("Ny rubrik", None) or item.title_en == ""
    assert item.track.newest.data["title_en"] == "News"


def test_the_first_time_swedish_must_be_among_the_languages(publisher):
    page = publish_with(publisher, NewsItemFactory(draft=True), languages=["en"])

    assert errors(page) == {"languages": ["Första gången måste svenskan vara med."]}


def test_some_language_must_be_chosen(publisher):
    page = publish_with(publisher, NewsItemFactory(draft=True), languages=[])

    assert errors(page) == {"languages": ["Välj minst ett språk."]}


# Addresses


def test_a_page_that_moves_asks_what_becomes_of_its_address(publisher):
    item = changed(NewsItemFactory(slug="gammal"), publisher.user, slug="ny")

    page = ask(publisher, "publish_with", item)

    assert "Sidan flyttar från /nyheter/gammal/ till /nyheter/ny/." in page.text


@pytest.mark.parametrize("answer", ["on", ""])
def test_the_old_address_leads_to_the_new_one_if_one_wants(publisher, answer):
    item = changed(NewsItemFactory(slug="gammal"), publisher.user, slug="ny")

    publish_with(publisher, item, redirect=answer)

    assert bool(Redirect.objects.at("/nyheter/gammal/")) == bool(answer)


def test_a_page_that_stays_is_not_asked_about(publisher):
    item = changed(NewsItemFactory(), publisher.user, title_sv="Ny rubrik")

    assert "redirect" not in ask(publisher, "publish_with", item).context["form"].fields


# Faults


def test_what_is_missing_is_said_above_the_fields(publisher):
    item = NewsItemFactory(draft=True, unit=None, lead_sv="")

    page = publish_with(publisher, item)

    assert errors(page) == {
        "__all__": [
            "Skriv en ingress på svenska innan du publicerar.",
            "Välj ansvarig enhet innan du publicerar.",
        ]
    }


# Clashes


def clash_with_residents(user):
    """A page whose draft changes what has been published, by the clock, since it was begun."""
    item = changed(NewsItemFactory(), user, title_sv="Den som väntade")
    item.schedule(by=user, at=datetime(2026, 3, 2, 11, 30, tzinfo=UTC))
    item = changed(item, user, title_sv="Utkastet")
    publish_due(datetime(2026, 3, 2, 11, 30, tzinfo=UTC))
    return NewsItem.objects.get(pk=item.pk)


def clash_with_waiting(user):
    """A page whose draft changes what the text that waits changes too."""
    item = changed(NewsItemFactory(), user, title_sv="Den som väntar")
    item.schedule(by=user, at=datetime(2026, 6, 7, 6, 0, tzinfo=UTC))
    return changed(item, user, title_sv="Rättelsen")


def test_a_clash_with_what_residents_see_is_shown_side_by_side(publisher):
    page = ask(publisher, "publish", clash_with_residents(publisher.user))

    [settle] = page.context["settles"]
    [(clash, choice, _own)] = settle.rows()
    assert (clash.name, clash.mine, clash.theirs) == (
        "Rubrik – Svenska",
        "Utkastet",
        "Den som väntade",
    )
    assert [label for _value, label in choice.field.choices] == [
        "Den nya texten",
        "Texten som syns nu",
        "En egen text",
    ]


@pytest.mark.parametrize(
    ("choice", "title"),
    [("mine", "Utkastet"), ("theirs", "Den som väntade"), ("own", "Något tredje")],
)
def test_a_clash_with_what_residents_see_is_settled(publisher, choice, title):
    item = clash_with_residents(publisher.user)

    act(
        publisher,
        "publish",
        item,
        **{"settled-settle-title_sv": choice, "settled-own-title_sv": "Något tredje"},
    )

    item.refresh_from_db()
    assert item.title_sv == title


def test_a_clash_that_nobody_settles_publishes_nothing(publisher):
    item = clash_with_residents(publisher.user)

    page = act(publisher, "publish", item, **{"settled-own-title_sv": "Något"})

    item.refresh_from_db()
    assert item.title_sv == "Den som väntade"
    assert page.context["settles"][0].errors == {
        "settle-title_sv": ["Välj vilken text som ska gälla."]
    }


def test_a_clash_with_a_text_that_waits_is_settled_for_that_text(publisher):
    item = clash_with_waiting(publisher.user)
    page = act(publisher, "publish", item)
    assert [settle.words for settle in page.context["settles"]] == [
        ("Texten som väntar", "Rättelsen")
    ]

    act(publisher, "publish", item, **{"settled_waiting-settle-title_sv": "mine"})

    item = NewsItem.objects.get()
    assert item.title_sv == "Rättelsen"
    assert item.track.scheduled.data["title_sv"] == "Den som väntar"


def test_a_text_that_is_taken_back_may_clash_with_the_one_in_the_form(publisher):
    item = clash_with_waiting(publisher.user)
    page = ask(publisher, "unschedule", item)
    assert page.context["settles"][0].words == ("Texten som väntar", "Texten i formuläret")

    act(publisher, "unschedule", item, **{"settled-settle-title_sv": "theirs"})

    item = NewsItem.objects.get()
    assert item.track.newest.data["title_sv"] == "Rättelsen"


def test_a_choice_that_clashes_has_no_text_of_ones_own(publisher):
    user = publisher.user
    item = changed(NewsItemFactory(kind="news"), user, slug="den-som-vantade")
    item.schedule(by=user, at=datetime(2026, 3, 2, 11, 30, tzinfo=UTC))
    item = changed(item, user, slug="utkastet")
    publish_due(datetime(2026, 3, 2, 11, 30, tzinfo=UTC))

    page = ask(publisher, "publish", NewsItem.objects.get())

    assert [own for _clash, _choice, own in page.context["settles"][0].rows()] == [None]


def test_a_text_of_ones_own_is_cleaned_as_any_other(publisher):
    user = publisher.user
    item = changed(NewsItemFactory(body_sv="<p>A</p>"), user, body_sv="<p>B</p>")
    item.schedule(by=user, at=datetime(2026, 3, 2, 11, 30, tzinfo=UTC))
    item = changed(item, user, body_sv="<p>C</p>")
    publish_due(datetime(2026, 3, 2, 11, 30, tzinfo=UTC))
    own = "<p onclick='x()'>D</p><script>alert(1)</script>"

    act(
        publisher,
        "publish",
        item,
        **{"settled-settle-body_sv": "own", "settled-own-body_sv": own},
    )

    item = NewsItem.objects.get()
    assert item.body_sv == item.track.live.data["body_sv"] == "<p>D</p>"


# Who may


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("verb", ["publish", "publish_with", "withdraw", "archive", "send_back"])
def test_an_editor_may_not_open_the_pages_of_those_who_publish(client, verb, method):
    item = NewsItemFactory()
    client.force_login(staff("Redaktörer"))

    assert getattr(client, method)(act_url(verb, item)).status_code == 403


def test_an_anonymous_visitor_is_asked_to_log_in(client):
    address = act_url("submit", NewsItemFactory(draft=True))

    assert "/login/" in client.get(address).url
    assert 'name="_log_in"' in client.post(address).text


def test_the_right_to_one_kind_is_none_to_another(client):
    user = staff("Redaktörer")
    user.user_permissions.set(
        staff("Publicister").groups.get().permissions.filter(codename__endswith="newsitem")
    )
    client.force_login(user)

    assert ask(client, "publish", NewsItemFactory(draft=True)).status_code == 200
    assert ask(client, "publish", InitiativeFactory(draft=True)).status_code == 403


@pytest.mark.parametrize("keys", ["", "id=", "id=ett", "id=-1", "id=0", "id=" + "9" * 40, "id=1e3"])
def test_keys_that_are_none_find_nothing(publisher, keys):
    assert publisher.get(f"{admin_url(NewsItem, 'act', 'archive')}?{keys}").status_code == 404


def test_a_verb_that_there_is_none_of_finds_nothing(publisher):
    assert ask(publisher, "delete", NewsItemFactory()).status_code == 404


def test_a_key_of_another_kind_does_nothing_to_it(publisher):
    initiative = InitiativeFactory()

    answer = publisher.post(f"{admin_url(NewsItem, 'act', 'archive')}?id={initiative.pk + 1000}")

    assert answer.status_code == 404


def test_a_form_without_its_token_is_refused(publisher):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(publisher.user)

    assert strict.post(act_url("archive", NewsItemFactory())).status_code == 403
