"""Where a thing is used."""

from django.apps import apps

from publishing.models.reference import Reference


def uses_of(item, at_most=None):
    """The rows of content that refer to ``item``: by key, by list, in a draft, or by a link.

    One query a relation of its model, and one for each kind of the texts that name it; each gives
    ``at_most`` so many rows.
    """
    found = {}
    for rows in (*_rows_by_key(item), *_rows_by_text(item)):
        found |= {(type(row), row.pk): row for row in rows[:at_most]}
    return [row for row in found.values() if row != item]


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
