"""Where things are used: what the texts refer to, links in rich text included."""

import json
import re

from django.conf import settings
from django.db import models

from publishing import snapshot
from publishing.models.chain import kind_of

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#?]+)')
PREFIXES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES if code != "sv")


class ReferenceQuerySet(models.QuerySet):
    def to(self, item):
        """The references to ``item``, by key or by a link to one of its addresses."""
        return self.filter(target__in=names_of(item))

    def claiming(self, place, item):
        """Those of other items of its kind with a text that is to be at ``place`` of place_in().

        What stands in the rows themselves is not asked here.
        """
        return self.filter(target=_claim(item, place)).exclude(object_id=item.pk or 0)


class Reference(models.Model):
    """One thing that the live, newest or waiting text of an item refers to.

    Or the place that it will move to, so that an index finds it, without reading all texts.
    """

    kind = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    # "images.image:5", the Swedish path of a page, or the place that the item will move to
    target = models.CharField(max_length=400)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind", "object_id"], name="publishing_reference_from"),
            models.Index(fields=["target"], name="publishing_reference_to"),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id} → {self.target}"

    @classmethod
    def index(cls, item, texts):
        """Keep what ``texts``, the data of versions of ``item``, refer to: 1–3 queries.

        And the places where they are to be, if others than that of the row, which ``item`` is.
        """
        model, own = type(item), item.place_in(snapshot.read_columns(item))
        wanted = set().union(*(targets(model, data) for data in texts))
        wanted |= {_claim(item, place) for data in texts if (place := item.place_in(data)) != own}
        kept = cls.objects.filter(kind=kind_of(item), object_id=item.pk)
        there = dict(kept.values_list("target", "pk"))
        if gone := [pk for target, pk in there.items() if target not in wanted]:
            cls.objects.filter(pk__in=gone).delete()
        cls.objects.bulk_create(
            cls(kind=kind_of(item), object_id=item.pk, target=target)
            for target in sorted(wanted - set(there))
        )


def names_of(item):
    """{Reference.target} by which texts refer to ``item``: its key, its page, its file."""
    names = {f"{kind_of(item)}:{item.pk}", item.path_now()}
    for field in item._meta.concrete_fields:
        if isinstance(field, models.FileField) and (file := getattr(item, field.name)):
            names.add(file.url)
    return names - {""}


def _claim(item, place):
    return f"{kind_of(item)}@{json.dumps(place, sort_keys=True)}"


def targets(model, data):
    """What ``data``, the text of a version of ``model``, refers to, as Reference.target."""
    found = set()
    for field in snapshot.columns(model):
        if field.is_relation and data.get(field.name):
            found.add(f"{kind_of(field.related_model)}:{data[field.name]}")
    for field in snapshot.relations(model):
        kind = kind_of(field.related_model)
        found |= {f"{kind}:{key}" for key in data.get(field.name, [])}
    for name in snapshot.rich_columns(model):
        found |= {swedish_path(href)[:400] for href in internal_links(data.get(name) or "")}
    for name in model.recorded_children:
        child = model._meta.get_field(name).related_model
        found = found.union(*(targets(child, row) for row in data.get(name, [])))
    return found


def internal_links(html):
    """The hrefs in ``html`` that lead to this site, as paths; those of pages end with a slash."""
    hrefs = (href.removeprefix(settings.BASE_URL) for href in HREF.findall(html))
    return [
        href if "." in href.rpartition("/")[2] else href.rstrip("/") + "/"
        for href in hrefs
        if href.startswith("/")
    ]


def swedish_path(path):
    """``path`` without the prefix of another language."""
    for prefix in PREFIXES:
        if path.startswith(prefix):
            return path[len(prefix) - 1 :]
    return path
