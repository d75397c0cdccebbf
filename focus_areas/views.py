from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Helpline
from focus_areas.models import FocusArea
from publishing.views import ObjectPageView, PageView


class FocusAreaList(PageView):
    template_name = "focus_areas/focusarea_list.html"

    def page_name(self):
        return _("Fokusområden")

    def get_context_data(self, **kwargs):
        return super().get_context_data(areas=FocusArea.objects.for_listing(), **kwargs)


class FocusAreaDetail(ObjectPageView):
    model = FocusArea
    template_name = "focus_areas/focusarea_detail.html"

    def get_queryset(self):
        return FocusArea.objects.for_detail()

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (_("Fokusområden"), reverse("focus_areas:list"))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            news=self.object.news.for_cards()[:3],
            helplines=Helpline.objects.all() if self.object.is_sensitive else [],
            **kwargs,
        )
