"""Who gets a picture's files, and what stands in the answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage

from images import files
from images.models import Image
from publishing.models import State
from tests.factories import AdministratorFactory, ImageFactory, NewsItemFactory, UserFactory
from tests.pictures import image_with_files, picture, picture_file, rendition_of

NOON = datetime(2024, 6, 7, 10, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    """A picture that a published news item shows."""
    return NewsItemFactory(image=ImageFactory()).image


@pytest.fixture
def picture_editor(client):
    editor = UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="view_image"))
    client.force_login(editor)
    return editor


def content(response):
    """All of the file; reading to its end closes it."""
    return b"".join(response.streaming_content)


# The answer


def test_a_resident_gets_the_picture_of_a_published_page(client, image):
    response = client.get(rendition_of(image, b"the bytes"))

    assert response.status_code == 200
    assert content(response) == b"the bytes"
    assert response.headers["Content-Length"] == "9"


@pytest.mark.parametrize(
    ("extension", "content_type"),
    [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")],
)
def test_each_format_is_sent_as_what_it_is(client, extension, content_type):
    image = image_with_files()
    NewsItemFactory(image=image)

    response = client.get(image.url("card", 320, extension))

    assert response.headers["Content-Type"] == content_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    content(response)


def test_the_picture_for_social_media_is_sent(client):
    image = image_with_files()
    NewsItemFactory(image=image)

    response = client.get(image.share_url)

    assert response.status_code == 200
    content(response)


def test_a_picture_of_people_is_kept_for_an_hour_since_a_consent_may_be_withdrawn(client, image):
    Image.objects.update(shows_identifiable_people=True, legal_basis="public_interest")

    assert client.head(rendition_of(image)).headers["Cache-Control"] == "public, max-age=3600"


@time_machine.travel("2024-06-07 23:50+02:00", tick=False)
def test_a_picture_is_never_kept_past_the_last_day_on_which_it_may_be_shown(client, image):
    Image.objects.update(valid_until=date(2024, 6, 7))

    assert client.head(rendition_of(image)).headers["Cache-Control"] == "public, max-age=600"


def test_a_public_picture_is_kept_for_a_year_and_varies_on_no_cookie(client, image):
    client.cookies["sessionid"] = "whatever"

    response = client.get(rendition_of(image))

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    content(response)


def test_a_picture_is_not_compressed_twice(client, image):
    response = client.get(rendition_of(image, b"a" * 1000), headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in response.headers
    assert response.headers["Content-Length"] == "1000"
    content(response)


def test_head_tells_the_same_without_the_picture(client, image):
    address = rendition_of(image, b"the bytes")
    whole = client.get(address)
    content(whole)

    response = client.head(address)

    assert (response.status_code, response.content) == (200, b"")
    for name in ["Content-Length", "Content-Type", "Cache-Control", "ETag", "Last-Modified"]:
        assert response.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    ("asked", "answered"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
)
def test_who_has_the_picture_already_gets_304(client, image, asked, answered):
    address = rendition_of(image)
    first = client.get(address)
    content(first)

    response = client.get(address, headers={asked: first.headers[answered]})

    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pictures_can_only_be_read(client, image, method):
    assert getattr(client, method)(rendition_of(image)).status_code == 405


def test_a_picture_costs_one_query(client, image, django_assert_num_queries):
    address = rendition_of(image)

    with django_assert_num_queries(1):
        content(client.get(address))


def test_an_address_that_leads_nowhere_costs_two_queries(client, django_assert_num_queries):
    address = rendition_of(ImageFactory())

    with django_assert_num_queries(2):  # the picture, and whether the address has moved
        assert client.get(address).status_code == 404


def test_an_address_of_before_costs_one_query(client, image, django_assert_num_queries):
    address = rendition_of(image).replace(image.renditions, "f" * 12)

    with django_assert_num_queries(1):
        assert client.get(address).status_code == 302


# Who may not


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_the_picture_of_an_unpublished_page_is_not_found(client, state):
    item = NewsItemFactory(image=ImageFactory(), state=state)

    assert client.get(rendition_of(item.image)).status_code == 404


def test_the_picture_of_tomorrows_news_is_found_tomorrow(client):
    item = NewsItemFactory(image=ImageFactory(), publish_at=NOON + timedelta(days=1))
    address = rendition_of(item.image)

    with time_machine.travel(NOON):
        assert client.get(address).status_code == 404
    with time_machine.travel(NOON + timedelta(days=1)):
        response = client.get(address)
        assert response.status_code == 200
        content(response)


@pytest.mark.parametrize(
    "values",
    [
        {"withdrawn_at": NOON},
        {"valid_until": NOON.date() - timedelta(days=1)},
        {"shows_identifiable_people": True},
    ],
)
@time_machine.travel(NOON)
def test_a_picture_without_rights_is_not_found(client, values):
    item = NewsItemFactory(image=ImageFactory(**values))

    assert client.get(rendition_of(item.image)).status_code == 404


def test_a_refusal_is_short_and_never_kept(client):
    response = client.get(rendition_of(ImageFactory()))

    assert response.content.decode() == "Bilden finns inte."
    assert response.headers["Cache-Control"] == "no-store"


def test_a_file_that_is_lost_is_not_found(client, image):
    address = rendition_of(image)
    default_storage.delete(address.removeprefix("/media/"))

    assert client.get(address).status_code == 404


def test_a_rendition_of_before_leads_to_what_there_is_now_though_its_file_is_still_there(
    client, image
):
    address = rendition_of(image)

    image.renditions = "f" * 12
    image.save()

    response = client.get(address)
    assert (response.status_code, response.url) == (302, image.url("card", 320, "webp"))
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert not response.has_header("Vary")


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("gammalt-namn-card-960.avif", "torget-card-960.avif"),
        ("torget-wide-1920.webp", "torget-wide-960.webp"),  # it isn't so wide any more
        ("torget-share-1200.jpg", "torget-share-1200.jpg"),
        ("torget-share-1200.avif", "torget-share-1200.jpg"),
        ("torget-huge-99999.avif", "torget-full-1200.avif"),
        ("torget.jpg", "torget-full-1200.jpg"),
    ],
)
def test_an_old_name_leads_to_what_comes_nearest(client, image, name, new):
    folder = image.url("card", 320, "webp").rpartition("/")[0]

    response = client.get(f"{folder.replace(image.renditions, '1' * 12)}/{name}")

    assert (response.status_code, response.url) == (302, f"{folder}/{new}")


def test_the_address_of_a_picture_stays_when_its_file_is_replaced(client):
    image = image_with_files(title="Torget")
    NewsItemFactory(image=image)
    before = client.get(f"/media/bilder/{image.pk}").url

    image.replace_master(picture_file(picture((800, 600))))
    image.make_renditions()

    after = client.get(f"/media/bilder/{image.pk}")
    assert after.url == image.url("full", 800, "jpg") != before
    assert client.get(before).url == image.url("full", 480, "jpg")  # nearest to its own 640
    response = client.get(after.url)
    assert response.status_code == 200
    content(response)


def private(image):
    return ImageFactory()


def withdrawn(image):
    image.withdraw_consent(by=AdministratorFactory())
    return image


def without_files(image):
    image.remove_renditions()
    return image


@pytest.mark.parametrize("make", [private, withdrawn, without_files])
@pytest.mark.parametrize("address", ["bilder/{pk}", "renditions/{pk}/111111111111/a-full-800.jpg"])
def test_nothing_leads_to_a_picture_that_may_not_be_shown(client, image, make, address):
    picture = make(image)

    response = client.get("/media/" + address.format(pk=picture.pk))

    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["bilder/", "bilder/0", "bilder/1x", f"bilder/{10**18}"])
def test_odd_addresses_of_pictures_are_not_found(client, image, address):
    assert client.get(f"/media/{address}").status_code == 404


def test_one_pictures_permission_does_not_open_anothers_file(client, image):
    private = ImageFactory()
    address = rendition_of(private)

    assert client.get(address.replace(f"/{private.pk}/", f"/{image.pk}/")).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "..%2F..%2Fdb.sqlite3",
        "../../../db.sqlite3",
        "torget-card-320.webp%0A",
        "torget-card-320.webp/",
        "torget-card-320.exe",
        "TORGET.webp",
        "%C3%B6.webp",
        ".webp",
        "torget.webp.avif",
    ],
)
def test_odd_names_are_not_found(client, image, name):
    folder = rendition_of(image).rpartition("/")[0]

    assert client.get(f"{folder}/{name}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/media/",
        "/media/db.sqlite3",
        "/media/renditions/",
        "/media/renditions/99999999999999999999999/0123456789ab/torget-card-320.webp",
        "/media/renditions/-1/0123456789ab/torget-card-320.webp",
        "/media/renditions/1/0123456789ab",
    ],
)
def test_odd_addresses_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_null_bytes_are_refused(client):
    response = client.get("/media/renditions/1/0123456789ab/torget%00.webp")

    assert response.status_code in (400, 404)


# Those who edit


def test_who_may_see_pictures_sees_that_of_a_draft(client, picture_editor):
    item = NewsItemFactory(image=ImageFactory(), draft=True)

    response = client.get(rendition_of(item.image, b"the bytes"))

    assert content(response) == b"the bytes"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_staff_without_the_right_to_see_pictures_does_not(client):
    client.force_login(UserFactory())

    assert client.get(rendition_of(ImageFactory())).status_code == 404


def test_the_right_to_see_pictures_is_for_staff_only(client, picture_editor):
    picture_editor.is_staff = False
    picture_editor.save()

    assert client.get(rendition_of(ImageFactory())).status_code == 404


def test_an_editor_gets_the_public_answer_for_a_public_picture(client, picture_editor, image):
    response = client.get(rendition_of(image))

    assert response.headers["Cache-Control"].startswith("public")
    assert "Cookie" not in response.headers.get("Vary", "")
    content(response)


def test_the_master_is_for_those_who_edit(client, picture_editor):
    image = ImageFactory()
    files.store(image.master.name, b"the bytes")

    response = client.get(f"/media/{image.master.name}")

    assert content(response) == b"the bytes"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_the_master_is_not_found_by_others_even_when_the_picture_is_public(client, image):
    files.store(image.master.name, b"the bytes")

    assert client.get(f"/media/{image.master.name}").status_code == 404


def test_a_master_that_no_picture_has_is_not_found(client, picture_editor):
    files.store("masters/kvar.webp", b"the bytes")

    assert client.get("/media/masters/kvar.webp").status_code == 404
