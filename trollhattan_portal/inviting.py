"""How administrators invite people: the form, the mail, and the page of one invitation."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from trollhattan_portal import invitations

NOT_SENT = (
    "Mejlet till {address} kunde inte skickas. Kontot finns och väntar: försök igen om en stund "
    "med ”Skicka igen”. Hjälper det inte ska den som sköter driften titta på mejlen."
)


def form_of(user):
    return reverse("admin:auth_user_change", args=[user.pk])


class InvitationForm(forms.ModelForm):
    """The address, the name and the roles of somebody who is to choose a password herself."""

    email = forms.EmailField(
        label="E-postadress",
        widget=forms.EmailInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        max_length=150,  # since it becomes the user name
        help_text="Inbjudan skickas hit, och personen loggar in med den.",
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.all(),
        label="Roller",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en roll: utan roll kan personen inte göra något."},
    )

    class Meta:
        model = get_user_model()
        fields = ["email", "first_name", "last_name", "groups"]

    def clean_email(self):
        address = self.cleaned_data["email"].lower()
        same = Q(email__iexact=address) | Q(username__iexact=address)
        other = get_user_model().objects.filter(same).first()
        if other:
            raise forms.ValidationError(_why_not(other))
        return address

    def clean(self):
        # Refused by the database's own rule too, should two invite the same person at once
        self.instance.username = self.cleaned_data.get("email", "")
        return super().clean()


def _why_not(other):
    link = format_html('<a href="{}">{}</a>', form_of(other), other.get_full_name() or other.email)
    if invitations.is_invited(other):
        return format_html("{} är redan inbjuden. Skicka inbjudan igen från den sidan.", link)
    return format_html("Adressen hör redan till ett konto: {}.", link)


class InvitationFilter(admin.SimpleListFilter):
    title = "inbjudan"
    parameter_name = "inbjudan"

    def lookups(self, request, model_admin):
        return [("vantar", "har inte svarat")]

    def queryset(self, request, queryset):
        if self.value() == "vantar":
            return queryset.filter(pk__in=invitations.invited().values("pk"))
        return queryset


class Inviting:
    """What the admin of users needs for it."""

    add_form = InvitationForm
    add_form_template = "admin/invite.html"
    add_fieldsets = [(None, {"fields": ["email", "first_name", "last_name", "groups"]})]

    def get_urls(self):
        page = self.admin_site.admin_view(self.invitation_view)
        return [
            path("<int:object_id>/inbjudan/", page, name="auth_user_invitation"),
            *super().get_urls(),
        ]

    @admin.display(description="Konto")
    def standing(self, user):
        if invitations.is_invited(user):
            day = date_format(localtime(invitations.runs_out_at(user)), "j F Y")
            ended = invitations.has_run_out(user)
            when = f"Länken gick ut {day}." if ended else f"Länken gäller till {day}."
            return f"Inbjuden, har inte svarat. {when}"
        return "Aktivt" if user.is_active else "Avstängt"

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            invitations.invite(obj)
            request.has_invited = obj

    def add_view(self, request, form_url="", extra_context=None):
        try:
            response = super().add_view(request, form_url, {"title": "Bjud in en person"})
        except IntegrityError:  # somebody else was quicker with the same address
            self.message_user(request, "Någon annan bjöd just in samma person.", messages.WARNING)
            return HttpResponseRedirect(reverse("admin:auth_user_changelist"))
        # After the transaction, which would else wait for the mail server with everybody else
        if person := getattr(request, "has_invited", None):
            self._send(request, person)
        return response

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(reverse("admin:auth_user_changelist"))

    def _send(self, request, person):
        if invitations.send(person, by=request.user):
            self.message_user(request, f"En inbjudan är skickad till {person.email}.")
        else:
            sentence = NOT_SENT.format(address=person.email)
            self.message_user(request, sentence, messages.ERROR)

    def invitation_view(self, request, object_id):
        """The invitation of one person, which is sent again or withdrawn here."""
        person = self.get_object(request, str(object_id)) if object_id < 2**63 else None
        if not (self.has_add_permission(request) and self.has_change_permission(request, person)):
            raise PermissionDenied
        if not person:
            raise Http404
        if request.method == "POST":
            return self._act(request, person)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Inbjudan till {person.get_full_name() or person.email}",
            "opts": self.opts,
            "person": person,
            "is_invited": invitations.is_invited(person),
            "standing": self.standing(person),
            "form_url": form_of(person),
        }
        return TemplateResponse(request, "admin/invitation.html", context)

    def _act(self, request, person):
        if "withdraw" in request.POST:
            return self._withdraw(request, person)
        with transaction.atomic():
            waiting = invitations.invited().select_for_update().filter(pk=person.pk).first()
            if waiting:
                invitations.invite(waiting)
                self.log_change(request, waiting, "Skickade inbjudan igen.")
        if waiting:
            self._send(request, waiting)
        else:
            self._say_answered(request, person)
        return HttpResponseRedirect(form_of(person))

    def _withdraw(self, request, person):
        with transaction.atomic():
            is_withdrawn = invitations.withdraw(person)
            if is_withdrawn:
                self.log_deletions(request, [person])
        if not is_withdrawn:
            self._say_answered(request, person)
            return HttpResponseRedirect(form_of(person))
        self.message_user(request, f"Inbjudan till {person.email} är tillbakatagen.")
        return HttpResponseRedirect(reverse("admin:auth_user_changelist"))

    def _say_answered(self, request, person):
        name = person.get_full_name() or person.get_username()
        sentence = f"{name} har redan ett konto, så inbjudan är inte ändrad."
        self.message_user(request, sentence, messages.WARNING)
