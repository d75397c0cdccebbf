"""What is at an address of this site, as the addresses themselves say: no app is known by name."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import override

from publishing.models.reference import swedish_path
from publishing.views import ObjectPageView

NOT_PAGES = ("/admin/", "/konto/")  # what residents are never led to


def on_this_site(typed):
    """What somebody has typed or pasted, as a Swedish path with its query and anchor.

    Raises ValidationError for what isn't an address of this site.
    """
    address = typed.strip().removeprefix(settings.BASE_URL)
    odd = "\\" in address or any(not sign.isprintable() or sign.isspace() for sign in address)
    if odd or not address.startswith("/") or address.startswith("//"):
        raise ValidationError("Börja adressen med /, till exempel /om/.")
    return swedish_path(address)


def path_of(address):
    """The path alone, as requests have it: without query and anchor, å for %C3%A5."""
    return unquote(urlsplit(address).path)


def row_at(address):
    """The row whose page residents read at the Swedish ``address``, or None."""
    match = _match(address)
    view_class = getattr(match and match.func, "view_class", None)
    if not view_class or not issubclass(view_class, ObjectPageView):
        return None
    try:
        return view_class(kwargs=match.kwargs).get_object()
    except Http404:
        return None


def is_answered(address):
    """Whether residents get a page or a file of this site at the Swedish ``address``."""
    match = _match(address)
    if not match or path_of(address).startswith(NOT_PAGES):
        return False
    view_class = getattr(match.func, "view_class", None)
    shows_a_row = view_class and issubclass(view_class, ObjectPageView)
    return not shows_a_row or row_at(address) is not None


def _match(address):
    try:
        with override(settings.LANGUAGE_CODE):
            return resolve(path_of(address))
    except Resolver404:
        return None
