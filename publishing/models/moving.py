"""Addresses: who may have one, and what becomes of the old one when an item leaves it."""

from contextlib import suppress
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch
from django.utils import timezone

from publishing import links
from publishing.addresses import is_answered, on_this_site, row_at
from publishing.models.redirect import Redirect
from publishing.models.reference import swedish_path
from publishing.models.states import WithdrawalReason
from publishing.models.track import Track


class Place(NamedTuple):
    """Where a row was: its Swedish path, and whether residents could find it there."""

    row: models.Model
    path: str
    is_seen: bool


class Moving:
    place_fields = ("slug",)  # the columns that decide the address among those of its kind

    # Who may have an address

    def place_in(self, data):
        """{column: JSON value} of what decides the address, as the text ``data`` has it."""
        return {name: data[name] for name in self.place_fields if name in data}

    def address_problem(self, data):
        """Why the address in the text ``data`` can't be this one's, as a sentence; "" when it can.

        Another row has it, or another item's text that waits to be seen will take it.
        """
        place = self.place_in(data)
        if not place:
            return ""
        if row := type(self)._base_manager.filter(**place).exclude(pk=self.pk).first():
            return f"”{row}” har redan samma adress. Välj en annan."
        claims = Track.objects.claiming(self, place).select_related("newest", "scheduled")
        if claim := claims.first():
            waits = claim.scheduled and self.place_in(claim.scheduled.data) == place
            title = self.title_in((claim.scheduled if waits else claim.newest).data)
            return f"Utkastet ”{title}” vill ha samma adress. Välj en annan."
        return ""

    def require_free_address(self, data):
        """Raises ValidationError when the address in the text ``data`` can't be this one's."""
        if problem := self.address_problem(data):
            raise ValidationError({self.place_fields[0]: problem})

    # What is at an address

    def moves_along(self):
        """The rows whose addresses begin with the address of this one."""
        return []

    def path_in(self, data):
        """The Swedish path of this with the text ``data``; "" for what has no page of its own."""
        probe = type(self)(pk=self.pk)
        for name, value in self.place_in(data).items():
            setattr(probe, self._meta.get_field(name).attname, value)
        return probe.path_now()

    def path_now(self):
        """The Swedish path of this row; "" for what has no page, or an old fault in its address."""
        if not hasattr(self, "get_absolute_url"):
            return ""
        with suppress(NoReverseMatch):
            return swedish_path(self.get_absolute_url())
        return ""

    def places(self):
        """The Places of this row and of what moves along with it."""
        rows = [self, *self.moves_along()]
        return [Place(row, path, row.is_seen) for row in rows if (path := row.path_now())]

    def _places_before(self, track):
        """The same as places() of a row, of a live kind, that has been saved since ``track``."""
        before = track.live.data if track.live else {}
        path = self.path_in(before) if self.place_in(before) else ""
        return [Place(self, path, True)] if path else []

    # Leaving it

    def _follow_up(self, chain, before, by, redirect=True):
        """Lead the addresses that were left to the new ones, and let links follow.

        ``before`` are the places until now. Texts that link here are recorded anew, this one's own
        too, so whatever else is to be written must be in the database already.
        """
        now = {place.row: place for place in self.places()}
        seen = [place.path for place in now.values() if place.is_seen]
        Redirect.objects.filter(path__in=seen).delete()
        moved = [
            (place, now[place.row].path)
            for place in before
            if place.row in now and now[place.row].path != place.path
        ]
        for place, path in moved:
            self._leave(chain, place, path, by, redirect)
        if moved:
            self.refresh_again()

    def _leave(self, chain, place, path, by, redirect):
        # What links to a page that has been taken away is led on from the address that it had
        if place.is_seen or not (place.row.track and place.row.track.live_id):
            links.follow(chain, place.path, path, by=by)
        if place.is_seen and redirect:
            Redirect.lead(place.path, item=place.row, by=by)

    def _replacement(self, named):
        """The item or the Swedish address that ``named``, either, means. Raises ValidationError."""
        if not named:
            raise ValidationError({"replaced_by": "Välj vilken sida som ersätter den."})
        if isinstance(named, str):
            try:
                named = on_this_site(named)
            except ValidationError as error:
                raise ValidationError({"replaced_by": error}) from error
            if not is_answered(named):
                raise ValidationError({"replaced_by": "Det finns ingen sida på den adressen."})
        if (row_at(named) if isinstance(named, str) else named) == self:
            raise ValidationError({"replaced_by": "Sidan kan inte ersättas av sig själv."})
        return named

    def _lead_away(self, path, reason, replaced_by, by):
        """Let the ``path`` of this, which is withdrawn for a ``reason``, answer accordingly."""
        if reason == WithdrawalReason.OUTDATED or not path:
            return
        if not replaced_by and self.publish_at > timezone.now():
            return  # nobody has been there
        if isinstance(replaced_by, str):
            Redirect.lead(path, by=by, address=replaced_by)
        else:
            # To itself when nothing replaces it: gone while it is away, found again when it is back
            Redirect.lead(path, by=by, item=replaced_by or self)

    def _leave_for_the_bin(self, by):
        """Let the address of what residents could read say that it is gone."""
        path = self.path_now()
        if self.is_seen and path and not Redirect.objects.at(path):
            Redirect.lead(path, item=self, by=by)
