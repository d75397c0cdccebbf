from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Nyheter"

    def ready(self):
        from news.models import NewsArchive, NewsItem
        from publishing.signals import content_changed, content_changing

        def doubt(instance, update_fields, **kwargs):
            # Not at each saving of a draft, which isn't among the numbers
            if instance.is_seen or "state" in (update_fields or ()):
                NewsArchive.doubt()

        def recount(**kwargs):
            NewsArchive.recount()

        content_changing.connect(
            doubt, sender=NewsItem, weak=False, dispatch_uid="news.NewsArchive.doubt"
        )

        content_changed.connect(
            recount, sender=NewsItem, weak=False, dispatch_uid="news.NewsArchive.recount"
        )
