"""Initiatives: found by area, target group, district, age and phase."""

import pytest

from contacts.models import Helpline
from initiatives.models import Initiative, Phase
from tests.factories import (
    DistrictFactory,
    FocusAreaFactory,
    InitiativeFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db


def found(client, **query):
    return {item.title for item in client.get("/insatser/", query).context["initiatives"]}


def test_all_public_initiatives_are_listed(client):
    InitiativeFactory(title_sv="Stationen")
    InitiativeFactory(title_sv="Ett utkast", draft=True)

    assert found(client) == {"Stationen"}


def test_they_are_filtered_by_focus_area(client):
    area = FocusAreaFactory(slug="unga-i-jobb")
    InitiativeFactory(title_sv="Stationen", focus_area=area)
    InitiativeFactory(title_sv="Familjehuset")

    assert found(client, omrade="unga-i-jobb") == {"Stationen"}


def test_they_are_filtered_by_target_group(client):
    group = TargetGroupFactory(slug="foraldrar")
    InitiativeFactory(title_sv="Familjehuset", target_groups=[group, TargetGroupFactory()])
    InitiativeFactory(title_sv="Stationen")

    assert found(client, malgrupp="foraldrar") == {"Familjehuset"}


def test_a_district_finds_its_own_and_those_for_the_whole_city(client):
    sylte, lextorp = DistrictFactory(slug="sylte"), DistrictFactory(slug="lextorp")
    InitiativeFactory(title_sv="I Sylte", districts=[sylte, lextorp])
    InitiativeFactory(title_sv="I Lextorp", districts=[lextorp])
    InitiativeFactory(title_sv="I hela kommunen")

    assert found(client, stadsdel="sylte") == {"I Sylte", "I hela kommunen"}


@pytest.mark.parametrize(("age", "fits"), [(15, False), (16, True), (20, True), (21, False)])
def test_an_age_fits_between_its_limits(client, age, fits):
    InitiativeFactory(title_sv="Framtidscentrum", age_from=16, age_to=20)

    assert ("Framtidscentrum" in found(client, alder=age)) is fits


def test_no_limit_is_no_obstacle(client):
    InitiativeFactory(title_sv="Upp till 17", age_to=17)
    InitiativeFactory(title_sv="Alla")

    assert found(client, alder=0) == {"Upp till 17", "Alla"}


def test_they_are_filtered_by_phase(client):
    InitiativeFactory(title_sv="Ny", phase=Phase.STARTING)
    InitiativeFactory(title_sv="Gammal", phase=Phase.ENDED)

    assert found(client, fas="starting") == {"Ny"}


def test_a_choice_that_finds_nothing_is_not_offered(client):
    TargetGroupFactory(name_sv="föreningar")
    InitiativeFactory(target_groups=[TargetGroupFactory(name_sv="föräldrar")])

    text = client.get("/insatser/").text

    assert "Föräldrar" in text
    assert "Föreningar" not in text


def test_filters_add_up(client):
    area = FocusAreaFactory()
    InitiativeFactory(title_sv="Passar", focus_area=area, age_from=16, age_to=20)
    InitiativeFactory(title_sv="Fel ålder", focus_area=area, age_from=30)
    InitiativeFactory(title_sv="Fel område", age_from=16, age_to=20)

    assert found(client, omrade=area.slug, alder=17) == {"Passar"}


def test_the_number_of_hits_is_announced(client):
    InitiativeFactory()

    response = client.get("/insatser/")

    assert 'role="status"' in response.text
    assert "1 insats" in response.text


def test_nothing_found_says_so_and_offers_all(client):
    InitiativeFactory(age_from=16)

    response = client.get("/insatser/", {"alder": "3"})

    assert "Ingen insats" in response.text


def test_an_age_in_words_is_explained_and_kept_in_the_form(client):
    response = client.get("/insatser/", {"alder": "sjutton"})

    assert response.status_code == 400
    assert "Skriv åldern med siffror" in response.text
    assert 'value="sjutton"' in response.text


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"age_from": 16, "age_to": 20}, "16–20\N{NO-BREAK SPACE}år"),
        ({"age_to": 17}, "upp till 17\N{NO-BREAK SPACE}år"),
        ({"age_from": 18}, "från 18\N{NO-BREAK SPACE}år"),
        ({"age_from": 0, "age_to": 0}, "0–0\N{NO-BREAK SPACE}år"),
        ({}, ""),
    ],
)
def test_ages_are_written_as_people_do(limits, words):
    assert Initiative(**limits).ages == words


def test_an_external_site_is_marked_as_external(client):
    initiative = InitiativeFactory(external_url="https://krogarmotknark.se/trollhattan/")

    response = client.get(initiative.get_absolute_url())

    assert 'href="https://krogarmotknark.se/trollhattan/"' in response.text
    assert "krogarmotknark.se" in response.text
    assert "annan webbplats" in response.text


def test_an_area_that_is_not_public_is_not_named(client):
    area = FocusAreaFactory(title_sv="Hemligt område", draft=True)
    initiative = InitiativeFactory(focus_area=area)

    for address in ("/insatser/", initiative.get_absolute_url()):
        assert "Hemligt område" not in client.get(address).text


# Sensitive pages


def test_a_sensitive_page_has_the_quick_exit_and_acute_help(client):
    Helpline.objects.create(name_sv="Polisen", phone="114 14", helps_with_sv="när det inte är akut")
    initiative = InitiativeFactory(is_sensitive=True)

    response = client.get(initiative.get_absolute_url())

    assert "Lämna sidan snabbt" in response.text
    assert 'href="tel:11414"' in response.text


def test_an_ordinary_page_has_no_quick_exit(client):
    initiative = InitiativeFactory()

    assert "Lämna sidan snabbt" not in client.get(initiative.get_absolute_url()).text


def test_the_page_of_an_area_with_something_sensitive_is_sensitive(client):
    initiative = InitiativeFactory(is_sensitive=True)

    response = client.get(initiative.focus_area.get_absolute_url())

    assert "Lämna sidan snabbt" in response.text


# Focus areas


def test_an_area_shows_its_public_initiatives_in_the_editors_order(client):
    area = FocusAreaFactory()
    InitiativeFactory(title_sv="Andra", focus_area=area, order=2)
    InitiativeFactory(title_sv="Första", focus_area=area, order=1)
    InitiativeFactory(title_sv="Utkast", focus_area=area, draft=True)

    shown = client.get(area.get_absolute_url()).context["object"].shown_initiatives

    assert [item.title for item in shown] == ["Första", "Andra"]


@pytest.mark.parametrize("address", ["/", "/fokusomraden/"])
def test_an_area_without_initiatives_says_that_it_is_starting_up(client, address):
    FocusAreaFactory()

    assert "under uppstart" in client.get(address).text
