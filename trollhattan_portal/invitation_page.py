"""/konto/inbjudan/…: where an invited person chooses her password."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from trollhattan_portal import invitations


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationPage(View):
    http_method_names = ["get", "head", "post"]

    def get(self, request, key):
        person = invitations.person_with(key)
        return self._page(person, person and PasswordForm(person))

    @transaction.atomic
    def post(self, request, key):
        person = invitations.person_with(key, lock=True)
        form = person and PasswordForm(person, request.POST)
        if not (form and form.is_valid()):
            return self._page(person, form)
        invitations.accept(person, form.cleaned_data["new_password1"])
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect(settings.LOGIN_REDIRECT_URL)

    def _page(self, person, form):
        # The same for one that is used, old, withdrawn or made up
        status = 200 if person else 404
        context = {"person": person, "form": form}
        return render(self.request, "account/invitation.html", context, status=status)


class PasswordForm(SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Lösenord"
        self.fields["new_password2"].label = "Lösenordet en gång till"
        self.fields["new_password2"].help_text = ""
