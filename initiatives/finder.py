"""Hitta stöd: what somebody answers, which initiatives fit the answers, and why.

Each kind of answer knows which initiatives it leaves, and says of one of those why it fits, or of
another why it doesn't. A limit that isn't met excludes; no limit is no obstacle.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from publishing.translations import shown_text


class Reason(NamedTuple):
    text: str
    is_own: bool = True  # it is meant for people like this reader, and not just for everybody


class Hit(NamedTuple):
    initiative: Initiative
    reasons: list
    obstacle: str = ""

    @property
    def own_reasons(self):
        return sum(reason.is_own for reason in self.reasons)

    @property
    def is_for_everybody(self):
        return not self.own_reasons


def names(rows):
    """The names of districts or groups in a row, each in the language that it has."""
    shown = ((shown_text(row, "name"),) for row in rows)
    return format_html_join(_(", "), "{}", shown)


def ages(initiative):
    """For whom by age as a sentence's worth; the initiative has a limit."""
    first, last = initiative.age_from, initiative.age_to
    if last is None:
        return _("För den som har fyllt %(age)s\N{NO-BREAK SPACE}år") % {"age": first}
    if first is None:
        return _("För den som är högst %(age)s\N{NO-BREAK SPACE}år") % {"age": last}
    limits = {"first": first, "last": last}
    return _("För den som är %(first)s–%(last)s\N{NO-BREAK SPACE}år") % limits


@dataclass(frozen=True)
class Groups:
    """Who somebody is: several things at once, as a parent may be a neighbour too."""

    slugs: tuple
    question = "malgrupp"

    def narrow(self, initiatives):
        return initiatives.for_groups(self.slugs)

    def reason(self, initiative):
        groups = initiative.target_groups.all()
        own = [group for group in groups if group.slug in self.slugs]
        return Reason(self._for(own)) if own else Reason(_("För alla, vem du än är"), False)

    def obstacle(self, initiative):
        return self._for(initiative.target_groups.all())

    def _for(self, groups):
        return format_html(_("För {groups}"), groups=names(groups))


@dataclass(frozen=True)
class Age:
    years: int
    question = "alder"

    def narrow(self, initiatives):
        return initiatives.for_age(self.years)

    def reason(self, initiative):
        if initiative.ages:
            return Reason(ages(initiative))
        return Reason(_("För alla åldrar"), is_own=False)

    def obstacle(self, initiative):
        return ages(initiative)


@dataclass(frozen=True)
class Place:
    """Where somebody lives: a district, or elsewhere in the city where ``slug`` is ""."""

    slug: str
    question = "stadsdel"

    def narrow(self, initiatives):
        return initiatives.in_district(self.slug) if self.slug else initiatives.for_any_district()

    def reason(self, initiative):
        own = [place for place in initiative.districts.all() if place.slug == self.slug]
        if own:
            return Reason(format_html(_("Du bor i {district}"), district=names(own)))
        return Reason(_("För alla stadsdelar"), is_own=False)

    def obstacle(self, initiative):
        places = names(initiative.districts.all())
        return format_html(_("För den som bor i {districts}"), districts=places)


@dataclass(frozen=True)
class Topic:
    slug: str
    question = "omrade"

    def narrow(self, initiatives):
        return initiatives.filter(focus_area__slug=self.slug)

    def reason(self, initiative):
        return Reason(self.obstacle(initiative))

    def obstacle(self, initiative):
        area = initiative.focus_area
        if not area.is_published():
            return _("Handlar om något annat")
        return format_html(_("Handlar om: {topic}"), topic=shown_text(area, area.topic_field))


class Finding:
    """What fits ``answers``; and, where nothing does, what fits all but one of them."""

    def __init__(self, answers):
        self.answers = answers

    @cached_property
    def hits(self):
        """The best fit first: the one with the most reasons of its own."""
        return self._fitting(self.answers)

    @cached_property
    def nearly(self):
        """[(question, hits)]: what there is for each answer if that alone were another."""
        if self.hits or len(self.answers) < 2:
            return []
        found = [(answer, self._without(answer)) for answer in self.answers]
        return [(answer.question, hits) for answer, hits in found if hits]

    @property
    def is_sensitive(self):
        near = [hit for _question, hits in self.nearly for hit in hits]
        return any(hit.initiative.is_sensitive for hit in [*self.hits, *near])

    def _without(self, missed):
        others = [answer for answer in self.answers if answer is not missed]
        return [
            hit._replace(obstacle=missed.obstacle(hit.initiative)) for hit in self._fitting(others)
        ]

    def _fitting(self, answers):
        initiatives = Initiative.objects.for_finder()
        for answer in answers:
            initiatives = answer.narrow(initiatives)
        hits = [
            Hit(initiative, [answer.reason(initiative) for answer in answers])
            for initiative in initiatives
        ]
        return sorted(hits, key=lambda hit: -hit.own_reasons)
