"""What waits for its minute: nobody sees it before, everybody after, wherever they look."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError

from news.models import NewsArchive, NewsItem
from publishing import middleware, schedule
from publishing.history import drifted_rows, verify_chain
from publishing.models import Action, Track, Version
from publishing.schedule import publish_due
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 6, 8, 12, 0, tzinfo=STOCKHOLM)
A_SECOND = timedelta(seconds=1)


def waiting(item, at=NOON, by=None, **values):
    """Let ``values`` wait for ``at``; the clock stands an hour before it."""
    by = by or AdministratorFactory()
    with time_machine.travel(at.astimezone(UTC) - timedelta(hours=1), tick=False):
        item.save_draft(by=by, values=values or {"title_sv": "Ny rubrik"})
        item.schedule(by=by, at=at)
    return item


def title_now(item):
    return type(item).objects.get(pk=item.pk).title_sv


def run(command="publish_due"):
    out, err = StringIO(), StringIO()
    call_command(command, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


# The minute


@time_machine.travel(NOON - A_SECOND, tick=False)
def test_a_second_before_its_minute_nothing_is_seen(client):
    item = waiting(NewsItemFactory())

    client.get("/")

    assert title_now(item) == "En rubrik"


@time_machine.travel(NOON, tick=False)
def test_the_first_request_after_the_minute_shows_it(client):
    item = waiting(NewsItemFactory())

    assert "Ny rubrik" in client.get(item.get_absolute_url()).text


@pytest.mark.parametrize(
    "address", ["/", "/robots.txt", "/finns-inte/", "/admin/", "/konto/login/"]
)
@time_machine.travel(NOON, tick=False)
def test_any_address_will_do(client, address):
    item = waiting(NewsItemFactory())

    client.get(address)

    assert title_now(item) == "Ny rubrik"


@pytest.mark.parametrize("address", ["/static/css/base.css", "/media/masters/x.webp", "/halsa/"])
@time_machine.travel(NOON, tick=False)
def test_files_and_watchers_publish_nothing(client, address):
    item = waiting(NewsItemFactory())

    client.get(address)

    assert title_now(item) == "En rubrik"


@time_machine.travel(NOON, tick=False)
def test_what_is_sent_publishes_too(client):
    item = waiting(NewsItemFactory())

    client.post("/konto/login/", {"login": "ingen", "password": "alls"})

    assert title_now(item) == "Ny rubrik"


@time_machine.travel(NOON + timedelta(days=400), tick=False)
def test_a_site_that_nobody_visited_for_a_year_shows_it_then(client):
    item = waiting(NewsItemFactory())

    client.get("/")

    assert title_now(item) == "Ny rubrik"


@time_machine.travel(NOON, tick=False)
def test_nothing_is_left_in_the_schedule_afterwards():
    item = waiting(NewsItemFactory())

    publish_due()

    track = Track.find(item)
    assert (track.scheduled, track.scheduled_at) == (None, None)
    assert track.newest == track.live
    assert not list(drifted_rows())
    assert not verify_chain().broken


@time_machine.travel(NOON, tick=False)
def test_what_is_due_is_applied_in_the_order_of_its_minutes():
    later = waiting(NewsItemFactory(slug="b"), at=NOON)
    earlier = waiting(NewsItemFactory(slug="a"), at=NOON - timedelta(minutes=5))

    assert [item.pk for item, _problem in publish_due()] == [earlier.pk, later.pk]


@time_machine.travel(NOON, tick=False)
def test_changes_that_were_written_meanwhile_are_kept():
    item, by = NewsItemFactory(), AdministratorFactory()
    waiting(item, by=by)
    item.save_draft(by=by, values={"lead_sv": "En ny ingress."})

    publish_due()

    assert title_now(item) == "Ny rubrik"
    assert Track.find(item).newest.data["lead_sv"] == "En ny ingress."


@time_machine.travel(NOON, tick=False)
def test_the_language_of_the_visitor_changes_nothing(client):
    item = waiting(NewsItemFactory(title_en="A heading"), title_en="New heading")

    client.get("/en/")

    row = NewsItem.objects.get(pk=item.pk)
    assert (row.title_sv, row.title_en) == ("En rubrik", "New heading")
    assert not list(drifted_rows())


# Nights when the clock is moved


def local(*at, fold=0):
    return datetime(2026, *at, tzinfo=STOCKHOLM, fold=fold)


def utc(*at):
    return datetime(2026, *at, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        # On 29 March 2026 the clock goes from 2:00 to 3:00
        (local(3, 29, 1, 59), utc(3, 29, 0, 59)),
        (local(3, 29, 3, 0), utc(3, 29, 1, 0)),
        # On 25 October 2026 it goes from 3:00 back to 2:00, so that 2:30 comes twice
        (local(10, 25, 2, 30), utc(10, 25, 0, 30)),
        (local(10, 25, 2, 30, fold=1), utc(10, 25, 1, 30)),
        (local(10, 25, 3, 0), utc(10, 25, 2, 0)),
    ],
)
def test_the_minute_comes_at_its_own_time_on_nights_when_the_clock_is_moved(client, at, moment):
    item = waiting(NewsItemFactory(), at=at)

    with time_machine.travel(moment - A_SECOND, tick=False):
        client.get("/")
    before = title_now(item)
    with time_machine.travel(moment, tick=False):
        client.get("/")

    assert (before, title_now(item)) == ("En rubrik", "Ny rubrik")


# Everything says the same


def everywhere(client, word):
    """Where residents find ``word``."""
    places = ["/", "/nyheter/", "/nyheter/?ar=2024", "/nyheter/rss.xml", "/nyheter/atom.xml"]
    return [place for place in places if word in client.get(place).text]


@pytest.mark.parametrize(
    ("moment", "title"), [(NOON - A_SECOND, "Gamla rubriken"), (NOON, "Nya rubriken")]
)
def test_lists_feeds_and_the_page_say_the_same_before_and_after(client, moment, title):
    item = waiting(NewsItemFactory(title_sv="Gamla rubriken"), title_sv="Nya rubriken")
    other = {"Gamla rubriken", "Nya rubriken"} - {title}

    with time_machine.travel(moment, tick=False):
        assert len(everywhere(client, title)) == 5
        assert not everywhere(client, *other)
        assert title in client.get(item.get_absolute_url()).text


def counts(client, area):
    """What counts and lists the news of an area."""
    page = client.get(f"/nyheter/?omrade={area.slug}")
    return {
        "list": len(page.context["items"]),
        "archive": sum(number for _year, number in NewsArchive.years(area)),
        "area": len(client.get(area.get_absolute_url()).context["news"]),
    }


@pytest.mark.parametrize(("moment", "number"), [(NOON - A_SECOND, 0), (NOON, 1)])
def test_lists_and_counts_of_an_area_agree_when_a_text_that_waits_moves_there(
    client, moment, number, django_capture_on_commit_callbacks
):
    area = FocusAreaFactory()
    waiting(NewsItemFactory(), focus_areas=[area.pk])
    NewsArchive.recount()

    with time_machine.travel(moment, tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            client.get("/")
        assert set(counts(client, area).values()) == {number}


@pytest.mark.parametrize(
    ("moment", "there", "not_there"),
    [(NOON - A_SECOND, "gammal", "ny"), (NOON, "ny", "gammal")],
)
def test_the_sitemap_and_the_pages_agree_when_a_page_moves_at_a_minute(
    client, moment, there, not_there
):
    waiting(PageFactory(slug="gammal"), slug="ny")

    with time_machine.travel(moment, tick=False):
        sitemap = client.get("/sitemap-sidor.xml").text
        assert f"/om/{there}/" in sitemap
        assert f"/om/{not_there}/" not in sitemap
        assert client.get(f"/om/{there}/").status_code == 200
        assert client.get(f"/om/{not_there}/").status_code != 200


@pytest.mark.parametrize("hours", [-1, 0, 1])
def test_what_is_to_come_and_go_by_the_clock_is_in_every_list_or_in_none(client, hours):
    item, by = NewsItemFactory(title_sv="Kommer snart", draft=True), AdministratorFactory()
    with time_machine.travel(NOON - timedelta(hours=2), tick=False):
        item.publish(by=by, at=NOON, until=NOON + timedelta(hours=1))

    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        is_there = client.get(item.get_absolute_url()).status_code == 200
        found = {place for place in everywhere(client, "Kommer snart") if "2024" not in place}
        listed = item.get_absolute_url() in client.get("/sitemap-nyheter.xml").text

    assert is_there == listed == (hours == 0)
    assert len(found) == (4 if is_there else 0)


# What can't be published


def unfit_at_its_minute(by=None):
    """An item whose waiting text has a picture whose time is over when its minute comes."""
    image = ImageFactory(valid_until=NOON.date() - timedelta(days=1))
    item = NewsItemFactory()
    with time_machine.travel(NOON - timedelta(days=7), tick=False):
        by = by or AdministratorFactory()
        item.save_draft(by=by, values={"image": image.pk, "title_sv": "Ny rubrik"})
        item.schedule(by=by, at=NOON)
    return item


@time_machine.travel(NOON, tick=False)
def test_a_text_that_cannot_be_published_is_the_editors_again():
    item = unfit_at_its_minute()

    [(_item, problem)] = publish_due()

    track = Track.find(item)
    assert problem == "Tiden då bilden får visas är slut. Välj en annan bild."
    assert title_now(item) == "En rubrik"
    assert track.newest.data["title_sv"] == "Ny rubrik"
    assert (track.scheduled, track.scheduled_at) == (None, None)
    assert Version.objects.of(item).last().action == Action.FAILED
    assert not verify_chain().broken


@time_machine.travel(NOON, tick=False)
def test_who_scheduled_it_gets_a_mail(django_capture_on_commit_callbacks):
    by = AdministratorFactory(email="publicist@example.se")
    unfit_at_its_minute(by)

    with django_capture_on_commit_callbacks(execute=True):
        publish_due()

    assert mail.outbox[-1].to == ["publicist@example.se"]
    assert "Tiden då bilden får visas är slut." in mail.outbox[-1].body


@time_machine.travel(NOON, tick=False)
def test_the_others_are_published_all_the_same():
    unfit_at_its_minute()
    fit = waiting(NewsItemFactory())

    publish_due()

    assert title_now(fit) == "Ny rubrik"


@time_machine.travel(NOON, tick=False)
def test_residents_notice_nothing_of_it(client):
    item = unfit_at_its_minute()

    response = client.get(item.get_absolute_url())

    assert response.status_code == 200
    assert "En rubrik" in response.text


@time_machine.travel(NOON, tick=False)
def test_a_fault_of_the_program_gives_the_text_back_and_closes_nothing(client, monkeypatch, caplog):
    def fail(self, languages):
        raise TypeError("Hemliga Andersson")

    item = waiting(NewsItemFactory())
    monkeypatch.setattr(NewsItem, "obstacles", fail)

    response = client.get(item.get_absolute_url())

    assert response.status_code == 200
    assert Track.find(item).newest.data["title_sv"] == "Ny rubrik"
    assert "TypeError" in caplog.text
    assert "Andersson" not in caplog.text


@time_machine.travel(NOON, tick=False)
def test_a_row_that_was_deleted_past_the_bin_is_forgotten(client):
    item = waiting(NewsItemFactory())
    NewsItem.objects.all().delete()

    assert client.get("/").status_code == 200
    assert Track.objects.of(item).get().scheduled_at is None


@time_machine.travel(NOON, tick=False)
def test_a_database_that_cannot_be_written_breaks_no_page(client, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise DatabaseError("readonly: Hemliga Andersson")

    item = waiting(NewsItemFactory())
    monkeypatch.setattr(schedule.Chain, "writing", refuse)

    response = client.get(item.get_absolute_url())

    assert response.status_code == 200
    assert "En rubrik" in response.text
    assert "DatabaseError" in caplog.text
    assert "Andersson" not in caplog.text


@time_machine.travel(NOON, tick=False)
def test_a_request_that_could_not_write_leaves_it_to_the_next(client, monkeypatch):
    item = waiting(NewsItemFactory())
    with monkeypatch.context() as patch:
        patch.setattr(middleware, "publish_due", lambda: (_ for _ in ()).throw(DatabaseError))
        client.get("/")

    client.get("/")

    assert title_now(item) == "Ny rubrik"


# The command


@time_machine.travel(NOON, tick=False)
def test_the_command_says_what_it_published():
    waiting(NewsItemFactory(), title_sv="Ny lekplats")

    assert run() == ("Publicerad: nyhet ”Ny lekplats”.\n", "")


@time_machine.travel(NOON, tick=False)
def test_the_command_says_what_could_not_be_published_and_why():
    unfit_at_its_minute()

    out, err = run()

    assert out == ""
    assert err.startswith("Kunde inte publiceras: nyhet ”En rubrik”. Tiden då bilden får visas")


@time_machine.travel(NOON, tick=False)
def test_the_command_run_once_more_does_nothing_more():
    item = waiting(NewsItemFactory())
    run()
    number = Version.objects.of(item).count()

    assert run() == ("Ingenting väntade på sin tid.\n", "")
    assert Version.objects.of(item).count() == number


# Two at once


@time_machine.travel(NOON, tick=False)
def test_who_comes_second_to_what_is_due_publishes_nothing(monkeypatch):
    item, first = waiting(NewsItemFactory()), []
    lock = schedule.Chain.writing

    @contextmanager
    def late():
        """Between seeing that something is due and getting the lock, another has published it."""
        monkeypatch.setattr(schedule.Chain, "writing", lock)
        first.extend(publish_due())
        with lock() as chain:
            yield chain

    monkeypatch.setattr(schedule.Chain, "writing", late)
    second = publish_due()

    published = Version.objects.of(item).filter(action=Action.PUBLISHED)
    assert (len(first), second, published.count()) == (1, [], 1)
    assert not verify_chain().broken


def test_a_text_that_would_be_unfit_already_now_is_never_scheduled():
    item, by = NewsItemFactory(), AdministratorFactory()
    item.save_draft(by=by, values={"lead_sv": ""})

    with pytest.raises(ValidationError):
        item.schedule(by=by, at=NOON + timedelta(days=36500))
