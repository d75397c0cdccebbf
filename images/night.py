"""What is put right every night, in case nobody did it before."""

from contextlib import suppress


def tidy(**kwargs):
    """Remove the files of what is over, and make what is missing of the rest."""
    from images.models import Image

    for image in Image.objects.over().exclude(renditions=""):
        image.remove_renditions()
    forget_replaced()
    for image in Image.objects.exclude(digest="").filter(likeness=""):
        with suppress(FileNotFoundError):
            image.find_likeness()
    over = Image.objects.over().order_by().values("pk")
    for image in Image.objects.exclude(digest="").filter(renditions="").exclude(pk__in=over):
        with suppress(FileNotFoundError):
            image.make_renditions()


def forget_replaced():
    """Remove the files that were replaced, when that can't be undone any more."""
    from images.models import Image

    for image in Image.objects.with_replaced_to_remove():
        image.forget_replaced()
