from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.functional import SimpleLazyObject

from contacts.models import ContactUnit
from pages.models import MenuItem, Notice, SiteSettings


def furniture(request):
    """What stands on every page. Four queries, made only by a template that shows them."""
    site = SimpleLazyObject(SiteSettings.current)
    menus = SimpleLazyObject(_menus)
    return {
        "site": site,
        "menu": SimpleLazyObject(lambda: menus[MenuItem.Place.MAIN]),
        "footer_menu": SimpleLazyObject(lambda: menus[MenuItem.Place.FOOTER]),
        "notices": SimpleLazyObject(lambda: list(Notice.objects.active())),
        "contact": SimpleLazyObject(lambda: _with_hours(site.contact_unit)),
        "base_url": settings.BASE_URL,
        "canonical": settings.BASE_URL + request.path,
    }


def _menus():
    menus = {place: [] for place in MenuItem.Place}
    for item in MenuItem.objects.shown():
        menus[item.place].append(item)
    menus[MenuItem.Place.MAIN] = menus[MenuItem.Place.MAIN] or MenuItem.before_there_are_any()
    return menus


def _with_hours(unit):
    if unit:
        prefetch_related_objects([unit], ContactUnit.hours_prefetch())
    return unit
