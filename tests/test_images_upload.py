"""What may be uploaded as a picture, and what is kept of it."""

import random
from io import BytesIO
from zlib import crc32

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from PIL import ImageCms

from images import uploads
from images.models import Image
from images.uploads import read_master
from tests.pictures import LEFT, RIGHT, opened, picture, picture_file

UPSIDE_DOWN, ON_ITS_SIDE = 3, 6  # values of the EXIF orientation


def refusal(file):
    with pytest.raises(ValidationError) as refused:
        read_master(file)
    [sentence] = refused.value.messages
    return sentence


def near(colour, expected, tolerance=12):
    return all(abs(a - b) <= tolerance for a, b in zip(colour, expected, strict=True))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_pictures_for_the_web_are_taken(format):
    master = read_master(picture_file(format=format))

    kept = opened(master.data)
    assert (kept.format, kept.mode, kept.size) == ("WEBP", "RGB", (640, 400))
    assert (master.width, master.height) == (640, 400)
    assert near(kept.getpixel((10, 10)), LEFT)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_a_picture_of_any_colour_mode_is_taken(mode):
    drawn = Picture.new(mode, (640, 400), 0) if mode == "I;16" else picture(mode=mode)

    assert opened(read_master(picture_file(drawn, "PNG")).data).mode == "RGB"


def test_a_picture_for_print_is_taken():
    master = read_master(picture_file(picture(mode="CMYK")))

    assert near(opened(master.data).getpixel((10, 10)), LEFT)


def test_sixteen_bits_of_grey_keep_their_shade():
    drawn = Picture.new("I;16", (640, 400), 128 * 256)

    master = read_master(picture_file(drawn, "PNG"))

    assert near(opened(master.data).getpixel((10, 10)), (128, 128, 128))


def test_what_is_transparent_becomes_white():
    drawn = Picture.new("RGBA", (640, 400), (0, 0, 0, 0))

    master = read_master(picture_file(drawn, "PNG"))

    assert opened(master.data).getpixel((10, 10)) == (255, 255, 255)


def test_the_content_decides_and_not_the_name():
    assert read_master(picture_file(format="PNG", name="torget.jpg"))
    assert refusal(SimpleUploadedFile("torget.jpg", b"%PDF-1.7 not a picture")) == uploads.UNKNOWN


def test_a_large_picture_is_made_smaller():
    master = read_master(picture_file(picture((3000, 500))))

    assert opened(master.data).size == (2560, 427)


def test_a_small_lossless_picture_is_kept_without_loss():
    drawn = picture()

    master = read_master(picture_file(drawn, "PNG"))

    assert opened(master.data).tobytes() == drawn.tobytes()


# Metadata


def exif_of_a_telephone(orientation=1):
    exif = Picture.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telefonmakaren"
    exif[0x8825] = {1: "N", 2: (58.0, 17.0, 0.0), 3: "E", 4: (12.0, 17.0, 0.0)}
    return exif


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_position_and_camera_are_removed(format):
    file = picture_file(format=format, exif=exif_of_a_telephone())
    assert b"Telefonmakaren" in file.read()  # else this test would show nothing

    master = read_master(file)

    assert b"Telefonmakaren" not in master.data
    assert dict(opened(master.data).getexif()) == {}


def test_comments_profiles_and_descriptions_are_removed():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = picture_file(comment=b"hemligt", xmp=b"<x>hemligt</x>", icc_profile=profile)

    master = read_master(file)

    assert b"hemligt" not in master.data
    assert not {"exif", "xmp", "icc_profile", "comment"} & opened(master.data).info.keys()


def test_a_picture_taken_upside_down_is_turned():
    master = read_master(picture_file(exif=exif_of_a_telephone(UPSIDE_DOWN)))

    assert near(opened(master.data).getpixel((10, 10)), RIGHT)


def test_a_picture_taken_on_its_side_is_turned():
    master = read_master(picture_file(exif=exif_of_a_telephone(ON_ITS_SIDE)))

    assert (master.width, master.height) == (400, 640)
    assert near(opened(master.data).getpixel((10, 10)), LEFT)
    assert near(opened(master.data).getpixel((10, 630)), RIGHT)


