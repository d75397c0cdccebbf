"""How the values of a version read: rich text, dates, choices, related rows."""

import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from contacts.models import ContactUnit
from news.models import NewsItem
from pages.models import AccessibilityStatement, Resource
from publishing.differences import differences
from tests.factories import ContactUnitFactory, FocusAreaFactory
from tests.shown import shown, shown_body

NBSP = "\N{NO-BREAK SPACE}"
HOURS = {"id": 1, "unit": 7, "channel": "both", "weekday": 0, "opens": "08:00:00"}


# Rich text


def test_rich_text_reads_as_text_with_its_structure_in_words():
    html = (
        "<h2>Stor</h2><h3>Mindre</h3><p>Text med <strong>fet</strong> och <em>sned</em> stil<br>"
        'och <a href="https://example.se/">länk</a>.</p>'
        "<ul><li><p>punkt</p><ul><li><p>under</p></li></ul></li></ul>"
        '<ol start="3"><li><p>tre</p></li><li><p>fyra</p></li></ol>'
        "<blockquote><p>Hej &lt;b&gt;</p></blockquote><p>Slut</p>"
    )

    assert shown_body("", html) == (
        "{+Rubrik: Stor\nUnderrubrik: Mindre\nText med *fet* och _sned_ stil\n"
        "och länk (https://example.se/).\n• punkt\n  • under\n3. tre\n4. fyra\n"
        "Citat: Hej <b>\nSlut+}"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<h2>Bad</h2>", "<h3>Bad</h3>", "[-Rubrik-]{+Underrubrik+}: Bad"),
        ("<p>Läs mer</p>", "<p>Läs <strong>mer</strong></p>", "Läs [-mer-]{+*mer*+}"),
        (
            '<p><a href="/gammal/">Läs</a></p>',
            '<p><a href="/ny/">Läs</a></p>',
            "Läs ([-/gammal/-]{+/ny/+})",
        ),
        (
            "<ul><li><p>Ett bad</p></li></ul>",
            "<ol><li><p>Ett bad</p></li></ol>",
            "[-•-]{+1.+} Ett bad",
        ),
        (
            "<p>Ett<br>Två</p>",
            "<p>Ett</p><p>Två</p>",
            "Ett\nTvå\n{+(bara formateringen har ändrats)+}",
        ),
        (
            "<p>*mer*</p>",
            "<p><strong>mer</strong></p>",
            "*mer*\n{+(bara formateringen har ändrats)+}",
        ),
    ],
)
def test_a_change_of_the_markup_alone_is_a_change(old, new, expected):
    assert shown_body(old, new) == expected


@pytest.mark.parametrize("dirt", ["<script>alert(1)</script>", "<![x[", "</ul></a>"])
def test_html_that_never_was_cleaned_is_read_as_residents_would_see_it(dirt):
    assert shown_body("", f"{dirt}<p>Hej</p>").strip("{+}").endswith("Hej")
    assert "alert" not in shown_body("", f"{dirt}<p>Hej</p>")


def test_space_between_blocks_and_line_breaks_in_the_source_are_space():
    assert shown_body("", "<p>Ett\nbad</p>\n<li>Två</li>") == "{+Ett bad\n• Två+}"


def test_an_empty_heading_leaves_no_mark_on_what_follows():
    assert shown_body("", "<h2></h2><p>Text</p>") == "{+Text+}"


@pytest.mark.parametrize("start", ["", "x", "9" * 5000])
def test_a_strange_number_of_a_list_does_no_harm(start):
    assert "Ett" in shown_body("", f'<ol start="{start}"><li><p>Ett</p></li></ol>')


# Other values


@pytest.mark.parametrize(
    ("model", "field", "old", "new", "expected"),
    [
        (NewsItem, "publish_at", None, "2024-06-07T06:00:00+00:00", "{+7 juni 2024 8:00+}"),
        (NewsItem, "publish_at", "2024-12-01T07:00:00Z", None, "[-1 december 2024 8:00-]"),
        (
            NewsItem,
            "last_reviewed_on",
            "2024-06-07",
            "2024-07-07",
            "[-7 juni 2024-]{+7 juli 2024+}",
        ),
        (NewsItem, "last_reviewed_on", None, "i morgon", "{+i morgon+}"),
        (ContactUnit, "closed_on_holidays", True, False, "[-ja-]{+nej+}"),
        (ContactUnit, "order", 100, 0, "[-100-]{+0+}"),
        (Resource, "year", None, 2024, "{+2024+}"),
        (Resource, "kind", "link", "take_part", "[-webbsida-]{+sätt att delta+}"),
        (
            AccessibilityStatement,
            "conformance",
            "full",
            "partial",
            "[-helt förenlig-]{+delvis förenlig+}",
        ),
        (AccessibilityStatement, "method", "self", "utgått", "[-självskattning-]{+utgått+}"),
    ],
)
def test_values_are_in_the_words_of_people(model, field, old, new, expected):
    text = shown(model, {field: old}, {field: new})[field]

    assert text == re.sub(r"(?<=\w) (?=\d|juni|juli|december)", NBSP, expected)


