"""Any text of an item as a page: by its real address, view and template, of a row in memory.

Nothing is written, so nothing is left behind, and no constraint refuses a draft. See decision 8.
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve
from django.utils import timezone
from django.utils.translation import override

from publishing import snapshot
from publishing.models import State

NOBODY = 0  # the key of a row that isn't there yet: nothing refers to it
NO_TITLE = "(utan rubrik)"
STAND_IN = "forhandsvisning"


class Showing:
    """A row in memory, ``item``, with the text ``data`` ({column: JSON value}).

    ``problems`` are sentences about what couldn't be shown as it is written, and ``missing`` about
    what must be mended before it may be published.
    """

    def __init__(self, item, data):
        self.item, self.data, self.problems = item, data, []
        self.missing = list(item.publish_problems().values())
        self._fill_gaps()

    @classmethod
    def to_come(cls, model, data, row=None):
        """``data`` as residents would see it if it were published now; ``row`` is where it is."""
        item, now = model(pk=row.pk if row else NOBODY), timezone.now()
        snapshot.write(item, data)
        snapshot.write_status(item, snapshot.read_status(row or item))
        if item.state != State.PUBLISHED:
            kept = item.publish_at and item.publish_at <= now
            item.publish_at = item.publish_at if kept else now
        item.state, item.withdrawal_reason, item.updated_at = State.PUBLISHED, "", now
        return cls(item, data)

    @classmethod
    def of_version(cls, version, row, track):
        """A version that holds a text: as residents see it, or would if it were published now."""
        if version.pk != track.live_id:
            return cls.to_come(type(row), version.data, row)
        item = type(row).as_recorded(row.pk, version)
        snapshot.write_status(item, snapshot.read_status(row))
        item.updated_at = row.updated_at or row.publish_at
        return cls(item, version.data)

    def languages(self):
        """The codes of the languages in which there is something to show."""
        return self.item.languages()

    def lend_pictures(self, token):
        """Let who has ``token`` of a share link fetch the pictures of this text too."""
        for name in self.item.image_fields:
            if image := getattr(self.item, name):
                image.grant = token

    def page(self, language, request, **context):
        """The page in ``language``, one of languages(), as its view answers anybody; rendered.

        ``request`` is the one that is answered, and ``context`` what the template gets besides.
        """
        with override(language):
            match = self._match()
            self._relate(match.func.view_class)
            view = match.func.view_class.as_view(object=self.item, extra_context=context)
            asked = self._request(request, language, match)
            response = view(asked, *match.args, **match.kwargs).render()
        response.headers["Content-Language"] = language
        return response

    def _request(self, request, language, match):
        """What a visitor without cookies would ask."""
        asked = HttpRequest()
        asked.method, asked.LANGUAGE_CODE, asked.resolver_match = "GET", language, match
        asked.path = asked.path_info = self.item.get_absolute_url()
        names = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST")
        asked.META = {name: request.META[name] for name in names if name in request.META}
        asked.user = AnonymousUser()
        return asked

    # What the row lacks

    def _fill_gaps(self):
        if not self.item.title_sv:
            self.item.title_sv = NO_TITLE
        for field in snapshot.columns(type(self.item)):
            if field.is_relation and not field.null and not self._has(field):
                setattr(self.item, field.name, field.related_model(pk=NOBODY))
                self.problems.append(f"Det som sidan hör till saknas: {field.verbose_name}.")
        if not self._match():
            self._move_to_stand_in()

    def _has(self, field):
        try:
            return getattr(self.item, field.name) is not None
        except ObjectDoesNotExist:  # nobody has chosen one, or it was thrown away since
            return False

    def _move_to_stand_in(self):
        place = dict.fromkeys(self.item.place_fields) | {"slug": STAND_IN}
        for name, value in place.items():
            setattr(self.item, name, value)
        self.problems.append("Adressen går inte att använda, så sidan visas på en tillfällig.")

    def _match(self):
        """The view at the address, or None where the address can't be that of this item."""
        try:
            match = resolve(self.item.get_absolute_url())
        except (NoReverseMatch, Resolver404):
            return None
        view_class = getattr(match.func, "view_class", None)
        return match if getattr(view_class, "model", None) is type(self.item) else None

    # What the row is related to

    def _relate(self, view_class):
        """Give the row the relations of its text, each as the page's own query would show it."""
        lookups = view_class().get_queryset()._prefetch_related_lookups
        wanted = {getattr(lookup, "prefetch_through", lookup): lookup for lookup in lookups}
        own = {}
        for field in snapshot.relations(type(self.item)):
            rows = getattr(wanted.pop(field.name, None), "queryset", None)
            rows = field.related_model._default_manager.all() if rows is None else rows
            own[field.name] = rows.filter(pk__in=self.data.get(field.name, []))
        prefetch_related_objects([self.item], *wanted.values())
        self.item.__dict__.setdefault("_prefetched_objects_cache", {}).update(own)


def for_one_person(response):
    """``response`` as no cache keeps it and no search engine lists it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
