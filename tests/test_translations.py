"""What a page shows where a text isn't translated, and how it keeps signs and links in order."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.html import format_html

from contacts.models import ContactUnit
from news.models import NewsItem
from pages.models import Page
from publishing.models import Redirect
from publishing.templatetags.publishing import richtext
from publishing.translations import localized, shown_text, translation_note
from tests.crawling import language_of
from tests.factories import (
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    PageFactory,
    StartPageFactory,
)

LABEL = '<span class="language-label">{}</span>'
PHONE = '<bdi dir="ltr">0520-49\N{NO-BREAK SPACE}50\N{NO-BREAK SPACE}00</bdi>'


TEXT_AND_ATTRIBUTES = '{{ item|shown:"title" }}{{ item|fallback_language:"title" }}'


def rendered(template, **context):
    return Template("{% load publishing %}" + template).render(Context(context))


# A text that isn't translated


def test_a_text_of_ones_own_is_shown_as_it_is():
    item = NewsItem(title_sv="Hej", title_fi="Hei")

    with translation.override("fi"):
        assert rendered('{{ item|shown:"title" }}', item=item) == "Hei"


def test_a_swedish_text_says_so():
    item = NewsItem(title_sv="Hej & hå")

    with translation.override("fi"):
        html = rendered('{{ item|shown:"title" }}', item=item)

    assert html == '<span lang="sv" dir="ltr">Hej &amp; hå</span>'


def test_a_swedish_text_on_a_swedish_page_says_nothing():
    item = NewsItem(title_sv="Hej")

    assert rendered(TEXT_AND_ATTRIBUTES, item=item) == "Hej"


def test_lattlast_is_a_language_like_the_others():
    item = NewsItem(title_sv="Hej")

    with translation.override("sv-simple"):
        assert 'lang="sv"' in rendered('{{ item|shown:"title" }}', item=item)


def test_no_text_is_in_no_language():
    with translation.override("fi"):
        assert rendered(TEXT_AND_ATTRIBUTES, item=Page()) == ""


def test_a_text_is_plain_to_those_who_do_not_show_it():
    with translation.override("fi"):
        assert shown_text(NewsItem(title_sv="Hej"), "title") == "Hej"


def test_a_text_can_bring_no_markup():
    item = NewsItem(title_sv="<b>Hej</b>", title_ar="<b>0520-49 50 00</b>")

    for language in ("sv", "fi", "ar"):
        with translation.override(language):
            html = rendered('{{ item|shown:"title" }}', item=item)
            assert "<b>" not in html + format_html("{}", shown_text(item, "title"))


def test_what_can_not_tell_its_language_shows_nothing_foreign():
    item = NewsItem(lead_sv="Hej")

    with translation.override("fi"):
        assert rendered('{{ item|own:"lead" }}', item=item) == ""


# What the reader is told


@pytest.mark.parametrize("language", ["sv-simple", "fi", "en", "ar"])
def test_no_translation_passes_for_reviewed_before_it_is(language):
    with translation.override(language):
        assert translation_note(Page(title=f"title in {language}"))


def test_swedish_pages_have_no_note():
    assert translation_note(Page(title_sv="Hej")) == ""


# Lists: everything is there, and what is Swedish is said to be


@pytest.mark.django_db
def test_an_initiative_that_is_swedish_only_is_listed_and_says_so(client):
    area = FocusAreaFactory(title_fi="Alue")
    item = InitiativeFactory(title_sv="Stationen", focus_area=area)

    lists = ["/insatser/", "/fokusomraden/", "/webbplatskarta/", area.get_absolute_url()]
    for address in lists:
        text = client.get(f"/fi{address}").text
        entry = text.partition(f'href="{item.get_absolute_url()}"')[2].partition("</li>")[0]
        assert '<span lang="sv" dir="ltr">Stationen</span>' in entry, address
        assert LABEL.format("ruotsiksi") in entry, address


@pytest.mark.django_db
def test_an_initiative_with_a_finnish_text_is_linked_to_in_finnish(client):
    item = InitiativeFactory(title_fi="Asema")

    text = client.get("/fi/insatser/").text

    assert f'href="/fi{item.get_absolute_url()}">Asema</a>' in text
    assert "ruotsiksi" not in text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
def test_a_menu_says_which_page_is_swedish(client):
    MenuItemFactory(section="", page=PageFactory(title_sv="Om oss"))

    header = client.get("/fi/nyheter/").text.partition("<header")[2].partition("</header>")[0]

    assert f'<span lang="sv" dir="ltr">Om oss</span> {LABEL.format("ruotsiksi")}' in header


@pytest.mark.django_db
def test_a_choice_of_the_filter_says_that_it_is_swedish(client):
    FocusAreaFactory(title_sv="Unga i jobb", slug="unga")

    text = client.get("/fi/insatser/").text

    assert '<option value="unga" lang="sv" dir="ltr">Unga i jobb</option>' in text


@pytest.mark.django_db
def test_swedish_lists_tell_what_can_be_read_in_lattlast(client):
    NewsItemFactory(title_sv="Med", title_sv_simple="Med")
    NewsItemFactory(title_sv="Utan")

    text = client.get("/nyheter/").text

    assert text.count(LABEL.format("Lättläst")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("is_there", [True, False])
def test_lattlast_is_offered_at_the_top_of_a_page_that_has_it(client, is_there):
    page = PageFactory(title_sv_simple="Lätt" if is_there else "", title_fi="Hei")

    header = client.get(page.get_absolute_url()).text.partition("<main")[0]

    assert ("language-menu__easy" in header) is is_there


# Languages of a page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv-simple", "fi", "en", "ar"])
@pytest.mark.parametrize(
    "path",
    ["fokusomraden/", "insatser/", "nyheter/", "kontakt/", "webbplatskarta/", "vill-du-veta-mer/"]
    + ["tillganglighetsredogorelse/", ""],
)
def test_lists_exist_in_every_language_of_an_empty_site_too(client, language, path):
    response = client.get(f"/{language}/{path}")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


@pytest.mark.django_db
def test_the_language_menu_keeps_the_readers_choice_and_the_alternates_what_matters(client):
    FocusAreaFactory(slug="unga")

    text = client.get("/nyheter/?omrade=unga&skrap=1").text

    assert 'href="/fi/nyheter/?omrade=unga&amp;skrap=1" lang="fi"' in text
    assert 'hreflang="fi" href="http://testserver/fi/nyheter/?omrade=unga">' in text


@pytest.mark.django_db
def test_the_sitemap_names_the_sections_in_every_language(client):
    text = client.get("/sitemap-delar.xml").text

    assert "<loc>http://testserver/ar/insatser/</loc>" in text
    assert 'hreflang="sv-simple" href="http://testserver/sv-simple/insatser/"' in text


@pytest.mark.django_db
def test_a_start_page_without_finnish_leads_to_the_swedish_one(client):
    StartPageFactory()

    assert client.get("/fi/").url == "/"


# What went wrong is said in the reader's language too


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/ar/finns-inte/", 404, "الصفحة غير موجودة"),
        ("/fi/finns-inte/", 404, "Sivua ei ole"),
        ("/fi/nyheter/%00/", 400, "Osoitetta ei voi lukea"),
        ("/nyheter/%00/", 400, "Adressen går inte att läsa"),
    ],
)
def test_an_error_page_is_in_the_language_of_the_address(client, address, status, title):
    response = client.get(address)

    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.text
    assert f'<html lang="{language_of(address)}"' in response.text


@pytest.mark.django_db
def test_even_the_page_for_what_went_wrong_with_us_is(client, monkeypatch):
    monkeypatch.setattr("trollhattan_portal.views.SiteMap.get_context_data", None)
    client.raise_request_exception = False

    response = client.get("/ar/webbplatskarta/")

    assert response.status_code == 500
    assert '<html lang="ar" dir="rtl">' in response.text
    assert "حدث خطأ لدينا" in response.text


@pytest.mark.django_db
def test_a_removed_page_says_so_in_the_readers_language(client):
    Redirect.objects.create(path="/nyheter/borta/")

    response = client.get("/en/nyheter/borta/")

    assert response.status_code == 410
    assert "This page has been removed" in response.text


# Links inside the site


@pytest.mark.parametrize(
    ("address", "localized_address"),
    [
        ("/insatser/stationen/", "/fi/insatser/stationen/"),
        ("/nyheter/?ar=2024#mer", "/fi/nyheter/?ar=2024#mer"),
        ("/en/nyheter/", "/en/nyheter/"),
        ("/media/documents/a.pdf", "/media/documents/a.pdf"),
        ("/finns-inte/", "/finns-inte/"),
        ("https://example.se/nyheter/", "https://example.se/nyheter/"),
        ("tel:112", "tel:112"),
    ],
)
def test_links_inside_the_site_lead_to_the_readers_language(address, localized_address):
    with translation.override("fi"):
        assert localized(address) == localized_address
        assert f'href="{localized_address}"' in richtext(f'<p><a href="{address}">x</a></p>')


def test_links_on_swedish_pages_are_left_alone():
    assert localized("/insatser/") == "/insatser/"


# From right to left


def test_a_phone_number_keeps_its_order_in_an_arabic_text():
    number = "0520-49\N{NO-BREAK SPACE}50\N{NO-BREAK SPACE}00"
    item = NewsItem(lead_sv="Ring", lead_ar=f"اتصلوا {number}.")

    with translation.override("ar"):
        assert rendered('{{ item|shown:"lead" }}', item=item) == f"اتصلوا {PHONE}."
        assert f'<a href="tel:+46520495000">{PHONE}</a>' in richtext(
            '<p><a href="tel:+46520495000">0520-49&nbsp;50&nbsp;00</a></p>'
        )


@pytest.mark.parametrize("number", ["020-50 50 50", "116 111", "114 14", "+46 520 49 50 00"])
def test_all_kinds_of_phone_numbers_are_known(number):
    with translation.override("ar"):
        assert f'<bdi dir="ltr">{number}</bdi>' in richtext(f"<p>اتصلوا {number}، الآن</p>")


@pytest.mark.parametrize("words", ["من 18 إلى 29", "4,4%", "24 مايو 2021", "2024"])
def test_other_numbers_are_left_alone(words):
    with translation.override("ar"):
        assert richtext(f"<p>{words}</p>") == f"<p>{words}</p>"


def test_texts_from_left_to_right_need_no_isolation():
    assert "bdi" not in richtext("<p>0520-49 50 00</p>")


@pytest.mark.django_db
def test_numbers_addresses_and_times_are_kept_apart_from_arabic_words(client):
    unit = ContactUnitFactory(
        name_ar="مركز الاتصال",
        phone="0520-49 50 00",
        email="info@example.se",
        visiting_address="Gärdhemsvägen 9\n461 83 Trollhättan",
    )
    unit.opening_hours.create(channel="both", weekday=0, opens="8:00", closes="16:30")

    text = client.get(f"/ar{unit.get_absolute_url()}").text

    assert '<bdi dir="ltr">0520-49 50 00</bdi>' in text
    assert "<bdi>info@example.se</bdi>" in text
    assert re.search(r'<address><bdi lang="sv" dir="ltr"\s*>Gärdhemsvägen 9', text)
    assert "\u20668:00–16:30\u2069" in text
    assert ContactUnit.objects.get().languages() == ["sv", "ar"]
