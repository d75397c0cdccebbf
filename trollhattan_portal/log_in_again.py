"""Who has been logged out while writing logs in again without losing the text.

What was sent is carried along in the page, and only fills the form in afterwards: nothing is saved
by a request that came without a session or with another's token.
"""

from functools import wraps

from allauth.account.views import LoginView
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import admin
from django.views.csrf import csrf_failure as stock_csrf_failure

from publishing.admin import ContentAdmin
from publishing.unsaved import send_again, sent

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
        sentences = ["Du är inloggad igen. Det du skrev finns kvar. Titta på det och spara."]
        return send_again(
            _without_log_in(request),
            title=NOT_SAVED,
            sentences=sentences,
            status=200,
            is_filled_in=True,
        )

    def get_context_data(self, **kwargs):
        carried = [pair for pair in sent(self.request) if pair[0] not in OWN]
        return super().get_context_data(carried=carried, **kwargs)


def _without_log_in(request):
    request.POST = request.POST.copy()
    for name in OWN:
        request.POST.pop(name, None)
    return request


def keeping_text(view, answer):
    """``answer``, to what ``view`` of an admin is asked; but a text of a stranger is kept."""
    if not is_form(view):
        return answer

    @wraps(answer)
    def keep_or_answer(request, *args, **kwargs):
        if request.method == "POST" and not request.user.is_authenticated:
            return log_in_again(request)
        return answer(request, *args, **kwargs)

    return keep_or_answer


def is_form(view):
    is_content = isinstance(getattr(view, "__self__", None), ContentAdmin)
    return is_content and view.__name__ in ("add_view", "change_view")


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
    if not _is_to_a_form(request) or reason.startswith(FROM_ELSEWHERE):
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


def _is_to_a_form(request):
    match = request.resolver_match
    if not match or match.app_name != "admin":
        return False
    forms = {
        f"{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model, model_admin in admin.site._registry.items()
        if isinstance(model_admin, ContentAdmin)
        for page in ("add", "change")
    }
    return match.url_name in forms
