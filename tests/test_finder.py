"""Hitta stöd: what fits somebody's answers, why, and whom to call."""

import pytest

from initiatives.models import Phase
from tests.factories import (
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    InitiativeFactory,
    OpeningHoursFactory,
    SiteSettingsFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db
FINDER = "/hitta-stod/"
NBSP = "\N{NO-BREAK SPACE}"


def group(slug, **facts):
    return TargetGroupFactory(slug=slug, name_sv=facts.pop("name", slug), **facts)


def asked(client, **answers):
    return client.get(FINDER, answers)


def found(client, **answers):
    """The titles of what fits, the best fit first."""
    return [hit.initiative.title for hit in asked(client, **answers).context["finding"].hits]


def reasons(client, **answers):
    [hit] = asked(client, **answers).context["finding"].hits
    return [str(reason.text) for reason in hit.reasons]


# What fits


def test_before_any_question_is_answered_nothing_is_looked_for(client):
    InitiativeFactory(title_sv="Familjehuset")

    response = client.get(FINDER)

    assert response.status_code == 200
    assert "Familjehuset" not in response.text


def test_what_is_for_a_group_fits_its_people_and_nobody_else(client):
    InitiativeFactory(title_sv="Familjehuset", target_groups=[group("foraldrar")])
    InitiativeFactory(title_sv="Våga bry dig", target_groups=[group("grannar")])

    assert found(client, malgrupp="foraldrar") == ["Familjehuset"]


def test_somebody_may_be_several_things_at_once(client):
    parents, neighbours = group("foraldrar"), group("grannar")
    InitiativeFactory(title_sv="Familjehuset", target_groups=[parents])
    InitiativeFactory(title_sv="Våga bry dig", target_groups=[neighbours])
    InitiativeFactory(title_sv="Nattvandring", target_groups=[parents, neighbours])

    titles = found(client, malgrupp=["foraldrar", "grannar"])

    assert sorted(titles) == ["Familjehuset", "Nattvandring", "Våga bry dig"]


def test_what_is_for_everybody_is_for_any_group_too(client):
    InitiativeFactory(title_sv="Nattvandring", target_groups=[group("grannar")])
    InitiativeFactory(title_sv="Krogar mot knark")

    assert found(client, malgrupp="grannar") == ["Nattvandring", "Krogar mot knark"]


@pytest.mark.parametrize(("age", "fits"), [(17, False), (18, True), (29, True), (30, False)])
def test_an_age_outside_the_limits_excludes(client, age, fits):
    InitiativeFactory(title_sv="Stationen", age_from=18, age_to=29)

    assert ("Stationen" in found(client, alder=age)) is fits


def test_a_new_born_child_has_an_age(client):
    InitiativeFactory(title_sv="Familjehuset", age_to=17)
    InitiativeFactory(title_sv="Stationen", age_from=18)

    assert found(client, alder=0) == ["Familjehuset"]


def test_what_is_for_a_district_fits_those_who_live_there(client):
    lextorp, sylte = DistrictFactory(slug="lextorp"), DistrictFactory(slug="sylte")
    InitiativeFactory(title_sv="Stationen", districts=[lextorp])
    InitiativeFactory(title_sv="Nattvandring", districts=[sylte])
    InitiativeFactory(title_sv="Jobbcentrum")

    assert found(client, stadsdel="lextorp") == ["Stationen", "Jobbcentrum"]


def test_who_lives_elsewhere_gets_what_is_for_the_whole_city(client):
    InitiativeFactory(title_sv="Stationen", districts=[DistrictFactory(slug="lextorp")])
    InitiativeFactory(title_sv="Jobbcentrum")

    assert found(client, stadsdel="~annan") == ["Jobbcentrum"]


def test_a_topic_leaves_what_is_about_it(client):
    InitiativeFactory(title_sv="Stationen", focus_area=FocusAreaFactory(slug="unga-i-jobb"))
    InitiativeFactory(title_sv="Familjehuset")

    assert found(client, omrade="unga-i-jobb") == ["Stationen"]


def test_all_answers_count(client):
    jobs, lextorp = FocusAreaFactory(slug="jobb"), DistrictFactory(slug="lextorp")
    InitiativeFactory(title_sv="Rätt", focus_area=jobs, age_from=16, districts=[lextorp])
    InitiativeFactory(title_sv="För gammal", focus_area=jobs, age_from=18, districts=[lextorp])
    InitiativeFactory(title_sv="Annat ämne", age_from=16, districts=[lextorp])
    InitiativeFactory(title_sv="Annan plats", focus_area=jobs, districts=[DistrictFactory()])

    assert found(client, omrade="jobb", alder=17, stadsdel="lextorp") == ["Rätt"]


def test_the_one_with_the_most_reasons_of_its_own_comes_first(client):
    young, lextorp = group("unga"), DistrictFactory(slug="lextorp")
    InitiativeFactory(title_sv="Alla", order=1)
    InitiativeFactory(title_sv="Unga", order=2, target_groups=[young])
    both = {"target_groups": [young], "districts": [lextorp]}
    InitiativeFactory(title_sv="Unga i Lextorp", order=3, **both)

    titles = found(client, malgrupp="unga", stadsdel="lextorp", alder=17)

    assert titles == ["Unga i Lextorp", "Unga", "Alla"]


def test_those_that_fit_as_well_come_in_the_editors_order(client):
    young = group("unga")
    area = FocusAreaFactory()
    InitiativeFactory(title_sv="Sist", order=20, focus_area=area, target_groups=[young])
    InitiativeFactory(title_sv="Först", order=10, focus_area=area, target_groups=[young])

    assert found(client, malgrupp="unga") == ["Först", "Sist"]


def test_what_fits_in_several_ways_is_there_once(client):
    groups = [group("unga"), group("foraldrar")]
    districts = [DistrictFactory(slug="lextorp"), DistrictFactory(slug="sylte")]
    InitiativeFactory(title_sv="Drogsnack", target_groups=groups, districts=districts)

    titles = found(client, malgrupp=["unga", "foraldrar"], stadsdel="sylte")

    assert titles == ["Drogsnack"]


def test_nobody_is_sent_to_what_has_ended_or_is_not_public(client):
    InitiativeFactory(title_sv="Slut", phase=Phase.ENDED)
    InitiativeFactory(title_sv="Ett utkast", draft=True)
    InitiativeFactory(title_sv="Stationen")

    assert found(client, alder=20) == ["Stationen"]


# Why


def test_a_group_is_a_reason_and_only_the_readers_own(client):
    groups = [group("foraldrar", name="föräldrar"), group("unga", name="unga")]
    InitiativeFactory(target_groups=groups)

    assert reasons(client, malgrupp="foraldrar") == ["För föräldrar"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"age_from": 16, "age_to": 20}, f"För den som är 16–20{NBSP}år"),
        ({"age_from": 16}, f"För den som har fyllt 16{NBSP}år"),
        ({"age_to": 17}, f"För den som är högst 17{NBSP}år"),
        ({}, "För alla åldrar"),
    ],
)
def test_an_age_is_a_reason_in_words(client, limits, words):
    InitiativeFactory(**limits)

    assert reasons(client, alder=17) == [words]


