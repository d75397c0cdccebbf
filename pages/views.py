from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from pages.models import AccessibilityStatement, Page, Resource
from publishing.views import ObjectPageView, PageView


class PageDetail(ObjectPageView):
    template_name = "pages/page_detail.html"

    def get_object(self):
        return get_object_or_404(Page.objects.for_detail().at(self.kwargs["path"]))

    def breadcrumbs(self):
        above = [(page.title, page.get_absolute_url()) for page in self.object.ancestors()]
        return [*super().breadcrumbs(), *above]

    def get_context_data(self, **kwargs):
        return super().get_context_data(children=self.object.children.for_cards(), **kwargs)


class ResourceList(PageView):
    template_name = "pages/resource_list.html"

    def get_context_data(self, **kwargs):
        resources = list(Resource.objects.all())
        ways = [resource for resource in resources if resource.kind == Resource.Kind.TAKE_PART]
        to_read = [resource for resource in resources if resource not in ways]
        return super().get_context_data(resources=to_read, ways_to_take_part=ways, **kwargs)


class Statement(PageView):
    """The accessibility statement. ?sida= says which page a reader who found a fault came from."""

    template_name = "pages/statement.html"

    def get_context_data(self, **kwargs):
        statements = AccessibilityStatement.objects.select_related("feedback_unit")
        statement = get_object_or_404(statements)
        return super().get_context_data(
            statement=statement,
            shortcomings=statement.shortcomings.all(),
            unit=statement.feedback_unit,
            from_page=self._from_page(),
            **kwargs,
        )

    def _from_page(self):
        page = self.request.GET.get("sida", "")
        return page if page.startswith("/") and not page.startswith("//") else ""


def document(request, name):
    """Send an uploaded document that a resource refers to."""
    resource = get_object_or_404(Resource, file=f"documents/{name}")
    try:
        content = default_storage.open(resource.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, filename=name, headers={"Cache-Control": "public, no-cache"})
