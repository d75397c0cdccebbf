"""What writing costs the database: versions may not make the back office slow."""

import datetime

import pytest
from django.contrib.admin import AdminSite, TabularInline
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from contacts.models import ContactFunction, ContactUnit, Helpline, OpeningHours
from focus_areas.models import FocusArea
from images.models import Image
from initiatives.models import District, Initiative, TargetGroup
from news.models import NewsItem
from pages.models import (
    AccessibilityStatement,
    Chart,
    MenuItem,
    Notice,
    Page,
    Resource,
    Shortcoming,
    SiteSettings,
    StartPage,
)
from publishing.history import begin_histories, recorded_kinds
from search.models import PromotedAnswer, Synonyms
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    NewsItemFactory,
)
from tests.kinds import FACTS, PUBLISHED
from trollhattan_portal.urls import urlpatterns as of_the_portal

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls(__name__),
    # The stock admin asks for web addresses as Django 5.2 does
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
]
MORE = 8


def stock(*inlines):
    """The translated admin as modeltranslation has it, with ``inlines`` as plain."""
    rows = [
        type("Rows", (TabularInline if model is MenuItem else TranslationTabularInline,), {})
        for model in inlines
    ]
    for inline, model in zip(rows, inlines, strict=True):
        inline.model, inline.extra = model, 0
    return type("Stock", (TranslationAdmin,), {"inlines": rows})


plain = AdminSite(name="plain")
plain.register([NewsItem, Initiative, FocusArea, Page, StartPage], stock())
plain.register([Helpline, District, TargetGroup, Notice, Chart, Resource, Image], stock())
plain.register([Synonyms, PromotedAnswer])
plain.register(ContactUnit, stock(ContactFunction, OpeningHours))
plain.register(SiteSettings, stock(MenuItem))
plain.register(AccessibilityStatement, stock(Shortcoming))
urlpatterns = [path("plain/", plain.urls), *of_the_portal]

for_each_published_kind = pytest.mark.parametrize("factory", PUBLISHED)
for_each_kind_with_addresses = pytest.mark.parametrize("factory", PUBLISHED[:-1])


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


@pytest.fixture
def administrator(client):
    client.force_login(AdministratorFactory())
    return client


def cost_of_saving(client, address, **changes):
    form = filled_in(client.get(address), **changes)
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, form)
    assert answer.status_code == 302, answer.context["errors"]
    return len(captured)


def in_the_stock_admin(address):
    return address.replace("/admin/", "/plain/")


def seen(factory, by):
    return factory()


def draft(factory, by):
    return factory(draft=True)


def in_review(factory, by):
    item = factory(draft=True)
    item.submit(by=by)
    return item


def changed(factory, by):
    item = factory()
    item.save_draft(by=by, values={"title_en": "Changed"})
    return item


def waiting(factory, by):
    item = changed(factory, by)
    item.schedule(by=by, at=timezone.now() + datetime.timedelta(days=1))
    return item


def waiting_and_changed(factory, by):
    item = waiting(factory, by)
    item.save_draft(by=by, values={"title_ar": "عنوان"})
    return item


# Published kinds


@pytest.mark.parametrize("make", [draft, in_review, seen, changed, waiting, waiting_and_changed])
@for_each_published_kind
def test_saving_costs_eight_queries_more_than_the_stock_admin_at_most(publisher, factory, make):
    address = admin_url(make(factory, publisher.user), "change")
    begin_histories()
    changes = {"lead_sv": "En ny ingress.", "title_fi": "Otsikko"}

    ours = cost_of_saving(publisher, address, **changes)
    theirs = cost_of_saving(publisher, in_the_stock_admin(address), **changes, title_sv="Ny")

    assert ours <= theirs + MORE


@pytest.mark.parametrize("make", [draft, seen, waiting])
@for_each_kind_with_addresses
def test_saving_another_address_costs_no_more(publisher, factory, make):
    address = admin_url(make(factory, publisher.user), "change")
    begin_histories()

    ours = cost_of_saving(publisher, address, slug="en-annan")
    theirs = cost_of_saving(publisher, in_the_stock_admin(address), slug="en-tredje")

    assert ours <= theirs + MORE


def test_saving_a_choice_of_many_costs_no_more(publisher):
    address = admin_url(NewsItemFactory(), "change")
    begin_histories()
    areas = [area.pk for area in FocusAreaFactory.create_batch(5)]

    ours = cost_of_saving(publisher, address, focus_areas=areas)
    theirs = cost_of_saving(publisher, in_the_stock_admin(address), focus_areas=areas)

    assert ours <= theirs + MORE


@for_each_published_kind
def test_a_new_item_costs_no_more(administrator, factory):
    model = factory._meta.model
    address = admin_url(model, "add")
    new = {"title_sv": "Ny", "slug": "ny", "lead_sv": "Ingress.", "unit": ContactUnitFactory().pk}
    new["focus_area"] = FocusAreaFactory().pk

    ours = cost_of_saving(administrator, address, **new)
    model.objects.filter(title_sv="Ny").delete()
    theirs = cost_of_saving(administrator, in_the_stock_admin(address), **new)

    assert ours <= theirs + MORE


def test_the_history_makes_saving_no_dearer(publisher):
    item = NewsItemFactory()
    first = cost_of_saving(publisher, admin_url(item, "change"), lead_sv="Första gången.")
    for number in range(30):
        item.save_draft(by=publisher.user, values={"title_sv": f"Rubrik {number}"})

    later = cost_of_saving(publisher, admin_url(item, "change"), lead_sv="Mycket senare.")

    assert later <= first


@for_each_published_kind
def test_a_form_with_two_hundred_versions_behind_it_opens_in_25_queries(
    publisher, factory, django_assert_max_num_queries
):
    item = waiting(factory, publisher.user)
    for number in range(200):
        item.save_draft(by=publisher.user, values={"title_sv": f"Rubrik {number}"})

    with django_assert_max_num_queries(25):
        page = publisher.get(admin_url(item, "change"))

    assert filled_in(page)["title_sv"] == "Rubrik 199"


# Live kinds


@pytest.mark.parametrize(("make", "field"), FACTS)
def test_saving_a_fact_costs_eight_queries_more_at_most(administrator, make, field):
    address = admin_url(make(), "change")
    begin_histories()

    ours = cost_of_saving(administrator, address, **{field: "Nytt"})
    theirs = cost_of_saving(administrator, in_the_stock_admin(address), **{field: "Nyare"})

    assert ours <= theirs + MORE


def test_every_kind_of_content_is_measured_here():
    made = {factory._meta.model for factory in PUBLISHED} | {type(make()) for make, _field in FACTS}

    assert set(recorded_kinds()) - made == set()