def profile_with_red_and_blue_exchanged():
    """sRGB, but with the tags of its red and blue primaries swapped."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")


def test_colours_are_brought_into_srgb():
    file = picture_file(icc_profile=profile_with_red_and_blue_exchanged())

    master = read_master(file)

    red, _green, blue = opened(master.data).getpixel((10, 10))
    assert blue > 150 > red


def test_a_profile_that_does_not_fit_is_ignored():
    file = picture_file(icc_profile=b"nonsense")

    assert near(opened(read_master(file).data).getpixel((10, 10)), LEFT)


def test_a_telephones_picture_with_a_depth_map_beside_it_is_taken():
    file = picture_file(format="MPO", save_all=True, append_images=[picture((64, 40))])

    master = read_master(file)

    assert (master.width, master.height) == (640, 400)


# Refusals


def test_a_file_of_more_than_15_mb_is_refused_unread():
    file = SimpleUploadedFile("stor.jpg", b"\0" * (uploads.MAX_BYTES + 1))

    assert refusal(file) == "Filen är på 15,1\u00a0MB. Den får vara på högst 15\u00a0MB."


def test_an_empty_file_is_refused():
    assert refusal(SimpleUploadedFile("tom.jpg", b"")) == uploads.EMPTY


def test_svg_is_refused_with_a_reason():
    drawing = b'<?xml version="1.0"?><!-- x --><SVG xmlns="http://www.w3.org/2000/svg"/>'

    assert refusal(SimpleUploadedFile("bild.png", drawing)) == uploads.SVG


@pytest.mark.parametrize("format", ["TIFF", "BMP", "PPM"])
def test_other_formats_are_refused(format):
    assert refusal(picture_file(format=format)) == uploads.UNKNOWN


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_moving_pictures_are_refused(format):
    frames = [Picture.new("RGB", (640, 400), RIGHT)]

    file = picture_file(format=format, save_all=True, append_images=frames)

    assert refusal(file) == uploads.MOVING


def png_that_claims(width, height):
    """A PNG of a few bytes whose header promises ``width`` × ``height``."""
    data = bytearray(picture_file(Picture.new("RGB", (1, 1)), "PNG").read())
    data[16:24] = width.to_bytes(4) + height.to_bytes(4)
    data[29:33] = crc32(data[12:29]).to_bytes(4)
    return SimpleUploadedFile("bomb.png", bytes(data))


@pytest.mark.parametrize("side", [7072, 9500, 100_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(side):
    # Were it decoded, it would be refused as damaged: there is one pixel in it
    assert refusal(png_that_claims(side, side)) == uploads.TOO_MANY_PIXELS


def test_a_picture_too_small_to_show_is_refused_with_its_measures():
    file = picture_file(picture((639, 400)))

    assert refusal(file) == (
        "Bilden är för liten: 639\u00a0×\u00a0400 bildpunkter. "
        "Den behöver vara minst 640\u00a0×\u00a0360."
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_file_that_was_cut_off_is_refused(format):
    whole = picture_file(Picture.effect_noise((640, 400), 90).convert("RGB"), format).read()

    sentence = refusal(SimpleUploadedFile("halv", whole[: len(whole) // 2]))

    assert sentence == (uploads.UNKNOWN if format == "AVIF" else uploads.DAMAGED)


def taken_or_refused(data):
    """The master or the sentences; any other exception is a fault of ours."""
    try:
        return read_master(BytesIO(data))
    except ValidationError as refused:
        return refused.messages


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_damaged_file_is_taken_or_refused_but_never_an_error(format):
    dice = random.Random(20240607)  # noqa: S311
    whole = picture_file(format=format, exif=exif_of_a_telephone()).read()

    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(8):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        assert taken_or_refused(damaged)


# The image bank


@pytest.mark.django_db
def test_the_file_is_named_after_the_title_in_ascii():
    image = Image.objects.create_from_file(
        picture_file(name="IMG 1234.JPG"), title="Räksmörgås på Älvbrons torg!"
    )

    assert image.master.name == f"masters/raksmorgas-pa-alvbrons-torg-{image.digest[:8]}.webp"


@pytest.mark.django_db
def test_a_picture_without_title_is_named_after_its_file():
    image = Image.objects.create_from_file(picture_file(name="Ängön.jpg"))

    assert (image.title, image.slug) == ("Ängön", "angon")


@pytest.mark.django_db
def test_nothing_is_kept_of_a_refused_file(settings):
    with pytest.raises(ValidationError):
        Image.objects.create_from_file(SimpleUploadedFile("x.jpg", b"x"), title="Torget")

    assert not Image.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


@pytest.mark.django_db
def test_a_replaced_master_takes_the_old_files_away(settings, django_capture_on_commit_callbacks):
    image = Image.objects.create_from_file(picture_file(), title="Torget")
    before = image.master.name

    with django_capture_on_commit_callbacks(execute=True):
        image.replace_master(picture_file(picture((800, 600))))

    assert not (settings.MEDIA_ROOT / before).exists()
    assert (settings.MEDIA_ROOT / image.master.name).exists()
    assert (image.width, image.height) == (800, 600)


@pytest.mark.django_db
def test_a_replaced_master_stays_while_another_row_has_the_same_file(
    settings, django_capture_on_commit_callbacks
):
    one = Image.objects.create_from_file(picture_file(), title="Torget")
    other = Image.objects.create_from_file(picture_file(), title="Torget")

    with django_capture_on_commit_callbacks(execute=True):
        one.replace_master(picture_file(picture((800, 600))))

    assert (settings.MEDIA_ROOT / other.master.name).exists()
