"""A picture that may not be shown any more is gone from every address at once, without a job."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from images.models import Image
from images.rights import LegalBasis
from publishing.signals import content_changed
from search.indexing import rebuild
from tests.admin_forms import admin_url, staff
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    SiteSettingsFactory,
    StartPageFactory,
)
from tests.pictures import image_with_files
from tests.previews import client_of, preview_of

pytestmark = pytest.mark.django_db

WORDS = {
    "alt_sv": "Kim Blomqvist gungar.",
    "alt_en": "Kim Blomqvist on a swing.",
    "caption_sv": "Kim Blomqvist, sex år.",
    "photographer": "Robin Ek",
}
PUBLIC = [
    *["/", "/nyheter/", "/nyheter/lekplats/", "/insatser/", "/insatser/lekplats/"],
    *["/fokusomraden/lekplats/", "/om/lekplats/", "/en/nyheter/lekplats/"],
    *["/nyheter/rss.xml", "/nyheter/atom.xml", "/sitemap.xml", "/sitemap-nyheter.xml"],
    *["/sok/?q=lekplats", "/sok/forslag.json?q=lekp", "/sok/resultat.json?q=lekplats"],
]


@pytest.fixture
def image():
    image = image_with_files(
        shows_identifiable_people=True,
        legal_basis=LegalBasis.CONSENT,
        consent_reference="2026/17",
        valid_until=timezone.localdate(),
        **WORDS,
    )
    SiteSettingsFactory()
    texts = {"slug": "lekplats", "title_sv": "En lekplats", "image": image}
    NewsItemFactory(caption_sv="Kim Blomqvist igen.", title_en="A playground", **texts)
    FocusAreaFactory(**texts)
    InitiativeFactory(**texts)
    PageFactory(**texts)
    StartPageFactory(image=image, cooperation_image=image)
    rebuild()
    return image


def withdraw(image):
    image.withdraw_consent(by=staff("Redaktörer"))
    return time_machine.travel(timezone.now())


def wait_a_day(image):
    return time_machine.travel(timezone.now() + timedelta(days=1))


either_way = pytest.mark.parametrize("end", [withdraw, wait_a_day])


def shown_in(text):
    """The traces of the picture in an answer."""
    return re.findall(r"/media/renditions/\d+|/media/bilder/\d+|Kim Blomqvist|Robin Ek", text)


def body(response):
    return b"".join(response).decode(errors="replace")


def test_the_pages_that_are_asked_show_it_as_long_as_they_may(client, image):
    showing = {address for address in PUBLIC if shown_in(body(client.get(address)))}

    assert showing >= {"/", "/nyheter/lekplats/", "/om/lekplats/", "/en/nyheter/lekplats/"}


@either_way
@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_feed_or_search_names_it(client, image, end, address):
    with end(image):
        response = client.get(address)

        assert shown_in(body(response)) == []
    assert response.status_code in (200, 404)


@either_way
def test_no_rendition_that_it_had_is_sent(client, image, end):
    name = re.compile(r"/media/[^ \"&]+")
    found = name.findall(body(client.get("/nyheter/lekplats/")))
    addresses = {*found, f"/media/bilder/{image.pk}", image.share_url}
    assert len(addresses) == 5

    with end(image):
        answers = {address: client.get(address) for address in addresses}

    assert {answer.status_code for answer in answers.values()} == {404}
    assert {answer.headers["Cache-Control"] for answer in answers.values()} == {"no-store"}


@either_way
def test_a_preview_and_a_shared_draft_show_it_no_more(image, end):
    desk = client_of("Redaktörer")
    item = NewsItemFactory(draft=True, image=image, caption_sv="Kim Blomqvist igen.")
    link = item.share(by=AdministratorFactory())

    with end(image):
        assert shown_in(preview_of(desk, item)) == []
        assert shown_in(body(desk.get(link.get_absolute_url()))) == []


@either_way
def test_staff_without_the_right_to_see_pictures_gets_no_file(client, image, end):
    address = image.url("card", 320, "webp")
    nobody = client_of(None)

    with end(image):
        assert nobody.get(address).status_code == 404


def test_caches_of_the_site_are_told_when_a_consent_is_withdrawn(
    image, django_capture_on_commit_callbacks
):
    told = []
    content_changed.connect(receiver := lambda **kw: told.append(kw["instances"]), sender=Image)

    with django_capture_on_commit_callbacks(execute=True):
        image.withdraw_consent(by=AdministratorFactory())
    content_changed.disconnect(receiver, sender=Image)

    assert image in told[0]


def test_a_picture_that_may_be_withdrawn_is_kept_for_an_hour_at_most(client, image):
    response = client.get(image.url("card", 320, "webp"))
    body(response)

    age = re.fullmatch(r"public, max-age=(\d+)", response.headers["Cache-Control"])
    assert int(age[1]) <= 3600


def test_the_files_are_removed_in_the_night_after_the_last_day(settings, image):
    with wait_a_day(image):
        call_command("remove_expired_images", verbosity=0)

    assert Image.objects.get().renditions == ""


@either_way
def test_the_form_says_where_it_was_used_so_that_another_can_be_chosen(admin_client, image, end):
    item = NewsItemFactory(title_sv="En annan nyhet", image=image)

    with end(image):
        admin_client.force_login(AdministratorFactory())
        page = admin_client.get(admin_url(image, "change"))

    assert "Välj en annan bild" in page.text
    assert admin_url(item, "change") in page.text
    assert "En annan nyhet" in page.text
