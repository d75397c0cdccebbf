from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import BadRequest
from django.middleware.http import ConditionalGetMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation

MAX_QUERY_BYTES = 4096


class PermissionsPolicy:
    """Say that no page here uses camera, microphone, position and the like."""

    POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        return response


class RefuseOddRequests:
    """Answer 400 to addresses that no page of ours has: null bytes, broken UTF-8, endless queries.

    PostgreSQL refuses a null byte in a text, so one that reached a query would be a 500. Views with
    ``takes_any_query`` clean what they are asked themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_odd(request.path) or (is_odd_query(request) and not takes_any_query(request)):
            raise BadRequest
        return self.get_response(request)


def is_odd(text):
    # What isn't UTF-8 is decoded with replacement characters
    return not {"\0", "\N{REPLACEMENT CHARACTER}"}.isdisjoint(text)


def is_odd_query(request):
    query = request.META.get("QUERY_STRING", "")
    return len(query) > MAX_QUERY_BYTES or is_odd(unquote(query))


def takes_any_query(request):
    """Whether the view at the address says so, since people may look for anything."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            view = resolve(request.path_info).func
        except Resolver404:
            return False
    return getattr(getattr(view, "view_class", view), "takes_any_query", False)


class FreshByDefault:
    """What says nothing of caching may be kept, but only if the cache asks each time.

    A page that is missing now may be published the next minute, so that 404s need it too. What
    depends on the visitor's cookies is kept by nobody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            is_personal = "Cookie" in response.headers.get("Vary", "")
            response.headers["Cache-Control"] = (
                "private, no-store" if is_personal else "public, no-cache"
            )
        return response


class ConditionalGetAndHead(ConditionalGetMiddleware):
    """HEAD is answered as GET would be, with the same ETag (RFC 9110, 9.3.2)."""

    def process_response(self, request, response):
        method = request.method
        request.method = "GET" if method == "HEAD" else method
        try:
            return super().process_response(request, response)
        finally:
            request.method = method


class LanguageFromPath:
    """The address alone decides the language: no cookie, no guessing from Accept-Language.

    Django's LocaleMiddleware says Vary: Accept-Language on Swedish pages, which would make every
    cache keep a copy for each browser's settings.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
