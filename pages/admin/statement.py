from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from pages.admin.proposals import Proposals
from pages.models import AccessibilityStatement, Shortcoming
from pages.models.statement import SUPERVISOR
from publishing.admin import LiveAdmin, LiveStackedInline, SingletonAdmin


class ShortcomingFormSet(BaseInlineFormSet):
    def clean(self):
        """Refuse what the law refuses, which depends on the statement and all of its rows."""
        super().clean()
        kept = [form.instance for form in self.forms if self._is_kept(form)]
        if problems := self.instance.problems(kept):
            raise ValidationError(problems)

    def _is_kept(self, form):
        return (form.instance.pk or form.has_changed()) and not self._should_delete_form(form)


class ShortcomingInline(LiveStackedInline):
    model = Shortcoming
    formset = ShortcomingFormSet
    fields = ["description", "reason", "burden_reasons", "order"]


@admin.register(AccessibilityStatement)
class AccessibilityStatementAdmin(Proposals, SingletonAdmin, LiveAdmin):
    fieldsets = [
        (None, {"fields": ["actor", "service", "conformance", "outside_the_law"]}),
        (
            "Bedömningen",
            {"fields": ["assessed_on", "method", "method_description", "updated_on"]},
        ),
        (
            "Synpunkter och tillsyn",
            {"fields": ["feedback_unit", "supervisor_name", "supervisor_url"]},
        ),
    ]
    inlines = [ShortcomingInline]

    def get_changeform_initial_data(self, request):
        return {
            # No default of the field, which would be Swedish in the column of every language
            "supervisor_name_sv": SUPERVISOR,
            **super().get_changeform_initial_data(request),
        }

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.is_assessment_old:
            self.message_user(
                request,
                "Bedömningen är äldre än ett år. Gör en ny och uppdatera redogörelsen.",
                messages.WARNING,
            )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
