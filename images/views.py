"""Media are sent by these views, which ask whether the picture may be shown to this visitor."""

from django.conf import settings
from django.http import HttpResponseNotFound
from django.views.decorators.http import require_safe

from images.models import Image
from images.recipe import AVIF, JPEG, WEBP
from publishing.files import send_file

CONTENT_TYPES = {format.extension: format.content_type for format in (AVIF, WEBP, JPEG)}
FOR_STAFF = "private, no-store"


@require_safe
def rendition(request, pk, key, name):
    """Answers everybody while something public shows the picture, else only those who edit."""
    path = f"renditions/{pk}/{key}/{name}"
    asked = Image.objects.filter(pk=pk, renditions=key)
    if image := asked.showable().first():
        return _send(request, path, image.cache_control())
    if _may_see_all(request) and asked.exists():
        return _send(request, path, FOR_STAFF)
    return _not_found()


@require_safe
def master(request, name):
    """Nobody but those who edit pictures sees one in full size."""
    path = f"masters/{name}"
    if _may_see_all(request) and Image.objects.filter(master=path).exists():
        return _send(request, path, FOR_STAFF)
    return _not_found()


def _may_see_all(request):
    # Without the cookie there is nobody to ask for, and asking makes the answer vary on cookies
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_staff and request.user.has_perm("images.view_image")


def _send(request, path, cache_control):
    content_type = CONTENT_TYPES[path.rpartition(".")[2]]
    try:
        return send_file(request, path, content_type=content_type, cache_control=cache_control)
    except FileNotFoundError:
        return _not_found()


def _not_found():
    """Short and never kept: the picture may be published the next minute."""
    return HttpResponseNotFound(
        "Bilden finns inte.",
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
