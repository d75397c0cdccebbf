"""What was sent and couldn't be saved is given back, to be sent again."""

from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.urls import reverse

from news.models import NewsItem
from publishing.models import Chain
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import AdministratorFactory, FocusAreaFactory, NewsItemFactory, UserFactory
from tests.people import Person
from tests.pictures import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


@pytest.fixture
def busy(monkeypatch):
    """As when nobody lets the database go: PostgreSQL's lock_timeout, SQLite's "is locked"."""

    def refuse():
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(Chain, "lock", refuse)
        yield patch


def form_in(page):
    """{name: value} of what the page's form sends by its button."""
    fields = Person(0).read(page, "").fields
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


# The database is busy


def test_a_busy_database_is_told_and_when_to_try_again(publisher, busy):
    item = NewsItemFactory()
    form = filled_in(publisher.get(admin_url(item, "change")), title_sv="Ny rubrik")

    page = publisher.post(admin_url(item, "change"), form)

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "10"
    assert "Det du skickade är inte sparat" in page.text


def test_what_was_written_is_saved_when_it_is_sent_again(publisher, busy):
    item, area = NewsItemFactory(), FocusAreaFactory()
    body = '<p>”Citat” &amp; <a href="https://a.example/">rapporten om hållbarhet</a></p>'
    changes = {"body_sv": body, "lead_sv": "Ett\r\ntvå", "focus_areas": [area.pk], "_publish": ""}
    form = filled_in(publisher.get(admin_url(item, "change")), **changes)
    page = publisher.post(admin_url(item, "change"), form)
    busy.undo()

    publisher.post(admin_url(item, "change"), form_in(page))

    item.refresh_from_db()
    assert (item.body_sv, item.lead_sv.splitlines()) == (body, ["Ett", "två"])
    assert list(item.focus_areas.all()) == [area]


def test_a_database_that_does_not_answer_at_all_loses_nothing_either(publisher):
    def refuse(*args):
        raise OperationalError("server closed the connection unexpectedly")

    item = NewsItemFactory()

    with connection.execute_wrapper(refuse):
        page = publisher.post(admin_url(item, "change"), {"title_sv": "Min rubrik"})

    assert page.status_code == 503
    assert form_in(page)["title_sv"] == "Min rubrik"


def test_what_is_asked_before_an_act_is_kept_too(publisher, busy):
    item = NewsItemFactory()
    address = reverse("admin:news_newsitem_act", args=["archive"]) + f"?id={item.pk}"

    page = publisher.post(address, {"note": "Gammal & klar"})

    assert form_in(page)["note"] == "Gammal & klar"


def test_passwords_are_not_kept_in_a_page(client, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise OperationalError

    client.force_login(AdministratorFactory())
    password = "en-sluss-vid-fallen"
    person = UserFactory()
    monkeypatch.setattr(User, "save", refuse)

    page = client.post(
        reverse("admin:auth_user_password_change", args=[person.pk]),
        {"usable_password": "true", "password1": password, "password2": password},
    )

    assert page.status_code == 503
    assert form_in(page)["usable_password"] == "true"
    assert password not in page.text


def test_a_file_that_must_be_chosen_again_is_told(client, monkeypatch):
    client.force_login(AdministratorFactory())
    form = {"title": "Torget", "alt_sv": "Ett torg.", "focal_x": "0.5", "focal_y": "0.5"}

    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(Chain, "lock", refuse)

    page = client.post(reverse("admin:images_image_add"), form | {"upload": picture_file()})

    assert page.status_code == 503
    assert "Filer måste du välja en gång till." in page.text


def test_no_cache_keeps_what_was_written(publisher, busy):
    page = publisher.post(admin_url(NewsItemFactory(), "change"), {"title_sv": "Hemligt än"})

    assert "no-store" in page.headers["Cache-Control"]


def test_nothing_of_it_comes_into_the_log(publisher, busy, caplog):
    publisher.post(admin_url(NewsItemFactory(), "change"), {"title_sv": "Hemligt än"})

    assert "OperationalError" in caplog.text
    assert "Hemligt" not in caplog.text


def test_another_fault_is_a_fault(publisher, monkeypatch):
    publisher.raise_request_exception = False
    monkeypatch.setattr(Chain, "lock", None)

    assert publisher.post(admin_url(NewsItemFactory(), "change"), {}).status_code == 500


# What it was written in has been thrown away


def test_who_writes_in_what_another_bins_keeps_the_text(publisher):
    item = NewsItemFactory(draft=True)
    form = filled_in(publisher.get(admin_url(item, "change")), lead_sv="Min ingress.")
    address = admin_url(item, "change")
    item.move_to_bin(by=publisher.user)

    page = publisher.post(address, form)

    assert page.status_code == 409
    assert "Någon har lagt nyhet ”En rubrik” i papperskorgen." in unescape(page.text)
    assert form_in(page)["lead_sv"] == "Min ingress."


def test_it_is_saved_when_it_has_been_taken_up_from_the_bin(publisher):
    item = NewsItemFactory(draft=True)
    form = filled_in(publisher.get(admin_url(item, "change")), lead_sv="Min ingress.")
    address, pk = admin_url(item, "change"), item.pk
    item.move_to_bin(by=publisher.user)
    page = publisher.post(address, form)
    NewsItem.take_out_of_bin(pk, by=publisher.user)

    publisher.post(address, form_in(page))

    assert NewsItem.objects.get(pk=pk).lead_sv == "Min ingress."


def test_it_can_be_saved_as_something_new(publisher):
    item = NewsItemFactory(draft=True)
    form = filled_in(publisher.get(admin_url(item, "change")), lead_sv="Min ingress.")
    address = admin_url(item, "change")
    item.move_to_bin(by=publisher.user)
    page = publisher.post(address, form)

    publisher.post(admin_url(NewsItem, "add"), form_in(page))

    assert f'formaction="{admin_url(NewsItem, "add")}"' in page.text
    assert NewsItem.objects.get().lead_sv == "Min ingress."


def test_what_was_never_there_is_not_said_to_be_in_the_bin(publisher):
    page = publisher.post("/admin/news/newsitem/4711/change/", {"title_sv": "Min rubrik"})

    assert "Den finns inte längre." in page.text


def test_who_may_not_write_is_refused_as_before(client):
    client.force_login(UserFactory())

    assert client.post("/admin/news/newsitem/4711/change/", {}).status_code == 403


@pytest.mark.parametrize("name", ["change", "delete"])
def test_who_opens_what_is_gone_is_led_on_as_before(publisher, name):
    assert publisher.get(f"/admin/news/newsitem/4711/{name}/").status_code == 302
