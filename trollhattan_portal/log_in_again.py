"""Who has been logged out while writing logs in again without losing the text.

What was sent is carried along in the page, and only fills the form in afterwards: nothing is saved
or done by a request that came without a session or with another's token. Where something is done
(texts are published, people invited), the page comes back that asks about it, with its own buttons.
"""

from functools import wraps

from allauth.account.views import LoginView
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import admin
from django.views.csrf import csrf_failure as stock_csrf_failure

from publishing.unsaved import (
    FILES,
    FILL,
    has_files,
    only_to_fill,
    send_again,
    sent,
)

# The pages of the admin on which somebody writes: of a kind, and by themselves. Each gives back
# what was written (publishing.unsaved.given_back); others only have buttons, and lead to the log-in
OF_A_KIND = ["add", "change", "act", "erase", "share", "start", "texts", "consent", "upload"]
ALONE = ["translations_import"]
LOG_IN, OWN = "_log_in", ("_log_in", "login", "password")
NOT_SAVED = "Det du skickade är inte sparat"
FROM_ELSEWHERE = ("Origin", "Referer")  # how Django's reasons begin that another site gets


class LogInAgain(LoginView):
    """The ordinary log-in, on the address of a form, with what was sent to it."""

    template_name = "admin/log_in_again.html"

    def post(self, request, *args, **kwargs):
        if LOG_IN not in request.POST:
            form = self.get_form_class()(request=request)
            return self.render_to_response(self.get_context_data(form=form), status=403)
        answer = super().post(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return answer
        sentences = [
            "Du är inloggad igen. Det du skrev finns kvar, men inget är sparat eller gjort än.",
            "Gå till formuläret, titta på det och tryck på knappen där.",
        ]
        return send_again(
            _without_log_in(request),
            title=NOT_SAVED,
            sentences=sentences,
            status=200,
            is_filled_in=True,
        )

    def get_context_data(self, **kwargs):
        carried = [pair for pair in sent(self.request) if pair[0] not in (*OWN, FILES)]
        facts = {"carried": carried, "has_files": has_files(self.request)}
        return super().get_context_data(**facts, **kwargs)


def _without_log_in(request):
    request.POST = request.POST.copy()
    for name in OWN:
        request.POST.pop(name, None)
    return request


def keeping_text(answer):
    """``answer``, to what a view of the admin is asked; but a text of a stranger is kept."""

    @wraps(answer)
    def keep_or_answer(request, *args, **kwargs):
        request.is_written_on = is_written_on(request)
        if request.method != "POST":
            return answer(request, *args, **kwargs)
        if not request.user.is_authenticated and request.is_written_on:
            return log_in_again(request)
        if FILL in request.POST:
            only_to_fill(request)
        return answer(request, *args, **kwargs)

    return keep_or_answer


def is_written_on(request):
    """Whether ``request`` is to a page of the admin on which somebody writes."""
    match = request.resolver_match
    if not match or match.app_name != "admin":
        return False
    written_on = {*ALONE}
    for model, model_admin in admin.site._registry.items():
        # The rows of a list are written in where it has fields
        pages = [*OF_A_KIND, "changelist"] if model_admin.list_editable else OF_A_KIND
        written_on |= {f"{model._meta.app_label}_{model._meta.model_name}_{page}" for page in pages}
    return match.url_name in written_on


def log_in_again(request):
    try:
        answer = LogInAgain.as_view()(request)
    except ImmediateHttpResponse as too_many:
        answer = too_many.response
    if answer.status_code != 429:
        return answer
    return send_again(
        _without_log_in(request),
        title="För många försök",
        sentences=["Det du skrev finns kvar här. Vänta några minuter, och försök sedan igen."],
        status=429,
        button="Försök igen",
    )


def csrf_failure(request, reason=""):
    """403, but who is at work in a form with a token that has been renewed keeps the text."""
    if not is_written_on(request) or reason.startswith(FROM_ELSEWHERE):
        return stock_csrf_failure(request, reason)
    request = _without_log_in(request)  # nobody is logged in by a request without its token
    if not request.user.is_authenticated:
        return log_in_again(request)
    return send_again(
        request,
        title=NOT_SAVED,
        sentences=["Du har loggat in på nytt sedan formuläret öppnades. Det du skrev finns kvar."],
        status=403,
        is_filled_in=True,
    )
