"""The interface in every language: nothing missing, nothing left over, compiled by Python alone."""

import gettext
import os
import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import ngettext

from contacts.holiday_names import NAMES
from contacts.opening_hours import holidays_of
from publishing.templatetags.publishing import long_date
from trollhattan_portal.catalogues import (
    catalogue_path,
    compile_catalogues,
    gathered,
    read,
    update_catalogues,
)

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
every_catalogue = pytest.mark.parametrize("language", OTHERS)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+>")
HEADER = r'msgid ""' "\n" r'msgstr "Content-Type: text/plain; charset=utf-8\n"' "\n\n"
NBSP = "\N{NO-BREAK SPACE}"


def entries(catalogue):
    return {(message.context, message.id): message for message in catalogue if message.id}


def forms(texts):
    return texts if isinstance(texts, tuple) else (texts,)


@pytest.fixture(scope="module")
def sources():
    return entries(gathered())


# Nothing is missing, and nothing is left over


def test_texts_are_found_in_templates_and_in_code(sources):
    assert (None, "Akut hjälp") in sources
    assert (None, "{hours} och {last}") in sources
    assert (None, ("%(number)s insats", "%(number)s insatser")) in sources


@every_catalogue
def test_a_catalogue_holds_exactly_the_texts_of_the_sources(sources, language):
    catalogue = read(catalogue_path(language))

    assert set(entries(catalogue)) == set(sources)
    assert not catalogue.obsolete


@every_catalogue
def test_every_text_is_translated_and_none_is_a_guess(language):
    catalogue = entries(read(catalogue_path(language)))

    assert [m.id for m in catalogue.values() if not all(forms(m.string))] == []
    assert [m.id for m in catalogue.values() if m.fuzzy] == []


@every_catalogue
def test_what_is_filled_in_is_the_same_as_in_swedish(language):
    """The forms of a plural may leave out a number that the word itself says."""
    for message in entries(read(catalogue_path(language))).values():
        wanted = set(PLACEHOLDER.findall("".join(forms(message.id))))
        for form in forms(message.string):
            found = set(PLACEHOLDER.findall(form))
            assert found <= wanted, form
            assert found == wanted or isinstance(message.id, tuple), form


@every_catalogue
def test_a_catalogue_has_as_many_plural_forms_as_its_language(language):
    catalogue = read(catalogue_path(language))

    numbers = {len(m.string) for m in entries(catalogue).values() if isinstance(m.id, tuple)}

    assert numbers == {catalogue.num_plurals}


def test_makemessages_adds_what_is_new_and_drops_what_is_gone(sources, tmp_path):
    file = catalogue_path("fi", tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(f'{HEADER}msgid "Meny"\nmsgstr "Valikko"\n\nmsgid "Förr"\nmsgstr "Ennen"\n')

    update_catalogues(tmp_path)

    finnish = entries(read(file))
    assert set(finnish) == set(sources)
    assert finnish[None, "Meny"].string == "Valikko"
    assert finnish[None, "Akut hjälp"].string == ""


def test_makemessages_begins_a_catalogue_for_a_new_language(sources, tmp_path):
    update_catalogues(tmp_path)

    assert set(entries(read(catalogue_path("ar", tmp_path)))) == set(sources)


def test_every_holiday_has_a_name_to_translate():
    names = {
        name for year in range(2024, 2050) for day in holidays_of(year).values() for name in day
    }

    assert names == NAMES


# Compiled without GNU gettext


@pytest.fixture
def folder(tmp_path):
    """A folder of catalogues with one of its own."""
    file = catalogue_path("fi", tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(f'{HEADER}msgid "ja"\nmsgstr "kyllä"\n', encoding="utf-8")
    return tmp_path


def test_a_catalogue_is_compiled_by_python_alone(folder, monkeypatch):
    monkeypatch.setenv("PATH", "")

    compile_catalogues(folder)

    with (folder / "fi/LC_MESSAGES/django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("ja") == "kyllä"


def test_a_catalogue_is_compiled_again_only_when_it_has_changed(folder):
    first = compile_catalogues(folder)
    second = compile_catalogues(folder)
    later = first[0].stat().st_mtime + 1
    os.utime(first[0].with_suffix(".po"), (later, later))

    assert (len(first), second, compile_catalogues(folder)) == (1, [], first)


# Dates, times, numbers and plurals as each language writes them


@pytest.mark.parametrize(
    ("language", "day", "moment", "number"),
    [
        ("sv", f"7{NBSP}juni 2024", f"7{NBSP}juni 2024 kl.{NBSP}8:05", f"1{NBSP}073,5"),
        ("sv-simple", f"7{NBSP}juni 2024", f"7{NBSP}juni 2024 klockan{NBSP}8:05", f"1{NBSP}073,5"),
        ("fi", f"7.{NBSP}kesäkuuta 2024", f"7.{NBSP}kesäkuuta 2024 klo{NBSP}8.05", f"1{NBSP}073,5"),
        ("en", f"7{NBSP}June 2024", f"7{NBSP}June 2024, 8:05", "1,073.5"),
        ("ar", f"7{NBSP}يونيو 2024", f"7{NBSP}يونيو 2024، الساعة{NBSP}8:05", f"1{NBSP}073,5"),
    ],
)
def test_each_language_writes_days_times_and_numbers_in_its_own_way(language, day, moment, number):
    at = datetime(2024, 6, 7, 8, 5, tzinfo=UTC)

    with translation.override(language):
        assert f'<time datetime="2024-06-07">{day}</time>' == long_date(date(2024, 6, 7))
        assert date_format(at, "DATETIME_FORMAT") == moment
        assert number_format(1073.5) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "مبادرة واحدة"),
        (2, "مبادرتان"),
        (3, "3 مبادرات"),
        (11, "11 مبادرة"),
        (100, "100 مبادرة"),
        (103, "103 مبادرات"),
    ],
)
def test_arabic_counts_in_its_six_ways(number, words):
    with translation.override("ar"):
        text = ngettext("%(number)s insats", "%(number)s insatser", number)

    assert text % {"number": number} == words
