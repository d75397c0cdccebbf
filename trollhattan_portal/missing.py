"""The page for an address that leads nowhere: what somebody may have meant by its words."""

import logging
import re

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from search.finding import Search
from search.hits import hits_of

log = logging.getLogger(__name__)
MOST_HITS = 5
MOST_WORDS = 5
MOST_LETTERS = 80  # of a slug; ours have no more
WORD = re.compile(r"[^\W\d_]{3,}")
# What machines try, and what nobody has read as words
NOT_FOR_READERS = ("/admin/", "/konto/", "/delad/", settings.STATIC_URL, settings.MEDIA_URL)


def not_found(request, exception):
    words = words_of(request)
    context = {"words": words, "hits": _hits(words) if words else []}
    return render(request, "404.html", context, status=404)


def words_of(request):
    """The words of the last part of the address, or "" where it is none that a reader would type.

    Looking up costs queries, so that machines trying "/wp-login.php" get nothing for it.
    """
    path = request.path_info.removeprefix(reverse("start").rstrip("/"))
    last = path.strip("/").rpartition("/")[2]
    is_for_readers = request.method in ("GET", "HEAD") and not path.startswith(NOT_FOR_READERS)
    if not is_for_readers or "." in path or len(last) > MOST_LETTERS:
        return ""
    words = WORD.findall(last)
    return " ".join(words) if len(words) <= MOST_WORDS else ""


def _hits(words):
    try:
        search = Search(words, get_language())
        return hits_of(search, search.results(per_page=MOST_HITS))
    except Exception as error:  # whatever happens, the answer is 404
        log.error("Sidan för 404 kunde inte söka: %s", type(error).__name__)
        return []
