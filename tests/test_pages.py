"""Standing pages, resources, the site map, the statement, and a site that is still empty."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from pages.chart_rows import parse_rows
from pages.models import AccessibilityStatement, Chart, Resource
from publishing.models import State
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    SiteSettingsFactory,
    StartPageFactory,
)

pytestmark = pytest.mark.django_db


# The tree


def test_a_pages_address_names_the_pages_above_it(client):
    top = PageFactory(slug="social-hallbarhet")
    page = PageFactory(slug="healthy-cities", parent=top)

    assert page.get_absolute_url() == "/om/social-hallbarhet/healthy-cities/"
    assert client.get(page.get_absolute_url()).status_code == 200


def test_a_page_is_not_found_under_another_address_than_its_own(client):
    PageFactory(slug="healthy-cities", parent=PageFactory(slug="social-hallbarhet"))
    PageFactory(slug="annan")

    assert client.get("/om/healthy-cities/").status_code == 404
    assert client.get("/om/annan/healthy-cities/").status_code == 404


def test_a_page_shows_its_public_pages_below_as_cards(client):
    top = PageFactory()
    PageFactory(parent=top, title_sv="Healthy Cities")
    PageFactory(parent=top, title_sv="Ett utkast", draft=True)

    text = client.get(top.get_absolute_url()).text

    assert "Healthy Cities" in text
    assert "Ett utkast" not in text


def test_the_way_back_is_shown_from_the_top(client):
    top = PageFactory(title_sv="Social hållbarhet")
    page = PageFactory(parent=top)

    crumbs = client.get(page.get_absolute_url()).context["breadcrumbs"]

    assert crumbs == [("Start", "/"), ("Social hållbarhet", top.get_absolute_url())]


def test_a_page_cannot_lie_on_a_fourth_level():
    third = PageFactory(parent=PageFactory(parent=PageFactory()))
    fourth = PageFactory.build(parent=third, unit=third.unit)

    with pytest.raises(ValidationError, match="högst tre nivåer"):
        fourth.full_clean()


def test_a_page_cannot_lie_under_itself():
    top = PageFactory()
    top.parent = PageFactory(parent=top)

    with pytest.raises(ValidationError, match="under sig själv"):
        top.full_clean()


def test_two_pages_at_the_same_place_cannot_share_an_address():
    PageFactory(slug="om-oss")
    twin = PageFactory.build(slug="om-oss", unit=None)

    with pytest.raises(ValidationError, match="redan den adressen"):
        twin.full_clean()


def test_the_way_back_leaves_out_a_page_that_is_no_longer_public(client):
    top = PageFactory(state=State.WITHDRAWN)
    page = PageFactory(parent=top)

    assert client.get(page.get_absolute_url()).context["breadcrumbs"] == [("Start", "/")]
    assert page.get_absolute_url() in client.get("/webbplatskarta/").text


def test_a_page_names_its_contact_with_a_number_to_call(client):
    page = PageFactory(contact=ContactFunctionFactory(phone="0520-49 79 70"))

    assert 'href="tel:+46520497970"' in client.get(page.get_absolute_url()).text


# Resources


def test_a_file_says_its_type_and_size(client):
    Resource.objects.create(title_sv="Färdplan", file=ContentFile(b"x" * 250_000, "fardplan.pdf"))

    text = client.get("/vill-du-veta-mer/").text

    assert "PDF" in text
    assert "244,1\N{NO-BREAK SPACE}kB" in text or "250\N{NO-BREAK SPACE}kB" in text


def test_a_link_to_another_site_names_the_site(client):
    Resource.objects.create(
        title_sv="Policyn", kind="link", url="https://www.trollhattan.se/policy/"
    )

    assert "trollhattan.se" in client.get("/vill-du-veta-mer/").text


def test_a_resource_without_file_or_address_is_named_without_a_link(client):
    Resource.objects.create(title_sv="Mål- och resursplan")

    text = client.get("/vill-du-veta-mer/").text

    assert "Mål- och resursplan" in text
    assert 'href=""' not in text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//ond.example"])
def test_a_dangerous_address_is_refused_wherever_it_comes_from(address):
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.create(title_sv="Länk", kind="link", url=address)


def test_a_resource_is_a_file_or_an_address_and_not_both():
    both = Resource(title_sv="Plan", file="documents/plan.pdf", url="https://www.trollhattan.se/")

    with pytest.raises(ValidationError, match="inte båda"):
        both.full_clean()


def test_a_document_that_has_not_changed_is_not_sent_again(client):
    resource = Resource.objects.create(title_sv="Plan", file=ContentFile(b"%PDF-1.7", "plan.pdf"))
    etag = client.head(resource.href).headers["ETag"]

    assert client.get(resource.href, headers={"if-none-match": etag}).status_code == 304


def test_an_uploaded_document_can_be_fetched(client):
    resource = Resource.objects.create(title_sv="Plan", file=ContentFile(b"%PDF-1.7", "plan.pdf"))

    response = client.get(resource.href)
    response.close()

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"


def test_a_file_that_no_resource_refers_to_is_not_sent(client, settings):
    folder = settings.MEDIA_ROOT / "documents"
    folder.mkdir(parents=True)
    (folder / "hemligt.pdf").write_bytes(b"%PDF-1.7")

    assert client.get("/media/documents/hemligt.pdf").status_code == 404


# Charts


def test_rows_of_a_chart_are_read_as_people_write_numbers():
    assert [(label, str(value)) for label, value in parse_rows("Riket; 4,1\nVänersborg;4.5")] == [
        ("Riket", "4.1"),
        ("Vänersborg", "4.5"),
    ]


@pytest.mark.parametrize("text", ["Riket", "Riket; fyra", "; 4,1", "Riket; -1", "Riket; NaN"])
def test_a_row_that_cannot_be_read_is_named(text):
    with pytest.raises(ValidationError, match="Rad 1"):
        parse_rows(text)


def test_bars_are_as_long_as_their_numbers():
    chart = Chart(unit_label_sv="kr", rows_sv="Trollhättan; 4,4\nHälften; 2,2")

    assert [(bar["label"], bar["value"], bar["width"]) for bar in chart.bars] == [
        ("Trollhättan", "4,4\N{NO-BREAK SPACE}kr", 100),
        ("Hälften", "2,2\N{NO-BREAK SPACE}kr", 50),
    ]


def test_a_chart_of_nothing_but_zeros_can_be_drawn():
    assert Chart(rows_sv="Riket; 0").bars[0]["width"] == 0


def test_a_chart_speaks_in_words_and_in_a_table_with_source_and_period(client):
    chart = Chart.objects.create(
        title_sv="Öppet arbetslösa 18–24 år",
        summary_sv="Trollhättan ligger över riket.",
        unit_label_sv="procent",
        period_sv="årsmedel 2024",
        source_sv="Regionfakta (Arbetsförmedlingen)",
        rows_sv="Trollhättan; 4,4\nRiket; 4,1",
    )
    StartPageFactory(facts_title_sv="Fakta", facts_chart=chart)

    text = client.get("/").text

    for part in ("<caption", 'scope="row"', "årsmedel 2024", "Regionfakta", "Trollhättan ligger"):
        assert part in text


# Accessibility statement


def statement(**values):
    return AccessibilityStatement.objects.create(
        actor_sv="Trollhättans Stad",
        service_sv="Med plats för alla",
        conformance="partial",
        assessed_on=date(2026, 11, 20),
        updated_on=date(2026, 11, 21),
        method="self",
        feedback_unit=ContactUnitFactory(email="kontaktcenter@example.se"),
        **values,
    )


def test_what_the_statement_lacks_is_marked_as_swedish_and_breaks_no_attribute(client):
    statement(supervisor_name_sv="Myndigheten")

    text = client.get("/fi/tillganglighetsredogorelse/").text

    assert '<span lang="sv" dir="ltr">Myndigheten</span>' in text
    description = re.search(r'<meta name="description" content="([^"]*)">', text)[1]
    assert description == "Saavutettavuusseloste"  # no Swedish where none can be marked


def test_a_new_statement_names_the_supervisor_in_swedish_alone(client):
    client.force_login(AdministratorFactory())

    page = client.get("/admin/pages/accessibilitystatement/add/")

    form = page.context["adminform"].form
    assert form["supervisor_name_sv"].value() == "Myndigheten för digital förvaltning (Digg)"
    assert not form["supervisor_name_fi"].value()


def test_the_statement_has_all_parts_of_the_law(client):
    one = statement(outside_the_law_sv="Äldre filmer omfattas inte.")
    one.shortcomings.create(description_sv="Kartan saknar textalternativ.")
    one.shortcomings.create(
        description_sv="Filmerna saknar syntolkning.",
        reason="burden",
        burden_reasons_sv="Kostnaden är för hög.",
    )

    text = client.get("/tillganglighetsredogorelse/").text

    for part in (
        "Trollhättans Stad",
        "Med plats för alla",
        "delvis förenlig",
        "Kartan saknar textalternativ.",
        "oskäligt betungande",
        "Kostnaden är för hög.",
        "20\N{NO-BREAK SPACE}november 2026",
        "21\N{NO-BREAK SPACE}november 2026",
        "självskattning",
        "mailto:kontaktcenter@example.se",
        "https://www.digg.se/tdosanmalan",
        "Äldre filmer omfattas inte.",
    ):
        assert part in text


def test_who_reports_a_fault_need_not_say_on_which_page(client):
    statement()

    text = client.get("/tillganglighetsredogorelse/", {"sida": "/nyheter/"}).text

    assert "/nyheter/" in text


@pytest.mark.parametrize("address", ["//ond.example", "https://ond.example", "javascript:alert(1)"])
def test_only_pages_of_the_site_are_taken_as_the_page_with_the_fault(client, address):
    statement()

    assert address not in client.get("/tillganglighetsredogorelse/", {"sida": address}).text


# Site map


def test_the_site_map_leads_to_every_kind_of_page(client):
    area, page, unit = FocusAreaFactory(), PageFactory(), ContactUnitFactory()
    initiative = InitiativeFactory(focus_area=area)
    below = PageFactory(parent=page)

    text = client.get("/webbplatskarta/").text

    for thing in (area, page, unit, initiative, below):
        assert f'href="{thing.get_absolute_url()}"' in text


# An empty site


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/fokusomraden/",
        "/insatser/",
        "/nyheter/",
        "/kontakt/",
        "/vill-du-veta-mer/",
        "/webbplatskarta/",
        "/nyheter/rss.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/manifest.webmanifest",
    ],
)
def test_an_empty_database_gives_a_usable_site(client, address):
    assert client.get(address).status_code == 200


def test_no_link_on_an_empty_site_is_dead(client):
    links = set(re.findall(r'href="(/[^"#]*)"', client.get("/").text))
    pages = {link for link in links if not link.startswith("/static/")}

    assert {link: client.get(link).status_code for link in pages} == dict.fromkeys(pages, 200)


# Another municipality


def test_another_municipality_meets_its_own_name_only(client, settings):
    settings.ERROR_PAGE_SENDER = "Exempelkommun"
    SiteSettingsFactory(
        name_sv="Exempelkommun tillsammans",
        sender_sv="Exempelkommun",
        word_mark_sv="Exempelkommun",
        contact_unit=ContactUnitFactory(name_sv="Medborgarservice", phone="010-123 45 67"),
    )
    StartPageFactory(title_sv="Exempelkommun tillsammans")
    things = [NewsItemFactory(), PageFactory(), InitiativeFactory(), FocusAreaFactory()]
    addresses = ["/", "/nyheter/", "/kontakt/", "/finns-inte/", "/webbplatskarta/", "/insatser/"]

    for address in [*addresses, *(thing.get_absolute_url() for thing in things)]:
        text = client.get(address).text
        assert "Exempelkommun" in text
        assert "Trollhättan" not in text
