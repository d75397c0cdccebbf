"""Contacts are facts: what is saved here is what residents see at once."""

from itertools import combinations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import DateInput, TimeInput
from django.forms.models import BaseInlineFormSet

from contacts.models import ContactFunction, ContactUnit, Helpline, OpeningHours
from publishing.admin import REVIEW, LiveStackedInline, LiveTabularInline, ReviewedAdmin
from publishing.usage import uses_of

# The browser's own fields: the admin's compare the reader's clock with the server's and say so
# at each row, but opening hours are those on the wall in Sweden wherever the editor sits.
NATIVE_FIELDS = {
    models.TimeField: {"widget": TimeInput(format="%H:%M", attrs={"type": "time"})},
    models.DateField: {"widget": DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
}


class OpeningHoursFormSet(BaseInlineFormSet):
    """Refuses rows that can't both be true, with a sentence at the later one."""

    def clean(self):
        super().clean()
        for earlier, later in combinations(self._complete_forms(), 2):
            if sentence := later.instance.clash_with(earlier.instance):
                later.add_error(None, sentence)

    def _complete_forms(self):
        return [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


class FunctionFormSet(BaseInlineFormSet):
    """Refuses to remove a function that a page names as its contact, or as who has read it."""

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if uses := [use for use in uses_of(form.instance, 20) if use != self.instance]:
                named = ", ".join(f"{use._meta.verbose_name} ”{use}”" for use in uses)
                raise ValidationError(
                    f"”{form.instance}” används och kan inte tas bort. Ändra först: {named}."
                )


class FunctionInline(LiveStackedInline):
    model = ContactFunction
    formset = FunctionFormSet
    fields = ["role", "name", ("phone", "email"), "order"]


class WeeklyHoursInline(LiveTabularInline):
    model = OpeningHours
    formset = OpeningHoursFormSet
    formfield_overrides = NATIVE_FIELDS
    verbose_name = "tid i veckan"
    verbose_name_plural = "Öppettider varje vecka: en rad för varje dag och tid (midnatt är 23:59)"
    fields = ["channel", "weekday", "opens", "closes"]

    def get_queryset(self, request):
        return super().get_queryset(request).weekly()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # The model's help and its blank fields are about exceptions
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        field.required, field.help_text = True, ""
        return field


class ExceptionInline(LiveStackedInline):
    model = OpeningHours
    formset = OpeningHoursFormSet
    formfield_overrides = NATIVE_FIELDS
    verbose_name = "avvikande öppettid"
    verbose_name_plural = "Avvikande öppettider: gäller före veckans tider och helgdagarna"
    fields = ["channel", ("first_date", "last_date"), ("opens", "closes"), "reason"]

    def get_queryset(self, request):
        return super().get_queryset(request).dated()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "first_date":
            field.required = True
        return field


@admin.register(ContactUnit)
class ContactUnitAdmin(ReviewedAdmin):
    list_display = ["name", "phone", "email", "state_chip", "order"]
    csv_related = ["last_reviewed_by"]
    csv_facts = {"namn": "name", "telefon": "phone", "e-post": "email"}
    list_editable = ["order"]
    search_fields = ["name_sv", "helps_with_sv", "functions__role_sv", "phone"]
    search_help_text = "Söker i namn, vad enheten hjälper till med, funktioner och telefon."
    prepopulated_fields = {"slug": ["name"]}
    inlines = [WeeklyHoursInline, ExceptionInline, FunctionInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "helps_with", "order"]}),
        ("Så når man enheten", {"fields": ["phone", "email", "reply_promise"]}),
        ("Besök och post", {"fields": ["visiting_address", "postal_address"]}),
        ("Öppettider", {"fields": ["hours_note", "closed_on_holidays"]}),
        ("I sökningen", {"fields": ["keywords"]}),
        REVIEW,
    ]


@admin.register(Helpline)
class HelplineAdmin(ReviewedAdmin):
    list_display = ["name", "phone", "helps_with", "state_chip", "order"]
    csv_related = ["last_reviewed_by"]
    csv_facts = {"namn": "name", "telefon": "phone", "när man ringer": "helps_with"}
    list_editable = ["order"]
    fieldsets = [(None, {"fields": ["name", "phone", "helps_with", "order"]}), REVIEW]
