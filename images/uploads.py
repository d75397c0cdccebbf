"""From a file that somebody sends to a master that is safe to keep.

Everything is re-encoded, so that nothing of the file itself is ever served: neither hidden
metadata (position, names, serial numbers) nor what pretends to be a picture.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from math import ceil

from django.core.exceptions import ValidationError
from PIL import Image as Picture
from PIL import ImageCms, ImageOps

from images.likeness import likeness_of

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_WIDTH, MIN_HEIGHT = 640, 360
MAX_EDGE = 2560
MAX_LOSSLESS_BYTES = 1_500_000
FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]

TOO_HEAVY = "Filen är på {} MB. Den får vara på högst 15 MB."
TOO_MANY_PIXELS = "Bilden har fler än 50 miljoner bildpunkter. Förminska den och försök igen."
TOO_SMALL = "Bilden är för liten: {} × {} bildpunkter. Den behöver vara minst 640 × 360."
EMPTY = "Filen är tom. Välj en annan fil."
SVG = "SVG-filer tas inte emot, eftersom de kan innehålla program. Spara bilden som PNG."
MOVING = "Rörliga bilder tas inte emot. Välj en stillbild."
UNKNOWN = "Filen går inte att läsa som bild. Spara den som JPEG, PNG, WebP eller AVIF."
DAMAGED = "Bildfilen är skadad eller inte hel. Hämta den på nytt från källan och försök igen."


@dataclass(frozen=True)
class Master:
    """A re-encoded picture: WebP, sRGB, upright, without metadata."""

    data: bytes
    width: int
    height: int
    likeness: str

    @property
    def digest(self):
        return sha256(self.data).hexdigest()


def read_master(file):
    """The master of an uploaded or opened ``file``.

    Raises ValidationError, with one sentence in Swedish, for anything that is no good picture.
    """
    data = _read_limited(file)
    picture = _open(data)
    _check_size(picture)
    picture = _decode(picture)
    return _encode(picture, lossless=_is_lossless(data) and len(data) <= MAX_LOSSLESS_BYTES)


def _read_limited(file):
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(TOO_HEAVY.format(_megabytes(file)))
    if not data:
        raise ValidationError(EMPTY)
    return data


def _megabytes(file):
    file.seek(0, 2)
    return f"{ceil(file.tell() / 1024 / 1024 * 10) / 10:.1f}".replace(".", ",")


def _open(data):
    """Read the header only: nothing is decoded yet."""
    if b"<svg" in data[:4096].lower():
        raise ValidationError(SVG)
    if data.startswith((b"GIF87a", b"GIF89a")):
        raise ValidationError(MOVING)
    try:
        return Picture.open(BytesIO(data), formats=FORMATS)
    except Picture.UnidentifiedImageError as error:
        raise ValidationError(UNKNOWN) from error
    except (Picture.DecompressionBombError, Picture.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except Exception as error:  # a damaged file can make a decoder raise nearly anything
        raise ValidationError(DAMAGED) from error


def _check_size(picture):
    # Telephones put depth maps and the like beside the picture in a JPEG; the first is the picture
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        raise ValidationError(MOVING)
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)
    if max(picture.size) < MIN_WIDTH or min(picture.size) < MIN_HEIGHT:
        raise ValidationError(TOO_SMALL.format(picture.width, picture.height))


def _decode(picture):
    """Upright, in sRGB, on white where it was transparent, at most MAX_EDGE, with no metadata."""
    try:
        picture.draft(None, (MAX_EDGE, MAX_EDGE))  # a very large JPEG is decoded at half its size
        picture = _opaque(ImageOps.exif_transpose(picture))
        picture.thumbnail((MAX_EDGE, MAX_EDGE), Picture.Resampling.LANCZOS, reducing_gap=3)
        picture = _in_srgb(picture)
    except Exception as error:  # as in _open
        raise ValidationError(DAMAGED) from error
    picture.info.clear()
    return picture


def _opaque(picture):
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert() would clip to white
        picture = picture.convert("F").point(lambda value: value * (1 / 256)).convert("L")
    if not picture.has_transparency_data:
        return picture if picture.mode in ("L", "CMYK") else picture.convert("RGB")
    picture = picture.convert("RGBA")
    paper = Picture.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    paper.info = picture.info
    return paper.convert("RGB")


def _in_srgb(picture):
    if profile := picture.info.get("icc_profile"):
        try:
            return ImageCms.profileToProfile(
                picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            pass  # a profile that doesn't fit its picture; nobody else can use it either
    return picture.convert("RGB")


def _is_lossless(data):
    return data.startswith(b"\x89PNG") or data[12:16] == b"VP8L"


def _encode(picture, *, lossless):
    file = BytesIO()
    options = {"lossless": True, "quality": 50} if lossless else {"quality": 90}
    picture.save(file, "WEBP", **options)
    return Master(file.getvalue(), picture.width, picture.height, likeness_of(picture))
