from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Helpline
from initiatives.forms import InitiativeFilter
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
