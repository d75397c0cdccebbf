"""From the bytes of a master to the bytes of all its renditions; runs in other processes too."""

from io import BytesIO

from PIL import Image as Picture

from images.recipe import VARIANTS


def make(master, focus):
    """{(variant, width, extension): bytes} of the picture file ``master`` (bytes)."""
    picture = Picture.open(BytesIO(master))
    picture.load()
    return {
        (variant.name, scaled.width, format.extension): _encode(scaled, format)
        for variant in VARIANTS.values()
        for scaled in _scaled(picture, variant, focus)
        for format in variant.formats
    }


def _scaled(picture, variant, focus):
    """The crop in each width, largest first: each is made of the one before, which is less work."""
    left, top, width, height = variant.crop(*picture.size, focus)
    source, box = picture, (left, top, left + width, top + height)
    for size in reversed(variant.sizes(*picture.size)):
        source = source.resize(size, Picture.Resampling.LANCZOS, box=box, reducing_gap=3)
        box = None
        yield source


def _encode(picture, format):
    file = BytesIO()
    kind = Picture.registered_extensions()[f".{format.extension}"]
    picture.save(file, kind, **format.options)
    return file.getvalue()
