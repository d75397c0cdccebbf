from publishing.admin.base import (
    EDITOR_STYLE,
    ContentAdmin,
    LiveAdmin,
    LiveStackedInline,
    LiveTabularInline,
    SingletonAdmin,
)
from publishing.admin.publishable import FINDING, PUBLISHING, PublishableAdmin

__all__ = [
    "EDITOR_STYLE",
    "FINDING",
    "PUBLISHING",
    "ContentAdmin",
    "LiveAdmin",
    "LiveStackedInline",
    "LiveTabularInline",
    "PublishableAdmin",
    "SingletonAdmin",
]
