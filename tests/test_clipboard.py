"""What comes from other programs comes out as our editor would have written it.

tests/clipboard holds what was pasted, with its origin in a comment, and beside it what remains.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.fields import cleaned
from publishing.tidying.links import clean_href
from publishing.tidying.markers import numbers
from tests.test_rich_text import CLEAN

FILES = sorted(
    path
    for path in (Path(__file__).parent / "clipboard").glob("*.html")
    if not path.name.endswith(".clean.html")
)
for_each_file = pytest.mark.parametrize("pasted", FILES, ids=lambda path: path.stem)


def expected(pasted):
    return pasted.with_suffix(".clean.html").read_text().replace("\n", "")


@for_each_file
def test_what_is_pasted_is_saved_clean(pasted):
    assert cleaned(pasted.read_text()) == expected(pasted)


@for_each_file
def test_each_file_names_its_origin(pasted):
    assert pasted.read_text().startswith("<!-- Written by hand after what ")


@pytest.mark.parametrize("html", [CLEAN, *map(expected, FILES)])
def test_what_the_editor_makes_stays_as_it_is(html):
    assert cleaned(html) == html


TAGS = [
    *("p", "h1", "h2", "h3", "h5", "ul", "ol", "li", "div", "blockquote", "pre"),
    *("a", "b", "strong", "em", "br", "span", "font", "table", "tr", "td"),
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        [
            '<p style="mso-list:l0 level2 lfo1">',
            '<h1 style="mso-list:l0 level1 lfo1">',
            '<span style="mso-list:Ignore">1.</span>',
            '<span style="mso-list:Ignore">ii.</span>',
            "<ul><ul><li>",
            "<ol><ol><li>",
            '<a name="del">',
            '<a href="#del">',
            '<li data-aria-level="3">',
            '<span style="font-weight:700">',
            '<a href="https://a.example/?utm_source=x&amp;b=1">',
            '<ol start="4">',
            "&nbsp;",
            "&lt;",
        ]
    ),
    st.text(alphabet="aå \n\u200b\xa01.", max_size=5),
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_cleaning_what_is_clean_changes_nothing(html):
    once = cleaned(html)

    assert cleaned(once) == once


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_letter_is_lost(html):
    letters = html.replace("<a href", "")
    seen = [sign for sign in cleaned(html) if sign == "å"]

    assert len(seen) == letters.count("å")


@pytest.mark.parametrize(
    ("href", "led_to"),
    [
        ("https://a.example/?utm_source=x", "https://a.example/"),
        ("https://a.example/?UTM_Source=x&b=1&fbclid=2#del", "https://a.example/?b=1#del"),
        ("https://a.example/?q=a%20b&c", "https://a.example/?q=a%20b&c"),
        ("https://a.example/#:~:text=bad", "https://a.example/"),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fa.example%2F", "https://a.example/"),
        (
            "https://www.google.com/maps?q=Trollh%C3%A4ttan",
            "https://www.google.com/maps?q=Trollh%C3%A4ttan",
        ),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F%3Ffbclid%3D1&h=x",
            "https://a.example/",
        ),
        (
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://www.google.com/url?q=javascript:alert(1)",
        ),
        ("mailto:a@a.example?subject=Hej", "mailto:a@a.example?subject=Hej"),
        ("tel:+46520495000", "tel:+46520495000"),
        ("/om/?utm_campaign=x", "/om/"),
        ("#kontakt", "#kontakt"),
        ("#_Toc123", ""),
        ("https://[a", ""),
    ],
)
def test_a_link_leads_straight_to_its_page(href, led_to):
    assert clean_href(href) == led_to


@pytest.mark.parametrize(
    ("marker", "count", "could_be"),
    [
        ("3", 3, 0),
        ("3.", 3, 0),
        ("(3)", 3, 0),
        ("2.11.", 11, 0),
        ("b)", 2, 0),
        ("Å.", 27, 0),
        ("i.", 1, 9),
        ("v.", 5, 22),
        ("c.", 3, 100),
        ("xiv.", 14, 0),
        ("·", 1, 0),
        ("o", 1, 0),
    ],
)
def test_the_number_before_an_item_of_word_counts(marker, count, could_be):
    assert numbers(marker) == (count, could_be)


def test_a_list_with_letters_goes_on_past_h():
    items = "".join(
        f'<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">{sign}.</span>Svar</p>'
        for sign in "abcdefghijk"
    )

    assert cleaned(items).count("<ol>") == 1
    assert cleaned(items).count("<li>") == 11


@pytest.mark.parametrize("start", ["<ul>", "<ul><li>å", "<blockquote>", "<div><b>å"])
def test_what_is_nested_without_end_is_read_all_the_same(start):
    html = start * 2000 + "<p>å</p>"

    once = cleaned(html)

    assert once.count("å") == html.count("å")
    assert cleaned(once) == once
