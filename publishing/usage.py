"""Where a thing is used."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef

from publishing import snapshot
from publishing.models.chain import kind_of
from publishing.models.reference import (
    Reference,
    internal_links,
    names_of,
    swedish_path,
    targets,
)
from publishing.models.track import Track


def uses_of(item, at_most=None):
    """The rows of content that refer to ``item``: by key, by list, in a draft, or by a link.

    One query a relation of its model, and one for each kind of the texts that name it; each gives
    ``at_most`` so many rows. A row that is edited with another stands for that one.
    """
    found = {}
    for rows in (*_rows_by_key(item), *_rows_by_text(item)):
        for row in map(owner_of, rows[:at_most]):
            found[type(row), row.pk] = row
    return [row for row in found.values() if row != item]


def owner_of(row):
    """The row that ``row`` is edited and recorded with: mostly itself."""
    owner = _owners().get(type(row))
    return getattr(row, owner) if owner else row


def owner_key(model):
    """(the model that rows of ``model`` are edited with, their column that holds its key)."""
    owner = _owners().get(model)
    return (model._meta.get_field(owner).related_model, f"{owner}_id") if owner else (model, "pk")


def is_waited_for(item):
    """Whether a text that somebody has approved, and that waits for its minute, names ``item``."""
    naming = Reference.objects.to(item).filter(
        kind=OuterRef("kind"), object_id=OuterRef("object_id")
    )
    tracks = Track.objects.filter(Exists(naming), scheduled__isnull=False)
    return any(
        targets(apps.get_model(track.kind), track.scheduled.data or {}) & names_of(item)
        for track in tracks.select_related("scheduled")
    )


def places_in(model, data, names):
    """In which fields of ``data``, the text of a version of ``model``, one of ``names`` stands.

    Swedish words, as ["bild", "länk i text (English)"]; ``names`` are as Reference.target.
    """
    rich = snapshot.rich_columns(model)
    found = [
        f"länk i {label_of(field)}" if field.name in rich else str(field.verbose_name)
        for field in (*snapshot.columns(model), *snapshot.relations(model))
        if names & _named_by(field, data.get(field.name), field.name in rich)
    ]
    for name in model.recorded_children:
        child = model._meta.get_field(name).related_model
        if any(places_in(child, row, names) for row in data.get(name, [])):
            found.append(str(child._meta.verbose_name))
    return found


def _named_by(field, value, is_rich):
    """What a ``value`` of ``field`` refers to, as Reference.target."""
    if is_rich:
        return {swedish_path(link) for link in internal_links(value or "")}
    if not field.is_relation:
        return set()
    keys = value if isinstance(value, list) else [value]
    return {f"{kind_of(field.related_model)}:{key}" for key in keys}


def label_of(field):
    language = getattr(field, "language", settings.LANGUAGE_CODE)
    name = getattr(field, "translated_field", field).verbose_name
    is_swedish = language == settings.LANGUAGE_CODE
    return str(name) if is_swedish else f"{name} ({dict(settings.LANGUAGES)[language]})"


def _rows_by_key(item):
    for relation in item._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        model = relation.related_model
        if hasattr(model, "recorded_children"):
            yield model._base_manager.filter(**{relation.field.name: item.pk})


def _rows_by_text(item):
    references = Reference.objects.to(item)
    for kind in references.values_list("kind", flat=True).distinct():
        users = references.filter(kind=kind).values("object_id")
        yield apps.get_model(kind)._base_manager.filter(pk__in=users)


@cache
def _owners():
    """{model of rows that are edited with another: the name of its key to that one}."""
    parents = (model for model in apps.get_models() if hasattr(model, "recorded_children"))
    relations = (
        parent._meta.get_field(name) for parent in parents for name in parent.recorded_children
    )
    return {relation.related_model: relation.field.name for relation in relations}
