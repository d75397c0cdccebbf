"""What is made of a master, when, and where the crop lies."""

import pytest
from django.db import IntegrityError, transaction

from images import recipe, renditions
from images.models import Image
from images.recipe import VARIANTS
from tests.factories import ImageFactory
from tests.pictures import LEFT, RIGHT, image_with_files, opened, picture, picture_file

MIDDLE = (0.5, 0.5)


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


# Shapes


@pytest.mark.parametrize(
    ("variant", "sizes"),
    [
        ("card", [(320, 213), (480, 320), (640, 427), (960, 640)]),
        ("wide", [(480, 240), (960, 480), (1440, 720), (1920, 960)]),
        ("full", [(480, 320), (800, 533), (1200, 800), (1600, 1067)]),
        ("share", [(1200, 630)]),
    ],
)
def test_a_large_picture_is_made_in_all_widths(variant, sizes):
    assert VARIANTS[variant].sizes(2400, 1600) == sizes


@pytest.mark.parametrize(
    ("variant", "sizes"),
    [
        ("card", [(320, 213), (480, 320)]),  # the crop is 600 wide
        ("wide", [(480, 240)]),
        ("full", [(480, 300)]),
        ("share", [(640, 336)]),  # smaller than asked for rather than blown up
    ],
)
def test_a_small_picture_is_never_blown_up(variant, sizes):
    assert VARIANTS[variant].sizes(640, 400) == sizes


def test_a_crop_narrower_than_the_smallest_width_is_used_as_it_is():
    assert VARIANTS["card"].sizes(360, 200) == [(300, 200)]


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        (MIDDLE, (600, 0, 600, 400)),
        ((0.4, 0.5), (420, 0, 600, 400)),
        ((0, 0), (0, 0, 600, 400)),
        ((0.1, 0.9), (0, 0, 600, 400)),
        ((1, 1), (1200, 0, 600, 400)),
    ],
)
def test_a_crop_lies_round_the_focal_point_and_within_the_picture(focus, box):
    assert VARIANTS["card"].crop(1800, 400, focus) == box


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        (MIDDLE, (0, 700, 600, 400)),
        ((0.5, 0), (0, 0, 600, 400)),
        ((0.5, 1), (0, 1400, 600, 400)),
    ],
)
def test_a_tall_picture_is_cropped_above_and_below(focus, box):
    assert VARIANTS["card"].crop(600, 1800, focus) == box


def test_the_picture_in_its_own_shape_is_not_cropped():
    assert VARIANTS["full"].crop(1800, 400, (0, 0)) == (0, 0, 1800, 400)


# Files


@pytest.fixture(scope="module")
def made():
    """All renditions of a red and blue picture, 800 × 400, with its focal point to the right."""
    return renditions.make(picture_file(picture((800, 400)), "PNG").read(), (1, 0.5))


def test_each_shape_is_made_in_three_formats_but_for_sharing():
    made = renditions.make(picture_file().read(), MIDDLE)

    assert sorted(made) == [
        *(("card", width, format) for width in (320, 480) for format in ("avif", "jpg", "webp")),
        *(("full", 480, format) for format in ("avif", "jpg", "webp")),
        ("share", 640, "jpg"),
        *(("wide", 480, format) for format in ("avif", "jpg", "webp")),
    ]


def test_each_file_is_what_its_name_says(made):
    kinds = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}

    for (variant, width, extension), data in made.items():
        picture = opened(data)
        assert picture.format == kinds[extension]
        assert picture.size in VARIANTS[variant].sizes(800, 400)
        assert picture.width == width


@pytest.mark.parametrize(("focus", "colour"), [((0, 0.5), LEFT), ((1, 0.5), RIGHT)])
@pytest.mark.parametrize("variant", ["card", "wide", "share"])
def test_the_focal_point_at_the_edge_decides_what_is_seen(variant, focus, colour):
    made = renditions.make(picture_file(picture((1600, 360)), "PNG").read(), focus)

    largest = max(kind for kind in made if kind[0] == variant and kind[2] == "jpg")
    seen = opened(made[largest])
    for x in (2, seen.width - 3):
        assert seen.getpixel((x, 10)) == pytest.approx(colour, abs=12)


@pytest.mark.django_db
def test_files_are_named_after_picture_shape_and_width(settings):
    image = image_with_files(title="Torget på våren")

    names = [str(path.relative_to(settings.MEDIA_ROOT)) for path in files_in(settings.MEDIA_ROOT)]

    key = image.rendition_key
    assert f"renditions/{image.pk}/{key}/torget-pa-varen-card-320.avif" in names
    assert f"renditions/{image.pk}/{key}/torget-pa-varen-share-640.jpg" in names


@pytest.mark.django_db
def test_the_row_knows_which_renditions_are_there():
    image = Image.objects.create_from_file(picture_file(), title="Torget")
    assert image.renditions == ""

    image.make_renditions()

    image.refresh_from_db()
    assert image.renditions == image.rendition_key
    assert not image.is_out_of_date


@pytest.mark.parametrize(
    "change",
    [{"focal_x": 0.2}, {"focal_y": 0.8}, {"digest": "1" * 64}, {"master": "masters/b.webp"}],
)
def test_a_changed_picture_is_out_of_date(change):
    image = ImageFactory.build(pk=1)
    image.renditions = image.rendition_key

    for name, value in change.items():
        setattr(image, name, value)

    assert image.is_out_of_date


def test_a_changed_recipe_makes_all_pictures_out_of_date(monkeypatch):
    image = ImageFactory.build(pk=1)
    image.renditions = image.rendition_key

    monkeypatch.setattr(recipe, "VERSION", recipe.VERSION + 1)

    assert image.is_out_of_date


@pytest.mark.django_db
def test_new_renditions_take_the_old_ones_away(settings, django_capture_on_commit_callbacks):
    image = image_with_files()
    image.focal_x = 0.1

    with django_capture_on_commit_callbacks(execute=True):
        image.save()
        image.make_renditions()

    [folder] = (settings.MEDIA_ROOT / "renditions" / str(image.pk)).iterdir()
    assert folder.name == image.rendition_key


@pytest.mark.django_db
def test_making_them_again_changes_no_names(settings):
    image = image_with_files()
    before = files_in(settings.MEDIA_ROOT)

    image.make_renditions()

    assert files_in(settings.MEDIA_ROOT) == before


@pytest.mark.django_db
def test_a_half_written_file_is_written_anew(settings):
    image = image_with_files()
    damaged = settings.MEDIA_ROOT / image.url("card", 320, "jpg").removeprefix("/media/")
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:100])

    image.make_renditions()

    assert damaged.read_bytes() == whole


@pytest.mark.django_db
def test_a_replaced_picture_shows_nothing_until_its_renditions_are_made():
    image = image_with_files()

    image.replace_master(picture_file(picture((800, 600))))

    assert image.renditions == ""


@pytest.mark.django_db
def test_a_deleted_picture_takes_its_files_away(settings, django_capture_on_commit_callbacks):
    image = image_with_files()

    with django_capture_on_commit_callbacks(execute=True):
        image.delete()

    assert files_in(settings.MEDIA_ROOT) == []


@pytest.mark.django_db
@pytest.mark.parametrize("focus", [{"focal_x": -0.1}, {"focal_x": 1.1}, {"focal_y": 2}])
def test_the_database_refuses_a_focal_point_outside_the_picture(focus):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImageFactory(**focus)
