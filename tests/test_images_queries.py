"""What is asked of the image bank: what is to be done, what is there already, where it is used."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from PIL import Image as Picture
from PIL import ImageDraw

from images.likeness import groups_of, is_alike, likeness_of
from images.models import Image
from images.rights import LegalBasis
from images.uploads import read_master
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
    StartPageFactory,
)
from tests.pictures import picture, picture_file

CONSENT = {
    "shows_identifiable_people": True,
    "legal_basis": LegalBasis.CONSENT,
    "consent_reference": "2026/17",
}
TODAY = date(2026, 11, 26)


def titles(images):
    return [image.title for image in images]


def on_a_page(**values):
    return NewsItemFactory(image=ImageFactory(**values)).image


# What is to be done


@pytest.mark.django_db
@time_machine.travel("2026-11-26 12:00+01:00", tick=False)
def test_consents_that_run_out_within_sixty_days_are_named_the_first_first():
    for days in (60, 0, 61, -1, 30):
        on_a_page(title=f"{days}", valid_until=TODAY + timedelta(days=days))
    on_a_page(title="utan slut")

    assert titles(Image.objects.consent_running_out()) == ["0", "30", "60"]
    assert titles(Image.objects.consent_running_out(within=7)) == ["0"]


@pytest.mark.django_db
@time_machine.travel("2026-11-26 23:30+01:00", tick=False)
def test_the_days_are_swedish():
    on_a_page(title="i går", valid_until=date(2026, 11, 25))
    on_a_page(title="i dag", valid_until=date(2026, 11, 26))

    assert titles(Image.objects.consent_running_out(within=0)) == ["i dag"]


@pytest.mark.django_db
def test_nobody_is_asked_to_renew_what_nothing_uses_or_what_is_withdrawn():
    soon = timezone.localdate() + timedelta(days=5)
    ImageFactory(valid_until=soon)
    on_a_page(valid_until=soon, withdrawn_at=timezone.now())
    used = ImageFactory(title="i ett utkast", valid_until=soon)
    NewsItemFactory().save_draft(by=AdministratorFactory(), values={"image": used.pk})

    assert titles(Image.objects.consent_running_out()) == ["i ett utkast"]


@pytest.mark.django_db
def test_pictures_that_residents_miss_are_named():
    yesterday = timezone.localdate() - timedelta(days=1)
    on_a_page(title="får visas")
    on_a_page(title="över", valid_until=yesterday)
    on_a_page(title="återkallad", **CONSENT, withdrawn_at=timezone.now())
    on_a_page(title="utan grund", shows_identifiable_people=True)
    ImageFactory(title="över men oanvänd", valid_until=yesterday)
    draft = ImageFactory(title="över i ett utkast", valid_until=yesterday)
    NewsItemFactory(draft=True, image=draft)

    assert set(titles(Image.objects.without_right_but_used())) == {
        "över",
        "återkallad",
        "utan grund",
    }


# Where it is used


@pytest.mark.django_db
def test_a_picture_is_used_by_pages_drafts_and_what_waits():
    key, draft, waiting, none = ImageFactory.create_batch(4)
    NewsItemFactory(image=key)
    NewsItemFactory().save_draft(by=AdministratorFactory(), values={"image": draft.pk})
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"image": waiting.pk})
    item.schedule(by=AdministratorFactory(), at=timezone.now() + timedelta(days=1))

    assert set(Image.objects.used()) == {key, draft, waiting}
    assert list(Image.objects.unused()) == [none]


@pytest.mark.django_db
def test_uses_are_counted_once_each_with_two_queries(django_assert_num_queries):
    image, other = ImageFactory(), ImageFactory()
    item = NewsItemFactory(image=image)
    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Ny."})  # names it too
    FocusAreaFactory(image=image)
    StartPageFactory(image=image, cooperation_image=image)
    NewsItemFactory().save_draft(by=AdministratorFactory(), values={"image": image.pk})

    with django_assert_num_queries(2):
        found = Image.objects.number_of_uses([image.pk, other.pk])

    assert found == {image.pk: 4}
    assert Image.objects.number_of_uses([]) == {}


# What is there already


def drawing(size=(1200, 800), flip=False):
    """Something with light and dark in many places."""
    drawn = Picture.new("RGB", size, (240, 230, 210))
    pen, (width, height) = ImageDraw.Draw(drawn), size
    for number in range(12):
        x, y = (number * 5 % 12) / 12 * width, (number * 7 % 12) / 12 * height
        shade = (number * 53) % 256
        pen.ellipse((x, y, x + width / 4, y + height / 3), fill=(shade, 255 - shade, shade // 2))
    return drawn.transpose(Picture.Transpose.FLIP_LEFT_RIGHT) if flip else drawn


def master_of(drawn, format="JPEG", **options):
    return read_master(picture_file(drawn, format, **options))


@pytest.mark.parametrize(
    ("drawn", "format", "options"),
    [
        (drawing(), "PNG", {}),
        (drawing(), "JPEG", {"quality": 30}),
        (drawing((640, 427)), "JPEG", {"quality": 60}),
        (drawing((2400, 1600)), "WEBP", {"quality": 50}),
        (drawing().convert("L"), "JPEG", {}),
    ],
)
def test_a_picture_looks_the_same_in_another_size_format_or_quality(drawn, format, options):
    assert is_alike(master_of(drawing()), master_of(drawn, format, **options))


@pytest.mark.parametrize("drawn", [drawing(flip=True), picture((1200, 800)), drawing((1200, 1200))])
def test_another_picture_or_shape_looks_different(drawn):
    assert not is_alike(master_of(drawing()), master_of(drawn))


def test_the_hash_is_sixty_four_bits():
    assert len(likeness_of(drawing())) == len(likeness_of(picture((640, 400), "L"))) == 16


@pytest.mark.django_db
def test_the_same_file_is_found_before_what_only_looks_like_it():
    near = Image.objects.create_from_file(picture_file(drawing((900, 600))), title="nästan")
    same = Image.objects.create_from_file(picture_file(drawing()), title="samma")
    Image.objects.create_from_file(picture_file(drawing(flip=True)), title="en annan")

    assert Image.objects.alike(master_of(drawing())) == [same, near]
    assert Image.objects.alike(same) == [near]


@pytest.mark.django_db
def test_pictures_whose_looks_are_not_known_are_like_none():
    ImageFactory(digest="")
    ImageFactory(width=0, height=0, digest="")

    assert Image.objects.alike(master_of(drawing())) == []
    assert Image.objects.doubles() == []


@pytest.mark.django_db
def test_doubles_stand_together():
    one, _other, twin, _flipped = (
        Image.objects.create_from_file(picture_file(drawn), title="x")
        for drawn in [drawing(), picture(), drawing((900, 600)), drawing(flip=True)]
    )

    assert Image.objects.doubles() == [[one.pk, twin.pk]]


class Looks:
    width, height = 3, 2

    def __init__(self, likeness):
        self.likeness = f"{likeness:016x}"


def test_bands_find_every_pair_that_differs_by_seven_bits_wherever_they_are():
    for shift in range(9):
        one, other = Looks(0), Looks(sum(1 << (bit * 9 - shift) for bit in range(1, 8)))
        assert groups_of([one, other]) == [[one, other]]


@pytest.mark.django_db
def test_five_thousand_pictures_are_compared_in_one_go(django_assert_num_queries):
    Image.objects.bulk_create(
        Image(title=f"{n}", width=3, height=2, digest=f"{n}", likeness=f"{n * 2654435761:016x}")
        for n in range(5000)
    )

    with django_assert_num_queries(1):
        assert Image.objects.alike(master_of(drawing())) == []


@pytest.mark.django_db
def test_the_looks_of_a_row_from_before_are_found_in_its_file():
    image = Image.objects.create_from_file(picture_file(drawing()))
    likeness = image.likeness
    Image.objects.update(likeness="")

    image.find_likeness()

    assert Image.objects.get().likeness == likeness
