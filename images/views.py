"""Media are sent by these views, which ask whether the picture may be shown to this visitor."""

from django.conf import settings
from django.http import HttpResponseNotFound, HttpResponseRedirect
from django.views.decorators.http import require_safe

from images.models import GRANT, Image
from images.recipe import AVIF, JPEG, WEBP
from publishing.files import send_file
from publishing.models import ShareLink

CONTENT_TYPES = {format.extension: format.content_type for format in (AVIF, WEBP, JPEG)}
FOR_ONE_PERSON = "private, no-store"


@require_safe
def rendition(request, pk, key, name):
    """Answers everybody while something public shows the picture, else those who edit.

    And whoever has a share link to a text that shows it.
    """
    path = f"renditions/{pk}/{key}/{name}"
    if image := _public(pk):
        if image.renditions == key:
            return _send(request, path, image.cache_control())
        return _lead_on(image, name)
    asked = Image.objects.filter(pk=pk, renditions=key)
    if _may_see_all(request) and asked.exists():
        return _send(request, path, FOR_ONE_PERSON)
    if _is_shared(request, int(pk)) and asked.with_rights().exists():
        return _send(request, path, FOR_ONE_PERSON)
    return _not_found()


@require_safe
def picture(request, pk):
    """The address of a picture that stays the same whatever file it has: as large as there is."""
    image = _public(pk)
    return _lead_on(image, "") if image else _not_found()


@require_safe
def master(request, name):
    """Nobody but those who edit pictures sees one in full size."""
    path = f"masters/{name}"
    if _may_see_all(request) and Image.objects.filter(master=path).exists():
        return _send(request, path, FOR_ONE_PERSON)
    return _not_found()


def _public(pk):
    return Image.objects.filter(pk=pk).exclude(renditions="").showable().first()


def _lead_on(image, name):
    """To what ``image`` has now instead of a rendition from before, called ``name``.

    Not kept: it may have another file the next minute.
    """
    return HttpResponseRedirect(image.url_like(name), headers={"Cache-Control": "public, no-cache"})


def _may_see_all(request):
    # Without the cookie there is nobody to ask for, and asking makes the answer vary on cookies
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_staff and request.user.has_perm("images.view_image")


def _is_shared(request, pk):
    token = request.GET.get(GRANT)
    link = ShareLink.objects.for_token(token) if token else None
    return bool(link) and link.shows_picture(pk)


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
