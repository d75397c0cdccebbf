"""What every public page does the same: one address, its languages, the way to it."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView


class PageView(TemplateView):
    """A page for residents, the same for everybody."""

    http_method_names = ["get", "head", "options"]
    status = 200
    model = None  # the kind of row that it is the page of
    object = None  # the row; a preview gives one that its address doesn't lead to

    def page_languages(self):
        """The languages in which this page exists; in any other it leads to the Swedish one.

        A list exists in all of them, since its own words do.
        """
        return [code for code, _name in settings.LANGUAGES]

    def breadcrumbs(self):
        """[(label, address)] from the start page down to the page above this one."""
        return [(_("Start"), reverse("start"))]

    def structured_data(self):
        """schema.org objects about this page, for machines."""
        crumbs = self.breadcrumbs()
        if not crumbs:
            return []
        trail = [(label, settings.BASE_URL + address) for label, address in crumbs]
        return [breadcrumb_list([*trail, (self.page_name(), None)])]

    def page_name(self):
        """What the last step of the way here is called; "" leaves it out."""
        return ""

    def canonical_path(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_languages=self.page_languages(),
            breadcrumbs=self.breadcrumbs(),
            canonical=settings.BASE_URL + self.canonical_path(),
            structured_data=self.structured_data(),
            **kwargs,
        )

    def render_to_response(self, context, **kwargs):
        if get_language() not in context["page_languages"]:
            return redirect(translate_url(self.request.get_full_path(), settings.LANGUAGE_CODE))
        return super().render_to_response(context, status=self.status, **kwargs)


def breadcrumb_list(trail):
    """schema.org BreadcrumbList of [(label, absolute address or None)]."""
    steps = [
        {"@type": "ListItem", "position": position, "name": label} | ({"item": url} if url else {})
        for position, (label, url) in enumerate(filter(lambda step: step[0], trail), start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


class ObjectPageView(PageView):
    """The page of one published or archived object, found by its slug."""

    def get_queryset(self):
        raise NotImplementedError

    def get_object(self):
        return get_object_or_404(self.get_queryset(), slug=self.kwargs["slug"])

    def page_languages(self):
        return self.object.languages()

    def page_name(self):
        return str(self.object)

    def get(self, request, *args, **kwargs):
        self.object = self.object or self.get_object()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(object=self.object, **kwargs)
