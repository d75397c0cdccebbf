"""The own columns of a row as JSON, and back: what a version holds of a page or of a fact.

A translated field has a column a language and one under its bare name, which holds a fallback: only
the former are taken. Nothing here knows of states or rights.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db import models

from publishing.fields import RichTextField

TIMES = ("created_at", "updated_at")  # which no version of a text holds


def columns(model):
    """The columns of ``model`` that a version holds, many-to-many relations not among them."""
    left_out = {*TIMES} | set(model.unversioned_fields) | _bare_names(model)
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in left_out
    ]


def relations(model):
    """The many-to-many relations of ``model``, which a version holds as sorted lists of ids."""
    return list(model._meta.many_to_many)


def rich_columns(model):
    """The names of the columns that hold HTML."""
    return {
        field.name
        for field in columns(model)
        if isinstance(getattr(field, "translated_field", field), RichTextField)
    }


def existing(model, values):
    """``values`` without the rows that are gone, where ``model`` can do without them."""
    kept = dict(values)
    for field in columns(model):
        if field.is_relation and field.null and kept.get(field.name) is not None:
            rows = field.related_model._base_manager.filter(pk=kept[field.name])
            kept[field.name] = kept[field.name] if rows.exists() else None
    for field in relations(model):
        if kept.get(field.name):
            rows = field.related_model._base_manager.filter(pk__in=kept[field.name])
            kept[field.name] = sorted(rows.values_list("pk", flat=True))
    return kept


def read(item):
    """{column: JSON value} of ``item``; one query a relation, none for a row without a key."""
    return read_all([item])[0]


def read_all(items):
    """[{column: JSON value}] of ``items``, rows of one model; one query a relation for them all."""
    model, keys = type(items[0]), [item.pk for item in items if item.pk]
    related = {field.name: _related_keys(field, keys) for field in relations(model)}
    related |= {name: _children(model, name, keys) for name in model.recorded_children}
    return [
        {**read_columns(item), **{name: found.get(item.pk, []) for name, found in related.items()}}
        for item in items
    ]


def read_columns(item):
    """{column: JSON value} of ``item`` without its relations: no query."""
    return {field.name: _to_json(field, item) for field in columns(type(item))}


def read_status(item):
    """{column: JSON value} of what no version of the text holds: state and dates."""
    fields = (item._meta.get_field(name) for name in item.unversioned_fields)
    return {field.name: _to_json(field, item) for field in fields}


def write_status(item, status):
    """Put back on ``item`` what read_status() gave, without saving it."""
    for name in item.unversioned_fields:
        field = item._meta.get_field(name)
        value = field.to_python(status.get(name))
        if value is None and not field.null:  # a column that has come since
            value = field.get_default()
        setattr(item, field.attname, value)


def read_times(item):
    """{name: JSON value} of when ``item`` was made and changed."""
    return {name: _to_json(item._meta.get_field(name), item) for name in TIMES}


def write_times(item, times):
    """Give the saved ``item`` the ``times`` that it had, which saving has made today's."""
    for name, value in times.items():
        setattr(item, name, datetime.fromisoformat(value))
    type(item)._base_manager.filter(pk=item.pk).update(
        **{name: getattr(item, name) for name in times}
    )


def write(item, data):
    """Put ``data`` on ``item`` without saving it; returns the keys that its model doesn't have.

    A column that ``data`` lacks, since it came later, takes its default. A foreign key whose row is
    gone becomes empty, where it may. Relations are for write_relations().
    """
    for field in columns(type(item)):
        value = field.to_python(data[field.name]) if field.name in data else field.get_default()
        if field.is_relation and value is not None:
            value = _existing(field, item, value)
        setattr(item, field.attname, value)
    known = {field.name for field in [*columns(type(item)), *relations(type(item))]}
    return sorted(set(data) - known - set(item.recorded_children))


def write_relations(item, data):
    """Give the saved ``item`` the many-to-many relations of ``data``, without rows that are gone.

    No query for what is as it should be already.
    """
    for field in relations(type(item)):
        wanted = set(data.get(field.name, []))
        manager = getattr(item, field.name)
        if wanted == set(manager.values_list("pk", flat=True)):
            continue
        manager.set(field.related_model._base_manager.filter(pk__in=wanted))


def write_children(item, data):
    """Give the saved ``item`` exactly the rows of ``data`` that belong to it, with their keys.

    Raises ValidationError for a row that isn't valid any more.
    """
    for name in item.recorded_children:
        manager = getattr(item, name)
        rows = data.get(name, [])
        manager.exclude(pk__in=[row["id"] for row in rows]).delete()
        for row in rows:
            child = manager.filter(pk=row["id"]).first() or manager.model(pk=row["id"])
            write(child, row)
            setattr(child, manager.field.attname, item.pk)
            child.full_clean()
            child.save()


def defaults(model):
    """{column or relation: JSON value} of a new row of ``model``."""
    return read(model())


def normalised(model, values):
    """The ``values`` that ``model`` has columns or relations for, clean and as they are kept."""
    probe, kept = model(), {}
    for field in columns(model):
        if field.name in values:
            setattr(probe, field.attname, field.to_python(values[field.name]))
            kept[field.name] = _to_json(field, probe)
    for field in relations(model):
        if field.name in values:
            kept[field.name] = sorted(set(values[field.name]))
    return kept


def composed(model, live, text, languages):
    """``text`` in ``languages`` (None for all) and ``live`` in the others, as one version.

    What has no language goes with Swedish.
    """
    if languages is None:
        return text
    taken = {
        field.name
        for field in [*columns(model), *relations(model)]
        if getattr(field, "language", settings.LANGUAGE_CODE) in languages
    }
    blank = defaults(model)
    return {
        name: text[name] if name in taken else live.get(name, blank.get(name, text[name]))
        for name in text
    }


def _bare_names(model):
    translated = (getattr(field, "translated_field", None) for field in model._meta.concrete_fields)
    return {field.name for field in translated if field}


def _related_keys(field, keys):
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    found = defaultdict(list)
    if keys:
        rows = field.remote_field.through._base_manager.filter(**{f"{own}__in": keys})
        for key, related in rows.order_by(other).values_list(own, other):
            found[key].append(related)
    return found


def _children(model, name, keys):
    binding = model._meta.get_field(name).field
    found = defaultdict(list)
    if keys:
        rows = binding.model._base_manager.filter(**{f"{binding.name}__in": keys})
        for child in rows.order_by("pk"):
            found[getattr(child, binding.attname)].append({"id": child.pk, **read_columns(child)})
    return found


def _to_json(field, item):
    value = field.get_prep_value(field.value_from_object(item))
    if value is None and isinstance(field, models.CharField | models.TextField):
        return ""  # an empty text of a language is either, and means the same
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()  # the same moment, whoever's clock it came from
    if isinstance(value, float):
        return value + 0.0  # PostgreSQL's JSON knows no -0.0
    return value.isoformat() if isinstance(value, date | time) else value


def _existing(field, item, key):
    if getattr(item, field.attname) == key and not item._state.adding:
        return key
    is_there = field.related_model._base_manager.filter(pk=key).exists()
    return key if is_there or not field.null else None