def test_where_somebody_lives_is_a_reason_and_only_that_district(client):
    districts = [
        DistrictFactory(slug="kronogarden", name_sv="Kronogården"),
        DistrictFactory(slug="sylte", name_sv="Sylte"),
    ]
    InitiativeFactory(districts=districts)

    assert reasons(client, stadsdel="kronogarden") == ["Du bor i Kronogården"]


def test_no_limit_is_a_reason_too(client):
    DistrictFactory(slug="lextorp").initiative_set.add(InitiativeFactory(age_from=90))
    group("unga").initiative_set.add(InitiativeFactory(age_from=90))
    InitiativeFactory()

    said = reasons(client, malgrupp="unga", alder=17, stadsdel="lextorp")

    assert said == ["För alla, vem du än är", "För alla åldrar", "För alla stadsdelar"]


def test_a_topic_is_a_reason_in_the_readers_own_words(client):
    area = FocusAreaFactory(slug="jobb", title_sv="Få fler unga i jobb", topic_sv="Jobb och skola")
    InitiativeFactory(focus_area=area)

    assert reasons(client, omrade="jobb") == ["Handlar om: Jobb och skola"]


def test_only_what_was_asked_about_is_a_reason(client):
    InitiativeFactory(age_from=16, target_groups=[group("unga")])

    assert len(reasons(client, alder=17)) == 1


def test_a_name_is_escaped_in_a_reason(client):
    InitiativeFactory(target_groups=[group("x", name="<b>alla</b>")])

    assert "För &lt;b&gt;alla&lt;/b&gt;" in asked(client, malgrupp="x").text


# Whom to call


def test_its_own_number_goes_first(client):
    unit = ContactUnitFactory(phone="0520-11 11 11")
    InitiativeFactory(phone="0520-22 22 22", unit=unit)

    text = asked(client, alder=17).text

    assert 'href="tel:+46520222222"' in text
    assert "0520-11 11 11" not in text


def test_else_the_units_number_with_when_it_is_answered(client):
    unit = ContactUnitFactory(name_sv="Familjehuset", phone="0520-11 11 11")
    for weekday in range(7):
        OpeningHoursFactory(unit=unit, weekday=weekday)
    InitiativeFactory(unit=unit)

    text = asked(client, alder=17).text

    assert "Ring Familjehuset" in text
    assert 'href="tel:+46520111111"' in text
    assert "Öppet i dag" in text or "Stängt i dag" in text


def test_else_the_number_that_stands_on_every_page(client):
    contact = ContactUnitFactory(name_sv="Kontaktcenter", phone="0520-49 50 00")
    SiteSettingsFactory(contact_unit=contact)
    InitiativeFactory(unit=ContactUnitFactory(name_sv="Familjehuset"))

    text = asked(client, alder=17).text

    assert "Ring Kontaktcenter" in text
    assert "Ring Familjehuset" not in text


def test_hours_in_words_stand_beside_a_number_too(client):
    unit = ContactUnitFactory(phone="0520-11 11 11", hours_note_sv="Telefonen är öppen dagtid.")
    InitiativeFactory(unit=unit)

    assert "Telefonen är öppen dagtid." in asked(client, alder=17).text
