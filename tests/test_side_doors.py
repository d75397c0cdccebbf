"""Who gets in by each door of the back office: one line of tests/doors.py for each of its views."""

import pytest
from django.contrib.contenttypes.models import ContentType

from publishing.models import ReviewedFact
from tests import doors
from tests.admin_forms import admin_url
from tests.factories import ContactUnitFactory, NewsItemFactory, UserFactory

pytestmark = pytest.mark.django_db


def page_address(item, page):
    if page in ("changelist", "csv", "add", "start", "upload", "texts", "doubles"):
        return admin_url(item, page)
    if page == "act":
        verb = "mark_reviewed" if isinstance(item, ReviewedFact) else "submit"
        return f"{admin_url(item, 'act', verb)}?id={item.pk}"
    with_number = ("version", "version_preview", "version_aloud", "restore", "erase")
    numbers = [1] if page in with_number else []
    numbers = [1, "sv"] if page == "version_page" else numbers
    if page == "password_change":
        return f"/admin/auth/user/{item.pk}/password/"
    query = "?fran=1&till=2" if page == "compare" else ""
    return admin_url(item, page, item.pk, *numbers) + query


def answer_of(client, address):
    """The status, or "log in"."""
    response = client.get(address)
    if response.status_code == 302 and "/login/" in response.url:
        return "log in"
    if response.status_code in (403, 404):
        assert '<html lang="sv"' in response.text
    return response.status_code


def expected(who, may, opened=200, refused=403):
    if who in may:
        return opened
    return "log in" if who in doors.STRANGERS else refused


def test_every_view_of_the_admin_has_its_line():
    named, nameless = doors.views_of_admin()

    pages = [(kind, page) for kind in doors.LOOK for page in doors.LOOK[kind]]
    pages += [(kind, page) for kind in doors.PUBLISHED for page in doors.SHOWN_TO_ONE]
    lines = {f"{kind.replace('.', '_')}_{page}" for kind, page in pages}

    assert set(named) == lines | {*doors.ALONE, *doors.LOG_IN, *doors.ONLY_SENT_TO}
    assert nameless == doors.NAMELESS


@pytest.mark.parametrize("kind", doors.KINDS)
def test_each_page_of_a_kind_is_opened_by_those_who_may_and_changes_nothing(kind):
    item, people = doors.with_history(kind), doors.clients()

    before = doors.database()

    answers = {
        (page, who): answer_of(client, page_address(item, page))
        for page in doors.LOOK[kind]
        for who, client in people.items()
    }

    assert answers == {
        (page, who): expected(who, may, 302 if (kind, page) in doors.LEADING_ON else 200)
        for page, may in doors.LOOK[kind].items()
        for who in people
    }
    assert doors.database() == before


@pytest.mark.parametrize("name", doors.ALONE)
def test_each_page_of_no_kind_is_opened_by_those_who_may(name):
    address, may, refused = doors.ALONE[name]

    answers = {who: answer_of(client, address) for who, client in doors.clients().items()}

    assert answers == {who: expected(who, may, refused=refused) for who in doors.PEOPLE}


def test_no_short_cut_leads_the_staff_to_the_address_of_a_draft(client):
    """As Django's admin has one, which asks for no right."""
    item = NewsItemFactory(draft=True, slug="hemlig")
    client.force_login(UserFactory())
    kind = ContentType.objects.get_for_model(item)

    response = client.get(f"/admin/r/{kind.pk}/{item.pk}/")

    assert response.status_code == 404
    assert "hemlig" not in response.headers.get("Location", "")


@pytest.mark.parametrize("factory", [ContactUnitFactory, NewsItemFactory])
def test_the_form_of_what_residents_see_leads_to_its_page(admin_client, factory):
    item = factory()

    page = admin_client.get(admin_url(item, "change"))

    assert f'href="{item.get_absolute_url()}"' in page.text
