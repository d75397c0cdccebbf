from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Nyheter"

    def ready(self):
        from news.models import NewsArchive, NewsItem
        from publishing.signals import content_changed

        def recount(**kwargs):
            NewsArchive.recount()

        content_changed.connect(
            recount, sender=NewsItem, weak=False, dispatch_uid="news.NewsArchive.recount"
        )
