"""What is expected of the verbs of published content, without the code that is tested.

A refused verb raises what the real one raises, and its world is to be thrown away.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError

from tests.expected_texts import (
    LANGUAGES,
    Clash,
    clashes_of,
    composed,
    is_same,
    links_in,
    merged,
    with_links_moved,
)

KEEP = "keep"
BIN_TIME = timedelta(days=90)
WRITING = ("created", "saved", "restored")
WRITER = {"add", "change"}
PUBLISHER = {*WRITER, "publish"}
RIGHTS = {
    "rut": WRITER,
    "rolf": WRITER,
    "pia": PUBLISHER,
    "per": PUBLISHER,
    "ada": {*PUBLISHER, "erase"},
    "ulf": set(),
    None: set(),
}


@dataclass(frozen=True)
class Record:
    number: int
    action: str
    by: str | None
    text: dict | None = None
    base: int | None = None
    is_live: bool = False
    is_minor: bool = False
    status: tuple = ()
    erased: frozenset = frozenset()  # columns, "@by", and "*" for the whole text with its comment


@dataclass
class Item:
    key: str
    text: dict  # of the row
    updated_at: object
    state: str = "draft"
    reason: str = ""
    publish_at: object = None
    expire_at: object = None
    place: int | None = None
    reviewed_on: object = None
    history: list = field(default_factory=list)
    newest: int = 1
    live: int | None = None
    scheduled: int | None = None
    scheduled_at: object = None
    redirect: bool = True  # whether what waits leaves one
    languages: set | None = None  # in which what waits is to be seen
    was_readable: bool = False  # before what is done now
    stage: str = "draft"
    submitted_by: str | None = None
    binned: int | None = None
    binned_at: object = None
    is_purged: bool = False
    before: object = None  # the Item before something was taken away that can be taken back
    left_at: int | None = None  # the number of its last record then
    taken_at: object = None

    # Questions

    @property
    def exists(self):
        return not (self.binned or self.is_purged)

    @property
    def is_kept(self):
        return self.state == "archived" or (self.state, self.reason) == ("withdrawn", "outdated")

    @property
    def is_seen(self):
        return self.state == "published" or self.is_kept

    @property
    def has_changes(self):
        return self.live is not None and self.live != self.newest

    def is_public(self, now):
        is_over = self.expire_at is not None and self.expire_at <= now
        return self.exists and self.state == "published" and self.publish_at <= now and not is_over

    def is_readable(self, now):
        return self.is_public(now) or (self.exists and self.is_kept)

    def numbered(self, number):
        return self.history[number - 1]

    def text_of(self, number):
        return (self.numbered(number).text or {}) if number else {}

    def texts(self):
        """Of the versions that stand for something now."""
        return [self.text_of(each) for each in (self.newest, self.live, self.scheduled) if each]

    def status(self):
        times = (self.publish_at, self.expire_at, self.place, self.reviewed_on)
        return (self.state, self.reason, *times)

    # Changes

    def record(self, action, by, text=None, base=None, **facts):
        number = len(self.history) + 1
        self.history.append(Record(number, action, by, text, base, status=self.status(), **facts))
        return number

    def erase(self, number, parts):
        record = self.numbered(number)
        text = (
            record.text
            if record.text is None
            else {name: value for name, value in record.text.items() if name not in parts}
        )
        by = None if "@by" in parts else record.by
        self.history[number - 1] = replace(
            record, text={} if "*" in parts else text, by=by, erased=record.erased | set(parts)
        )

    def show(self, **numbers):
        for name, number in numbers.items():
            setattr(self, name, number)
        if self.has_changes and self.text_of(self.newest) == self.text_of(self.live):
            self.newest = self.live
        if self.is_seen and not self.has_changes:
            self.stage, self.submitted_by = "draft", None

    def take_away(self, now):
        self.before, self.taken_at = replace(self, history=list(self.history), before=None), now

    def enter(self, stage):
        if self.is_seen:
            self.stage = stage
        else:
            self.state, self.reason = stage, ""


@dataclass(frozen=True)
class Link:
    key: str
    until: object
    is_revoked: bool = False


class World:
    def __init__(self, now):
        self.now, self.four_eyes = now, False
        self.items, self.redirects, self.links = {}, {}, []

    def copy(self):
        other = World(self.now)
        other.four_eyes = self.four_eyes
        other.redirects, other.links = dict(self.redirects), list(self.links)
        other.items = {
            key: replace(item, history=list(item.history)) for key, item in self.items.items()
        }
        return other

    # Who, where, when

    def acting(self, key, by, right):
        if right not in RIGHTS[by]:
            raise PermissionDenied
        if not self.items[key].exists:
            raise ValidationError("gone")
        self.items[key].was_readable = self.items[key].is_readable(self.now)
        return self.items[key]

    def require_other_eyes(self, item, by):
        if not self.four_eyes or item.newest == item.live:
            return
        writing = [each for each in item.history[: item.newest] if each.action in WRITING][-1]
        erasers = {each.by for each in item.history if each.action == "erased"}
        if by in (erasers if "@by" in writing.erased else {writing.by}):
            raise PermissionDenied

    def is_free(self, slug, key=None):
        others = [item for item in self.items.values() if item.key != key]
        rows = {item.text["slug"] for item in others if item.exists}
        claims = [item.text_of(item.newest) for item in others if item.exists and item.has_changes]
        claims += [item.text_of(item.scheduled) for item in others if item.scheduled]
        return slug not in rows | {text["slug"] for text in claims}

    def require_free(self, slug, key=None):
        if not self.is_free(slug, key):
            raise ValidationError("taken")

    def may_bin(self, item, by):
        is_own = item.live is None and item.history[0].by in (None, by)
        return "publish" in RIGHTS[by] or ("change" in RIGHTS[by] and is_own)

    def users_of(self, item):
        return [
            other
            for other in self.items.values()
            if other is not item
            and other.exists
            and any(item.text["slug"] in links_in(text) for text in other.texts())
        ]

    # Texts

    def chosen(self, base, mine, theirs, settled, waiting=False):
        if self.four_eyes and settled:
            for name, (_base, *sides) in clashes_of(base, mine, theirs).items():
                if settled.get(name, sides[0]) not in sides:
                    raise PermissionDenied
        return merged(base, mine, theirs, settled, waiting)

    def grown(self, item, settled):
        newest = item.numbered(item.newest)
        if not item.has_changes or newest.base in (None, item.live):
            return newest.text
        sides = item.text_of(newest.base), newest.text, item.text_of(item.live)
        return self.chosen(*sides, settled)

    def composed(self, item, text, languages):
        if languages is not None and not languages:
            raise ValidationError("no language")
        live = item.text_of(item.live) if item.is_seen else None
        return composed(live, text, languages)

    def with_waiting(self, item, settled=None):
        waiting = item.numbered(item.scheduled)
        grown = self.grown(item, settled)
        return self.chosen(item.text_of(waiting.base), waiting.text, grown, settled)

    def rest(self, item, live, text, languages, by):
        if languages is None:
            return live
        left = composed(item.text_of(live), text, LANGUAGES - languages)
        if left == item.text_of(live):
            return live
        return item.record("merged", by, left, live)

    def require_fit(self, item, text, languages):
        if not (text["title_sv"] and text["lead_sv"]):
            raise ValidationError("not fit")
        slugs = links_in(text) if languages is None or "sv" in languages else set()
        if not all(self.leads_somewhere(slug, item, text) for slug in slugs):
            raise ValidationError("a broken link")
        if item.expire_at and item.expire_at <= item.publish_at:
            raise ValidationError("ends before it begins")
        if any(other.exists and other.text["slug"] == text["slug"] for other in self.others(item)):
            raise ValidationError("taken")

    def leads_somewhere(self, slug, item, text):
        """Whether residents get a page at ``slug`` while ``item`` gets ``text``."""
        if slug == text["slug"] or (slug == item.text["slug"] and item.was_readable):
            return True
        others = (each for each in self.others(item) if each.text["slug"] == slug)
        if any(each.is_readable(self.now) for each in others):
            return True
        target = self.redirects.get(slug, "")
        if not target or target.startswith("/"):
            return bool(target)
        if target == item.key:
            return item.was_readable
        return self.items[target].is_readable(self.now)

    def others(self, item):
        return [other for other in self.items.values() if other is not item]

    def keep(self, item, text):
        item.text, item.updated_at = text, self.now

    def make_public(self, item, text, is_minor, languages):
        item.state, item.reason = "published", ""
        self.require_fit(item, text, languages)
        if not is_minor and (item.live is None or item.text_of(item.live) != text):
            item.updated_at = self.now
        item.text = text

    # Addresses

    def follow_up(self, item, before, by, redirect=True):
        """``before`` is where it was, and whether it was seen there."""
        slug, was_seen = before
        if item.is_seen:
            self.redirects.pop(item.text["slug"], None)
        if slug == item.text["slug"]:
            return
        new = item.text["slug"]
        if was_seen or item.live is None:
            for other in self.items.values():
                if other.exists and any(slug in links_in(text) for text in other.texts()):
                    self.follow(other, slug, new, by)
        if was_seen and redirect:
            self.redirects[slug] = item.key

    def follow(self, item, old, new, by):
        moved = {None: None}

        def move(number):
            if number not in moved:
                record = item.numbered(number)
                text = record.text and with_links_moved(record.text, old, new)
                moved[number] = number
                if text != record.text:
                    base = move(record.base)
                    is_live = number == item.live
                    moved[number] = item.record(
                        "links", by, text, base, is_live=is_live, is_minor=True
                    )
            return moved[number]

        live, newest, scheduled = map(move, (item.live, item.newest, item.scheduled))
        item.show(live=live, newest=newest, scheduled=scheduled)
        shown = item.text_of(live if item.is_seen else newest)
        item.text = {**item.text, "body_sv": shown["body_sv"]}

    # Writing

    def create(self, key, by, text):
        self.require_free(text["slug"])
        if "add" not in RIGHTS[by]:
            raise PermissionDenied
        item = self.items[key] = Item(key, text, self.now)
        item.record("created", by, text)

    def save_draft(self, key, by, values, base=None, settled=None, is_minor=False, action="saved"):
        item = self.acting(key, by, "change")
        shown = item.text_of(item.newest)
        old = shown if base is None else item.text_of(base)
        new = {
            name: value for name, value in values.items() if not is_same(value, old.get(name, ""))
        }
        text = merged(old, {**old, **new}, shown, settled)
        if text == shown:
            return
        if text["slug"] != shown["slug"]:
            self.require_free(text["slug"], key)
        base = item.numbered(item.newest).base if item.has_changes else item.live
        number = item.record(action, by, text, base, is_minor=is_minor)
        before = item.text["slug"]
        if not item.is_seen:
            self.keep(item, text)
        item.show(newest=number)
        if not item.is_seen:
            self.follow_up(item, (before, False), by)

    def restore(self, key, by, number):
        item = self.acting(key, by, "change")
        record = item.numbered(number)
        if record.text is None:
            raise ValidationError("no text")
        now = item.text_of(item.newest)
        kept = {name: now[name] for name in now if name not in record.text}
        self.save_draft(key, by, {**record.text, **kept}, action="restored")

    def copy_item(self, key, by, twin):
        if "add" not in RIGHTS[by]:
            raise PermissionDenied
        item = self.items[key]
        text = dict(item.text_of(item.newest))
        text["title_sv"] += " (kopia)"
        slug, number = f"{item.text['slug']}-kopia", 1
        while not self.is_free(slug):
            number += 1
            slug = f"{item.text['slug']}-kopia{number}"
        self.create(twin, by, {**text, "slug": slug})

    # From hand to hand

    def submit(self, key, by):
        item = self.acting(key, by, "change")
        if item.is_seen and not item.has_changes:
            raise ValidationError("nothing to look at")
        if (item.stage if item.is_seen else item.state) == "in_review":
            raise ValidationError("waits already")
        item.enter("in_review")
        item.record("submitted", by)
        item.show(submitted_by=by)

    def send_back(self, key, by, comment):
        item = self.acting(key, by, "publish")
        if (item.stage if item.is_seen else item.state) != "in_review":
            raise ValidationError("does not wait")
        item.enter("draft")
        item.record("sent_back", by)
        item.show(submitted_by=None)

    # What residents see

    def publish(
        self,
        key,
        by,
        at=None,
        until=KEEP,
        languages=None,
        settled=None,
        settled_waiting=None,
        is_minor=False,
        redirect=True,
    ):
        item = self.acting(key, by, "publish")
        self.require_other_eyes(item, by)
        text = self.grown(item, settled)
        data = self.composed(item, text, languages)
        waiting = item.scheduled and item.numbered(item.scheduled)
        if waiting:
            base = item.text_of(waiting.base)
            waiting = self.chosen(base, waiting.text, data, settled_waiting, waiting=True)
        before = item.text["slug"], item.is_seen
        self.set_times(item, at, until)
        self.make_public(item, data, is_minor, languages)
        live = item.record("published", by, data, is_live=True, is_minor=is_minor)
        scheduled = item.record("merged", by, waiting, live) if waiting else None
        newest = self.rest(item, live, text, languages, by)
        item.stage, item.submitted_by = "draft", None
        item.show(live=live, newest=newest, scheduled=scheduled)
        self.follow_up(item, before, by, redirect)

    def set_times(self, item, at, until):
        now = self.now
        if at and at > now and item.is_readable(now):
            raise ValidationError("it can be read already")
        if at:
            item.publish_at = at
        elif item.publish_at is None or item.publish_at > now:
            item.publish_at = now
        if until is not KEEP:
            if until and until <= now:
                raise ValidationError("has been")
            item.expire_at = until
        elif item.expire_at and item.expire_at <= now:
            item.expire_at = None
        if item.scheduled and item.expire_at and item.expire_at <= item.scheduled_at:
            raise ValidationError("ends before what waits")

    def schedule(
        self, key, by, at, until=KEEP, languages=None, settled=None, is_minor=False, redirect=True
    ):
        item = self.acting(key, by, "publish")
        if at <= self.now or item.state != "published" or not item.has_changes or item.scheduled:
            raise ValidationError("can't wait")
        self.require_other_eyes(item, by)
        text = self.grown(item, settled)
        data = self.composed(item, text, languages)
        if data == item.text_of(item.live):
            raise ValidationError("no change")
        self.require_fit(item, data, languages)
        item.expire_at = item.expire_at if until is KEEP else until
        if item.expire_at and (item.expire_at <= at or item.expire_at <= item.publish_at):
            raise ValidationError("ends before")
        scheduled = item.record("scheduled", by, data, item.live, is_minor=is_minor)
        item.stage, item.submitted_by = "draft", None
        newest = self.rest(item, item.live, text, languages, by)
        item.redirect, item.languages = redirect, languages
        item.show(scheduled=scheduled, scheduled_at=at, newest=newest)

    def unschedule(self, key, by, settled=None):
        item = self.acting(key, by, "publish")
        if not item.scheduled:
            raise ValidationError("nothing waits")
        item.take_away(self.now)
        text = self.with_waiting(item, settled)
        number = item.record("unscheduled", by, text, item.live)
        item.show(newest=number, scheduled=None, scheduled_at=None)
        item.left_at = len(item.history)

    def give_back(self, item, action, by):
        try:
            text = self.with_waiting(item)
        except Clash:
            text = None
        number = item.record(action, by, text, item.numbered(item.scheduled).base)
        newest = number if text else item.newest
        item.newest, item.scheduled, item.scheduled_at = newest, None, None

    def publish_due(self):
        due = [item for item in self.items.values() if item.scheduled_at is not None]
        for item in sorted(due, key=lambda each: each.scheduled_at):
            if item.scheduled_at <= self.now:
                self.apply_waiting(item.key)

    def apply_waiting(self, key):
        item = self.items[key]
        item.was_readable = item.is_readable(self.now)
        by = [each for each in item.history if each.action == "scheduled"][-1]
        text, before = item.text_of(item.scheduled), (item.text["slug"], item.is_seen)
        try:
            self.require_fit(item, text, item.languages)
        except ValidationError:
            self.give_back(item, "failed", by.by)
            item.show()
            return
        self.make_public(item, text, by.is_minor, item.languages)
        live = item.record("published", by.by, text, is_live=True, is_minor=by.is_minor)
        newest = live
        if item.has_changes:
            newest = item.newest
            record = item.numbered(newest)
            try:
                carried = merged(item.text_of(record.base), record.text, text)
                newest = item.record("merged", by.by, carried, live)
            except Clash:
                pass  # both stand in the history
        item.show(live=live, newest=newest, scheduled=None, scheduled_at=None)
        self.follow_up(item, before, by.by, item.redirect)

    def withdraw(self, key, by, reason, replaced_by=None):
        """``replaced_by`` is the key of an item, or a path."""
        item = self.acting(key, by, "publish")
        if not item.is_seen:
            raise ValidationError("not seen")
        if reason == "replaced" and replaced_by in (None, key):
            raise ValidationError("by what?")
        has_begun = item.publish_at <= self.now
        if reason == "outdated" and not has_begun:
            raise ValidationError("not begun")
        slug = item.text["slug"]
        item.take_away(self.now)
        item.state, item.reason = "withdrawn", reason
        item.record("withdrawn", by)
        if reason == "replaced":
            self.redirects[slug] = replaced_by
        elif reason == "mistake" and has_begun:
            self.redirects[slug] = key
        if item.scheduled:
            self.give_back(item, "unscheduled", by)
        if not item.is_seen and item.has_changes:
            self.keep(item, item.text_of(item.newest))
        item.show()
        item.left_at = len(item.history)

    def archive(self, key, by):
        item = self.acting(key, by, "publish")
        if item.state != "published" or item.publish_at > self.now:
            raise ValidationError("not shown")
        item.take_away(self.now)
        item.state, item.reason = "archived", ""
        item.record("archived", by)
        if item.scheduled:
            self.give_back(item, "unscheduled", by)
        item.show()
        item.left_at = len(item.history)

    def take_back(self, key, by, number):
        item = self.acting(key, by, "publish")
        was, place = item.before, (item.text["slug"], item.is_seen)
        if not was or number != len(item.history) or number != item.left_at:
            raise ValidationError("something has been done since")
        is_late = was.scheduled and was.scheduled_at <= self.now
        act = item.numbered(len(was.history) + 1)
        if act.action == "unscheduled":
            if is_late:
                raise ValidationError("its minute has been")
        else:
            if item.taken_at < was.publish_at <= self.now:
                raise ValidationError("its minute has been")
            self.require_free(was.text["slug"], key)
            for name in ("text", "updated_at", "state", "reason", "publish_at", "expire_at"):
                setattr(item, name, getattr(was, name))
            item.place, item.reviewed_on = was.place, was.reviewed_on
            item.record("undone", by)
            newest = item.newest if is_late else was.newest
            item.show(newest=newest, stage=was.stage)
            self.follow_up(item, place, by)
        if was.scheduled and not is_late:
            waiting = item.numbered(was.scheduled)
            planned = [each for each in was.history if each.action == "scheduled"][-1]
            facts = {"base": waiting.base, "is_minor": planned.is_minor}
            scheduled = item.record("scheduled", by, waiting.text, **facts)
            item.redirect, item.languages = was.redirect, was.languages
            times = {"scheduled": scheduled, "scheduled_at": was.scheduled_at}
            item.show(newest=was.newest, stage=was.stage, **times)
        item.before = item.left_at = None

    def mark_reviewed(self, key, by, today):
        item = self.acting(key, by, "publish")
        item.reviewed_on = today
        item.record("reviewed", by)

    def pin(self, key, by, place):
        item = self.acting(key, by, "publish")
        item.place = place
        item.record("pinned", by)

    def share(self, key, by, number, days):
        if not 1 <= days <= 30:
            raise ValidationError("too long, or not at all")
        item = self.acting(key, by, "change")
        if item.numbered(number).text is None:
            raise ValidationError("no text")
        self.links.append(Link(key, self.now + timedelta(days=days)))
        item.record("shared", by)

    def is_open(self, link):
        return self.now < link.until and not link.is_revoked

    def stop_sharing(self, key, by, place):
        item = self.acting(key, by, "change")
        link = self.links[place]
        if link.key != key or not self.is_open(link):
            raise ValidationError("leads nowhere")
        self.links[place] = replace(link, is_revoked=True)
        item.record("unshared", by)

    # What is taken away

    def move_to_bin(self, key, by):
        item = self.items[key]
        if not self.may_bin(item, by):
            raise PermissionDenied
        if not item.exists or item.state == "published" or self.users_of(item):
            raise ValidationError("can't be thrown away")
        item.binned = item.record("binned", by, item.text)
        item.binned_at = self.now
        if item.is_seen:
            self.redirects.setdefault(item.text["slug"], key)

    def take_out_of_bin(self, key, by):
        item = self.items[key]
        if not item.binned:
            raise ValidationError("not there")
        if not self.may_bin(item, by):
            raise PermissionDenied
        self.require_free(item.text["slug"], key)
        item.record("unbinned", by)
        item.binned = item.binned_at = None
        item.show()
        if item.is_seen:
            self.redirects.pop(item.text["slug"], None)

    def purge_bin(self):
        for item in self.items.values():
            if item.binned and item.binned_at <= self.now - BIN_TIME:
                self.purge(item)

    def purge(self, item):
        seen = [record.text for record in item.history if record.is_live]
        for record in list(item.history):
            if record.text is not None and not record.is_live and record.text not in seen:
                item.erase(record.number, {"*"})
        item.record("purged", None)
        item.is_purged, item.binned, item.binned_at = True, None, None
        item.newest = item.live or item.newest

    def erase(self, key, by, number, part):
        item = self.items[key]
        if "erase" not in RIGHTS[by]:
            raise PermissionDenied
        shown = {item.newest, item.live, item.scheduled, item.binned}
        if part != "@by" and number in shown:
            raise ValidationError("shown")
        item.erase(number, {part})
        item.record("erased", by)
