from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Helpline
from initiatives.finder import Finding
from initiatives.forms import InitiativeFilter, Questions
from initiatives.models import Initiative
from publishing.translations import address, shown_text
from publishing.views import ObjectPageView, PageView


class InitiativeList(PageView):
    template_name = "initiatives/initiative_list.html"

    def page_name(self):
        return _("Insatser")

    def get_context_data(self, **kwargs):
        form = InitiativeFilter(self.request.GET)
        if form.is_valid():
            initiatives = list(form.apply(Initiative.objects.for_cards()))
        else:
            initiatives, self.status = [], 400
        return super().get_context_data(form=form, initiatives=initiatives, **kwargs)


class Finder(PageView):
    """Questions first, and with answers in the address what fits them; nothing is kept of them."""

    template_name = "initiatives/finder.html"

    def page_name(self):
        return _("Hitta stöd")

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if Questions.are_in(request.GET):
            # Nor shall a shared device's cache keep them, or the next page's log tell of them
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def get_context_data(self, **kwargs):
        is_asked = Questions.are_in(self.request.GET)
        form = Questions(self.request.GET if is_asked else None)
        finding, is_sensitive = None, False
        if form.is_valid():
            finding = Finding(form.answers())
            is_sensitive = form.is_sensitive or finding.is_sensitive
        elif is_asked:
            self.status, is_sensitive = 400, form.is_sensitive
        return super().get_context_data(
            form=form,
            finding=finding,
            nearly=self._nearly(form, finding) if finding else [],
            is_asked=is_asked,
            is_sensitive=is_sensitive,
            helplines=Helpline.objects.all() if is_sensitive else [],
            **kwargs,
        )

    def _nearly(self, form, finding):
        """[(what is asked, the address without an answer to it, hits)]"""
        near = []
        for question, hits in finding.nearly:
            query = self.request.GET.copy()
            del query[question]
            near.append((form[question].label, f"{self.request.path}?{query.urlencode()}", hits))
        return near


class InitiativeDetail(ObjectPageView):
    model = Initiative
    template_name = "initiatives/initiative_detail.html"

    def get_queryset(self):
        return Initiative.objects.for_detail()

    def breadcrumbs(self):
        area = self.object.focus_area
        trail = [*super().breadcrumbs(), (_("Fokusområden"), reverse("focus_areas:list"))]
        return (
            [*trail, (shown_text(area, "title"), address(area))] if area.is_published() else trail
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            follow_ups=self.object.news.follow_ups()[:10],
            helplines=Helpline.objects.all() if self.object.is_sensitive else [],
            **kwargs,
        )
