"""What residents saw of an item, and when, as its history tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from publishing import snapshot
from publishing.models.states import State


@dataclass(frozen=True)
class Span:
    """From ``begins`` until ``ends`` (None: still) residents could read the version ``text``.

    ``act`` is the version whose act left the item in the state that it was in.
    """

    begins: datetime
    ends: datetime | None
    text: int
    act: Any


@dataclass(frozen=True)
class Past:
    """``item``, a row in memory, as residents saw it: the text of ``version``."""

    item: Any
    version: Any


class PastQuerySet(models.QuerySet):
    """Questions to the whole history of one item."""

    def spans(self):
        """[Span] of all the time when residents could read it, the oldest first: one query."""
        acts = list(self.order_by("number").defer("data", "salts"))
        text, is_binned, found = None, False, []
        for act, later in zip(acts, [*acts[1:], None], strict=True):
            text = act.number if act.is_live else text
            is_binned = act.leaves_in_bin(is_binned)
            if text and not is_binned:
                found += _spans(act, text, later and later.at)
        return found

    def shown_at(self, moment):
        """The Past at ``moment``, or None when residents could not read it then."""
        for span in self.spans():
            if span.begins <= moment and (span.ends is None or moment < span.ends):
                return self._past(span, moment)
        return None

    def _past(self, span, moment):
        version = self.get(number=span.text)
        item = apps.get_model(version.kind).as_recorded(version.object_id, version)
        snapshot.write_status(item, span.act.status)
        item.updated_at = self._updated_at(span.text) or item.publish_at
        item.seen_at = moment
        return Past(item, version)

    def _updated_at(self, number):
        """When the text of version ``number`` was last changed otherwise than in details.

        None for what is older than its history.
        """
        later, texts = None, self.live().filter(number__lte=number).order_by("-number")
        for live in texts.iterator(chunk_size=10):
            if later and not later.is_minor and later.data != live.data:
                return later.at
            later = live
        return None if later.is_beginning else later.at


def _spans(act, text, until):
    """Those of the time from ``act`` to ``until``, in which only the clock changes anything."""
    item = apps.get_model(act.kind)(pk=act.object_id)
    snapshot.write_status(item, act.status)
    turns = {item.publish_at, item.expire_at} - {None} if item.state == State.PUBLISHED else set()
    turns = {turn for turn in turns if turn > act.at and (until is None or turn < until)}
    begins = sorted({act.at, *turns})
    return [
        Span(start, end, text, act)
        for start, end in zip(begins, [*begins[1:], until], strict=True)
        if start != end and item.is_readable(start)
    ]
