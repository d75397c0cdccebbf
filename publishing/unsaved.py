"""What somebody has sent that couldn't be saved, on a page from which it can be sent again."""

from django.shortcuts import render

NOT_KEPT = ("csrfmiddlewaretoken", "password")  # the beginnings of names


def send_again(request, *, title, sentences, status, add_url=""):
    """The page that says why, with all that ``request`` sent but files and passwords.

    Whoever may make a new item of it is given the address for that, ``add_url``.
    """
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(NOT_KEPT)
        for value in values
    ]
    if request.FILES:
        sentences = [*sentences, "Filer måste du välja en gång till."]
    context = {"title": title, "sentences": sentences, "kept": kept, "add_url": add_url}
    return render(request, "admin/send_again.html", context, status=status)
