"""What somebody has sent that couldn't be saved, on a page from which it can be sent again."""

from django.http import QueryDict
from django.shortcuts import render

NOT_KEPT = ("csrfmiddlewaretoken", "password")  # the beginnings of names
FILL = "_fill"  # the text is to stand in the form, and nothing to be saved
FORM, TOOK = "_form", "_took"  # the key of the form, and of the one whose text was taken back
FILES = "_files"  # that files were chosen, which the later pages can't tell by themselves


def sent(request):
    """[(name, value)] of all that ``request`` sent but files and passwords."""
    return [
        (name, value)
        for name, values in written_in(request).lists()
        if not name.startswith(NOT_KEPT)
        for value in values
    ]


def text_in(data):
    """{name: [values]} of what a form sent, without the buttons and what Django puts there.

    PostgreSQL has no room for a null byte.
    """
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if not name.startswith((*NOT_KEPT, "_", "take_theirs"))
    }


def has_files(request):
    """Whether a file was chosen in the form that ``request`` came from, now or before a log-in."""
    return bool(request.FILES) or FILES in request.POST


def only_to_fill(request):
    """Let a request that is to fill a form ask for its page, and do nothing whatever was sent."""
    request.text, request.POST, request.method = request.POST, QueryDict(), "GET"


def is_only_to_fill(request):
    return hasattr(request, "text")


def written_in(request):
    """What was written, of a request that sends it or one that is only to fill the form with it."""
    return getattr(request, "text", request.POST)


def given_back(form, request):
    """``form``, which nobody has sent, with the text in it that ``request`` is to fill it with.

    The text stands there as what the form begins with: nothing is judged, and nothing done, before
    somebody has seen it and sends it herself.
    """
    if not is_only_to_fill(request):
        return form
    form.data = request.text  # where fields look for what they hid of how they began
    for name, field in form.fields.items():
        sent_as = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(request.text, {}, sent_as):
            form.initial[name] = field.widget.value_from_datadict(request.text, {}, sent_as)
    return form


def send_again(
    request, *, title, sentences, status, add_url="", button="Skicka igen", is_filled_in=False
):
    """The page that says why, with all that ``request`` sent but files and passwords.

    Whoever may make a new item of it is given the address for that, ``add_url``. Where it
    ``is_filled_in``, it leads to the form with the text in it, and saves nothing by itself.
    """
    kept = sent(request)
    if is_filled_in or is_only_to_fill(request):
        own = [pair for pair in kept if not pair[0].startswith("_") or pair[0] in (FORM, TOOK)]
        kept, button = [*own, (FILL, "1")], "Till formuläret med din text"
    if has_files(request):
        sentences = [*sentences, "Filer måste du välja en gång till."]
    context = {"title": title, "sentences": sentences, "kept": kept, "add_url": add_url}
    context["button"] = button
    return render(request, "admin/send_again.html", context, status=status)
