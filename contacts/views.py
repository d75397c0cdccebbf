from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import ContactUnit
from publishing.views import ObjectPageView, PageView


class ContactUnitList(PageView):
    template_name = "contacts/contactunit_list.html"

    def page_name(self):
        return _("Kontakt")

    def get_context_data(self, **kwargs):
        return super().get_context_data(units=ContactUnit.objects.with_hours(), **kwargs)


class ContactUnitDetail(ObjectPageView):
    template_name = "contacts/contactunit_detail.html"

    def get_queryset(self):
        return ContactUnit.objects.with_hours().select_related("last_reviewed_by")

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (_("Kontakt"), reverse("contacts:list"))]
