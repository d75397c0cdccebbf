from publishing.admin.base import (
    EDITOR_STYLE,
    ContentAdmin,
    LiveAdmin,
    LiveStackedInline,
    LiveTabularInline,
    SingletonAdmin,
)
from publishing.admin.publishable import FINDING, PUBLISHING, PublishableAdmin
from publishing.admin.reviewing import REVIEW, ReviewedAdmin

__all__ = [
    "EDITOR_STYLE",
    "FINDING",
    "PUBLISHING",
    "REVIEW",
    "ContentAdmin",
    "LiveAdmin",
    "LiveStackedInline",
    "LiveTabularInline",
    "PublishableAdmin",
    "ReviewedAdmin",
    "SingletonAdmin",
]
