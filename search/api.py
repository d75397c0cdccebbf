"""What machines may ask: docs/search-api.md."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views import View

from search.analysis import plain
from search.asking import Asked, clean
from search.finding import MOST_HITS, PER_PAGE
from search.hits import address_of, hits_of
from search.models import KindOfHit
from search.suggesting import suggestions

SCHEMA = "schemas/search-results.json"
ANYBODY = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = ANYBODY | {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


class Suggestions(View):
    """Titles for the search box of every page."""

    http_method_names = ["get", "head"]
    takes_any_query = True

    def get(self, request):
        found = suggestions(clean(request.GET.get("q", "")), get_language())
        rows = [
            {"title": each.title, "url": address_of(each), "language": each.language}
            for each in found
        ]
        return JsonResponse({"suggestions": rows})


class Results(View):
    """What /sok/ shows, for programs of other sites."""

    http_method_names = ["get", "head", "options"]
    takes_any_query = True

    def options(self, request):
        return HttpResponse(status=204, headers=PREFLIGHT)

    def get(self, request):
        self.asked = Asked.of(request.GET)
        results = self.asked.results()
        headers = ANYBODY | {"Link": f'<{absolute(static(SCHEMA))}>; rel="describedby"'}
        return JsonResponse(
            self._about(results)
            | {
                "hits": [as_json(hit) for hit in hits_of(self.asked.search, results)],
                "types": self._types(results),
                "areas": self._areas(results),
            },
            headers=headers,
            json_dumps_params={"ensure_ascii": False},
        )

    def _about(self, results):
        page = results.page
        return {
            "query": self.asked.text,
            "language": get_language(),
            "type": self.asked.group or None,
            "area": self.asked.area if self.asked.area_key else None,
            "mended": results.mended or None,
            "total": results.total,
            "total_is_exact": not (results.is_more and results.total >= MOST_HITS),
            "page": page.number if page else 1,
            "pages": page.paginator.num_pages if page else 1,
            "per_page": PER_PAGE,
            "previous": self._page(page.number - 1) if page and page.has_previous() else None,
            "next": self._page(page.number + 1) if page and page.has_next() else None,
            "web_page": absolute(f"{reverse('search:results')}?{self.asked.parameters()}"),
        }

    def _page(self, number):
        return absolute(f"{reverse('search:api')}?{self.asked.parameters(page=number)}")

    def _types(self, results):
        return [
            {"type": group.value, "label": group.label, "count": results.groups[group]}
            for group in KindOfHit
            if results.groups[group]
        ]

    def _areas(self, results):
        return [
            {"area": area.slug, "label": area.title, "count": results.areas[key]}
            for key, area in sorted(results.area_names.items())
            if results.areas[key]
        ]


def as_json(hit):
    return {
        "title": hit.document.title,
        "url": absolute(hit.url),
        "language": hit.document.language,
        "type": hit.group.value,
        "excerpt": plain(hit.excerpt),
        "date": hit.date and hit.date.isoformat(),
        "is_external": hit.document.is_external,
        "is_promoted": hit.is_promoted,
    }


def absolute(address):
    return settings.BASE_URL + address if address.startswith("/") else address
