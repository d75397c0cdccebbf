import logging
from datetime import timedelta

from django.apps import AppConfig
from django.db import DatabaseError
from django.db.models.signals import post_migrate
from django.utils import timezone

logger = logging.getLogger(__name__)


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Sök"

    def ready(self):
        from publishing.signals import content_changed, night_has_come
        from search import kinds
        from search.indexing import index

        def update(instances, **kwargs):
            try:
                index(instances)
            except DatabaseError:
                # What has been saved is saved; the search still asks what of it is public
                logger.exception("Sökningens index ändrades inte. Kör manage.py rebuild_search.")

        night_has_come.connect(_forget_what_is_over)
        night_has_come.connect(_catch_up)
        post_migrate.connect(_fill_what_is_empty, sender=self)
        for model in kinds.searched():
            content_changed.connect(
                update, sender=model, weak=False, dispatch_uid=f"search.{model._meta.label}"
            )


def _fill_what_is_empty(**kwargs):
    """Let a site that had content before it had an index find it, without a step to remember."""
    from search.indexing import rebuild
    from search.models import Document

    if not Document.objects.exists():
        rebuild()


def _catch_up(**kwargs):
    """Index what was saved since the night before last: a process may have died before it did."""
    from search.indexing import catch_up

    catch_up(since=timezone.now() - timedelta(days=2))


def _forget_what_is_over(**kwargs):
    from search.models import MissedQuery

    MissedQuery.objects.over().delete()
