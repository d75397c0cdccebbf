"""Who gets which file: a picture small and in full, and a document, wherever they are used."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from images import files
from images.models import Image
from pages.models import Resource
from publishing.models import State, Track
from tests import doors
from tests.factories import AdministratorFactory, ImageFactory, NewsItemFactory, PageFactory
from tests.pictures import rendition_of

pytestmark = pytest.mark.django_db


def shown_by(**facts):
    return lambda image: NewsItemFactory(image=image, **facts)


def in_a_draft(image):
    NewsItemFactory().save_draft(by=AdministratorFactory(), values={"image": image.pk})


def in_a_text_that_waits(image):
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"image": image.pk})
    item.schedule(by=AdministratorFactory(), at=timezone.now() + timedelta(days=1))


def in_an_older_version(image):
    item = NewsItemFactory(image=image)
    item.save_draft(by=AdministratorFactory(), values={"image": None})
    item.publish(by=AdministratorFactory())


def linked_from_what_is_public(image):
    NewsItemFactory(body_sv=f'<p><a href="{image.url("card", 320, "webp")}">Bild</a></p>')


def without_rights(**facts):
    def use(image):
        NewsItemFactory(image=image)
        Image.objects.filter(pk=image.pk).update(**facts)

    return use


USES = {  # {how a picture is used: (what makes it so, whether residents get it)}
    "nowhere": (lambda image: None, False),
    "draft": (shown_by(draft=True), False),
    "in review": (shown_by(state=State.IN_REVIEW), False),
    "withdrawn": (shown_by(state=State.WITHDRAWN, withdrawal_reason="mistake"), False),
    "tomorrow": (shown_by(publish_at=timezone.now() + timedelta(days=1)), False),
    "over": (shown_by(expire_at=timezone.now() - timedelta(days=1)), False),
    "draft of what is public": (in_a_draft, False),
    "waiting": (in_a_text_that_waits, False),
    "older version": (in_an_older_version, False),
    "linked": (linked_from_what_is_public, False),
    "no consent": (without_rights(withdrawn_at=timezone.now()), False),
    "no basis": (without_rights(shows_identifiable_people=True), False),
    "time is up": (without_rights(valid_until="2024-01-01"), False),
    "published": (shown_by(), True),
    "archived": (shown_by(state=State.ARCHIVED), True),
    "outdated": (shown_by(state=State.WITHDRAWN, withdrawal_reason="outdated"), True),
    "standing page": (lambda image: PageFactory(image=image), True),
}


def got(client, address):
    """Whether the file is sent; what is refused says so in Swedish, and is kept by no cache."""
    response = client.get(address)
    if response.status_code == 200:
        b"".join(response.streaming_content)
        return True
    assert response.status_code == 404
    assert "finns inte" in response.text
    assert "max-age" not in response.headers["Cache-Control"]
    return False


@pytest.mark.parametrize("use", USES)
def test_a_picture_is_sent_to_everybody_where_residents_see_it_and_else_to_who_edits(use):
    make, is_public = USES[use]
    image = ImageFactory()
    address = rendition_of(image)
    make(image)

    sent = {who: got(client, address) for who, client in doors.clients().items()}

    assert sent == {who: is_public or who in doors.WRITERS for who in doors.PEOPLE}


@pytest.mark.parametrize("use", ["nowhere", "draft", "published", "no consent"])
def test_a_picture_in_full_is_sent_to_who_edits_only(use):
    make, _is_public = USES[use]
    image = ImageFactory()
    files.store(image.master.name, b"the bytes")
    make(image)

    sent = {who: got(client, image.master.url) for who, client in doors.clients().items()}

    assert sent == {who: who in doors.WRITERS for who in doors.PEOPLE}


def test_a_picture_in_the_bin_is_sent_to_nobody():
    image = ImageFactory()
    files.store(image.master.name, b"the bytes")
    addresses = [rendition_of(image), image.master.url]
    image.move_to_bin(by=AdministratorFactory())

    people = doors.clients()

    assert not any(got(client, each) for client in people.values() for each in addresses)


# Documents: what a resource names is for everybody, and nothing else


@pytest.fixture
def resource():
    resource = Resource(title="En rapport")
    resource.file.save("rapport.pdf", ContentFile(b"%PDF-1.4"))
    resource.record(by=AdministratorFactory())
    return resource


def test_a_document_that_residents_are_led_to_is_sent_to_everybody(resource):
    address = resource.file.url

    assert all(got(client, address) for client in doors.clients().values())


def in_the_bin(resource):
    resource.move_to_bin(by=AdministratorFactory())


def replaced(resource):
    resource.file.save("nyare.pdf", ContentFile(b"%PDF-1.4"))
    resource.record(by=AdministratorFactory())


def with_an_address_instead(resource):
    resource.file, resource.url = "", "https://example.se/"
    resource.save()
    resource.record(by=AdministratorFactory())


@pytest.mark.parametrize("act", [in_the_bin, replaced, with_an_address_instead])
def test_a_document_that_residents_are_led_to_no_more_is_sent_to_nobody(resource, act):
    address = resource.file.url

    act(resource)

    assert not any(got(client, address) for client in doors.clients().values())


def test_a_document_that_only_the_history_names_is_still_there_to_be_restored(resource):
    name, storage = resource.file.name, resource.file.storage

    replaced(resource)

    assert storage.exists(name)
    assert Track.find(resource).version(1).data["file"] == name


@pytest.mark.parametrize(
    "name", ["..%2F..%2Fdb.sqlite3", "%00.pdf", "rapport.pdf/", "RAPPORT.PDF", "%C3%B6.pdf"]
)
def test_odd_names_of_documents_are_not_found(client, resource, name):
    assert client.get(f"/media/documents/{name}").status_code in (400, 404)
