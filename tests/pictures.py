"""Small picture files, made on the spot."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from images import files
from images.models import Image

LEFT, RIGHT = (200, 30, 30), (30, 30, 200)


def picture(size=(640, 400), mode="RGB"):
    """Red on the left half, blue on the right."""
    drawn = Picture.new("RGB", size, LEFT)
    drawn.paste(RIGHT, (size[0] // 2, 0, *size))
    return drawn.convert(mode)


def picture_file(drawn=None, format="JPEG", name="torget.jpg", **options):
    """An uploaded file of ``drawn`` (default picture()) in the ``format`` of Pillow's name."""
    file = BytesIO()
    (drawn or picture()).save(file, format, **options)
    return SimpleUploadedFile(name, file.getvalue())


def opened(data):
    return Picture.open(BytesIO(data))


def image_with_files(**values):
    """An image of 640 × 400 with its master and all its renditions."""
    image = Image.objects.create_from_file(picture_file(), **{"alt_sv": "Ett torg.", **values})
    image.make_renditions()
    return image


def rendition_of(image, content=b"not really a picture"):
    """The address of a file for ``image`` (of ImageFactory), put where a rendition would be."""
    address = image.url("card", 320, "webp")
    files.store(address.removeprefix("/media/"), content)
    return address
