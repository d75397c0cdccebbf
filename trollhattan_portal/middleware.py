from django.conf import settings
from django.http import HttpResponseBadRequest
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

    PostgreSQL refuses a null byte in a text, so one that reached a query would be a 500.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_BYTES or "%00" in query or "\0" in query + request.path:
            return HttpResponseBadRequest()
        # Django decodes a broken path or query with replacement characters
        if "\N{REPLACEMENT CHARACTER}" in request.path or any(
            "\N{REPLACEMENT CHARACTER}" in value for value in request.GET.values()
        ):
            return HttpResponseBadRequest()
        return self.get_response(request)


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
