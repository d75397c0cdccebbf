"""The views that need to know all apps: the start page, the site map, and what machines ask for."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import user_passes_test
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import ContactUnit
from focus_areas.models import FocusArea
from news.models import NewsArchive, NewsItem
from pages.models import Page, Resource, SiteSettings, StartPage
from publishing.translations import shown_text
from publishing.views import PageView
from trollhattan_portal.samples import samples


class Start(PageView):
    model = StartPage
    template_name = "start.html"

    def get_queryset(self):
        return StartPage.objects.for_visit()

    def get(self, request, *args, **kwargs):
        self.object = self.object or self.get_queryset().first()
        return super().get(request, *args, **kwargs)

    def page_languages(self):
        return self.object.languages() if self.object else super().page_languages()

    def breadcrumbs(self):
        return []

    def get_context_data(self, **kwargs):
        news = list(NewsItem.objects.for_start())
        resources, ways = Resource.objects.by_purpose()
        return super().get_context_data(
            object=self.object,
            start=self.object,
            news=news,
            news_heading=self._news_heading(news),
            areas=FocusArea.objects.for_listing(),
            chart=self.object and self.object.facts_chart,
            resources=resources,
            ways_to_take_part=ways,
            **kwargs,
        )

    def _news_heading(self, news):
        fresh = self.object and news and not news[0].is_old
        return (fresh and shown_text(self.object, "news_title")) or _("Nyheter")


class SiteMap(PageView):
    template_name = "site_map.html"

    def page_name(self):
        return _("Webbplatskarta")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            areas=FocusArea.objects.for_listing(),
            pages=Page.objects.tree(),
            units=ContactUnit.objects.all(),
            years=[(str(year), number) for year, number in NewsArchive.years()],
            **kwargs,
        )


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /konto/", "Disallow: /delad/", ""]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """RFC 9116. The date is always half a year ahead: the setting is checked at each start."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {settings.BASE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request):
    site = SiteSettings.current()
    icons = [
        {"src": static(f"icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    content = {"name": site.name, "short_name": site.word_mark, "start_url": "/", "lang": "sv"}
    return JsonResponse(
        content | {"display": "browser", "icons": icons}, content_type="application/manifest+json"
    )


@require_safe
def opensearch(request):
    """OpenSearch 1.1: lets a browser search here from its own address field."""
    site = SiteSettings.current()
    context = {
        "site": site,
        "description": _("Sök på %(name)s") % {"name": site.name},
        "page": settings.BASE_URL + reverse("search:results"),
        "results": settings.BASE_URL + reverse("search:api"),
        "icon": settings.BASE_URL + static("icons/favicon.ico"),
    }
    return render(
        request,
        "opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml",
    )


@require_safe
def favicon(request):
    """For what asks for it at the root without reading the page."""
    return redirect(static("icons/favicon.ico"))


@require_safe
def health(request):
    """200 while the database answers, else 503; for load balancers and watchers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("databasen svarar inte\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@user_passes_test(lambda user: user.is_staff)
def styleguide(request):
    return render(request, "styleguide.html", {"sample": samples()})


def bad_request(request, exception):
    """The page for 400, in the language of the address as far as that can be read."""
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return render(None, "400.html", status=400)


def server_error(request):
    """The page for 500, which must work when the database doesn't: no request in its context."""
    context = {"sender": settings.ERROR_PAGE_SENDER, "phone": settings.ERROR_PAGE_PHONE}
    return render(None, "500.html", context, status=500)
