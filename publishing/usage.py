"""Where a thing is used."""

from django.apps import apps

from publishing.models.reference import Reference


def uses_of(item):
    """The rows of content that refer to ``item``: by key, by list, in a draft, or by a link.

    One query a relation of its model, and one for each kind of the texts that name it.
    """
    found = {}
    for rows in (*_rows_by_key(item), *_rows_by_text(item)):
        found |= {(type(row), row.pk): row for row in rows}
    return [row for row in found.values() if row != item]


def _rows_by_key(item):
    for relation in item._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        model = relation.related_model
        if hasattr(model, "recorded_children"):
            yield model._base_manager.filter(**{relation.field.name: item.pk})


def _rows_by_text(item):
    by_kind = {}
    for kind, key in Reference.objects.to(item).values_list("kind", "object_id").distinct():
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        yield apps.get_model(kind)._base_manager.filter(pk__in=keys)
