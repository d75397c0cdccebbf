"""Proper names, which stand in Swedish in every language unless somebody writes them otherwise."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import override

from publishing.history import begin_histories
from publishing.models import Track
from publishing.translation_status import TranslationStatus, standing_on_page
from publishing.translation_units import units_of
from publishing.translations import shown_text, translation_note
from tests.admin_forms import staff
from tests.factories import AdministratorFactory, DistrictFactory, TargetGroupFactory
from tests.situations import row

pytestmark = pytest.mark.django_db
CURRENT, STALE, MISSING, UNREVIEWED = (
    TranslationStatus(name) for name in ("current", "stale", "missing", "unreviewed")
)
LIST = "/admin/oversattningar/"


@pytest.fixture
def writer():
    return AdministratorFactory()


def district(**names):
    place = DistrictFactory(**{"name_sv": "Kronogården", **names})
    begin_histories()
    return place


def rename(place, by, **names):
    with place.recording(by=by):
        for column, name in names.items():
            setattr(place, column, name)
        place.save()


def status(place, language="en"):
    [kept] = Track.objects.statuses_of([place]).values()
    assert standing_on_page(row(place), language).status == kept[language]
    return kept[language]


@pytest.mark.parametrize("name", ["", "Kronogården", " Kronogården "])
def test_the_name_of_a_place_needs_no_translation(name):
    assert status(district(name_en=name)) == CURRENT


def test_a_group_of_people_does():
    group = TargetGroupFactory(name_sv="unga", name_en="")
    begin_histories()

    assert status(group) == MISSING


def test_a_name_that_is_written_otherwise_is_a_translation_like_any_other(writer):
    place = district(name_ar="كرونوغوردن")
    assert status(place, "ar") == UNREVIEWED

    rename(place, writer, name_sv="Lextorp")

    assert status(place, "ar") == STALE
    assert status(place, "en") == CURRENT


def test_a_copy_of_the_swedish_name_is_left_behind_by_a_new_one(writer):
    place = district(name_en="Kronogården")

    rename(place, writer, name_sv="Lextorp")

    assert status(place) == STALE


def test_a_name_is_no_task_and_in_no_file_for_translators(client):
    place = district()
    client.force_login(staff("Publicister"))

    found = {
        status: [title for title, _kind, _cells in client.get(LIST, asked).context["rows"]]
        for status, asked in {
            "to do": {"sprak": "en"},
            "missing": {"lage": "missing"},
            "current": {"lage": "current", "sprak": "fi"},
        }.items()
    }

    assert found == {"to do": [], "missing": [], "current": ["Kronogården"]}
    assert list(units_of(Track.find(place), "en")) == []


def test_a_name_that_is_written_otherwise_is_in_the_file():
    place = district(name_ar="كرونوغوردن")

    [unit] = units_of(Track.find(place), "ar")

    assert (unit.source, unit.target) == ("Kronogården", "كرونوغوردن")


def test_a_language_that_comes_later_has_the_name_too(client):
    place = district()
    track = Track.find(place)
    del track.translations["en"]
    track.save()
    client.force_login(staff("Publicister"))

    lists = {
        status: client.get(LIST, {"sprak": "en", "lage": status}).context["rows"]
        for status in ("missing", "current")
    }

    [(_title, _kind, [cell])] = lists["current"]
    assert (cell.status, lists["missing"]) == (CURRENT, [])
    [kept] = Track.objects.statuses_of([place]).values()
    assert kept["en"] == CURRENT


def test_readers_are_shown_a_swedish_name_as_one_and_told_of_no_lack():
    place = district(name_fi="")

    with override("fi"):
        assert shown_text(place, "name").__html__() == (
            '<span lang="sv" dir="ltr">Kronogården</span>'
        )
        assert translation_note(place) == ""


def test_what_was_said_to_be_missing_before_is_not():
    place, group = (
        district(name_fi="Kronogården", name_ar="كرونوغوردن"),
        TargetGroupFactory(name_sv="unga"),
    )
    begin_histories()
    was = {"sv-simple": "missing", "fi": "unreviewed", "en": "missing", "ar": "unreviewed"}
    Track.objects.update(translations=was)
    migration = import_module("trollhattan_portal.migrations.0004_names_of_places")

    migration.say_so(apps, connection.schema_editor())

    current = dict.fromkeys(["sv-simple", "fi", "en"], "current")
    assert Track.find(place).translations == {**current, "ar": "unreviewed"}
    assert Track.find(group).translations == was
