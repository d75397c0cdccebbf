"""The page behind a share link: one version, for whoever has the link."""

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from publishing.models import ShareLink, Track
from publishing.showing import Showing, for_one_person

LANGUAGES = dict(settings.LANGUAGES)


@require_safe
def shared(request, token):
    """The version in ?sprak=fi (default Swedish), with a note on top that it is a draft.

    404 in the same words for a link that never was, is over or has been revoked.
    """
    link = ShareLink.objects.for_token(token)
    if not link:
        return for_one_person(render(request, "shared_over.html", {"canonical": ""}, status=404))
    track = Track.objects.of(link.item).first()
    showing = Showing.of_version(link.version, link.item, track)
    showing.lend_pictures(token)
    asked = request.GET.get("sprak")
    language = asked if asked in showing.languages() else settings.LANGUAGE_CODE
    response = showing.page(language, request, review_note=_note(link, track, showing, asked))
    if request.method == "GET":
        link.note_opening()
    return for_one_person(response)


def _note(link, track, showing, asked):
    """What the reader is told above the page."""
    languages = showing.languages()
    return {
        "is_public": link.item.is_readable() and link.version_id == track.live_id,
        "expires_at": link.expires_at,
        "has_gaps": bool(link.version.gaps),
        "languages": [
            (code, LANGUAGES[code], f"?sprak={code}", get_language_info(code)["bidi"])
            for code in languages
        ],
        "missing_language": LANGUAGES.get(asked, "") if asked not in languages else "",
    }
