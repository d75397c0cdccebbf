"""Who is logged out while writing logs in again, and finds the text in the form."""

from html import unescape

import pytest
from django.test import Client

from news.models import NewsItem
from publishing.models import OpenForm
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import ContactUnitFactory, NewsItemFactory, OpeningHoursFactory
from tests.people import Person
from tests.test_unsaved import form_in

pytestmark = pytest.mark.django_db
PASSWORD = "en-sluss-vid-fallen"


@pytest.fixture
def anna(client):
    client.user = staff("Publicister")
    client.user.set_password(PASSWORD)
    client.user.save()
    client.force_login(client.user)
    return client


def log_in(anna, page, address, password=PASSWORD):
    fields = form_in(page) | {"login": anna.user.username, "password": password, "_log_in": "1"}
    return anna.post(address, fields)


def test_a_text_that_comes_without_a_session_comes_back_after_logging_in(anna):
    item = NewsItemFactory(draft=True)
    address = admin_url(item, "change")
    form = filled_in(anna.get(address), lead_sv="Min ingress.", _publish="")
    anna.logout()

    asked = anna.post(address, form)
    told = log_in(anna, asked, address)
    page = anna.post(address, form_in(told))

    assert asked.status_code == 403
    assert "Logga in igen" in asked.text
    assert page.status_code == 200
    assert filled_in(page)["lead_sv"] == "Min ingress."
    item.refresh_from_db()
    assert (item.lead_sv, item.is_published()) != ("Min ingress.", True)


def test_it_is_saved_when_its_writer_saves_it(anna):
    item = NewsItemFactory(draft=True)
    address = admin_url(item, "change")
    form = filled_in(anna.get(address), lead_sv="Min ingress.")
    anna.logout()
    told = log_in(anna, anna.post(address, form), address)

    anna.post(address, filled_in(anna.post(address, form_in(told))))

    item.refresh_from_db()
    assert item.lead_sv == "Min ingress."


def test_a_new_text_and_its_rows_come_back_too(anna):
    unit = ContactUnitFactory()
    address = admin_url(unit, "change")
    OpeningHoursFactory(unit=unit)
    form = filled_in(anna.get(address), name_sv="Nytt namn")
    rows = next(name.partition("-0-")[0] for name in form if name.endswith("-0-opens"))
    form[f"{rows}-0-opens"] = "07:15"
    anna.logout()

    told = log_in(anna, anna.post(address, form), address)
    page = anna.post(address, form_in(told))

    again = filled_in(page)
    assert again["name_sv"] == "Nytt namn"
    assert again[f"{rows}-0-opens"] == "07:15"


def test_a_wrong_password_keeps_the_text(anna):
    address = admin_url(NewsItem, "add")
    form = filled_in(anna.get(address), lead_sv="Min ingress.")
    anna.logout()

    page = log_in(anna, anna.post(address, form), address, "fel")

    assert "stämmer inte" in page.text
    assert form_in(page)["lead_sv"] == "Min ingress."
    assert "fel" not in form_in(page).values()


def test_too_many_wrong_passwords_keep_the_text(anna):
    address = admin_url(NewsItem, "add")
    form = filled_in(anna.get(address), lead_sv="Min ingress.")
    anna.logout()
    page = anna.post(address, form)
    for _attempt in range(6):
        answer = log_in(anna, page, address, "fel")

    assert answer.status_code == 429
    assert form_in(answer)["lead_sv"] == "Min ingress."
    assert "login" not in form_in(answer)
    assert form_in(anna.post(address, form_in(answer)))["lead_sv"] == "Min ingress."


def test_no_password_is_carried_on(anna):
    address = admin_url(NewsItem, "add")
    anna.logout()

    told = log_in(anna, anna.post(address, {"lead_sv": "Min ingress."}), address)

    assert {"login", "password", "_log_in"}.isdisjoint(form_in(told))
    assert PASSWORD not in told.text


def test_nothing_is_kept_of_what_a_stranger_sends(client):
    client.post(admin_url(NewsItem, "add"), {"lead_sv": "Min ingress."})

    assert not OpenForm.objects.exists()
    assert not NewsItem.objects.exists()


def test_who_may_not_write_gets_no_form_after_logging_in(anna):
    anna.user.groups.clear()
    address = admin_url(NewsItemFactory(), "change")
    anna.logout()
    told = log_in(anna, anna.post(address, {"lead_sv": "Min ingress."}), address)

    assert anna.post(address, form_in(told)).status_code == 403


# A token that has been renewed, as by logging in in another window


@pytest.fixture
def strict(anna):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna.user)
    return strict


def with_token(page):
    return Person(0).read(page, "").fields["csrfmiddlewaretoken"][0]


def test_a_text_with_an_old_token_comes_back_into_the_form(anna, strict):
    item = NewsItemFactory(draft=True)
    address = admin_url(item, "change")
    form = filled_in(strict.get(address), lead_sv="Min ingress.")

    told = strict.post(address, form | {"csrfmiddlewaretoken": "a" * 64})
    again = form_in(told) | {"csrfmiddlewaretoken": with_token(told)}
    page = strict.post(address, again)

    assert told.status_code == 403
    assert "Det du skickade är inte sparat" in unescape(told.text)
    assert filled_in(page)["lead_sv"] == "Min ingress."
    item.refresh_from_db()
    assert item.lead_sv != "Min ingress."


def test_nobody_is_logged_in_by_a_request_without_its_token(anna):
    address = admin_url(NewsItemFactory(), "change")
    stranger = Client(enforce_csrf_checks=True)
    lure = {"login": anna.user.username, "password": PASSWORD, "_log_in": "1", "lead_sv": "Text."}

    page = stranger.post(address, lure)

    assert page.status_code == 403
    assert "Logga in igen" in page.text
    assert "sessionid" not in stranger.cookies
    assert PASSWORD not in page.text


def test_what_another_site_sends_is_not_shown(strict):
    address, lure = admin_url(NewsItemFactory(), "change"), {"lead_sv": "Lurad."}

    page = strict.post(address, lure, headers={"Origin": "https://ond.example"})

    assert page.status_code == 403
    assert "Lurad" not in page.text


@pytest.mark.parametrize("address", ["/admin/papperskorg/", "/konto/login/", "/admin/kladd/"])
def test_elsewhere_a_form_without_its_token_is_refused_as_before(strict, address):
    page = strict.post(address, {"lead_sv": "Min ingress."})

    assert page.status_code == 403
    assert "Min ingress" not in page.text


@pytest.mark.parametrize(
    "odd", [{"unit": "abc"}, {"focus_areas": ["x", "9" * 40]}, {"base_version": "många"}]
)
def test_odd_values_only_fill_the_form_or_are_refused(anna, odd):
    address = admin_url(NewsItemFactory(), "change")

    assert anna.post(address, {"_fill": "1", **odd}).status_code in (200, 400)
