from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import ContactUnit
from publishing.views import ObjectPageView, PageView


class ContactUnitList(PageView):
    template_name = "contacts/contactunit_list.html"

    def get(self, request, *args, **kwargs):
        self.units = list(ContactUnit.objects.with_hours())
        return super().get(request, *args, **kwargs)

    def page_languages(self):
        translated = {code for unit in self.units for code in unit.languages()}
        return [
            code
            for code, _language in settings.LANGUAGES
            if code == settings.LANGUAGE_CODE or code in translated
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(units=self.units, **kwargs)


class ContactUnitDetail(ObjectPageView):
    template_name = "contacts/contactunit_detail.html"

    def get_queryset(self):
        return ContactUnit.objects.with_hours()

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (_("Kontakt"), reverse("contacts:list"))]
