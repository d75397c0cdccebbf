"""Every verb of published content in any order, by anybody, while time moves.

Hypothesis makes the histories, tests/expected_world.py says what is expected of each step, and
tests/desks.py what holds after it. How to run it for longer is in docs/versions.md.
"""

from datetime import timedelta

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from news.models import NewsItem
from publishing.models import Chain, Track, Version
from publishing.purging import purge_bin
from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.desks import KIND, Desks
from tests.expected_texts import COLUMNS, link_to
from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    UserFactory,
)

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
# Minutes of shrinking are for who looks for the fault
IN_GATE = {"max_examples": 32, "stateful_step_count": 40, "phases": [hypothesis.Phase.generate]}
AT_MOST = 3  # items, so that they meet
SLUGS = ["a", "b", "a-kopia"]
ROLES = {
    "rut": "Redaktörer",
    "rolf": "Redaktörer",
    "pia": "Publicister",
    "per": "Publicister",
    "ada": "Administratörer",
}
OWN = {
    "title_sv": "Rubrik egen",
    "title_en": "Title own",
    "lead_sv": "",
    "body_sv": ("<p>0 egen</p>", "<h2>1 egen</h2>", "<p>2 egen</p>"),
}
BLOCKS = ("<p>0 a</p>", "<h2>1 a</h2>", "<p>2 a</p>")

# What is drawn: few words, so that they meet too
letters = st.sampled_from("abc")
titles = letters.map("Rubrik {}".format)
areas = st.frozensets(st.sampled_from("xyz"))
slugs = st.sampled_from(SLUGS)
changes = st.fixed_dictionaries(
    {},
    optional={
        "title_sv": titles,
        "title_en": st.sampled_from(["", "Title a", "Title b"]),
        "lead_sv": st.sampled_from(["Ingress a.", "Ingress b.", "Ingress c.", ""]),
        "slug": slugs,
        "focus_areas": areas,
        0: letters.map("<p>0 {}</p>".format),
        1: letters.map("<h2>1 {}</h2>".format),
        2: letters.map("<p>2 {}</p>".format) | slugs.map(link_to),
        "is_empty": st.sampled_from([False, False, False, True]),
    },
)
first_texts = st.fixed_dictionaries(
    {
        "title_sv": titles,
        "title_en": st.sampled_from(["", "Title a"]),
        "lead_sv": st.just("Ingress a."),
        "body_sv": st.just(BLOCKS),
        "slug": slugs,
        "focus_areas": areas,
    }
)
writers = st.sampled_from(["rut", "rolf", "pia", "ada"])
publishers = st.sampled_from(["pia", "per", "ada", "pia", "per", "rut"])
desks = st.sampled_from([0, 1])
mostly = st.sampled_from([True, True, True, False])
some = st.integers(0, 6)  # how long ago
settlings = st.sampled_from(["mine", "theirs", "own"])
publications = st.fixed_dictionaries(
    {},
    optional={
        "until": st.sampled_from([5 * DAY, None, 3 * HOUR, -HOUR]),
        "languages": st.sampled_from([None, {"sv"}, {"en"}, {"sv", "en"}, {"sv"}, {"en"}, set()]),
        "is_minor": st.booleans(),
        "redirect": st.booleans(),
    },
)


def dirty(html):
    """The same as somebody would have it who means no good."""
    return html.replace(">", ' onclick="alert(1)">', 1) + "<script>alert(1)</script>"


def chosen(clash, choice):
    """What somebody settles a clash by, {column: value}."""
    side = 2 if choice == "theirs" else 1
    texts = {name: sides[side] for name, sides in clash.sides.items()}
    return {**texts, **{name: OWN.get(name, texts[name]) for name in texts if choice == "own"}}


def act(fits, **drawn):
    """A rule for an item that ``fits``; while there is none, it waits."""
    keys = st.runner().flatmap(lambda machine: st.sampled_from(machine.those(fits)))
    return lambda method: precondition(lambda machine: machine.those(fits))(
        rule(key=keys, **drawn)(method)
    )


def there(item):
    return item.exists


def seen(item):
    return item.exists and item.is_seen


