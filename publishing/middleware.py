"""What stands before the views: texts whose minute has come, moved addresses, a busy database."""

import logging

from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from publishing.models import Redirect
from publishing.schedule import publish_due
from publishing.unsaved import send_again

log = logging.getLogger(__name__)
# Files never depend on the clock, and a watcher is to be answered though the database isn't well
UNTOUCHED = (settings.STATIC_URL, settings.MEDIA_URL, "/halsa/")


class PublishDue:
    """Let residents see what was scheduled, from the first request after its minute."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(UNTOUCHED):
            self._publish()
        return self.get_response(request)

    def _publish(self):
        try:
            with override(settings.LANGUAGE_CODE):
                publish_due()
        except DatabaseError as error:
            # Whoever only reads gets the page as it was; what the error says may quote a text
            log.error("Det som skulle publiceras nu kunde inte skrivas: %s", type(error).__name__)


class KeepWhatWasSent:
    """503 where the database was too busy to save: nothing that was written is lost by it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        is_office = request.path_info.startswith(reverse("admin:index"))
        if request.method != "POST" or not is_office or not isinstance(error, OperationalError):
            return None
        log.error("Det som skickades kunde inte sparas: %s", type(error).__name__)
        response = send_again(
            request,
            title="Det du skickade är inte sparat",
            sentences=[
                "Webbplatsen hann inte med just nu. Det du skrev finns kvar på den här sidan.",
                "Vänta en liten stund, och skicka det sedan igen.",
            ],
            status=503,
        )
        response.headers["Retry-After"] = "10"
        return response


class FollowRedirects:
    """Where no page is: lead to where it has moved (301), or say that it has been removed (410)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        redirect = Redirect.objects.at(request.path_info)
        if not redirect:
            return response
        target = redirect.target(request.LANGUAGE_CODE)
        if not target:
            return render(request, "410.html", status=410)
        if target.partition("#")[0] == request.path_info:
            return response
        return HttpResponsePermanentRedirect(with_query(target, request.META["QUERY_STRING"]))


def with_query(address, query):
    """``address`` with ``query`` ("a=b") after the one that it may have, before its anchor."""
    if not query:
        return address
    page, hash_sign, anchor = address.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{query}{hash_sign}{anchor}"
