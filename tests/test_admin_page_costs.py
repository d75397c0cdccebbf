"""What reading costs the database in the back office: the same with much as with little."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admin_forms import admin_url
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    HelplineFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    NoticeFactory,
    PageFactory,
    PromotedAnswerFactory,
    SynonymsFactory,
    TargetGroupFactory,
)
from tests.histories import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.user = AdministratorFactory()
    client.force_login(client.user)
    return client


def queries(desk, *args):
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(*args).status_code == 200
    return len(captured)


# Lists


def with_changes(factory, by, number):
    for _ in range(number):
        item = factory()
        item.save_draft(by=by, values={"lead_sv": "Ny."})
        item.schedule(by=by, at=timezone.now() + timedelta(days=1))
        item.save_draft(by=by, values={"title_fi": "Otsikko"})
        item.submit(by=by)


@pytest.mark.parametrize(
    "factory", [NewsItemFactory, InitiativeFactory, FocusAreaFactory, PageFactory]
)
def test_a_list_of_fifty_texts_in_every_state_costs_what_a_list_of_two_does(desk, factory):
    with_changes(factory, desk.user, 1)
    factory(draft=True)
    few = queries(desk, admin_url(factory._meta.model, "changelist"))
    with_changes(factory, desk.user, 24)
    factory.create_batch(24, draft=True)

    many = queries(desk, admin_url(factory._meta.model, "changelist"))

    assert many == few <= 15


@pytest.mark.parametrize(
    "factory",
    [
        *(ContactUnitFactory, DistrictFactory, HelplineFactory),
        *(ImageFactory, NoticeFactory, TargetGroupFactory),
        *(SynonymsFactory, PromotedAnswerFactory),
    ],
)
def test_a_list_of_fifty_facts_costs_what_a_list_of_two_does(desk, factory):
    factory.create_batch(2)
    few = queries(desk, admin_url(factory._meta.model, "changelist"))
    factory.create_batch(48)

    many = queries(desk, admin_url(factory._meta.model, "changelist"))

    assert many == few <= 12


# The history


def rewritten(by, number, **texts):
    item = NewsItemFactory(focus_areas=FocusAreaFactory.create_batch(2))
    for version in range(number):
        item.save_draft(by=by, values={"title_sv": f"Rubrik {version}", **texts})
    return item


def test_a_history_of_two_hundred_versions_costs_what_a_history_of_two_does(desk):
    few = queries(desk, address(rewritten(desk.user, 2)))

    many = queries(desk, address(rewritten(desk.user, 200)))

    assert many == few <= 12


def test_comparing_costs_the_same_wherever_in_the_history(desk):
    item = rewritten(desk.user, 200, focus_areas=[FocusAreaFactory().pk])
    compare = address(item, "compare")

    near = queries(desk, compare, {"fran": 1, "till": 2})
    far = queries(desk, compare, {"fran": 1, "till": 201})

    assert far == near <= 12


# The bin, and where things are used


def test_a_bin_of_a_hundred_costs_what_a_bin_of_two_does(desk):
    for factory in (NewsItemFactory, PageFactory):
        factory(draft=True).move_to_bin(by=desk.user)
    few = queries(desk, reverse("admin:bin"))
    for factory in (NewsItemFactory, PageFactory):
        for item in factory.create_batch(49, draft=True):
            item.move_to_bin(by=desk.user)

    many = queries(desk, reverse("admin:bin"))

    assert many == few <= 12


def linked(by, image, function, number):
    link = '<p><a href="/om/x/">x</a></p>'
    for item in NewsItemFactory.create_batch(number, image=image):
        item.save_draft(by=by, values={"title_sv": "Nu", "body_sv": link})
    PageFactory.create_batch(number, contact=function)


@pytest.mark.parametrize("name", ["image", "unit", "page", "area"])
def test_a_hundred_uses_cost_what_two_do(desk, name):
    image, function, area = ImageFactory(), ContactFunctionFactory(), FocusAreaFactory()
    used = {"image": image, "unit": function.unit, "page": PageFactory(slug="x"), "area": area}
    page = address(used[name], "uses")
    linked(desk.user, image, function, 2)
    InitiativeFactory.create_batch(2, focus_area=area)
    few = queries(desk, page)
    linked(desk.user, image, function, 48)
    InitiativeFactory.create_batch(48, focus_area=area)

    many = queries(desk, page)

    assert many == few <= 35
