"""What writing costs the database: versions may not make the back office slow."""

import pytest
from django.contrib.admin import AdminSite
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path
from modeltranslation.admin import TranslationAdmin

from focus_areas.models import FocusArea
from news.models import NewsItem
from pages.models import Page
from publishing.models import Chain, Track
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import FocusAreaFactory, NewsItemFactory, PageFactory
from trollhattan_portal.urls import urlpatterns as of_the_portal

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

plain = AdminSite(name="plain")
plain.register([NewsItem, FocusArea, Page], TranslationAdmin)
urlpatterns = [path("plain/", plain.urls), *of_the_portal]


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def begin(item):
    """As the migration does with every row."""
    with Chain.writing() as chain:
        Track.begin(item, chain)


def cost_of_saving(client, address, **changes):
    form = filled_in(client.get(address), **changes)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, form)
    assert answer.status_code == 302
    return len(captured)


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "published"])
@pytest.mark.parametrize("factory", [NewsItemFactory, FocusAreaFactory, PageFactory])
def test_saving_costs_eight_queries_more_than_the_stock_admin_at_most(publisher, factory, is_draft):
    item = factory(draft=is_draft)
    begin(item)
    stock = admin_url(item, "change").replace("/admin/", "/plain/")
    changes = {"lead_sv": "En ny ingress.", "title_fi": "Otsikko"}

    ours = cost_of_saving(publisher, admin_url(item, "change"), **changes)
    theirs = cost_of_saving(publisher, stock, **changes, title_sv="En ny rubrik")

    assert ours <= theirs + 8


def test_saving_a_choice_of_many_costs_no_more(publisher):
    item = NewsItemFactory()
    begin(item)
    areas = [area.pk for area in FocusAreaFactory.create_batch(5)]
    stock = admin_url(item, "change").replace("/admin/", "/plain/")

    ours = cost_of_saving(publisher, admin_url(item, "change"), focus_areas=areas)
    theirs = cost_of_saving(publisher, stock, focus_areas=areas)

    assert ours <= theirs + 8


def test_a_form_with_two_hundred_versions_behind_it_opens_in_25_queries(
    publisher, django_assert_max_num_queries
):
    item = NewsItemFactory(focus_areas=FocusAreaFactory.create_batch(3))
    for number in range(200):
        item.save_draft(by=publisher.user, values={"title_sv": f"Rubrik {number}"})

    with django_assert_max_num_queries(25):
        page = publisher.get(admin_url(item, "change"))

    assert filled_in(page)["title_sv"] == "Rubrik 199"


def test_the_history_makes_saving_no_dearer(publisher):
    item = NewsItemFactory()
    first = cost_of_saving(publisher, admin_url(item, "change"), lead_sv="Första gången.")
    for number in range(30):
        item.save_draft(by=publisher.user, values={"title_sv": f"Rubrik {number}"})

    later = cost_of_saving(publisher, admin_url(item, "change"), lead_sv="Mycket senare.")

    assert later <= first
