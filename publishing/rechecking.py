"""Published pages judged anew, so that what breaks a rule is known: nothing is taken down."""

import logging

from django.apps import apps
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from publishing.models import Finding, Publishable, QualityCheck, Reference, kind_of
from publishing.models.reference import names_of
from publishing.quality import judge
from publishing.quality.links import Links

log = logging.getLogger(__name__)
CHUNK = 200  # rows in memory at once


def published_kinds():
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def recheck(items, links=None):
    """Let the findings of ``items``, rows as residents see them, be what the rules say now."""
    links = links or Links()
    for item in items:
        flaws = judge(item, links=links) if item.is_out_or_coming() else []
        Finding.objects.keep(item, flaws)


def recheck_all():
    """Judge every published page by all rules; gives each when it is done.

    Findings of what isn't published any more are removed.
    """
    links, kinds = Links(), published_kinds()
    Finding.objects.exclude(kind__in=map(kind_of, kinds)).delete()
    for model in kinds:
        published = model.objects.out_or_coming()
        own = Finding.objects.filter(kind=kind_of(model))
        own.exclude(object_id__in=published.values("pk")).delete()
        rows = published.select_related(*model.image_fields).order_by("pk")
        for item in rows.iterator(chunk_size=CHUNK):
            recheck([item], links)
            yield item
    QualityCheck.note()


def recheck_after_migration(plan=None, using="default", **facts):
    """Judge all when the rules have changed since. Only ``migrate`` has a ``plan``."""
    if plan is None or using != "default":
        return
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # migrated in part: not all columns are there
    if not QualityCheck.is_current():
        for _item in recheck_all():
            pass


def recheck_at_night(**facts):
    """What the clock alone has changed: pictures, links and exemptions that are over."""
    for _item in recheck_all():
        pass


def recheck_changed(sender, instances, **facts):
    """Judge what has changed, and the pages that refer to it."""
    try:
        recheck(_touched(sender, instances))
    except DatabaseError as error:
        # What has been saved is saved, and the next night finds the rest
        log.error("Kvalitetskontrollen blev inte av: %s", type(error).__name__)


def _touched(model, instances):
    keys = {}
    if issubclass(model, Publishable):
        keys[kind_of(model)] = {each.pk for each in instances}
    changed = {each.pk: each for each in instances}.values()
    names = sorted(set().union(*map(names_of, changed)))
    for start in range(0, len(names), CHUNK):
        references = Reference.objects.filter(target__in=names[start : start + CHUNK])
        for kind, key in references.values_list("kind", "object_id"):
            keys.setdefault(kind, set()).add(key)
    for kind, found in keys.items():
        user = apps.get_model(kind)
        if issubclass(user, Publishable):
            there = user._base_manager.in_bulk(found)
            Finding.objects.filter(kind=kind, object_id__in=found - there.keys()).delete()
            yield from there.values()