def test_moments_are_swedish_whatever_the_reader_has_chosen():
    with override("fi"), timezone.override("UTC"):
        text = shown(NewsItem, {}, {"publish_at": "2024-06-07T06:00:00Z"})["publish_at"]

    assert text == f"{{+7{NBSP}juni{NBSP}2024{NBSP}8:00+}}"


def test_another_spelling_of_the_same_moment_is_no_difference():
    old, new = "2024-06-07T06:00:00+00:00", "2024-06-07T08:00:00+02:00"

    assert differences(NewsItem, {"publish_at": old}, {"publish_at": new}) == []


# Relations


@pytest.mark.django_db
def test_a_related_row_is_shown_by_its_name():
    old, new = ContactUnitFactory(name_sv="Kontaktcenter"), ContactUnitFactory(name_sv="Kultur")

    with override("fi"):
        text = shown(NewsItem, {"unit": old.pk}, {"unit": new.pk})

    assert text == {"unit": "[-Kontaktcenter-]{+Kultur+}"}


@pytest.mark.django_db
def test_a_related_row_that_is_gone_is_shown_by_its_number():
    assert shown(NewsItem, {"unit": 5}, {}) == {"unit": f"[-borttagen (nr{NBSP}5)-]"}


@pytest.mark.django_db
def test_a_related_row_without_a_name_is_shown_by_its_number():
    unit = ContactUnitFactory(name_sv="")

    assert shown(NewsItem, {"unit": unit.pk}, {}) == {"unit": f"[-(nr{NBSP}{unit.pk})-]"}


@pytest.mark.django_db
def test_rows_of_the_same_name_are_told_apart():
    one, other = ContactUnitFactory(name_sv="Kultur"), ContactUnitFactory(name_sv="Kultur")

    assert shown(NewsItem, {"unit": one.pk}, {"unit": other.pk}) == {
        "unit": f"[-Kultur (nr{NBSP}{one.pk})-]{{+Kultur (nr{NBSP}{other.pk})+}}"
    }


@pytest.mark.django_db
def test_lists_of_rows_show_which_came_and_went():
    arbete, trygghet, fritid = (
        FocusAreaFactory(title_sv=title).pk for title in ("Arbete", "Trygghet", "Fritid")
    )

    assert shown(
        NewsItem, {"focus_areas": [arbete, trygghet]}, {"focus_areas": [trygghet, fritid]}
    ) == {"focus_areas": "[-Arbete\n-]Trygghet\n{+Fritid+}"}


@pytest.mark.django_db
def test_names_cost_one_query_for_each_related_model(django_assert_num_queries):
    units = [ContactUnitFactory().pk for _each in range(3)]
    areas = [FocusAreaFactory().pk for _each in range(3)]
    old = {"unit": units[0], "focus_areas": areas[:2]}
    new = {"unit": units[1], "focus_areas": areas}

    with django_assert_num_queries(2):
        differences(NewsItem, old, new)


def test_names_of_what_does_not_differ_cost_nothing():
    old = {"unit": 1, "focus_areas": [1, 2], "title_sv": "Hej"}

    assert shown(NewsItem, old, {**old, "title_sv": "Hopp"}) == {"title_sv": "[-Hej-]{+Hopp+}"}


# Rows of a live kind


def test_recorded_rows_are_read_as_lines():
    tuesday = {**HOURS, "id": 2, "weekday": 1, "reason_sv": "bad", "reason_fi": "uinti"}
    later = {**HOURS, "opens": "09:00:00"}

    assert shown(ContactUnit, {"opening_hours": [HOURS]}, {"opening_hours": [later, tuesday]}) == {
        "opening_hours": "gäller: Besök och telefon, veckodag: måndag, öppnar: [-8:00-]{+9:00+}\n"
        "{+gäller: Besök och telefon, veckodag: tisdag, öppnar: 8:00, orsak: bad, "
        "orsak (Suomi): uinti+}"
    }


def test_a_column_that_recorded_rows_have_no_longer_is_shown_too():
    assert shown(ContactUnit, {"functions": [{"id": 1, "role_sv": "Strateg", "rum": "3"}]}, {}) == {
        "functions": "[-funktion: Strateg, rum: 3-]"
    }


def test_a_recorded_row_that_says_nothing_is_not_shown():
    assert differences(ContactUnit, {}, {"opening_hours": [{"id": 1, "unit": 7}]}) == []
