"""The list and the form of the image bank: what is found, where it is used, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from images.rights import LegalBasis
from tests.admin_forms import admin_url, staff
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:images_image_changelist")


@pytest.fixture
def editor(client):
    client.force_login(staff("Publicister"))
    return client


def titles(page):
    return {image.title for image in page.context["cl"].result_list}


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def bank():
    """One picture of each sort, most of them on a page."""
    consent = {"shows_identifiable_people": True, "legal_basis": LegalBasis.CONSENT}
    for title, facts in {
        "torget": {},
        "snart": {"valid_until": in_days(30)},
        "sedan": {"valid_until": in_days(90)},
        "slut": {"valid_until": in_days(-1)},
        "återkallad": {**consent, "consent_reference": "7", "withdrawn_at": timezone.now()},
        "utan grund": {"shows_identifiable_people": True},
    }.items():
        NewsItemFactory(image=ImageFactory(title=title, **facts))
    ImageFactory(title="oanvänd", valid_until=in_days(-1), width=800, height=1200)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"rights": "soon"}, {"snart"}),
        ({"rights": "lost"}, {"slut", "återkallad", "utan grund"}),
        ({"rights": "missing"}, {"utan grund"}),
        ({"rights": "expired"}, {"slut", "oanvänd"}),
        ({"rights": "withdrawn"}, {"återkallad"}),
        ({"rights": "over"}, {"slut", "återkallad", "oanvänd"}),
        ({"rights": "ok"}, {"torget", "snart", "sedan"}),
        ({"anvands": "nej"}, {"oanvänd"}),
        ({"format": "staende"}, {"oanvänd"}),
        ({"format": "kvadrat"}, set()),
        ({"anvands": "ja", "rights": "expired"}, {"slut"}),
        ({"shows_identifiable_people__exact": "1"}, {"återkallad", "utan grund"}),
    ],
)
def test_pictures_are_filtered(editor, query, found):
    bank()

    assert titles(editor.get(LIST, query)) == found


@pytest.mark.parametrize(
    "query", [{"rights": "x"}, {"anvands": "x"}, {"format": "x"}, {"alt": "missing-xx"}]
)
def test_a_filter_that_is_none_filters_nothing(editor, query):
    ImageFactory(title="torget")

    assert titles(editor.get(LIST, query)) == {"torget"}


def test_pictures_without_alt_text_in_a_language_are_found(editor):
    ImageFactory(title="finska", alt_fi="Tori.")
    ImageFactory(title="bara svenska")
    ImageFactory(title="dekor", alt_sv="", is_decorative=True)

    assert titles(editor.get(LIST, {"alt": "missing-fi"})) == {"bara svenska"}
    assert titles(editor.get(LIST, {"alt": "missing-sv-simple"})) == {"bara svenska", "finska"}


def test_pictures_are_found_by_the_name_of_their_file(editor):
    ImageFactory(title="torget", master="masters/img-4711-0123abcd.webp")
    ImageFactory(title="parken")

    assert titles(editor.get(LIST, {"q": "4711"})) == {"torget"}


def test_the_list_says_on_how_many_places_each_is_used(editor):
    image = NewsItemFactory(image=ImageFactory()).image
    PageFactory().save_draft(by=AdministratorFactory(), values={"image": image.pk})
    one = FocusAreaFactory(image=ImageFactory()).image
    ImageFactory()

    page = editor.get(LIST).text

    assert f'<a href="{admin_url(image, "uses", image.pk)}">på 2 platser</a>' in page
    assert f'<a href="{admin_url(one, "uses", one.pk)}">på 1 plats</a>' in page
    assert "ingenstans" in page


def cost(editor, address, query=None):
    with CaptureQueriesContext(connection) as queries:
        assert editor.get(address, query).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "query", [{}, {"rights": "soon"}, {"rights": "lost"}, {"anvands": "ja"}, {"alt": "missing-en"}]
)
def test_a_list_of_fifty_costs_what_a_list_of_two_does_however_it_is_filtered(editor, query):
    def fill(number):
        for facts in ({"valid_until": in_days(9)}, {"valid_until": in_days(-9)}):
            for _ in range(number):
                NewsItemFactory(image=ImageFactory(**facts))

    fill(1)
    few = cost(editor, LIST, query)
    fill(12)

    assert cost(editor, LIST, query) == few <= 13


def test_the_form_says_where_the_picture_is_used_also_in_drafts_and_what_waits(editor):
    image, by = ImageFactory(), AdministratorFactory()
    shown = NewsItemFactory(image=image, title_sv="Synlig")
    draft = PageFactory(title_sv="Sidan")
    draft.save_draft(by=by, values={"image": image.pk})
    waiting = FocusAreaFactory(title_sv="Området")
    waiting.save_draft(by=by, values={"image": image.pk})
    waiting.schedule(by=by, at=timezone.now() + timedelta(days=1))

    page = editor.get(admin_url(image, "change")).text

    for item in (shown, draft, waiting):
        assert admin_url(item, "change") in page
    assert "det som väntar på sin tid" in page


def test_the_form_of_a_picture_used_everywhere_costs_what_one_used_once_does(editor):
    image = NewsItemFactory(image=ImageFactory()).image
    few = cost(editor, admin_url(image, "change"))
    NewsItemFactory.create_batch(30, image=image)

    assert cost(editor, admin_url(image, "change")) == few <= 40


def test_the_form_of_who_may_not_change_it_costs_two_more(editor, client):
    image = NewsItemFactory(image=ImageFactory()).image
    few = cost(editor, admin_url(image, "change"))
    client.force_login(staff("Redaktörer"))

    assert cost(client, admin_url(image, "change")) <= few + 2
