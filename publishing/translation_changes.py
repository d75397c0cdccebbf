"""What has become of the Swedish text since a translation was made from it, word by word."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import capfirst

from publishing.differences import differences
from publishing.models.chain import Version
from publishing.translatable import Place, column_of, hash_of, texts_of
from publishing.wording import fields_of, label_of


@dataclass(frozen=True)
class SwedishChange:
    """``parts``, of publishing.differences, are None when the earlier text is not known any more.

    ``field`` is that of a Place, ``label`` what people call it.
    """

    field: str
    label: str
    parts: list | None


def swedish_changes(item, data, standing):
    """[SwedishChange] of the stale fields of a Standing of ``data``, the text of ``item``.

    One query, none when nothing is stale; the earlier texts are found among the versions.
    """
    if not standing.stale:
        return []
    earlier = _earlier_texts(item, standing.stale)
    texts = texts_of(type(item), data)
    return [
        _change(type(item), field, earlier.get(field), texts[field][settings.LANGUAGE_CODE])
        for field in standing.stale
    ]


def _change(model, field, before, now):
    labels, names = [], field.split(".")
    for name in names[:-1:2]:  # "opening_hours.12.reason" stands in a row of its own
        labels.append(label_of(fields_of(model)[name]))
        model = model._meta.get_field(name).related_model
    column = column_of(Place(settings.LANGUAGE_CODE, field))
    label = ": ".join(map(capfirst, [*labels, label_of(fields_of(model)[column])]))
    if before is None:
        return SwedishChange(field, label, None)
    found = differences(model, {column: before}, {column: now})
    return SwedishChange(field, label, found[0].parts if found else [])


def _earlier_texts(item, wanted):
    """{field: Swedish text} with the ``wanted`` hashes, {field: hash}, the latest of each."""
    columns = {}  # in versions, of which the others needn't be read
    for field in wanted:
        name = field.partition(".")[0]
        is_own = name == field
        columns[column_of(Place(settings.LANGUAGE_CODE, field)) if is_own else name] = None
    keys = [f"data__{column}" for column in columns]
    versions = Version.objects.of(item).texts().order_by("-number").values_list(*keys)
    found = {}
    for values in versions.iterator(chunk_size=20):
        data = {name: each for name, each in zip(columns, values, strict=True) if each is not None}
        texts = texts_of(type(item), data)
        for field, source in wanted.items():
            text = texts.get(field, {}).get(settings.LANGUAGE_CODE, "")
            if field not in found and hash_of(text) == source:
                found[field] = text
        if len(found) == len(wanted):
            break
    return found
