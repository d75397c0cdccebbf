"""What is published with an accessibility flaw is proposed to the accessibility statement."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pages.models import Shortcoming
from publishing.history import drifted_rows
from publishing.models import Exemption, Override, Track
from publishing.rechecking import recheck
from tests.admin_forms import admin_url, messages_of, staff
from tests.factories import NewsItemFactory
from tests.kinds import statement

pytestmark = pytest.mark.django_db
SKIPPED = "<h3>Öppet</h3><p>Alltid.</p>"


@pytest.fixture
def administrator(client):
    client.user = staff("Administratörer")
    client.force_login(client.user)
    return client


def exempted(**columns):
    item = NewsItemFactory(draft=True, title_sv="Branden", **{"body_sv": SKIPPED, **columns})
    accepted = frozenset(flaw.fingerprint for flaw in item.obstacles())
    mend_by = timezone.localdate() + timedelta(days=7)
    item.publish(by=staff("Publicister"), override=Override(accepted, "Det brinner.", mend_by))
    recheck([item])
    return Exemption.objects.get(object_id=item.pk)


def proposals(item):
    return admin_url(item, "proposals", item.pk)


def test_an_exemption_is_proposed_with_its_page_its_reason_and_its_day(administrator):
    exemption = exempted()

    page = administrator.get(proposals(statement()))

    assert exemption.described() in page.text
    assert "På sidan ”Branden”: rubrikerna hoppar över en nivå" in exemption.described()
    assert "Det brinner." in page.text


def test_the_form_says_how_many_are_proposed(administrator):
    exempted()

    page = administrator.get(admin_url(statement(), "change"))

    assert "Föreslagna brister (1)" in page.text


def test_what_is_no_question_of_accessibility_is_not_proposed():
    exempted(body_sv="", lead_sv="")

    assert not Exemption.objects.proposed().exists()


def test_what_has_been_mended_is_not_proposed():
    exemption = exempted()
    item = exemption.item()
    item.save_draft(by=staff("Redaktörer"), values={"body_sv": "<p>Rättat.</p>"})
    item.publish(by=staff("Publicister"))
    recheck([item])

    assert not Exemption.objects.proposed().exists()


def test_what_is_added_stands_in_the_statement_for_residents(administrator, client):
    item, exemption = statement(), exempted()

    administrator.post(proposals(item), {"exemption": exemption.pk})

    assert exemption.described() in client.get("/tillganglighetsredogorelse/").text
    item.refresh_from_db()
    assert item.updated_on == timezone.localdate()
    assert Track.find(item).newest.by == administrator.user
    assert not [track for track in drifted_rows() if track.kind.startswith("pages.acc")]


def test_what_has_been_added_is_not_proposed_again(administrator):
    item, exemption = statement(), exempted()

    for _ in range(2):
        page = administrator.post(proposals(item), {"exemption": exemption.pk}, follow=True)

    assert Shortcoming.objects.filter(description_sv=exemption.described()).count() == 1
    assert messages_of(page) == ["Förslaget finns inte längre."]


def test_a_statement_that_says_there_are_none_is_to_be_changed_first(administrator):
    item, exemption = statement(), exempted()
    item.shortcomings.all().delete()
    item.conformance = "full"
    item.save()

    page = administrator.post(proposals(item), {"exemption": exemption.pk}, follow=True)

    assert "helt förenlig" in messages_of(page)[0]
    assert not Shortcoming.objects.exists()
    assert Exemption.objects.proposed().exists()


@pytest.mark.parametrize("role", ["Redaktörer", "Publicister"])
def test_others_may_not_change_the_statement(client, role):
    item, exemption, user = statement(), exempted(), staff(role)
    client.force_login(user)

    assert client.post(proposals(item), {"exemption": exemption.pk}).status_code == 403
    with pytest.raises(PermissionDenied):
        item.add_shortcoming(exemption, by=user)


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40, "-1"])
def test_odd_requests_add_nothing(administrator, key):
    item = statement()
    exempted()

    page = administrator.post(proposals(item), {"exemption": key}, follow=True)

    assert page.status_code == 200
    assert Shortcoming.objects.count() == 1


@pytest.mark.parametrize("key", ["2", "x", "9" * 40])
def test_a_statement_that_is_not_there_is_not_found(administrator, key):
    statement()

    address = f"/admin/pages/accessibilitystatement/{key}/forslag/"

    assert administrator.get(address).status_code == 404


def test_the_verb_refuses_what_the_law_refuses():
    item, exemption = statement(), exempted()
    item.conformance = "full"
    item.save()

    with pytest.raises(ValidationError):
        item.add_shortcoming(exemption, by=staff("Administratörer"))
