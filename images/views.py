"""Media are sent by these views, which ask whether the picture may be shown to this visitor."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from images.models import Image
from images.recipe import AVIF, JPEG, WEBP

CONTENT_TYPES = {format.extension: format.content_type for format in (AVIF, WEBP, JPEG)}
FOR_ALL = "public, max-age=31536000, immutable"
FOR_STAFF = "private, no-store"


@require_safe
def rendition(request, pk, key, name):
    """Answers everybody while something public shows the picture, else only those who edit."""
    path = f"renditions/{pk}/{key}/{name}"
    asked = Image.objects.filter(pk=pk, renditions=key)
    if asked.showable().exists():
        return _send(request, path, FOR_ALL)
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
    if not default_storage.exists(path):
        return _not_found()
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # GZipMiddleware would compress it once more
    etag = quote_etag(path)  # a name never changes its meaning
    modified = int(default_storage.get_modified_time(path).timestamp())
    response = get_conditional_response(request, etag, modified) or _file(request, path)
    response.headers["Cache-Control"] = cache_control
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(modified)
    return response


def _file(request, path):
    content_type = CONTENT_TYPES[path.rpartition(".")[2]]
    if request.method == "HEAD":
        length = default_storage.size(path)
        return HttpResponse(content_type=content_type, headers={"Content-Length": length})
    return FileResponse(default_storage.open(path), content_type=content_type)


def _not_found():
    """Short and never kept: the picture may be published the next minute."""
    return HttpResponseNotFound(
        "Bilden finns inte.",
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
