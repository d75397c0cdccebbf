from pages.models.chart import Chart
from pages.models.content import Page, StartPage
from pages.models.resource import Resource
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