def published(item):
    return item.exists and item.state == "published"


def changed(item):
    return seen(item) and item.has_changes


def submittable(item):
    return item.exists and (item.has_changes if item.is_seen else item.state != "in_review")


def in_review(item):
    return item.exists and (item.stage if item.is_seen else item.state) == "in_review"


def waiting(item):
    return item.scheduled


def taken_away(item):
    return item.left_at


def disposable(item):
    return item.exists and item.state != "published"


def binned(item):
    return item.binned


class Publishing(Desks):
    def those(self, fits):
        return [key for key, item in self.world.items.items() if fits(item)]

    def perform(self, key, desk, verb, by, **facts):
        """A verb that the world calls by the same name, with the same facts."""
        row = self.copies[key, desk]
        self.hold(
            lambda: getattr(row, verb)(by=self.people[by], **facts),
            lambda world: getattr(world, verb)(key, by, **facts),
            row,
        )

    def settle(self, choice, real, wanted, row):
        """As hold(); what clashes is settled by ``choice``, and tried again."""
        ours, theirs = {}, {}
        while clash := self.hold(lambda: real(**ours), lambda world: wanted(world, **theirs), row):
            name = "settled_waiting" if clash.waiting else "settled"
            theirs[name] = {**theirs.get(name, {}), **chosen(clash, choice)}
            ours[name] = self.columns(theirs[name])

    def number(self, key, ago, has_text=True):
        """The number of an earlier version."""
        found = [
            record.number
            for record in self.world.items[key].history
            if not has_text or record.text is not None
        ]
        return found[-1 - ago % len(found)]

    # Writing

    @initialize(by=writers, text=first_texts, is_published=mostly)
    def begin(self, by, text, is_published):
        self.create(by, text)
        if is_published:
            self.decide("publish", "item0", 0, "pia", {}, "mine")

    @precondition(lambda self: len(self.keys) < AT_MOST)
    @rule(by=st.sampled_from(["rut", "rolf", "pia", "ulf"]), text=first_texts)
    def create(self, by, text):
        key = f"item{len(self.keys)}"

        def real():
            columns = self.columns(text)
            related = columns.pop("focus_areas")
            item = NewsItem(unit=self.unit, **columns)
            item.require_free_address(columns)
            item.save()
            item.focus_areas.set(related)
            self.keys[key] = item.pk
            item.record_creation(by=self.people[by])

        self.begun(key, real, lambda world: world.create(key, by, text))

    @precondition(lambda self: len(self.keys) < AT_MOST)
    @act(there, by=st.sampled_from(["rut", "pia", "ulf"]))
    def copy(self, key, by):
        row, twin = self.row(key), f"item{len(self.keys)}"

        def real():
            self.keys[twin] = row.copy(by=self.people[by]).pk

        if not row:
            return
        self.begun(twin, real, lambda world: world.copy_item(key, by, twin))

    def begun(self, key, real, wanted):
        self.hold(real, wanted)
        if key in self.world.items:
            self.copies |= {(key, desk): self.row(key) for desk in (0, 1)}
        else:
            self.keys.pop(key, None)

    @act(
        there,
        desk=desks,
        by=writers,
        drawn=changes,
        began=st.none() | some,
        is_whole=st.booleans(),
        is_dirty=st.booleans(),
        is_minor=st.booleans(),
        choice=settlings,
    )
    def save_draft(self, key, desk, by, drawn, began, is_whole, is_dirty, is_minor, choice):
        """Save the whole form, or what was changed, of what was opened ``began`` versions ago."""
        base = None if began is None else self.number(key, began)
        form = {"is_whole": is_whole, "is_dirty": is_dirty}
        self.write(key, desk, by, drawn, choice, base=base, is_minor=is_minor, **form)

    @act(there, first=changes, second=changes, choice=settlings)
    def write_at_the_same_time(self, key, first, second, choice):
        base = self.world.items[key].newest
        self.write(key, 0, "rut", first, choice, base=base)
        self.write(key, 1, "rolf", second, choice, base=base)

    def write(self, key, desk, by, drawn, choice, is_whole=False, is_dirty=False, **facts):
        item, base = self.world.items[key], facts.get("base")
        old = {**item.text_of(item.live or item.newest), **item.text_of(base or item.newest)}
        values = {name: value for name, value in drawn.items() if name in COLUMNS}
        blocks = old["body_sv"] or BLOCKS
        values["body_sv"] = tuple(drawn.get(at, block) for at, block in enumerate(blocks))
        if drawn.get("is_empty"):
            values["body_sv"] = ()
        elif not set(drawn) & {0, 1, 2}:
            del values["body_sv"]
        values = {**old, **values} if is_whole else values
        typed = self.columns(values)
        if is_dirty and typed.get("body_sv"):
            typed["body_sv"] = dirty(typed["body_sv"])
        row = self.copies[key, desk]
        self.settle(
            choice,
            lambda **more: row.save_draft(by=self.people[by], values=typed, **facts, **more),
            lambda world, **more: world.save_draft(key, by, values, **facts, **more),
            row,
        )

    @act(there, desk=desks, by=writers, ago=some, has_text=mostly)
    def restore(self, key, desk, by, ago, has_text):
        row, number = self.copies[key, desk], self.number(key, ago, has_text)
        version = Version.objects.get(object_id=self.keys[key], number=number)
        self.hold(
            lambda: row.restore(version, by=self.people[by]),
            lambda world: world.restore(key, by, number),
            row,
        )

    # From hand to hand

    @act(submittable, desk=desks, by=writers)
    def submit(self, key, desk, by):
        self.perform(key, desk, "submit", by)

    @act(in_review, desk=desks, by=publishers)
    def send_back(self, key, desk, by):
        self.perform(key, desk, "send_back", by, comment="Kortare.")

    # What residents see

    @act(
        there,
        desk=desks,
        by=publishers,
        facts=publications,
        start=st.sampled_from([None, None, None, -DAY, HOUR, 2 * DAY]),
        choice=settlings,
    )
    def publish(self, key, desk, by, facts, start, choice):
        at = {"at": self.world.now + start} if start else {}
        self.decide("publish", key, desk, by, {**facts, **at}, choice)

    @act(there, desk=desks, by=st.sampled_from(["pia", "per"]), choice=settlings)
    def publish_at_once(self, key, desk, by, choice):
        self.decide("publish", key, desk, by, {}, choice)

    @act(
        changed,
        desk=desks,
        by=publishers,
        facts=publications,
        minute=st.sampled_from([HOUR, DAY, 2 * DAY, timedelta()]),
        choice=settlings,
    )
    def schedule(self, key, desk, by, facts, minute, choice):
        facts = {**facts, "at": self.world.now + minute}
        self.decide("schedule", key, desk, by, facts, choice)

    @act(published, desk=desks, drawn=changes, choice=settlings)
    def change_and_schedule(self, key, desk, drawn, choice):
        self.write(key, desk, "rut", drawn, choice)
        self.decide("schedule", key, desk, "pia", {"at": self.world.now + DAY}, choice)

    @act(waiting, desk=desks, drawn=changes, choice=settlings, facts=publications)
    def correct_what_is_seen(self, key, desk, drawn, choice, facts):
        self.write(key, desk, "rut", drawn, choice)
        self.decide("publish", key, desk, "pia", facts, choice)

    @act(waiting, desk=desks, by=publishers, choice=settlings)
    def unschedule(self, key, desk, by, choice):
        self.decide("unschedule", key, desk, by, {}, choice)

    def decide(self, verb, key, desk, by, facts, choice):
        row = self.copies[key, desk]
        if isinstance(facts.get("until"), timedelta):
            facts = {**facts, "until": self.world.now + facts["until"]}
        self.settle(
            choice,
            lambda **more: getattr(row, verb)(by=self.people[by], **facts, **more),
            lambda world, **more: getattr(world, verb)(key, by, **facts, **more),
            row,
        )

    @act(
        seen,
        desk=desks,
        by=publishers,
        reason=st.sampled_from(["mistake", "replaced", "outdated"]),
        named=st.sampled_from(["item0", "item1", "item2"])
        | st.sampled_from(["/nyheter/", "/finns-inte/", ""]),
        is_typed=st.booleans(),
    )
    def withdraw(self, key, desk, by, reason, named, is_typed):
        """``named`` replaces it, chosen or typed: something, or an address."""
        row, real, wanted = self.copies[key, desk], named, named
        if named in self.keys:
            other = self.world.items[named]
            real = self.row(named)
            if is_typed or not real:
                real = f"/nyheter/{other.text['slug']}/"
                there = self.read_at(other.text["slug"])
                wanted = there and there.key
        elif named != "/nyheter/":
            wanted = None
        self.hold(
            lambda: row.withdraw(by=self.people[by], reason=reason, replaced_by=real),
            lambda world: world.withdraw(key, by, reason, wanted),
            row,
        )

    @act(published, desk=desks, by=publishers)
    def archive(self, key, desk, by):
        self.perform(key, desk, "archive", by)

    @act(taken_away, desk=desks, by=publishers, is_guessed=st.sampled_from([False, False, True]))
    def take_back(self, key, desk, by, is_guessed):
        item = self.world.items[key]
        number = len(item.history) if is_guessed else item.left_at
        self.perform(key, desk, "take_back", by, number=number)

    @act(there, desk=desks, by=publishers)
    def withdraw_and_take_back(self, key, desk, by):
        self.perform(key, desk, "withdraw", "pia", reason="mistake")
        self.perform(key, 1 - desk, "take_back", by, number=len(self.world.items[key].history))

    @act(there, desk=desks, by=publishers, place=st.sampled_from([None, 1, 2]))
    def pin(self, key, desk, by, place):
        self.perform(key, desk, "pin", by, place=place)

    @act(there, desk=desks, by=publishers)
    def mark_reviewed(self, key, desk, by):
        row, today = self.copies[key, desk], timezone.localdate()
        self.hold(
            lambda: row.mark_reviewed(by=self.people[by], function=self.function),
            lambda world: world.mark_reviewed(key, by, today),
            row,
        )

    # What is taken away, and what is lent

    @act(disposable, desk=desks, by=writers)
    def move_to_bin(self, key, desk, by):
        self.perform(key, desk, "move_to_bin", by)

    @act(binned, by=writers)
    def take_out_of_bin(self, key, by):
        self.hold(
            lambda: NewsItem.take_out_of_bin(self.keys[key], by=self.people[by]),
            lambda world: world.take_out_of_bin(key, by),
        )

    @precondition(lambda self: self.those(binned))
    @rule()
    def empty_bin(self):
        self.hold(purge_bin, lambda world: world.purge_bin())

    @act(
        lambda item: True,
        by=st.sampled_from(["ada", "ada", "pia"]),
        ago=some,
        part=st.sampled_from([*COLUMNS, "@by"]),
    )
    def erase(self, key, by, ago, part):
        number = self.number(key, ago)
        record = self.world.items[key].numbered(number)
        if part not in [*record.text, *(["@by"] if record.by else [])]:
            return  # nothing is offered that isn't there

        def real():
            with Chain.writing() as chain:
                track = Track.objects.get(kind=KIND, object_id=self.keys[key])
                thrown = track.binned_version() or track.newest
                item = self.row(key) or NewsItem.as_recorded(track.object_id, thrown)
                versions, note = [track.version(number)], "Begäran, dnr 1."
                track.erase(chain, item, versions, [part], by=self.people[by], note=note)

        self.hold(real, lambda world: world.erase(key, by, number, part))

    @act(
        there,
        desk=desks,
        by=st.sampled_from(["rut", "pia", "ulf"]),
        ago=some,
        has_text=mostly,
        days=st.sampled_from([7, 1, 30, 0, 31]),
    )
    def share(self, key, desk, by, ago, has_text, days):
        row, number = self.copies[key, desk], self.number(key, ago, has_text)
        version = Version.objects.get(object_id=self.keys[key], number=number)
        self.hold(
            lambda: self.links.append(row.share(by=self.people[by], version=version, days=days)),
            lambda world: world.share(key, by, number, days),
            row,
        )

    @precondition(lambda self: self.links)
    @act(there, desk=desks, by=st.sampled_from(["rut", "pia", "ulf"]), which=some)
    def stop_sharing(self, key, desk, by, which):
        row, place = self.copies[key, desk], which % len(self.links)
        self.hold(
            lambda: row.stop_sharing(self.links[place], by=self.people[by]),
            lambda world: world.stop_sharing(key, by, place),
            row,
        )

    # Whoever may not, and whatever doesn't fit

    @act(
        lambda item: True,
        desk=desks,
        verb=st.sampled_from(
            ["submit", "send_back", "publish", "unschedule", "archive", "move_to_bin"]
        ),
        by=st.sampled_from(["rut", "pia"]),
    )
    def try_anything(self, key, desk, verb, by):
        facts = {"comment": "Kortare."} if verb == "send_back" else {}
        self.perform(key, desk, verb, by, **facts)

    @act(
        lambda item: True,
        verb=st.sampled_from(
            [
                *("save_draft", "submit", "send_back", "publish", "schedule", "unschedule"),
                *("withdraw", "archive", "mark_reviewed", "pin", "move_to_bin", "restore", "copy"),
                "share",
            ]
        ),
        by=st.sampled_from(["ulf", "nobody", "left"]),
    )
    def be_refused(self, key, verb, by):
        facts = {
            "save_draft": {"values": {"title_sv": "Rubrik b"}},
            "send_back": {"comment": "Kortare."},
            "schedule": {"at": self.world.now + DAY},
            "mark_reviewed": {"function": self.function},
            "pin": {"place": 1},
            "restore": {"version": Version.objects.get(object_id=self.keys[key], number=1)},
        }
        row = self.copies[key, 0]
        with pytest.raises(PermissionDenied, match=r"^Du har inte rätt att .+ nyheter\.$"):
            getattr(row, verb)(by=self.people[by], **facts.get(verb, {}))
        self.agrees()

    # Time, and who looks

    @rule(step=st.sampled_from([SECOND, HOUR, DAY, 8 * DAY, 90 * DAY]))
    def wait(self, step):
        self.move_to(self.world.now + step)

    @rule(which=some, is_just_before=st.booleans())
    def wait_for_what_comes_next(self, which, is_just_before):
        items = self.world.items.values()
        times = [(item.publish_at, item.expire_at, item.scheduled_at) for item in items]
        ahead = sorted({time for each in times for time in each if time} - {self.world.now})
        ahead = [time for time in ahead if time > self.world.now]
        if ahead:
            early = timedelta(microseconds=is_just_before)
            self.move_to(ahead[which % len(ahead)] - early)

    def move_to(self, moment):
        self.clock.move_to(moment)
        self.world.now = moment
        self.agrees()

    @rule()
    def publish_what_is_due(self):
        self.hold(publish_due, lambda world: world.publish_due())

    @rule(slug=slugs, prefix=st.sampled_from(["", "", "/en"]))
    def look(self, slug, prefix):
        """Whoever asks for a page is who lets residents see what is due."""
        self.hold(lambda: self.get(f"{prefix}/nyheter/{slug}/"), lambda world: world.publish_due())
        self.require_page(slug, prefix)
        self.require_lists()

    @rule()
    def change_four_eyes(self):
        settings.FOUR_EYES = self.world.four_eyes = not self.world.four_eyes


@pytest.fixture
def newsroom(db):
    """A function that begins an empty site with its people."""
    people = {name: staff(role) for name, role in ROLES.items()}
    people |= {"ulf": UserFactory(), "nobody": AnonymousUser(), "left": staff("Publicister")}
    people["left"].is_active = False
    people["ulf"].user_permissions.add(Permission.objects.get(codename="view_newsitem"))
    unit, by_name = ContactUnitFactory(), {name: FocusAreaFactory() for name in "xyz"}
    function = ContactFunctionFactory(unit=unit)
    return lambda: Publishing(people, by_name, unit, function)


def test_whatever_is_done_residents_see_what_was_last_published_and_nothing_is_lost(newsroom):
    is_gate = hypothesis.settings.get_current_profile_name() == "gate"
    steps = hypothesis.settings(**(IN_GATE if is_gate else {}))

    run_state_machine_as_test(newsroom, settings=steps)
