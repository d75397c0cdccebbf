"""Stored files, sent with what caches need; who may have them is asked by the view that sends."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag


def send_file(request, path, *, content_type, cache_control):
    """The stored file ``path``, or 304 or the bare headers where those are asked for.

    ``path`` must never change its meaning, since it is the ETag. Raises FileNotFoundError.
    """
    if not default_storage.exists(path):
        raise FileNotFoundError(path)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # GZipMiddleware would compress it once more
    etag = quote_etag(path)
    modified = int(default_storage.get_modified_time(path).timestamp())
    response = get_conditional_response(request, etag, modified) or _file(
        request, path, content_type
    )
    response.headers["Cache-Control"] = cache_control
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(modified)
    return response


def _file(request, path, content_type):
    if request.method == "HEAD":
        length = default_storage.size(path)
        return HttpResponse(content_type=content_type, headers={"Content-Length": length})
    return FileResponse(default_storage.open(path), content_type=content_type)
