import mimetypes

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.models import AccessibilityStatement, Page, Resource
from publishing.files import send_file
from publishing.translations import address, shown_text
from publishing.views import ObjectPageView, PageView


class PageDetail(ObjectPageView):
    model = Page
    template_name = "pages/page_detail.html"

    def get_queryset(self):
        return Page.objects.for_detail()

    def get_object(self):
        return get_object_or_404(self.get_queryset().at(self.kwargs["path"]))

    def breadcrumbs(self):
        above = [
            (shown_text(page, "title"), address(page))
            for page in self.object.ancestors()
            if page.is_published()
        ]
        return [*super().breadcrumbs(), *above]

    def get_context_data(self, **kwargs):
        return super().get_context_data(children=self.object.children.for_cards(), **kwargs)


class ResourceList(PageView):
    template_name = "pages/resource_list.html"

    def page_name(self):
        return _("För dig som vill veta mer")

    def get_context_data(self, **kwargs):
        to_read, ways = Resource.objects.by_purpose()
        return super().get_context_data(resources=to_read, ways_to_take_part=ways, **kwargs)


class Statement(PageView):
    """The accessibility statement. ?sida= says which page a reader who found a fault came from."""

    template_name = "pages/statement.html"

    def page_name(self):
        return _("Tillgänglighetsredogörelse")

    def get_context_data(self, **kwargs):
        statement = AccessibilityStatement.objects.select_related("feedback_unit").first()
        return super().get_context_data(
            statement=statement,
            shortcomings=statement.shortcomings.all() if statement else [],
            unit=statement and statement.feedback_unit,
            from_page=self._from_page(),
            **kwargs,
        )

    def _from_page(self):
        page = self.request.GET.get("sida", "")
        return page if page.startswith("/") and not page.startswith("//") else ""


@require_safe
def document(request, name):
    """Send an uploaded document that a resource refers to."""
    path = f"documents/{name}"
    if not Resource.objects.filter(file=path).exists():
        raise Http404
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        return send_file(request, path, content_type=content_type, cache_control="public, no-cache")
    except FileNotFoundError as error:
        raise Http404 from error
