from news.models.archive import NewsArchive
from news.models.item import NewsItem

__all__ = ["NewsArchive", "NewsItem"]
