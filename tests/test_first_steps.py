"""From an empty database to a site: what the first administrator does after createsuperuser."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

from contacts.models import ContactUnit
from tests.admin_forms import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_administrator(client):
    call_command(
        "createsuperuser",
        username="forst",
        email="forst@example.se",
        interactive=False,
        verbosity=0,
    )
    client.force_login(get_user_model().objects.get(username="forst"))
    return client


def add(client, model, **fields):
    address = reverse(f"admin:{model}_add")
    return client.post(address, filled_in(client.get(address), **fields), follow=True)


def test_the_first_administrator_makes_a_contact_a_start_page_and_a_news_item(first_administrator):
    add(first_administrator, "contacts_contactunit", name_sv="Kontaktcenter", slug="kontaktcenter")
    text = {"lead_sv": "En ingress i en hel mening.", "unit": ContactUnit.objects.get().pk}
    add(
        first_administrator,
        "pages_startpage",
        title_sv="Med plats för alla",
        _publish="1",
        **text,
    )
    add(
        first_administrator,
        "news_newsitem",
        title_sv="Den första nyheten",
        slug="den-forsta",
        _publish="1",
        **text,
    )

    start = first_administrator.get("/").text

    assert "Med plats för alla" in start
    assert "Den första nyheten" in start
    assert "Kontaktcenter" in first_administrator.get("/kontakt/").text
