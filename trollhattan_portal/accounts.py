from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.urls import reverse

MISMATCH = "Användarnamnet eller lösenordet stämmer inte. Försök igen."


class NoSignUpAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs up."""

    # One sentence for every kind of mismatch, so that nobody learns which accounts there are
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Answer 429 to too many failed log-ins, where allauth shows the form again with 200."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            raise ImmediateHttpResponse(respond_429(request)) from too_many

    def get_logout_redirect_url(self, request):
        # Not a page for residents, which would leave the farewell unread in the session
        return reverse("account_login")

    def get_password_change_redirect_url(self, request):
        return reverse("admin:index")
