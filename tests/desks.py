"""What holds after every step of tests/test_publishing_machine.py: the base of that machine."""

import re
from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from hypothesis.stateful import RuleBasedStateMachine

from news.models import NewsArchive, NewsItem
from publishing.history import drifted_rows, verify_chain
from publishing.models import Clashing, Redirect, Reference, ShareLink, Track, Unfit, Version
from tests.expected_texts import COLUMNS, MISSING, Clash, links_in
from tests.expected_world import World

KIND = "news.newsitem"
START = datetime(2026, 10, 24, 22, 30, tzinfo=ZoneInfo("Europe/Stockholm"))  # before a long night
PROVED_EVERY, SOME_MOMENTS = 10, 3  # steps, and how many of their moments
SENTENCE = re.compile(r"[A-ZÅÄÖ”].*[.:]")
ENGLISH = re.compile(r"\b(the|this|that|is|are|was|not|no|of|with|already|must|may|your?)\b", re.I)
ERASABLE = {"data", "note", "by_id", "by_name", "salts", "gaps"}
STATUS = [
    *("state", "withdrawal_reason", "publish_at", "expire_at"),
    *("start_place", "last_reviewed_on"),
]


class Desks(RuleBasedStateMachine):
    """Two news desks, each with its own, perhaps outdated, copy of each item."""

    def __init__(self, people, areas, unit, function):
        super().__init__()
        self.people, self.areas, self.unit, self.function = people, areas, unit, function
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        self.world = World(START.astimezone(UTC))
        self.keys, self.copies = {}, {}  # {item: key}, {(item, desk): the row as it was opened}
        self.records, self.links = [], []
        self.seen = {}  # {moment: {item: (version, state and dates) or None}} of what was readable
        self.steps = 0

    def teardown(self):
        try:
            self.prove()
        finally:
            settings.FOUR_EYES = False
            self.travel.stop()
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # From the world's words to the database's

    def columns(self, text):
        found = dict(text)
        if "body_sv" in text:
            found["body_sv"] = "".join(text["body_sv"])
        if "focus_areas" in text:
            found["focus_areas"] = sorted(self.areas[name].pk for name in text["focus_areas"])
        return found

    def row(self, key):
        return NewsItem.objects.filter(pk=self.keys[key]).first()

    # One step

    def hold(self, real, wanted, row=None):
        """Do ``real()`` and ``wanted(world)``: both succeed, or both are refused alike.

        Returns the Clash when that was why. ``row`` is the object whose verb it is.
        """
        world, refusal, error, before = self.world.copy(), None, None, row and self.shown_by(row)
        try:
            wanted(world)
        except (PermissionDenied, ValidationError, Clash) as refused:
            refusal = refused
        try:
            with transaction.atomic():
                real()
        except (PermissionDenied, ValidationError) as refused:
            error = refused
        if refusal is None and error is None:
            self.world = world
        else:
            self.require_alike(error, refusal)
        self.agrees()
        if row and (now := NewsItem.objects.filter(pk=row.pk).first()):
            assert self.shown_by(row) in [self.shown_by(now), *([before] if error else [])]
        return refusal if isinstance(refusal, Clash) else None

    def require_alike(self, error, refusal):
        is_clash = isinstance(error, Clashing)
        kind = ValidationError if isinstance(error, Unfit) else type(error)
        assert (Clash if is_clash else kind) is type(refusal), (error, refusal)
        sentences = getattr(error, "messages", [str(error)])
        assert SENTENCE.fullmatch(sentences[0])
        assert not ENGLISH.search(sentences[0])
        if is_clash:
            # Neither text is lost
            assert error.waiting == refusal.waiting
            found = {each.field: (each.base, each.mine, each.theirs) for each in error.clashes}
            assert found == {
                name: tuple(
                    None if side is MISSING else self.columns({name: side})[name] for side in sides
                )
                for name, sides in refusal.sides.items()
            }

    def shown_by(self, row):
        names = [name for name in COLUMNS if name != "focus_areas"]
        return [*(getattr(row, name) or "" for name in names), *self.status_of(row)]

    def status_of(self, row):
        return tuple(getattr(row, name) for name in STATUS)

    # What holds after each

    def agrees(self):
        """The database holds what the world holds, and nothing else."""
        self.rows_agree()
        self.tracks_agree()
        self.history_agrees()
        self.residents_agree()
        self.addresses_agree()
        now = self.world.now
        self.seen[now] = {
            key: (item.live, item.status()) if item.is_readable(now) else None
            for key, item in self.world.items.items()
        }
        self.steps += 1
        if self.steps % PROVED_EVERY == 0:
            self.prove()

    def prove(self):
        assert verify_chain().broken == ""
        assert list(drifted_rows()) == []
        for moment in list(self.seen)[-SOME_MOMENTS:]:
            self.past_agrees(moment)

    def past_agrees(self, moment):
        """What residents saw then is found again, though everything else may have changed."""
        for key, wanted in self.seen[moment].items():
            history = Version.objects.filter(kind=KIND, object_id=self.keys[key])
            past = history.shown_at(moment)
            assert (past and (past.version.number, self.status_of(past.item))) == wanted

    def rows_agree(self):
        rows = {row.pk: row for row in NewsItem.objects.prefetch_related("focus_areas")}
        for key, item in self.world.items.items():
            row = rows.pop(self.keys.get(key), None)
            assert (row is not None) == item.exists
            if row:
                found = {name: getattr(row, name) or "" for name in COLUMNS}
                found["focus_areas"] = sorted(area.pk for area in row.focus_areas.all())
                assert found == self.columns(item.text)
                assert self.status_of(row) == item.status()
                assert row.unit_id == self.unit.pk
                assert row.updated_at == item.updated_at or not item.is_seen
        assert rows == {}

    def tracks_agree(self):
        versions = ["newest", "live", "scheduled"]
        tracks = Track.objects.select_related(*versions, "submitted_by")
        found = {track.object_id: track for track in tracks}
        for key, item in self.world.items.items():
            track = found.pop(self.keys[key])
            numbers = [each and each.number for each in map(track.__getattribute__, versions)]
            assert numbers == [item.newest, item.live, item.scheduled]
            assert track.numbers == len(item.history)
            assert (track.scheduled_at, track.binned_at) == (item.scheduled_at, item.binned_at)
            assert track.submitted_by == (item.submitted_by and self.people[item.submitted_by])
            assert track.stage == item.stage or not item.is_seen
        assert found == {}

    def history_agrees(self):
        """It has only grown, but for what a record says was erased."""
        found = list(Version.objects.order_by("sequence").values())
        wanted = {
            (self.keys[key], record.number): (item, record)
            for key, item in self.world.items.items()
            for record in item.history
        }
        assert len(found) == len(wanted)
        for place, version in enumerate(found):
            old = self.records[place] if place < len(self.records) else None
            if version == old:
                continue
            item, record = wanted[version["object_id"], version["number"]]
            self.record_agrees(version, record)
            if old:
                assert record.erased
                assert {name for name in old if old[name] != version[name]} <= ERASABLE
            elif item.exists:
                times = [version["status"][name] for name in STATUS]
                assert times == [_as_json(value) for value in record.status]
        self.records = found

    def record_agrees(self, version, record):
        by = self.people[record.by].pk if record.by else None
        facts = [record.action, by, record.base, record.is_live, record.is_minor]
        names = ["action", "by_id", "base", "is_live", "is_minor"]
        assert [version[name] for name in names] == facts
        assert bool(version["by_name"]) == bool(by)
        data = version["data"]
        assert (data is None) == (record.text is None)
        if data is not None:
            kept = {name: value for name, value in data.items() if name in COLUMNS}
            assert kept == self.columns(record.text)
            assert data.get("unit") == (None if "*" in record.erased else self.unit.pk)

    def residents_agree(self):
        now, items, news = self.world.now, self.world.items.values(), NewsItem.objects
        there = [item for item in items if item.exists]
        is_waiting = [
            item
            for item in there
            if item.scheduled or (item.state == "published" and item.publish_at > now)
        ]
        in_review = [
            item
            for item in there
            if (item.has_changes and item.stage if item.is_seen else item.state) == "in_review"
        ]
        for rows, wanted in [
            (news.published(), [item for item in items if item.is_public(now)]),
            (news.readable(), [item for item in items if item.is_readable(now)]),
            (news.with_changes(), [item for item in there if item.is_seen and item.has_changes]),
            (news.awaiting_review(), in_review),
            (news.waiting(), is_waiting),
        ]:
            assert {row.pk for row in rows} == {self.keys[item.key] for item in wanted}
        for link, wanted in zip(self.links, self.world.links, strict=True):
            is_open = self.world.is_open(wanted) and self.world.items[wanted.key].exists
            assert bool(ShareLink.objects.for_token(link.token)) == is_open

    def addresses_agree(self):
        led = {each.path: each.object_id or each.address for each in Redirect.objects.all()}
        assert led == {
            f"/nyheter/{slug}/": self.keys.get(target, target)
            for slug, target in self.world.redirects.items()
        }
        referring = set(Reference.objects.values_list("object_id", "target"))
        for key, item in self.world.items.items():
            if not item.exists:
                continue
            names = {f"contacts.contactunit:{self.unit.pk}"}
            for text in item.texts():
                if text["slug"] != item.text["slug"]:
                    names.add(f'{KIND}@{{"slug": "{text["slug"]}"}}')
                areas = (self.areas[name].pk for name in text["focus_areas"])
                names |= {f"focus_areas.focusarea:{pk}" for pk in areas}
                names |= {f"/nyheter/{slug}/" for slug in links_in(text)}
            assert {name for pk, name in referring if pk == self.keys[key]} == names

    # What residents get

    def get(self, address):
        """What residents get, and keep to look at."""
        self.answer = Client().get(address)

    def read_at(self, slug):
        """The item whose page is at ``slug``, or None."""
        items = self.world.items.values()
        there = [item for item in items if item.text["slug"] == slug]
        return next((item for item in there if item.is_readable(self.world.now)), None)

    def require_page(self, slug, prefix):
        """It answers for what is there now, and shows no other text."""
        answer, item = self.answer, self.read_at(slug)
        if not item:
            self.require_led(answer, slug)
        elif prefix and not item.text["title_en"]:
            assert (answer.status_code, answer["Location"]) == (302, f"/nyheter/{slug}/")
        else:
            assert answer.status_code == 200
            html, body = answer.content.decode(), "".join(item.text["body_sv"])
            for at, sign in product("012", "abc"):
                assert (f">{at} {sign}<" in html) == (f">{at} {sign}<" in body)
            assert item.text["title_en" if prefix else "title_sv"] in html

    def require_led(self, answer, slug):
        target = self.world.redirects.get(slug)
        if target is None:
            assert answer.status_code == 404
        elif target.startswith("/"):
            assert (answer.status_code, answer["Location"]) == (301, target)
        elif self.world.items[target].is_readable(self.world.now):
            there = f"/nyheter/{self.world.items[target].text['slug']}/"
            assert answer.status_code == 301
            assert answer["Location"].endswith(there)
        else:
            assert answer.status_code == 410

    def require_lists(self):
        """List, feed and counts name what is public now and nothing else."""
        items, now = self.world.items.values(), self.world.now
        public = {item.text["slug"] for item in items if item.is_public(now)}
        for path in ("/nyheter/", "/nyheter/rss.xml"):
            answer = Client().get(path)
            named = re.findall(r"/nyheter/([\w-]+)/", answer.content.decode())
            assert set(named) == public
        assert sum(number for _year, number in NewsArchive.years()) == len(public)


def _as_json(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
