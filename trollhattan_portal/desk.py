"""The first page of the back office for one person: what I must do, what is to come.

Counts are links to the lists that they count. What isn't there costs nothing to look at: all
numbers of all kinds come in one query, all coming days in another.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import CharField, Count, DateTimeField, F, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from images.models import Image
from pages.models import AccessibilityStatement, Notice
from publishing.admin.translations import TranslationsPage
from publishing.models import Exemption, Job, Publishable, Reviewed, Track, kind_of
from search.missed_page import MissedPage

DAYS_AHEAD = 60  # of the calendar
MOST_COMING = 40  # of what stands in it
MOST_CLASHING = 30  # texts that are looked through for clashes
LONGEST_TITLE = 60
# {name: (what is said of them, how their list is asked for, is_urgent)}
PICTURES = {
    "no right": ("används men får inte visas", "rights=lost", True),
    "consent ends": ("får visas i högst 60 dagar till", "rights=soon", False),
}
JOBS = {"purge_bin": "Nattens städning (manage.py purge_bin)"}


@dataclass(frozen=True)
class Task:
    number: int
    what: str
    link: str
    is_urgent: bool = False  # somebody waits, or residents are misled


@dataclass(frozen=True)
class Coming:
    """Something that the clock will do by itself."""

    at: object  # Europe/Stockholm
    what: str
    title: str
    link: str
    is_all_day: bool = False

    @property
    def day(self):
        return self.at.date()


class Desk:
    """What there is for ``request.user`` to do, among the kinds that she may change.

    ``kinds`` are written and published, ``facts`` are seen as saved, and reviewed as the others.
    """

    def __init__(self, site, request):
        self.site, self.request, self.user = site, request, request.user
        may = {
            kind_of(model): model
            for model, model_admin in site._registry.items()
            if issubclass(model, Reviewed) and model_admin.has_change_permission(request)
        }
        self.kinds = {kind: model for kind, model in may.items() if issubclass(model, Publishable)}
        self.facts = {kind: model for kind, model in may.items() if kind not in self.kinds}

    def context(self):
        tasks, coming = [*self._tasks()], self._coming()
        return {
            "mine": [task for task in tasks if task.is_urgent],
            "soon": [task for task in tasks if not task.is_urgent],
            "coming": _by_day(coming[:MOST_COMING]),
            "most_coming": MOST_COMING if len(coming) > MOST_COMING else None,
            "shown_notices": self.notices,
            "may_warn": self.user.has_perm("pages.add_notice"),
            "missed_jobs": self._missed_jobs(),
        }

    # What is to be done

    def _tasks(self):
        yield from self._old_notices()
        counts = self._counts()
        for name, words in self._questions().items():
            for kind, model in {**self.kinds, **self.facts}.items():
                if number := counts.get(f"{kind} {name}"):
                    what, query, is_urgent = words
                    link = f"{_address(model, 'changelist')}?{query}"
                    yield Task(number, f"{_named(model, number)} {what}", link, is_urgent)
        yield from self._clashes()
        statement = _address(AccessibilityStatement, "changelist")
        if counts.get("statement"):
            yield Task(1, "tillgänglighetsredogörelse är äldre än ett år", statement)
        if number := counts.get("proposed"):
            words = "brist" if number == 1 else "brister"
            what = f"{words} i publicerade texter saknas i tillgänglighetsredogörelsen"
            yield Task(number, what, statement)
        for name, (what, query, is_urgent) in PICTURES.items():
            if number := counts.get(name):
                link = f"{_address(Image, 'changelist')}?{query}"
                yield Task(number, f"{_named(Image, number)} {what}", link, is_urgent)
        pages = [TranslationsPage(self.site, self.request), MissedPage(self.site, self.request)]
        yield from (Task(*task) for page in pages for task in page.tasks())

    def _questions(self):
        """{name: (what is said of the rows, how their list is asked for, is_urgent)}"""
        may_publish = any(self._may(model, "publish") for model in self.kinds.values())
        return {
            "back": ("har skickats tillbaka till dig", "att-gora=tillbaka", True),
            "review": ("väntar på granskning", "andringar=granskas", may_publish),
            "mine": ("som du skriver på", "att-gora=mina", True),
            "others": ("som andra skriver på", "att-gora=andras", False),
            "flaws": ("med fel som hindrar publicering", "bryter=hinder", False),
            "due": ("ska granskas på nytt", "granskning=nu", False),
            "waiting": ("väntar på sin tid", "andringar=vantar", False),
        }

    def _counts(self):
        """{question: how many rows}, without the noughts: one query."""
        parts = []
        for kind, model in self.kinds.items():
            rows = model.objects
            asked = {
                "back": rows.sent_back_to(self.user),
                "review": rows.awaiting_review(),
                "mine": rows.in_hand_of(self.user),
                "others": rows.in_other_hands(self.user),
                "flaws": rows.breaking(),
                "due": rows.published().due_for_review(),
                "waiting": rows.waiting(),
            }
            parts += [_counted(f"{kind} {name}", found) for name, found in asked.items()]
        for kind, model in self.facts.items():
            parts.append(_counted(f"{kind} due", model.objects.due_for_review()))
        if self.user.has_perm("pages.change_accessibilitystatement"):
            parts.append(_counted("statement", AccessibilityStatement.objects.due()))
            parts.append(_counted("proposed", Exemption.objects.proposed()))
        if self.user.has_perm("images.change_image"):
            pictures = Image.objects
            parts.append(_counted("consent ends", pictures.consent_running_out(within=DAYS_AHEAD)))
            parts.append(_counted("no right", pictures.without_right_but_used()))
        return dict(parts[0].union(*parts[1:], all=True)) if parts else {}

    def _clashes(self):
        """Texts that can't be published before somebody has chosen: at most two queries."""
        tracks = Track.objects.filter(kind__in=self.kinds).clashing(MOST_CLASHING)
        for track in tracks:
            model = self.kinds[track.kind]
            title = model.title_in(track.newest.data)
            what = f"krock att lösa: {model._meta.verbose_name} ”{title}” har ändrats på två håll"
            yield Task(1, what, _address(model, "change", track.object_id), is_urgent=True)

    @cached_property
    def notices(self):
        return list(Notice.objects.active())

    def _old_notices(self):
        if not self.user.has_perm("pages.change_notice"):
            return
        old = [notice for notice in self.notices if notice.is_old()]
        if old:
            link = _address(Notice, "changelist")
            words = "krismeddelande har" if len(old) == 1 else "krismeddelanden har"
            yield Task(len(old), f"{words} visats i mer än ett dygn. Stämmer det än?", link, True)

    def _missed_jobs(self):
        """[(what should have run, when it last did or None)], for those who mind the site."""
        if not self.user.has_perm("auth.change_user"):
            return []
        return [(JOBS[name], ran_at) for name, ran_at in Job.objects.overdue().items()]

    # What is to come

    def _coming(self):
        """[Coming] of the next DAYS_AHEAD days, one more than are shown: one query."""
        now = timezone.now()
        span = (now, now + timedelta(days=DAYS_AHEAD))
        parts = [part for model in self.kinds.values() for part in _events(model, span)]
        tracks = Track.objects.filter(kind__in=self.kinds, scheduled_at__range=span)
        title = Cast(KeyTextTransform("title_sv", "scheduled__data"), CharField())
        parts.append(_event("ändras", F("kind"), F("object_id"), title, F("scheduled_at"), tracks))
        if self.user.has_perm("images.change_image"):
            parts.append(_last_days())
        if self.user.has_perm("pages.change_notice"):
            parts += _notices(span)
        found = parts[0].union(*parts[1:], all=True).order_by("at")[: MOST_COMING + 1]
        coming = [self._told(*row) for row in found]
        return sorted(coming, key=lambda each: (each.day, not each.is_all_day))

    def _told(self, what, kind, pk, title, at):
        model = {**self.kinds, kind_of(Notice): Notice, kind_of(Image): Image}[kind]
        return Coming(
            at=timezone.localtime(at),
            what=f"{model._meta.verbose_name} {what}".capitalize(),
            title=title[:LONGEST_TITLE] + ("…" if len(title) > LONGEST_TITLE else ""),
            link=_address(model, "change", pk),
            is_all_day=model is Image,
        )

    def _may(self, model, right):
        return self.user.has_perm(f"{model._meta.app_label}.{right}_{model._meta.model_name}")


