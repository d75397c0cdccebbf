"""What somebody has sent that couldn't be saved, on a page from which it can be sent again."""

from django.shortcuts import render

NOT_KEPT = ("csrfmiddlewaretoken", "password")  # the beginnings of names
FILL = "_fill"  # the text is to stand in the form, and nothing to be saved
FORM, TOOK = "_form", "_took"  # the key of the form, and of the one whose text was taken back


def sent(request):
    """[(name, value)] of all that ``request`` sent but files and passwords."""
    return [
        (name, value)
        for name, values in request.POST.lists()
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


def send_again(
    request, *, title, sentences, status, add_url="", button="Skicka igen", is_filled_in=False
):
    """The page that says why, with all that ``request`` sent but files and passwords.

    Whoever may make a new item of it is given the address for that, ``add_url``. Where it
    ``is_filled_in``, it leads to the form with the text in it, and saves nothing by itself.
    """
    kept = sent(request)
    if is_filled_in:
        own = [pair for pair in kept if not pair[0].startswith("_") or pair[0] in (FORM, TOOK)]
        kept, button = [*own, (FILL, "1")], "Till formuläret med din text"
    if request.FILES:
        sentences = [*sentences, "Filer måste du välja en gång till."]
    context = {"title": title, "sentences": sentences, "kept": kept, "add_url": add_url}
    context["button"] = button
    return render(request, "admin/send_again.html", context, status=status)
