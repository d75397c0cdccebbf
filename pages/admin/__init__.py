from pages.admin.content import ChartAdmin, PageAdmin, StartPageAdmin
from pages.admin.resources import ResourceAdmin
from pages.admin.site import NoticeAdmin, SiteSettingsAdmin
from pages.admin.statement import AccessibilityStatementAdmin

__all__ = [
    "AccessibilityStatementAdmin",
    "ChartAdmin",
    "NoticeAdmin",
    "PageAdmin",
    "ResourceAdmin",
    "SiteSettingsAdmin",
    "StartPageAdmin",
]
