from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.template.loader import render_to_string
from django.urls import reverse

from publishing.admin.guarded import Guarded
from publishing.admin.unsaved import TextGivenBack
from trollhattan_portal import invitations, rights
from trollhattan_portal.admin_site import SECTIONS
from trollhattan_portal.inviting import InvitationFilter, Inviting

FOR_SUPERUSERS = {"is_superuser", "user_permissions"}
# {field: (label, help)} where Django's words are those of programmers
WORDS = {
    "username": ("Användarnamn", "Bokstäver, siffror och tecknen @ . + - _, högst 150."),
    "password": ("Lösenord", "Ingen kan se lösenordet. Du kan välja ett nytt åt personen."),
    "is_active": (
        "Kontot är öppet",
        "Ta bort krysset när personen slutar. Det som personen har skrivit finns kvar.",
    ),
    "is_staff": ("Arbetar i redaktionen", "Utan det här krysset kan personen inte logga in här."),
    "groups": ("Roller", "Den som har flera roller får göra det som någon av dem får."),
}

# Django's own script looks for the id of the warning, which it has in English alone
TO_LOG_IN = (
    "Om personen får logga in med lösenord."
    '<ul id="id_unusable_warning" class="messagelist"><li class="warning">'
    "Stänger du av det försvinner lösenordet som personen har nu.</li></ul>"
)


class PasswordOfSomebody(ReadOnlyPasswordHashWidget):
    """Whether there is one, and the way to a new one; how it is kept helps nobody."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        there = "Personen har ett lösenord." if is_password_usable(value) else "Inget lösenord än."
        return context | {"summary": [{"label": there}]}


class PersonForm(UserChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in WORDS.keys() & self.fields.keys():
            self.fields[name].label, self.fields[name].help_text = WORDS[name]
        if "password" in self.fields:
            self.fields["password"].widget = PasswordOfSomebody()


class NewPasswordForm(AdminPasswordChangeForm):
    usable_password_help_text = TO_LOG_IN


class PortalUserAdmin(TextGivenBack, Inviting, Guarded, UserAdmin):
    """Administrators mind users without being able to make anybody, or themselves, a superuser.

    Nor to give, take or take over what they haven't themselves.
    """

    form = PersonForm
    change_password_form = NewPasswordForm
    list_display = ["username", "full_name", "email", "roles", "standing", "last_login"]
    list_filter = ["is_active", InvitationFilter, "groups"]
    filter_horizontal = []
    readonly_fields = ["standing", "may_do", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Om personen", {"fields": ["first_name", "last_name", "email"]}),
        (
            "Vad personen får göra",
            {
                "fields": [
                    *["standing", "is_active", "is_staff", "is_superuser"],
                    *["groups", "user_permissions", "may_do"],
                ]
            },
        ),
        ("Datum", {"fields": ["last_login", "date_joined"]}),
    ]

    @admin.display(description="Namn", ordering="last_name")
    def full_name(self, user):
        return user.get_full_name() or None

    @admin.display(description="Roller")
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or None

    @admin.display(description="Får göra")
    def may_do(self, user):
        if user.is_superuser:
            return "Allt."
        # Also of somebody who isn't active yet, whom Django gives no rights
        user = type(user)(pk=user.pk, is_active=True)
        return render_to_string(
            "admin/rights_list.html", {"sections": rights.list_about(user, SECTIONS)}
        )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        left_out = set() if request.user.is_superuser else set(FOR_SUPERUSERS)
        if obj and invitations.is_invited(obj):
            left_out |= {"is_active", "is_staff"}  # whoever is invited lets herself in
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in left_out]})
            for name, options in fieldsets
        ]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
            kwargs["queryset"] = _groups_that_may_be_given_by(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if obj is None:
            form.base_fields["groups"].queryset = _groups_that_may_be_given_by(request.user)
        return form

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Användare", **(extra_context or {})})

    def has_change_permission(self, request, obj=None):
        if obj and not request.user.is_superuser and _may_more(obj, request.user):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        # The log says who did what, and a deleted name would take its lines along
        return request.user.is_superuser and super().has_delete_permission(request, obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["show_save_and_add_another"] = False
        context["show_save_and_continue"] = bool(obj)  # an invitation is sent when it is saved
        if obj:
            tools = [("Historik", reverse("admin:auth_user_history", args=[obj.pk]))]
            if invitations.is_invited(obj) and self.has_change_permission(request, obj):
                page = reverse("admin:auth_user_invitation", args=[obj.pk])
                tools.insert(0, ("Skicka igen eller ta tillbaka inbjudan", page))
            context["tools"] = tools
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def _groups_that_may_be_given_by(user):
    if user.is_superuser:
        return Group.objects.order_by("pk")
    own = Permission.objects.filter(Q(group__user=user) | Q(user=user)).values("pk")
    others = Permission.objects.exclude(pk__in=own)
    return Group.objects.exclude(permissions__in=others).order_by("pk")


def _may_more(other, user):
    """Whether ``other`` may do, or might when active, what ``user`` may not."""
    if other.is_superuser:
        return True
    awake = type(other)(pk=other.pk, is_active=True)
    return not awake.get_all_permissions() <= user.get_all_permissions()


class PortalGroupAdmin(TextGivenBack, Guarded, GroupAdmin):
    """The roles, to be looked at: what they may is in publishing.roles."""

    filter_horizontal = []
