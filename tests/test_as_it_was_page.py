"""The page on which editors see an item as residents saw it at a moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
)
from tests.histories import address, erase
from tests.previews import as_residents_get_it, changed_tables, page_in, rows_of_all_tables
from tests.reading import links_of, words_of
from tests.situations import row

pytestmark = pytest.mark.django_db

SWEDEN = ZoneInfo("Europe/Stockholm")
JUNE = datetime(2024, 6, 7, 8, 0, tzinfo=SWEDEN)
DAY = timedelta(days=1)


@pytest.fixture
def boss():
    return AdministratorFactory()


@pytest.fixture
def reader(client):
    client.force_login(staff("Redaktörer"))
    return client


@pytest.fixture
def item(boss):
    """A news item that residents could read from 7 June, in another text from the 8th."""
    with time_machine.travel(JUNE, tick=False):
        item = NewsItemFactory(draft=True, lead_sv="Först.", title_fi="Otsikko")
        item.publish(by=boss)
    with time_machine.travel(JUNE + DAY, tick=False):
        item.save_draft(by=boss, values={"lead_sv": "Sedan.", "slug": "ny-adress"})
        item.publish(by=boss)
    return item


def ask(client, item, date, time="08:00", **query):
    return client.get(address(item, "as_it_was"), {"at_0": date, "at_1": time, **query})


def test_the_history_asks_for_a_moment(reader, item):
    words = words_of(reader.get(address(item)))

    assert "Hur såg sidan ut?" in words


def test_the_history_of_a_fact_does_not(client, boss):
    unit = ContactUnitFactory()
    unit.record(by=boss)
    client.force_login(boss)

    assert "Hur såg sidan ut?" not in words_of(client.get(address(unit)))


def test_the_page_says_of_when_it_is_and_that_its_lists_are_of_today(reader, item):
    frame = ask(reader, item, "2024-06-07")

    assert (
        "Så här såg sidan ut den 7 juni 2024 kl. 8:00. Listor på sidan visar dagens innehåll."
        in words_of(frame)
    )
    assert "Först." in page_in(reader, frame).content.decode()


def test_it_is_the_page_that_residents_got_then(client, boss):
    area = FocusAreaFactory()
    with time_machine.travel(JUNE, tick=False):
        item = NewsItemFactory(draft=True, focus_areas=[area], image=ImageFactory())
        item.publish(by=boss)
        then = client.get(item.get_absolute_url()).content.decode()
    with time_machine.travel(JUNE + DAY, tick=False):
        values = {"title_sv": "Ny", "slug": "ny", "focus_areas": [], "image": None}
        item.save_draft(by=boss, values=values)
        item.publish(by=boss)

    client.force_login(boss)
    now = page_in(client, ask(client, item, "2024-06-07")).content.decode()

    assert as_residents_get_it(now) == then


def test_news_was_not_old_when_it_was_new(reader, item):
    page = page_in(reader, ask(reader, item, "2024-06-07")).content.decode()

    assert "äldre än sex månader" not in page


def test_it_is_shown_in_other_languages(reader, item):
    frame = ask(reader, item, "2024-06-07", sprak="fi", bredd="mobil")

    page = page_in(reader, frame)

    assert 'lang="fi"' in page.content.decode()
    assert page.headers["Content-Language"] == "fi"
    assert "preview__page--mobil" in frame.content.decode()


def test_a_page_that_has_been_withdrawn_since_is_shown(reader, item, boss):
    item.withdraw(by=boss)

    frame = ask(reader, item, "2024-06-07")

    assert "Först." in page_in(reader, frame).content.decode()


def test_a_page_that_has_been_thrown_away_since_is_shown(reader, item, boss):
    item.withdraw(by=boss)
    row(item).move_to_bin(by=boss)

    frame = ask(reader, item, "2024-06-07")

    assert "Först." in page_in(reader, frame).content.decode()


def test_what_has_been_erased_since_is_not_shown(reader, item):
    erase(item, 2, ["lead_sv"])

    page = page_in(reader, ask(reader, item, "2024-06-07")).content.decode()

    assert "Först." not in page
    assert "En rubrik" in page


def test_a_picture_whose_consent_has_been_withdrawn_since_is_not_shown(reader, boss):
    with time_machine.travel(JUNE, tick=False):
        item = NewsItemFactory(draft=True, image=ImageFactory())
        item.publish(by=boss)
    item.image.withdraw_consent(by=boss)

    page = page_in(reader, ask(reader, item, "2024-06-07")).content.decode()

    assert "picture-placeholder" in page
    assert "renditions" not in page


def test_when_it_was_not_public_that_is_said_with_the_nearest_texts(reader, item, boss):
    with time_machine.travel(JUNE + 2 * DAY, tick=False):
        item.withdraw(by=boss)
    with time_machine.travel(JUNE + 4 * DAY, tick=False):
        item.publish(by=boss)

    answer = ask(reader, item, "2024-06-10")

    assert "Besökarna kunde inte läsa sidan den 10 juni 2024 kl. 8:00." in words_of(answer)
    assert "<iframe" not in answer.content.decode()
    nearest = dict(links_of(answer))
    assert nearest["Närmast före: syntes till 9 juni 2024 kl. 8:00, version 4"] == address(
        item, "version_preview", 4
    )
    assert "Närmast efter: syntes från 11 juni 2024 kl. 8:00, version 6" in nearest


def test_before_the_history_began_nothing_is_known(reader, boss):
    with time_machine.travel(JUNE, tick=False):
        item = NewsItemFactory(publish_at=JUNE - 9 * DAY)
        item.save_draft(by=boss, values={"lead_sv": "Ny."})

    words = words_of(ask(reader, item, "2024-06-01"))

    assert "Historiken börjar 7 juni 2024 kl. 8:00. Vad som syntes innan är inte sparat." in words


@pytest.mark.parametrize(
    ("date", "time", "sentence"),
    [
        ("", "", "Välj ett datum och ett klockslag."),
        ("2024-06-07", "", "Välj också ett klockslag."),
        ("i förrgår", "8", "Skriv ett datum, till exempel 2027-06-07."),
        ("2024-03-31", "02:30", "Klockan 2:30 finns inte 31 mars 2024"),
        ("2024-10-27", "02:30", "Klockan 2:30 kommer två gånger 27 oktober 2024"),
        ("2999-01-01", "08:00", "Välj en tid som har varit."),
        ("9999-99-99", "08:00", "Skriv ett datum"),
    ],
)
def test_a_moment_that_is_none_is_told(reader, item, date, time, sentence):
    answer = ask(reader, item, date, time)

    assert answer.status_code == 200
    assert sentence in words_of(answer)


def test_times_are_swedish_also_after_the_clocks_are_changed(reader, boss):
    night = datetime(2024, 10, 27, 1, 30, tzinfo=ZoneInfo("UTC"))  # 2:30 in winter time
    with time_machine.travel(night, tick=False):
        item = NewsItemFactory(draft=True)
        item.record_creation(by=boss)
        item.publish(by=boss)

    assert "Så här såg sidan ut" not in words_of(ask(reader, item, "2024-10-27", "01:59"))
    assert "Så här såg sidan ut" in words_of(ask(reader, item, "2024-10-27", "03:00"))


def test_looking_back_leaves_nothing_behind(reader, item):
    before = rows_of_all_tables()

    page_in(reader, ask(reader, item, "2024-06-07"))

    assert changed_tables(before) == set()


def test_an_empty_question_is_only_the_question(reader, item):
    answer = reader.get(address(item, "as_it_was"))

    assert "Hur såg sidan ut?" in words_of(answer)
    assert "errorlist" not in answer.content.decode()


@pytest.mark.parametrize("query", [{}, {"at_0": "2020-01-01", "at_1": "08:00"}, {"at_0": "x"}])
def test_there_is_no_page_of_a_moment_without_one(reader, item, query):
    assert reader.get(address(item, "as_it_was_page", "sv"), query).status_code == 404


def test_looking_back_costs_few_queries(reader, item, django_assert_num_queries):
    with django_assert_num_queries(11):
        frame = ask(reader, item, "2024-06-07")
    with django_assert_num_queries(17):
        page_in(reader, frame)
