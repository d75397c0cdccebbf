"""kill -9 of the worker that does what somebody has asked for, at random moments of it.

Afterwards all is as it was, or as it was to be. Both are seen first, when nobody kills anything,
and how long that takes: the moments are spread over that time.
"""

import json
import random
import re
import time
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from news.models import NewsItem
from publishing import snapshot
from publishing.models import Chain, Redirect, Reference, Track, Version, kind_of
from tests.admin_forms import admin_url
from tests.factories import NewsItemFactory
from tests.running import assert_whole, cut_connections, until

SEED = 20261126
MOMENTS = 3  # of each act, in which it is under way
TRIES = 20
LATER = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=2)
numbers = count()


class Scene:
    """Some news items, and what somebody sends that is to change them."""

    def __init__(self, person):
        self.person, self.items, self.sends = person, [], None
        self.name = f"scen{next(numbers):04}"

    def item(self, **facts):
        slug = f"{self.name}-{len(self.items)}"
        self.items.append(NewsItemFactory(slug=slug, title_sv="Före", **facts))
        return self.items[-1]

    def changed(self, **values):
        """An item that residents see, with a newer text that they don't."""
        item = self.item()
        item.save_draft(by=boss(), values={"title_sv": "Efter", **values})
        return item

    def form(self, item, **changes):
        self.sends = self.person.form(admin_url(item, "change")).filled_in(**changes)

    def act(self, item, verb, **choices):
        address = reverse("admin:news_newsitem_act", args=[verb]) + f"?id={item.pk}"
        self.sends = self.person.form(address).filled_in(**choices)

    def send(self):
        return self.person.send(self.sends)

    def state(self):
        """All that the database holds of it, in words that are the same for each such scene."""
        with Chain.writing():  # whoever is dead or dying is done then
            redirects = Redirect.objects.filter(path__contains=self.name).order_by("path")
            found = {
                "items": [self._state_of(item) for item in self.items],
                "redirects": [
                    (each.path, self._place(each.object_id), each.address) for each in redirects
                ],
            }
        words = json.dumps(found, indent=1, sort_keys=True).replace(self.name, "scen")
        return re.sub(r"T[\d:]+\.\d{6}", "T", words)  # when the scene was played

    def _state_of(self, item):
        row, track = NewsItem.objects.filter(pk=item.pk).first(), Track.find(item)
        history = Version.objects.of(item)
        linked = Reference.objects.filter(kind=kind_of(item), object_id=item.pk)
        targets = linked.filter(target__contains=self.name).values_list("target", flat=True)
        return {
            "row": row and [_without_keys(snapshot.read(row)), row.status()],
            "history": [
                [version.number, version.action, version.is_live, version.base, version.by_name]
                + [_without_keys(version.data), version.status]
                for version in history
            ],
            "track": track
            and [
                *[each and each.number for each in (track.newest, track.live, track.scheduled)],
                *(track.stage, track.scheduled_at is None, track.binned_at is None),
            ],
            "links": sorted(targets),
        }

    def _place(self, key):
        return [item.pk for item in self.items].index(key) if key else None


def _without_keys(data):
    return data and {name: value for name, value in data.items() if name != "unit"}


def boss():
    return get_user_model().objects.get(username="administrator")


# What is under way when the worker is killed


def saving(scene):
    scene.form(scene.item(), title_sv="Efter")


def publishing(scene):
    scene.form(scene.item(), title_sv="Efter", _publish="")


def scheduling(scene):
    scene.act(scene.changed(), "publish_with", at_0=LATER.date().isoformat(), at_1="12:00")


def withdrawing(scene):
    item, other = scene.item(), scene.item()
    place = other.get_absolute_url()
    scene.act(item, "withdraw", reason="replaced", replaced_by=place)


def moving(scene):
    item = scene.changed(slug=f"{scene.name}-ny")
    link = f'<p><a href="{item.get_absolute_url()}">Om lekplatsen</a></p>'
    scene.item(draft=True).save_draft(by=boss(), values={"body_sv": link})
    scene.act(item, "publish_with")


def binning(scene):
    scene.sends = scene.person.form(admin_url(scene.item(draft=True), "delete"))


def the_minute_comes(scene):
    item = scene.changed()
    item.schedule(by=boss(), at=LATER)
    Track.objects.of(item).update(scheduled_at=timezone.now())
    scene.sends = item.get_absolute_url()


ACTS = [saving, publishing, scheduling, withdrawing, moving, binning, the_minute_comes]


# Killing


@pytest.fixture
def anna(site):
    return site.person("publicist")


def make(act, person):
    scene = Scene(person)
    act(scene)
    return scene


def rehearse(act, person):
    """The states before and after an act that nobody disturbs, and how many seconds it takes."""
    scene = make(act, person)
    before, start = scene.state(), time.monotonic()
    answer = scene.send().answer()
    seconds, after = time.monotonic() - start, scene.state()
    assert answer.status in (200, 302)
    assert before != after
    return before, after, seconds


@pytest.mark.parametrize("act", ACTS)
def test_a_worker_that_is_killed_leaves_the_old_or_the_new_and_the_site_answers(site, anna, act):
    chance = random.Random(f"{SEED} {act.__name__}")  # noqa: S311
    rehearse(act, anna)  # the first time takes longer
    before, after, seconds = rehearse(act, anna)
    interrupted = 0

    for _try in range(TRIES):
        scene = make(act, anna)
        moment = seconds * (interrupted + chance.random()) / MOMENTS
        where = f"seed {SEED}, killed after {moment:.3f} s"
        assert scene.state() == before
        sent = scene.send()
        site.kill_who_handles(sent, after=moment)
        answer, left = sent.answer(), scene.state()

        assert left in (before, after), where
        assert left == after or not answer, where
        if left == before:
            # What was lost with the worker can be done by the next
            assert scene.send().answer().status in (200, 302), where
        assert scene.state() == after, where
        assert_whole()
        if answer:
            seconds *= 0.75  # the machine has become faster
        else:
            interrupted += 1
        if interrupted == MOMENTS:
            break

    assert interrupted == MOMENTS
    until(lambda: len(site.workers()) == 2)


def test_no_text_is_lost_of_those_that_two_were_told_are_saved(site, anna):
    bo, item, told = site.person("administrator"), NewsItemFactory(), []
    chance = random.Random(SEED)  # noqa: S311

    for number in range(6):
        forms = [person.form(admin_url(item, "change")) for person in (anna, bo)]
        texts = [("title_sv", f"Annas {number}"), ("lead_sv", f"Bos {number}")]
        sent = [
            person.send(form.filled_in(**dict([text])))
            for person, form, text in zip((anna, bo), forms, texts, strict=True)
        ]
        site.kill_who_handles(chance.choice(sent), after=0.1 * chance.random())
        answers = [each.answer() for each in sent]
        told += [text for text, answer in zip(texts, answers, strict=True) if answer]

    history = Version.objects.of(item).texts()
    kept = {(name, version.data[name]) for version in history for name in ("title_sv", "lead_sv")}
    assert set(told) <= kept
    assert_whole()


def test_the_site_answers_after_the_database_has_cut_all_connections(site):
    for _number in range(4):
        site.resident().get("/")

    cut_connections()

    answers = [site.resident().get("/") for _number in range(8)]
    assert {answer.status for answer in answers} == {200}
