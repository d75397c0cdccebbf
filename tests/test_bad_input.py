"""Bad input gets a clear Swedish message at the field, and what was written stays in the form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from contacts.models import ContactUnit
from images.models import Image
from news.models import NewsItem
from pages.models import Resource
from search.models import PromotedAnswer
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import NewsItemFactory

pytestmark = pytest.mark.django_db

WRITTEN = {
    "title_sv": "Badet öppnar",
    "lead_sv": "På lördag öppnar badet.",
    "body_sv": "<p>Ta med <strong>handduk</strong>.</p>",
    "title_fi": "Uimala avataan",
    "version_note": "Första texten.",
}
BAD = {
    "no title": ({"title_sv": "", "slug": "badet"}, "title_sv", "Detta fält måste fyllas i."),
    "a title that is too long": (
        {"title_sv": "b" * 121, "slug": "badet"},
        "title_sv",
        "Skriv högst 120 tecken. Nu är det 121.",
    ),
    "spaces in the address": ({"slug": "badet öppnar"}, "slug", "Skriv adressen med små bokstäver"),
    "an address that another has": ({"slug": "upptagen"}, "slug", "har redan"),
    "a picture that isn't there": (
        {"slug": "badet", "image": "99999"},
        "image",
        "Det valet finns inte. Välj ett annat.",
    ),
    "a kind that isn't there": ({"slug": "badet", "kind": "x"}, "kind", "x går inte att välja."),
}


@pytest.fixture
def desk(client):
    client.force_login(staff("Publicister"))
    return client


def errors_at(response, name):
    """What stands at the field, as the page shows it."""
    form = response.context["adminform"].form
    for error in form.errors[name]:
        assert escape(error) in response.content.decode()
    return " ".join(form.errors[name])


def values(response):
    form = response.context["adminform"].form
    return {field.name: field.value() for field in form}


@pytest.mark.parametrize(("sent", "field", "says"), BAD.values(), ids=BAD.keys())
def test_a_new_text_with_a_fault_is_kept_and_says_what_is_wrong(desk, sent, field, says):
    NewsItemFactory(slug="upptagen")
    form = desk.get(admin_url(NewsItem, "add"))

    response = desk.post(admin_url(NewsItem, "add"), filled_in(form, **WRITTEN | sent))

    assert response.status_code == 200
    assert says in errors_at(response, field)
    kept = values(response)
    assert {name: kept[name] for name in WRITTEN | sent} == WRITTEN | sent
    assert not NewsItem.objects.filter(title_fi="Uimala avataan").exists()


@pytest.mark.parametrize(("sent", "field", "says"), BAD.values(), ids=BAD.keys())
def test_a_text_with_a_fault_is_kept_when_it_is_changed(desk, sent, field, says):
    NewsItemFactory(slug="upptagen")
    address = admin_url(NewsItemFactory(draft=True), "change")

    response = desk.post(address, filled_in(desk.get(address), **WRITTEN | sent))

    assert says in errors_at(response, field)
    kept = values(response)
    assert {name: kept[name] for name in WRITTEN | sent} == WRITTEN | sent


@pytest.mark.parametrize(
    ("model", "sent", "field"),
    [
        (ContactUnit, {"name_sv": "Kultur", "email": "inte en adress"}, "email"),
        (Resource, {"title_sv": "En rapport", "url": "ingen adress"}, "url"),
        (PromotedAnswer, {"queries": "bad", "path": "utan snedstreck"}, "path"),
    ],
)
def test_the_other_forms_do_so_too(desk, model, sent, field):
    form = desk.get(admin_url(model, "add"))

    response = desk.post(admin_url(model, "add"), filled_in(form, **sent))

    assert errors_at(response, field)
    kept = values(response)
    assert {name: kept[name] for name in sent} == sent


def test_a_file_that_is_no_picture_is_refused_at_its_field(desk):
    form, file = desk.get(admin_url(Image, "add")), SimpleUploadedFile("x.jpg", b"not a picture")
    sent = {"title": "Badet", "alt_sv": "Ett bad.", "photographer": "Trollhättans Stad"}

    response = desk.post(admin_url(Image, "add"), filled_in(form, **sent, upload=file))

    assert errors_at(response, "upload").endswith(".")
    kept = values(response)
    assert {name: kept[name] for name in sent} == sent
    assert not Image.objects.exists()


def test_what_publishing_misses_is_said_at_the_field_and_the_text_is_saved(desk):
    form = desk.get(admin_url(NewsItem, "add"))
    sent = filled_in(form, **WRITTEN, slug="badet", _publish="1")

    response = desk.post(admin_url(NewsItem, "add"), sent, follow=True)

    assert errors_at(response, "unit")
    assert NewsItem.objects.get(slug="badet").title_sv == "Badet öppnar"
    assert not NewsItem.objects.published().exists()
