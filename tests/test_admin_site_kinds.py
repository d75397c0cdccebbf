"""What is particular to the kinds of the site: settings, notices, files, the statement."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from pages.models import AccessibilityStatement, Notice, Resource, Shortcoming, SiteSettings
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    ContactUnitFactory,
    MenuItemFactory,
    NoticeFactory,
    PageFactory,
    SiteSettingsFactory,
    StartPageFactory,
)

pytestmark = pytest.mark.django_db

# One row


@pytest.mark.parametrize("factory", [SiteSettingsFactory, StartPageFactory])
def test_the_list_of_one_row_is_its_form(admin_client, factory):
    item = factory()

    response = admin_client.get(admin_url(item, "changelist"))

    assert response.url == admin_url(item, "change")


def test_a_new_site_starts_with_an_empty_form(admin_client):
    response = admin_client.get(admin_url(SiteSettings, "changelist"))

    assert response.url == admin_url(SiteSettings, "add")


def test_there_is_no_second_row(admin_client):
    SiteSettingsFactory()

    assert admin_client.get(admin_url(SiteSettings, "add")).status_code == 403


def test_a_menu_entry_leads_to_a_section_or_a_page_but_not_nowhere(admin_client):
    item = MenuItemFactory()
    address = admin_url(item.site, "change")
    data = filled_in(admin_client.get(address), **{"menu-0-section": ""})

    page = admin_client.post(address, data)

    assert "Välj antingen en del av webbplatsen eller en sida." in page.content.decode()


def test_the_rows_of_the_menu_have_no_ways_out_beside_their_choices(admin_client):
    page = admin_client.get(admin_url(MenuItemFactory().site, "change"))

    [inline] = page.context["inline_admin_formsets"]
    assert 'name="menu-0-page"' in page.content.decode()
    assert "related-widget-wrapper-link" not in str(inline.formset.forms[0]["page"])


# Pages


def test_pages_are_listed_as_the_tree_they_form(admin_client):
    about = PageFactory(title_sv="Om", slug="om")
    PageFactory(title_sv="Om oss", slug="om-oss")
    child = PageFactory(title_sv="Kakor", slug="kakor", parent=about)
    PageFactory(title_sv="Vilka", slug="vilka", parent=child)

    page = admin_client.get("/admin/pages/page/")

    assert [str(row) for row in page.context["cl"].result_list] == [
        "Om",
        "Kakor",
        "Vilka",
        "Om oss",
    ]


# Notices


def test_a_new_notice_starts_now_and_comes_from_the_site(admin_client):
    SiteSettingsFactory(sender_sv="Trollhättans Stad")

    with time_machine.travel("2026-03-02 12:34:56+01:00", tick=False):
        page = admin_client.get(admin_url(Notice, "add"))

    form = page.context["adminform"].form
    assert form["sender_sv"].value() == "Trollhättans Stad"
    assert filled_in(page)["starts_at_0"] == datetime.date(2026, 3, 2)
    assert 'value="12:34"' in page.content.decode()


def test_a_notice_that_is_shown_can_be_stopped_from_its_form(admin_client):
    notice = NoticeFactory()
    address = admin_url(notice, "change")

    page = admin_client.post(address, filled_in(admin_client.get(address), _stop="1"), follow=True)

    assert not Notice.objects.active().exists()
    assert messages_of(page) == [f"”{notice.text}” visas inte längre för besökarna."]


def test_a_notice_that_is_over_has_no_stop_button(admin_client):
    over = datetime.datetime(2024, 6, 7, tzinfo=datetime.UTC)
    notice = NoticeFactory(starts_at=over, ends_at=over + datetime.timedelta(hours=1))

    page = admin_client.get(admin_url(notice, "change"))

    assert "Sluta visa nu" not in page.content.decode()


def test_a_link_in_a_notice_needs_its_words(admin_client):
    notice = NoticeFactory()
    address = admin_url(notice, "change")

    page = admin_client.post(
        address, filled_in(admin_client.get(address), link="https://www.trollhattan.se/")
    )

    assert "Skriv vad länken leder till." in page.content.decode()


# Files


def send_file(client, name, content, **fields):
    file = SimpleUploadedFile(name, content)
    data = {"kind": "document", "title_sv": "Färdplan", "order": "100", "file": file, **fields}
    return client.post(admin_url(Resource, "add"), data)


def errors_of(response, field):
    return response.context["adminform"].form.errors.get(field)


def test_a_file_gets_a_name_in_ascii(admin_client):
    send_file(admin_client, "Färdplan för Älvstaden (slutlig).PDF", b"%PDF-1.7 ...")

    assert Resource.objects.get().file.name == "documents/fardplan-for-alvstaden-slutlig.pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"<html><script>alert(1)</script>"),
        ("plan.docx", b"%PDF-1.7"),
        ("siffror.csv", b"MZ\x00\x00"),
    ],
)
def test_a_file_must_be_what_its_name_says(admin_client, name, content):
    response = send_file(admin_client, name, content)

    assert "innehåller något annat" in errors_of(response, "file")[0]


@pytest.mark.parametrize("name", ["sida.html", "bild.svg", "program.exe", "utan-andelse"])
def test_only_documents_are_taken(admin_client, name):
    response = send_file(admin_client, name, b"<svg></svg>")

    assert errors_of(response, "file")


def test_a_file_of_more_than_20_megabytes_is_refused(admin_client):
    response = send_file(admin_client, "plan.pdf", b"%PDF-" + bytes(20 * 1024 * 1024))

    assert errors_of(response, "file") == ["Filen är för stor: högst 20\N{NO-BREAK SPACE}MB."]


def test_a_resource_is_a_file_or_an_address_but_not_both(admin_client):
    response = send_file(admin_client, "plan.pdf", b"%PDF-1.7", url="https://www.digg.se/")

    assert errors_of(response, "url") == ["Välj antingen en fil eller en adress, inte båda."]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "www.digg.se"])
def test_an_address_begins_as_an_address_does(admin_client, url):
    data = {"kind": "link", "title_sv": "Färdplan", "order": "100", "url": url}

    response = admin_client.post(admin_url(Resource, "add"), data)

    assert errors_of(response, "url") == ["Börja adressen med https://, tel: eller mailto:"]


# The accessibility statement: lag (2018:1937)

Conformance = AccessibilityStatement.Conformance
NO_FLAW = "Beskriv minst en brist, eller välj helt förenlig om det inte finns någon."


def statement(**facts):
    return AccessibilityStatement.objects.create(
        **{
            "actor_sv": "Trollhättans Stad",
            "service_sv": "Trollhättan – med plats för alla",
            "conformance": Conformance.PARTIAL,
            "assessed_on": datetime.date(2026, 3, 2),
            "updated_on": datetime.date(2026, 3, 2),
            "method": AccessibilityStatement.Method.SELF_ASSESSMENT,
            "feedback_unit": ContactUnitFactory(),
            **facts,
        }
    )


def save_statement(client, item, **changes):
    address = admin_url(item, "change")
    return client.post(address, filled_in(client.get(address), **changes), follow=True)


def test_full_conformance_with_shortcomings_is_refused(admin_client):
    item = statement()
    Shortcoming.objects.create(statement=item, description_sv="Bilden saknar text.")

    page = save_statement(admin_client, item, conformance=Conformance.FULL)

    item.refresh_from_db()
    assert "kan inte vara helt förenlig med lagen när det finns brister" in page.content.decode()
    assert item.conformance == Conformance.PARTIAL


@pytest.mark.parametrize("verdict", [Conformance.PARTIAL, Conformance.NONE])
def test_another_verdict_without_shortcomings_is_refused(admin_client, verdict):
    item = statement(conformance=Conformance.FULL)

    page = save_statement(admin_client, item, conformance=verdict)

    item.refresh_from_db()
    assert NO_FLAW in page.content.decode()
    assert item.conformance == Conformance.FULL


def test_a_shortcoming_that_is_being_deleted_does_not_count(admin_client):
    item = statement()
    Shortcoming.objects.create(statement=item, description_sv="Bilden saknar text.")

    page = save_statement(admin_client, item, **{"shortcomings-0-DELETE": "on"})

    assert NO_FLAW in page.content.decode()


def test_a_disproportionate_burden_needs_its_reasons(admin_client):
    item = statement()
    Shortcoming.objects.create(statement=item, description_sv="Filmen saknar text.")

    page = save_statement(admin_client, item, **{"shortcomings-0-reason": "burden"})

    sentence = "Skriv varför det är oskäligt betungande att åtgärda ”Filmen saknar text”."
    assert sentence in page.content.decode()


def test_a_statement_that_fits_the_law_is_saved(admin_client):
    item = statement()
    Shortcoming.objects.create(statement=item, description_sv="Filmen saknar text.")

    save_statement(
        admin_client,
        item,
        **{"shortcomings-0-reason": "burden", "shortcomings-0-burden_reasons_sv": "För dyrt."},
    )

    assert item.shortcomings.get().burden_reasons == "För dyrt."


@pytest.mark.parametrize(("today", "is_old"), [("2027-03-02", False), ("2027-03-03", True)])
def test_an_assessment_older_than_365_days_is_pointed_out(client, admin_user, today, is_old):
    item = statement()

    with time_machine.travel(f"{today} 12:00+01:00"):
        client.force_login(admin_user)
        page = client.get(admin_url(item, "change"))

    assert any("äldre än ett år" in each for each in messages_of(page)) == is_old


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_a_year_is_written_without_a_space(client, page):
    resource = Resource.objects.create(title="En plan", url="https://a.example/", year=2021)
    client.force_login(staff("Redaktörer"))

    html = client.get(admin_url(resource if page == "change" else Resource, page)).text

    assert "2021" in html
    assert "2\N{NO-BREAK SPACE}021" not in html
