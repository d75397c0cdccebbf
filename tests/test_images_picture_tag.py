"""{% picture %}: the markup that residents' browsers choose from."""

from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.urls import resolve
from django.utils import translation

from tests.factories import ImageFactory

FOLDER = "/media/renditions/7/0123456789ab"


def render(image, arguments=""):
    template = Template("{% load images %}{% picture image " + arguments + " %}")
    return template.render(Context({"image": image})).strip()


@pytest.fixture
def image():
    return ImageFactory.build(pk=7)


def test_a_picture_comes_in_three_formats_and_its_widths(image):
    assert render(image, 'variant="full" sizes="(min-width: 60rem) 50vw, 100vw"') == (
        "<picture>\n"
        f'  <source type="image/avif" srcset="{FOLDER}/torget-full-480.avif 480w, '
        f"{FOLDER}/torget-full-800.avif 800w, {FOLDER}/torget-full-1200.avif 1200w"
        '" sizes="(min-width: 60rem) 50vw, 100vw">\n'
        f'  <source type="image/webp" srcset="{FOLDER}/torget-full-480.webp 480w, '
        f"{FOLDER}/torget-full-800.webp 800w, {FOLDER}/torget-full-1200.webp 1200w"
        '" sizes="(min-width: 60rem) 50vw, 100vw">\n'
        f'  <img src="{FOLDER}/torget-full-1200.jpg" srcset="{FOLDER}/torget-full-480.jpg 480w, '
        f"{FOLDER}/torget-full-800.jpg 800w, {FOLDER}/torget-full-1200.jpg 1200w"
        '" sizes="(min-width: 60rem) 50vw, 100vw" width="1200" height="800" '
        'alt="Människor på ett torg." loading="lazy" decoding="async">\n'
        "</picture>"
    )


@pytest.mark.parametrize(
    ("variant", "measures"),
    [
        ("card", 'width="960" height="640"'),
        ("wide", 'width="960" height="480"'),
        ("full", 'width="1200" height="800"'),
    ],
)
def test_width_and_height_are_those_of_the_shape(image, variant, measures):
    assert measures in render(image, f'variant="{variant}"')


def test_numbers_of_four_digits_have_no_space_in_them(image):
    image.width, image.height = 2400, 1600

    assert 'width="1920" height="960"' in render(image, 'variant="wide"')


def test_a_card_is_the_usual_shape(image):
    assert f"{FOLDER}/torget-card-320.avif 320w" in render(image)


def test_what_is_seen_first_is_fetched_first(image):
    html = render(image, "eager=True")

    assert 'fetchpriority="high"' in html
    assert "loading=" not in html


def test_every_address_in_the_markup_leads_to_the_view(image):
    assert resolve(image.url("card", 320, "avif")).view_name == "images:rendition"
    assert resolve(image.share_url).view_name == "images:rendition"


def test_no_query_is_asked(image, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        render(image)


def test_no_style_is_written_into_the_page(image):
    assert "style" not in render(image)


# Alt texts


def test_a_decoration_has_an_empty_alt_text(image):
    image.alt_sv, image.is_decorative = "", True

    assert 'alt=""' in render(image)


def test_a_place_whose_text_says_it_all_empties_the_alt_text(image):
    assert 'alt=""' in render(image, 'alt=""')


def test_an_alt_text_is_escaped(image):
    image.alt_sv = '"><script>'

    assert 'alt="&quot;&gt;&lt;script&gt;"' in render(image)


def test_an_alt_text_follows_the_language_of_the_page(image):
    image.alt_en = "People in a square."

    with translation.override("en"):
        html = render(image)

    assert 'alt="People in a square." loading' in html


def test_an_alt_text_that_falls_back_to_swedish_says_so(image):
    with translation.override("ar"):
        html = render(image)

    assert 'alt="Människor på ett torg." lang="sv" dir="ltr" loading' in html


# Placeholders

NOTHING_TO_SHOW = '<span class="picture-placeholder picture-placeholder--wide"></span>'


@pytest.mark.parametrize(
    "values",
    [
        {"valid_until": date(2024, 6, 7)},
        {"withdrawn_at": date(2024, 6, 7)},
        {"shows_identifiable_people": True},
        {"renditions": ""},
        {"renditions": "", "width": 0, "height": 0},  # a fixture, before import_masters
    ],
)
def test_a_picture_that_cannot_be_shown_leaves_its_place(values):
    image = ImageFactory.build(pk=7, **values)

    assert render(image, 'variant="wide"') == NOTHING_TO_SHOW
    assert image.share_url == ""


def test_a_picture_is_shown_through_its_last_day():
    assert "<img" in render(ImageFactory.build(pk=7, valid_until=date.today() + timedelta(days=1)))


def test_no_picture_renders_nothing():
    assert render(None) == ""
