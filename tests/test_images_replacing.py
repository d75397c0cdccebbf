"""A file that was replaced can be put back for twelve hours, and nobody sees it meanwhile."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from images.models import Image
from images.replacing import GONE
from publishing.history import verify_chain
from publishing.models import Version
from tests.admin_forms import admin_url, filled_in, messages_of
from tests.factories import NewsItemFactory
from tests.pictures import image_with_files, picture, picture_file
from tests.test_undo import buttons, sit_down, undo

pytestmark = pytest.mark.django_db(transaction=True)  # files go when a change is committed
LATER = timedelta(hours=12, minutes=1)


@pytest.fixture
def anna():
    return sit_down()


@pytest.fixture
def image(anna):
    """A picture with a history that begins with its file."""
    image = image_with_files(title="Torget", alt_sv="Det gamla torget.")
    image.record(by=anna.user)
    return image


def replace(client, image, size=(800, 600), **values):
    form = filled_in(client.get(admin_url(image, "change")))
    form |= {"upload": picture_file(picture(size)), **values}
    return client.post(admin_url(image, "change"), form, follow=True)


def row(image):
    return Image.objects.get(pk=image.pk)


def masters(settings):
    return sorted(file.name for file in (settings.MEDIA_ROOT / "masters").iterdir())


def file_of(image):
    return image.master.name.removeprefix("masters/")


# Putting it back


def test_the_old_file_is_back_with_its_texts_and_its_renditions(settings, anna, image, client):
    NewsItemFactory(image=image)
    page = replace(anna, image, alt_sv="Det nya torget.", focal_x="0.1")
    was_replaced = row(image).width

    told = undo(anna, page)

    now = row(image)
    assert was_replaced == 800
    assert (now.master, now.width, now.digest) == (image.master, image.width, image.digest)
    assert (now.likeness, now.alt_sv, now.focal_x) == (image.likeness, "Det gamla torget.", 0.5)
    assert now.renditions == now.rendition_key
    assert client.get(f"/media/bilder/{image.pk}").url == now.url("full", 480, "jpg")
    assert "är som förut" in messages_of(told)[0]
    assert verify_chain().broken == ""


def test_the_new_file_is_removed_when_the_old_one_is_back(settings, anna, image):
    undo(anna, replace(anna, image))

    assert masters(settings) == [file_of(image)]
    assert row(image).replaced is None


def test_what_is_kept_stands_in_no_version(anna, image):
    replace(anna, image)

    assert "replaced" not in Version.objects.of(image).last().status
    assert "replaced" not in Version.objects.of(image).last().data


# Nobody sees it


@pytest.mark.parametrize("role", [None, "Redaktörer", "Administratörer"])
def test_a_file_that_is_only_kept_has_no_address(settings, anna, image, role):
    NewsItemFactory(image=image)
    rendition = image.url("full", 480, "jpg")
    replace(anna, image)
    client = sit_down(role) if role else Client()

    assert file_of(image) in masters(settings)
    assert client.get(f"/media/{image.master.name}").status_code == 404
    assert client.get(rendition).url != rendition
    assert [each.name for each in (settings.MEDIA_ROOT / f"renditions/{image.pk}").iterdir()] == [
        row(image).renditions
    ]


# How long


@pytest.mark.parametrize("command", ["purge_bin", "remove_expired_images"])
def test_the_night_removes_it_when_it_cannot_be_put_back_any_more(settings, anna, image, command):
    replace(anna, image)
    call_command(command)
    was_kept = file_of(image) in masters(settings)

    with time_machine.travel(timezone.now() + LATER):
        call_command(command)

    assert was_kept
    assert masters(settings) == [file_of(row(image))]
    assert row(image).replaced is None


def test_after_twelve_hours_it_is_not_put_back_whether_the_night_has_been_there_or_not(anna, image):
    page = replace(anna, image)
    before = Version.objects.of(image).texts().first()

    with time_machine.travel(timezone.now() + LATER):
        anna.force_login(anna.user)
        told = undo(anna, page)
        with pytest.raises(ValidationError, match=GONE):
            row(image).put_file_back(before, by=anna.user)

    assert "Det går inte att ångra längre." in messages_of(told)[0]
    assert row(image).width == 800


def test_only_the_file_before_the_last_is_kept(settings, anna, image):
    first = replace(anna, image)
    second = replace(anna, image, size=(900, 600))

    told = undo(anna, first)

    assert "Någon har gjort något med den sedan dess." in messages_of(told)[0]
    assert len(masters(settings)) == 2
    assert file_of(image) not in masters(settings)
    undo(anna, second)
    assert row(image).width == 800


# What is not kept


def test_a_file_that_should_not_be_there_is_removed_at_once(settings, anna, image):
    page = replace(anna, image, remove_old="on")

    assert buttons(page) == []
    assert "Den gamla bildfilen är borttagen." in messages_of(page)
    assert masters(settings) == [file_of(row(image))]
    assert row(image).replaced is None


def test_a_withdrawn_consent_removes_what_was_kept(settings, anna, image):
    page = replace(anna, image)

    row(image).withdraw_consent(by=anna.user)

    assert masters(settings) == [file_of(row(image))]
    row(image).renew_consent(by=anna.user)
    assert "Det gick inte att ångra" in messages_of(undo(anna, page))[0]


def test_nothing_is_kept_of_a_picture_whose_consent_is_withdrawn(settings, anna, image):
    image.withdraw_consent(by=anna.user)

    page = replace(anna, image)

    assert buttons(page) == []
    assert masters(settings) == [file_of(row(image))]


def test_a_kept_file_goes_when_the_last_day_of_the_picture_is_over(settings, anna, image):
    replace(anna, image, valid_until=f"{timezone.localdate():%Y-%m-%d}")

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        call_command("remove_expired_images")

    assert masters(settings) == [file_of(row(image))]


@pytest.mark.parametrize("way", ["move_to_bin", "delete"])
def test_a_kept_file_goes_with_the_picture_and_the_bin_keeps_the_other(settings, anna, image, way):
    replace(anna, image)
    now = row(image)

    now.move_to_bin(by=anna.user) if way == "move_to_bin" else now.delete()

    assert masters(settings) == ([file_of(now)] if way == "move_to_bin" else [])


def test_a_file_that_another_picture_has_too_stays(settings, anna, image):
    other = image_with_files(title="Torget")
    assert other.master == image.master

    replace(anna, image, remove_old="on")

    assert file_of(other) in masters(settings)


def test_a_file_that_another_picture_keeps_stays(settings, anna, image):
    other = image_with_files(title="Torget")
    page = replace(anna, image)

    other.delete()

    undo(anna, page)
    assert masters(settings) == [file_of(image)]
    assert row(image).width == image.width


def test_the_same_file_again_replaces_nothing(anna, image):
    page = replace(anna, image, size=(640, 400))

    assert buttons(page) == []
    assert row(image).replaced is None


# Rights


def test_nobody_puts_back_what_another_has_replaced(anna, image):
    page = replace(anna, image)

    told = undo(sit_down(), page)

    assert "Det går inte att ångra längre." in messages_of(told)[0]
    assert row(image).width == 800


def test_who_writes_puts_nothing_back_that_residents_see_by_now(image):
    bo = sit_down("Redaktörer")
    page = replace(bo, image)
    NewsItemFactory(image=image)

    told = undo(bo, page)

    assert "Bara den som får publicera" in messages_of(told)[0]
    assert row(image).width == 800
    with pytest.raises(PermissionDenied):
        row(image).put_file_back(Version.objects.of(image).texts().first(), by=bo.user)


def test_when_something_has_been_done_since_the_file_stays(anna, image):
    page = replace(anna, image)
    changed = filled_in(anna.get(admin_url(image, "change")), alt_sv="Rättad.")
    anna.post(admin_url(image, "change"), changed, follow=True)

    told = undo(anna, page)

    assert "Någon har gjort något med den sedan dess." in messages_of(told)[0]
    assert (row(image).width, row(image).alt_sv) == (800, "Rättad.")


def test_only_the_version_before_it_is_put_back(anna, image):
    replace(anna, image)
    replace(anna, image, size=(900, 600))

    with pytest.raises(ValidationError, match=GONE):
        row(image).put_file_back(Version.objects.of(image).texts().first(), by=anna.user)


# In a browser


@pytest.mark.browser
def test_without_javascript_a_press_of_angra_puts_the_file_back(browser, live_server, tmp_path):
    client = sit_down()
    image = image_with_files(title="Torget")
    image.record(by=client.user)
    file = tmp_path / "nytt.jpg"
    file.write_bytes(picture_file(picture((800, 600))).read())
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    page = context.new_page()

    page.goto(admin_url(image, "change"))
    page.get_by_label("Ersätt bildfilen").set_input_files(file)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Bildfilen är ersatt.")).to_be_visible()
    was_replaced = row(image).width
    page.get_by_role("button", name="Ångra", exact=True).click()
    expect(page.get_by_text("är som förut")).to_be_visible()
    context.close()

    assert was_replaced == 800
    assert (row(image).width, row(image).master) == (image.width, image.master)
