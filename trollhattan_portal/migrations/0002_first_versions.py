"""The first version of every row that was there before histories were kept.

Written out in full, so that it does the same when the models have become others.
"""

import json
import secrets
from collections import defaultdict
from datetime import UTC, date, time
from hashlib import sha256

from django.db import migrations, models
from django.utils import timezone

from publishing.models.reference import internal_links, swedish_path

REVIEW = ["last_reviewed_on", "last_reviewed_by"]
STATUS = ["state", "withdrawal_reason", "publish_at", "expire_at", *REVIEW]
PUBLISHED = ["focus_areas.focusarea", "initiatives.initiative", "pages.startpage", "pages.page"]
# {kind: (columns that are no text, related rows that are recorded with it)}
KINDS = {
    **{kind: (STATUS, []) for kind in PUBLISHED},
    "news.newsitem": ([*STATUS, "start_place"], []),
    "contacts.contactunit": (REVIEW, [("opening_hours", "contacts.openinghours", "unit_id")]),
    "contacts.helpline": (REVIEW, []),
    "images.image": (["renditions"], []),
    "initiatives.district": ([], []),
    "initiatives.targetgroup": ([], []),
    "pages.chart": ([], []),
    "pages.notice": ([], []),
    "pages.resource": ([], []),
    "pages.sitesettings": ([], [("menu", "pages.menuitem", "site_id")]),
    "pages.accessibilitystatement": (
        [],
        [("shortcomings", "pages.shortcoming", "statement_id")],
    ),
}
KINDS["contacts.contactunit"][1].append(("functions", "contacts.contactfunction", "unit_id"))
CHUNK = 500


def begin_histories(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    chain, _is_new = apps.get_model("publishing", "Chain").objects.get_or_create(pk=1)
    for kind, (status, children) in KINDS.items():
        for rows in _chunks(apps, kind):
            names = {field.name for field in rows[0]._meta.concrete_fields}
            status = [name for name in status if name in names]  # some have come since
            related = _relations(rows) | _children(apps, rows, children)
            begun = []
            for row in rows:
                data = _read(row, status)
                data |= {name: by_row[row.pk] for name, by_row in related.items()}
                begun.append((row, _version(apps, chain, kind, row, data, status)))
            _keep(apps, kind, begun)
    chain.save()


def _chunks(apps, kind):
    """The rows without a history, some at a time: a page has thousands of characters."""
    tracked = apps.get_model("publishing", "Track").objects.filter(kind=kind)
    rows = apps.get_model(kind)._base_manager.order_by("pk")
    rows = rows.exclude(pk__in=tracked.values("object_id"))
    while chunk := list(rows[:CHUNK]):
        yield chunk
        rows = rows.filter(pk__gt=chunk[-1].pk)


def _read(row, left_out):
    names = {field.name for field in row._meta.concrete_fields}
    data = {}
    for field in row._meta.concrete_fields:
        if field.name in ("likeness", "replaced"):  # of pictures, have come since, and are no text
            continue
        is_bare = f"{field.name}_sv" in names
        if field.primary_key or is_bare or field.name in {"created_at", "updated_at", *left_out}:
            continue
        data[field.name] = _json(field, row)
    return data


def _relations(rows):
    """{many-to-many relation: {row: sorted keys}}"""
    found = {}
    for field in rows[0]._meta.many_to_many:
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        pairs = field.remote_field.through._base_manager.filter(**{f"{own}__in": _keys(rows)})
        found[field.name] = by_row = defaultdict(list)
        for key, related in pairs.order_by(other).values_list(own, other):
            by_row[key].append(related)
    return found


def _children(apps, rows, children):
    """{related name: {row: what belongs to it}}"""
    found = {}
    for name, kind, key in children:
        found[name] = by_row = defaultdict(list)
        belonging = apps.get_model(kind)._base_manager.filter(**{f"{key}__in": _keys(rows)})
        for child in belonging.order_by("pk"):
            by_row[getattr(child, key)].append({"id": child.pk, **_read(child, [])})
    return found


def _keys(rows):
    return [row.pk for row in rows]


def _json(field, row):
    value = field.get_prep_value(field.value_from_object(row))
    if value is None and isinstance(field, models.CharField | models.TextField):
        return ""
    return value.isoformat() if isinstance(value, date | time) else value


def _version(apps, chain, kind, row, data, status):
    standing = {}
    for name in status:
        value = row._meta.get_field(name).value_from_object(row)
        standing[name] = value.isoformat() if isinstance(value, date) else value
    chain.length += 1
    version = apps.get_model("publishing", "Version")(
        sequence=chain.length,
        kind=kind,
        object_id=row.pk,
        number=1,
        at=timezone.now(),
        action="imported",
        data=data,
        status=standing,
        is_live=getattr(row, "state", "published") in ("published", "archived"),
        previous_hash=chain.head,
    )
    parts = {**data, "@by": "", "@note": ""}
    version.salts = {part: secrets.token_hex(8) for part in parts}
    digests = {
        part: sha256(_canonical([version.salts[part], value])).hexdigest()
        for part, value in parts.items()
    }
    at = version.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts = [version.previous_hash, version.sequence, kind, row.pk, 1, at, "imported", standing]
    facts += [version.is_live, False, None, False, digests]
    version.hash = chain.head = sha256(_canonical(facts)).hexdigest()
    return version


def _canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _keep(apps, kind, begun):
    apps.get_model("publishing", "Version").objects.bulk_create([v for _row, v in begun])
    Track, Reference = (apps.get_model("publishing", name) for name in ("Track", "Reference"))
    Track.objects.bulk_create(
        Track(
            kind=kind,
            object_id=row.pk,
            numbers=1,
            newest=version,
            live=version if version.is_live else None,
        )
        for row, version in begun
    )
    Reference.objects.bulk_create(
        Reference(kind=kind, object_id=row.pk, target=target)
        for row, version in begun
        for target in sorted(_linked(row, version.data))
    )


def _linked(row, data):
    # Rich text is text to a migration: a field says its own kind only to the present models
    texts = [field.name for field in row._meta.concrete_fields if _is_text(field)]
    links = (internal_links(data[name]) for name in texts if name in data)
    return {swedish_path(href)[:400] for hrefs in links for href in hrefs}


def _is_text(field):
    return isinstance(field, models.TextField)


class Migration(migrations.Migration):
    dependencies = [
        ("trollhattan_portal", "0001_groups"),
        ("publishing", "0001_initial"),
        ("contacts", "0001_initial"),
        ("images", "0001_initial"),
        ("focus_areas", "0002_withdrawal_reason"),
        ("initiatives", "0002_withdrawal_reason"),
        ("news", "0002_withdrawal_reason_and_start_place"),
        ("pages", "0002_withdrawal_reason"),
    ]
    operations = [migrations.RunPython(begin_histories, migrations.RunPython.noop)]
