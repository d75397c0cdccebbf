"""The commands that make, fetch and remove files for many pictures."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from images.models import Image
from tests.factories import ImageFactory
from tests.pictures import image_with_files, picture, picture_file

pytestmark = pytest.mark.django_db


def run(*arguments):
    output = StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def fixture_row(name, **values):
    """A picture as loaddata leaves it: a row that knows its file, and nothing of its content."""
    row = {"width": 0, "height": 0, "digest": "", "renditions": "", **values}
    return ImageFactory(title=name.capitalize(), master=f"masters/{name}.webp", **row)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ["torget", "parken"]:
        (folder / f"{name}.webp").write_bytes(picture_file(format="WEBP").read())
    return folder


# import_masters


def test_missing_files_are_fetched_with_their_renditions(folder):
    fixture_row("torget")
    fixture_row("parken")

    output = run("import_masters", folder)

    assert output.splitlines() == ["Bild 1 av 2: Torget", "Bild 2 av 2: Parken"]
    for image in Image.objects.all():
        assert image.master.storage.exists(image.master.name)
        assert (image.width, image.height) == (640, 400)
        assert not image.is_out_of_date


def test_a_fetched_picture_keeps_its_row(folder):
    before = fixture_row("torget", focal_x=0.2)

    run("import_masters", folder)

    image = Image.objects.get()
    assert (image.pk, image.focal_x, image.alt_sv) == (before.pk, 0.2, before.alt_sv)
    assert image.master.name == f"masters/torget-{image.digest[:8]}.webp"


def test_fetching_again_does_nothing(folder):
    fixture_row("torget")
    run("import_masters", folder)

    assert run("import_masters", folder) == "Alla bilder har redan sina filer.\n"


def test_a_row_loaded_once_more_ends_with_the_same_files(folder, settings):
    image = fixture_row("torget")
    run("import_masters", folder)
    before = sorted(settings.MEDIA_ROOT.rglob("*"))
    Image.objects.update(master="masters/torget.webp", digest="", renditions="", width=0, height=0)

    run("import_masters", folder)

    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before
    assert Image.objects.get(pk=image.pk).renditions


def test_a_lost_file_is_fetched_again(folder):
    fixture_row("torget")
    run("import_masters", folder)
    image = Image.objects.get()
    image.master.storage.delete(image.master.name)

    run("import_masters", folder)

    assert image.master.storage.exists(image.master.name)


def test_a_picture_that_is_not_in_the_folder_is_named_and_the_others_are_fetched(folder):
    fixture_row("gatan")
    fixture_row("torget")
    output = StringIO()

    with pytest.raises(CommandError, match="1 av 2 bilder kunde inte hämtas"):
        call_command("import_masters", folder, stdout=output)

    assert output.getvalue().splitlines() == [
        "Bild 1 av 2: Gatan – filen saknas",
        "Bild 2 av 2: Torget",
    ]
    assert Image.objects.exclude(renditions="").count() == 1


def test_a_fetched_file_is_examined_like_an_uploaded_one(folder):
    fixture_row("torget")
    (folder / "torget.webp").write_bytes(b"<svg/>")
    output = StringIO()

    with pytest.raises(CommandError):
        call_command("import_masters", folder, stdout=output)

    assert "SVG-filer tas inte emot" in output.getvalue()


# make_renditions


def test_missing_renditions_are_made():
    image = Image.objects.create_from_file(picture_file(), title="Torget")

    assert run("make_renditions") == "Bild 1 av 1: Torget\n"

    image.refresh_from_db()
    assert image.renditions == image.rendition_key


def test_renditions_that_are_there_are_left_alone():
    image_with_files()

    assert run("make_renditions") == "Alla bilder har redan sina renditioner.\n"


def test_all_renditions_can_be_made_anew(settings):
    image = image_with_files(title="Torget")
    lost = settings.MEDIA_ROOT / image.url("card", 320, "webp").removeprefix("/media/")
    lost.unlink()

    assert run("make_renditions", "--all") == "Bild 1 av 1: Torget\n"

    assert lost.exists()


def test_a_picture_whose_master_is_lost_does_not_stop_the_others():
    ImageFactory(title="Borta")
    image = Image.objects.create_from_file(picture_file(), title="Torget")
    output = StringIO()

    with pytest.raises(CommandError, match="1 av 2 bilder kunde inte göras"):
        call_command("make_renditions", stdout=output)

    assert "Borta – filen saknas" in output.getvalue()
    image.refresh_from_db()
    assert image.renditions


def test_pictures_whose_time_is_over_get_no_renditions():
    Image.objects.create_from_file(
        picture_file(), valid_until=timezone.localdate() - timedelta(days=1)
    )

    run("make_renditions")

    assert Image.objects.get().renditions == ""


# remove_expired_images


def test_expired_pictures_lose_their_files(settings, django_capture_on_commit_callbacks):
    yesterday = timezone.localdate() - timedelta(days=1)
    image_with_files(title="Sommarfesten")
    Image.objects.update(valid_until=yesterday)

    with django_capture_on_commit_callbacks(execute=True):
        output = run("remove_expired_images")

    assert output == "Borttagen: Sommarfesten\n"
    assert Image.objects.get().renditions == ""
    left = [path for path in (settings.MEDIA_ROOT / "renditions").rglob("*") if path.is_file()]
    assert left == []


def test_pictures_that_may_be_shown_keep_their_files():
    image = image_with_files(valid_until=timezone.localdate())

    assert run("remove_expired_images") == "Inget att ta bort.\n"

    assert Image.objects.get().renditions == image.renditions


# Every night


def test_the_night_makes_what_is_missing_and_removes_what_is_over(
    settings, django_capture_on_commit_callbacks
):
    image = image_with_files(valid_until=timezone.localdate() - timedelta(days=1))
    Image.objects.update(renditions="0123456789ab")
    new = Image.objects.create_from_file(picture_file(picture((800, 600))))
    likeness = new.likeness
    Image.objects.filter(pk=new.pk).update(likeness="")

    with django_capture_on_commit_callbacks(execute=True):
        run("purge_bin")

    image.refresh_from_db()
    new.refresh_from_db()
    assert image.renditions == ""
    assert new.likeness == likeness
    assert not new.is_out_of_date


def test_a_file_that_is_lost_does_not_stop_the_night():
    ImageFactory(renditions="")

    run("purge_bin")

    assert Image.objects.get().likeness == ""
