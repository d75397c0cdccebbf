"""Two at once, before two workers: one comes first, and nothing that either wrote is lost.

Each race is run twice: as it comes, and with both before the site's one lock when it is let go.
"""

import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from news.models import NewsItem
from publishing.models import Action, Chain, State, Track, Version
from tests.admin_forms import admin_url
from tests.factories import NewsItemFactory
from tests.running import assert_whole, until


@pytest.fixture(params=["as they come", "before the lock"])
def at_once(request):
    """A function from requests, (person, form or address), to their answers, in the same order."""
    if request.param == "as they come":
        return _answers
    return _answers_from_before_the_lock


def _answers(*requests):
    sent = [person.send(what) for person, what in requests]
    return [each.answer() for each in sent]


def _answers_from_before_the_lock(*requests):
    with Chain.writing():
        sent = [person.send(what) for person, what in requests]
        if connection.vendor == "postgresql":
            # All may have come to one worker, which has four threads
            until(lambda: _waiting() >= min(len(requests), 4))
        else:
            time.sleep(0.3)  # SQLite tells nobody who waits
    return [each.answer() for each in sent]


def _waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


@pytest.fixture
def anna(site):
    return site.person("publicist")


@pytest.fixture
def bo(site):
    return site.person("administrator")


@pytest.fixture(autouse=True)
def whole(site):
    """Whatever came first: rows, versions and numbers agree afterwards, and no page failed."""
    before = site.faults()
    yield
    assert_whole()
    assert site.faults() == before


def boss():
    return get_user_model().objects.get(username="administrator")


def history(item):
    return list(Version.objects.of(item).values_list("action", flat=True))


def texts(item, name):
    """All that has ever stood in the column ``name`` of ``item``."""
    return [version.data[name] for version in Version.objects.of(item).texts()]


def newest(item):
    return Track.find(item).newest.data


def row(item):
    return NewsItem.objects.get(pk=item.pk)


def forms(item, *people):
    """The form of ``item``, opened by each of ``people`` before any of them sends it."""
    return [person.form(admin_url(item, "change")) for person in people]


def statuses(answers):
    return sorted(answer.status for answer in answers)


# Two who save


def test_what_two_change_in_different_fields_is_merged(anna, bo, at_once):
    item = NewsItemFactory()
    annas, bos = forms(item, anna, bo)

    answers = at_once(
        (anna, annas.filled_in(title_sv="Annas rubrik")),
        (bo, bos.filled_in(lead_sv="Bos ingress.")),
    )

    assert statuses(answers) == [302, 302]
    assert newest(item)["title_sv"] == "Annas rubrik"
    assert newest(item)["lead_sv"] == "Bos ingress."


def test_who_comes_second_with_the_same_field_sees_both_texts_and_loses_neither(anna, bo, at_once):
    item = NewsItemFactory()
    annas, bos = forms(item, anna, bo)

    answers = at_once(
        (anna, annas.filled_in(title_sv="Annas rubrik")),
        (bo, bos.filled_in(title_sv="Bos rubrik")),
    )

    assert statuses(answers) == [200, 302]
    second = next(answer for answer in answers if answer.status == 200)
    assert "Annas rubrik" in second.text
    assert "Bos rubrik" in second.text


def test_a_clash_that_is_sent_again_is_saved_with_both_texts_in_the_history(anna, bo, at_once):
    item = NewsItemFactory()
    annas, bos = forms(item, anna, bo)
    sides = {anna: annas.filled_in(title_sv="Annas"), bo: bos.filled_in(title_sv="Bos")}
    answers = at_once(*sides.items())
    [(person, page)] = [each for each in zip(sides, answers, strict=True) if each[1].status == 200]

    again = person.send(person.read(page, sides[person].address)).answer()

    assert again.status == 302
    assert {"Annas", "Bos"} <= set(texts(item, "title_sv"))


# Publishing


def test_the_same_text_is_published_once(anna, bo, at_once):
    item = NewsItemFactory(draft=True)
    annas, bos = forms(item, anna, bo)

    answers = at_once((anna, annas.filled_in(_publish="")), (bo, bos.filled_in(_publish="")))

    assert statuses(answers) == [302, 302]
    assert history(item).count(Action.PUBLISHED) == 1
    assert row(item).state == State.PUBLISHED


def test_what_two_publish_at_once_is_public_together(anna, bo, at_once):
    item = NewsItemFactory()
    annas, bos = forms(item, anna, bo)

    answers = at_once(
        (anna, annas.filled_in(title_sv="Annas rubrik", _publish="")),
        (bo, bos.filled_in(lead_sv="Bos ingress.", _publish="")),
    )

    assert statuses(answers) == [302, 302]
    assert (row(item).title_sv, row(item).lead_sv) == ("Annas rubrik", "Bos ingress.")


def test_what_is_saved_while_another_publishes_is_kept(anna, bo, at_once):
    item = NewsItemFactory()
    annas, bos = forms(item, anna, bo)

    answers = at_once(
        (anna, annas.filled_in(title_sv="Annas rubrik", _publish="")),
        (bo, bos.filled_in(lead_sv="Bos ingress.")),
    )

    assert statuses(answers) == [302, 302]
    assert row(item).title_sv == "Annas rubrik"
    assert newest(item)["title_sv"] == "Annas rubrik"
    assert newest(item)["lead_sv"] == "Bos ingress."


# Schedules


def later(person, item):
    """The form that lets the text of ``item`` wait for tomorrow noon."""
    form = person.form(reverse("admin:news_newsitem_act", args=["publish_with"]) + f"?id={item.pk}")
    tomorrow = timezone.localdate() + timedelta(days=1)
    return form.filled_in(at_0=tomorrow.isoformat(), at_1="12:00")


