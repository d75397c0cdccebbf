from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Sök"

    def ready(self):
        from publishing.signals import content_changed
        from search import kinds
        from search.indexing import index

        def update(instances, **kwargs):
            index(instances)

        for model in kinds.searched():
            content_changed.connect(
                update, sender=model, weak=False, dispatch_uid=f"search.{model._meta.label}"
            )