def _by_day(coming):
    """[(local date, [Coming])]"""
    return [(day, list(each)) for day, each in groupby(coming, attrgetter("day"))]


def _events(model, span):
    """What the clock does to rows of ``model``: they come, and they go."""
    facts = (Value(kind_of(model), CharField()), F("pk"), Cast("title_sv", CharField()))
    yield _event("publiceras", *facts, F("publish_at"), model.objects.coming(*span))
    yield _event("avpubliceras", *facts, F("expire_at"), model.objects.going(*span))


def _notices(span):
    facts = (Value(kind_of(Notice), CharField()), F("pk"), Cast("text_sv", CharField()))
    yield _event("visas", *facts, F("starts_at"), Notice.objects.filter(starts_at__range=span))
    yield _event("försvinner", *facts, F("ends_at"), Notice.objects.filter(ends_at__range=span))


def _last_days():
    """On which pictures that are used may be shown."""
    facts = (Value(kind_of(Image), CharField()), F("pk"), Cast("title", CharField()))
    # A date as the moment when it begins in UTC, which is the same date in Sweden
    day, images = Cast("valid_until", DateTimeField()), Image.objects
    return _event(
        "får visas sista dagen", *facts, day, images.consent_running_out(within=DAYS_AHEAD)
    )


def _event(what, kind, pk, title, at, rows):
    rows = _as_written(rows).annotate(
        what=Value(what, CharField()), of=kind, key=pk, name=title, at=at
    )
    return rows.values_list("what", "of", "key", "name", "at")


def _as_written(rows):
    """``rows`` for a union, whose columns go by their places, which modeltranslation changes."""
    return rows.order_by().rewrite(False) if hasattr(rows, "rewrite") else rows.order_by()


def _counted(name, rows):
    """(name, how many) of ``rows``, for a union; no row for none."""
    named = _as_written(rows).annotate(task=Value(name, CharField())).values("task")
    return named.annotate(number=Count("pk")).values_list("task", "number")


def _address(model, page, *args):
    return reverse(admin_urlname(model._meta, page), args=args)


def _named(model, number):
    return model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