def test_one_of_two_who_schedule_at_once_is_told_that_a_text_waits_already(anna, bo, at_once):
    item = NewsItemFactory()
    item.save_draft(by=boss(), values={"title_sv": "Morgondagens rubrik"})

    answers = at_once((anna, later(anna, item)), (bo, later(bo, item)))

    assert history(item).count(Action.SCHEDULED) == 1
    assert Track.find(item).scheduled.data["title_sv"] == "Morgondagens rubrik"
    assert None not in answers


@pytest.fixture
def due():
    """An item with a text whose minute has come, and nobody has been there since."""
    item = NewsItemFactory()
    item.save_draft(by=boss(), values={"title_sv": "Klockans rubrik"})
    item.schedule(by=boss(), at=timezone.now() + timedelta(hours=1))
    Track.objects.of(item).update(scheduled_at=timezone.now())
    return item


def nothing_waits(item):
    track = Track.find(item)
    return track.scheduled is None and track.scheduled_at is None


def test_what_is_due_is_published_once_however_many_come_at_its_minute(site, due, at_once):
    residents = [site.resident() for _number in range(5)]

    answers = at_once(*[(each, due.get_absolute_url()) for each in residents])

    assert all("Klockans rubrik" in answer.text for answer in answers)
    assert history(due).count(Action.PUBLISHED) == 1
    assert nothing_waits(due)


def test_a_correction_that_is_published_at_the_minute_of_another_text_joins_it(site, anna, at_once):
    item = NewsItemFactory()
    item.save_draft(by=boss(), values={"title_sv": "Klockans rubrik"})
    item.schedule(by=boss(), at=timezone.now() + timedelta(hours=1))
    [annas] = forms(item, anna)
    Track.objects.of(item).update(scheduled_at=timezone.now())

    at_once(
        (anna, annas.filled_in(lead_sv="Annas ingress.", _publish="")),
        (site.resident(), "/"),
    )

    assert (row(item).title_sv, row(item).lead_sv) == ("Klockans rubrik", "Annas ingress.")
    assert nothing_waits(item)


# Addresses


def test_one_of_two_drafts_that_take_an_address_at_once_is_told_so(anna, bo, at_once):
    first, second = NewsItemFactory.create_batch(2, draft=True)
    [annas], [bos] = forms(first, anna), forms(second, bo)
    slug = f"samma-{first.pk}"

    answers = at_once(
        (anna, annas.filled_in(slug=slug, title_sv="Annas rubrik")),
        (bo, bos.filled_in(slug=slug, title_sv="Bos rubrik")),
    )

    assert statuses(answers) == [200, 302]
    refused = next(answer for answer in answers if answer.status == 200)
    assert "samma adress" in refused.text or "används redan" in refused.text
    assert NewsItem.objects.filter(slug=slug).count() == 1


def test_one_of_two_published_pages_that_are_to_move_to_an_address_is_told_so(anna, bo, at_once):
    first, second = NewsItemFactory.create_batch(2)
    [annas], [bos] = forms(first, anna), forms(second, bo)
    slug = f"samma-{first.pk}"

    answers = at_once((anna, annas.filled_in(slug=slug)), (bo, bos.filled_in(slug=slug)))

    assert statuses(answers) == [200, 302]


def test_one_of_two_new_items_with_an_address_is_told_so_and_keeps_its_text(anna, bo, at_once):
    address, slug = reverse("admin:news_newsitem_add"), f"ny-{time.monotonic_ns()}"
    annas, bos = anna.form(address), bo.form(address)

    answers = at_once(
        (anna, annas.filled_in(slug=slug, title_sv="Annas rubrik", kind="news")),
        (bo, bos.filled_in(slug=slug, title_sv="Bos rubrik", kind="news")),
    )

    assert statuses(answers) == [200, 302]
    by_status = {answers[0].status: "Annas rubrik", answers[1].status: "Bos rubrik"}
    page = next(answer.text for answer in answers if answer.status == 200)
    assert f'value="{by_status[200]}"' in page
    assert f"”{by_status[302]}” har redan samma adress." in page


# The bin


def test_what_is_saved_while_another_bins_it_is_in_the_bin_or_still_with_who_wrote_it(
    anna, bo, at_once
):
    item = NewsItemFactory(draft=True)
    [annas] = forms(item, anna)

    saved, binned = at_once(
        (anna, annas.filled_in(title_sv="Annas rubrik")),
        (bo, bo.form(admin_url(item, "delete"))),
    )

    track = Track.objects.of(item).get()
    assert binned.status == 302
    assert not NewsItem.objects.filter(pk=item.pk)
    if saved.status == 302:
        assert track.binned_version().data["title_sv"] == "Annas rubrik"
    else:
        assert "Annas rubrik" in saved.text


# Who waits too long


def test_what_could_not_be_saved_in_time_is_given_back_and_can_be_sent_again(site, impatient_site):
    item, anna = NewsItemFactory(), impatient_site.person("publicist")
    [form] = forms(item, anna)

    with Chain.writing():
        refused = anna.send(form.filled_in(title_sv="Annas rubrik")).answer()
    again = anna.send(anna.read(refused, form.address)).answer()

    assert (refused.status, again.status) == (503, 302)
    assert "Det du skickade är inte sparat" in refused.text
    assert newest(item)["title_sv"] == "Annas rubrik"


def test_who_only_reads_gets_the_page_as_it_was_while_nobody_can_write(site, impatient_site, due):
    with Chain.writing():
        meanwhile = impatient_site.resident().get(due.get_absolute_url())
    afterwards = impatient_site.resident().get(due.get_absolute_url())

    assert (meanwhile.status, afterwards.status) == (200, 200)
    assert "Klockans rubrik" not in meanwhile.text
    assert "Klockans rubrik" in afterwards.text
