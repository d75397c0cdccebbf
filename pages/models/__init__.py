from pages.models.content import Chart, Page, Resource, StartPage
from pages.models.site import MenuItem, Notice, SiteSettings
from pages.models.statement import AccessibilityStatement, Shortcoming

__all__ = [
    "AccessibilityStatement",
    "Chart",
    "MenuItem",
    "Notice",
    "Page",
    "Resource",
    "Shortcoming",
    "SiteSettings",
    "StartPage",
]
