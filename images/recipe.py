"""Which pictures are made of a master: shapes, widths, formats. Knows neither Django nor files."""

from dataclasses import dataclass

VERSION = 1  # raise it when anything here changes what comes out; then run make_renditions


@dataclass(frozen=True)
class Format:
    extension: str
    content_type: str
    options: dict  # for Pillow's save()


# Quality 60 in AVIF looks like 80 in the others. Speed 8 takes a fifth of the time of Pillow's
# default, 6, for files a tenth larger; 9 would be faster still, for files a third larger.
AVIF = Format("avif", "image/avif", {"quality": 60, "speed": 8, "max_threads": 1})
WEBP = Format("webp", "image/webp", {"quality": 80, "method": 4})
JPEG = Format("jpg", "image/jpeg", {"quality": 80, "progressive": True, "optimize": True})


@dataclass(frozen=True)
class Variant:
    """One shape. ``ratio`` is width / height, or None for the picture's own."""

    name: str
    widths: tuple[int, ...]
    ratio: float | None = None
    formats: tuple[Format, ...] = (AVIF, WEBP, JPEG)

    def crop(self, width, height, focus):
        """The box (left, top, width, height) of this shape, as near ``focus`` as the edges allow.

        ``focus`` is (x, y) as parts of the picture, 0–1 from its upper left corner.
        """
        if self.ratio is None:
            return 0, 0, width, height
        crop_width = min(width, max(1, round(height * self.ratio)))
        crop_height = min(height, max(1, round(width / self.ratio)))
        left = round(focus[0] * width - crop_width / 2)
        top = round(focus[1] * height - crop_height / 2)
        return (
            min(max(left, 0), width - crop_width),
            min(max(top, 0), height - crop_height),
            crop_width,
            crop_height,
        )

    def sizes(self, width, height):
        """The (width, height) of each rendition, smallest first; none is larger than the crop."""
        *_corner, crop_width, crop_height = self.crop(width, height, (0.5, 0.5))
        widths = [w for w in self.widths if w <= crop_width] or [crop_width]
        return [(w, max(1, round(w * crop_height / crop_width))) for w in widths]


VARIANTS = {
    variant.name: variant
    for variant in [
        Variant("card", (320, 480, 640, 960), ratio=3 / 2),
        Variant("wide", (480, 960, 1440, 1920), ratio=2 / 1),
        Variant("full", (480, 800, 1200, 1600)),
        Variant("share", (1200,), ratio=1200 / 630, formats=(JPEG,)),
    ]
}
LARGEST = max(VARIANTS["full"].widths)
