"""Sharing a text with people without account: by whom, which text, and for how long."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from publishing.models import Action, ShareLink, Version
from tests.admin_forms import staff
from tests.factories import AdministratorFactory, InitiativeFactory, NewsItemFactory, UserFactory
from tests.situations import DAY, NOW, history

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def writer():
    return staff("Redaktörer")


@pytest.fixture
def item(writer):
    """A draft with two versions."""
    item = NewsItemFactory(draft=True)
    item.save_draft(by=writer, values={"lead_sv": "Sedan."})
    return item


def test_a_link_is_open_for_seven_days(item, writer):
    link = item.share(by=writer)

    assert link.expires_at == NOW + 7 * DAY
    assert [ShareLink.objects.open(NOW + days * DAY).exists() for days in (6, 7)] == [True, False]


def test_a_link_is_to_the_text_that_is_newest_when_it_is_made(item, writer):
    link = item.share(by=writer)
    item.save_draft(by=writer, values={"lead_sv": "Ännu senare."})

    assert ShareLink.objects.get(pk=link.pk).version.data["lead_sv"] == "Sedan."


def test_sharing_and_revoking_stand_in_the_history(item, writer):
    link = item.share(by=writer, version=Version.objects.of(item).first(), days=2)
    item.stop_sharing(link, by=writer)

    shared, revoked = Version.objects.of(item).order_by("-number")[:2][::-1]
    assert [shared.action, revoked.action] == [Action.SHARED, Action.UNSHARED]
    assert [shared.by, revoked.by] == [writer, writer]
    assert [shared.status["shared"], revoked.status["shared"]] == [1, 1]


def test_what_has_no_history_yet_gets_one_when_it_is_shared(writer):
    item = NewsItemFactory()

    link = item.share(by=writer)

    assert history(item) == [Action.IMPORTED, Action.SHARED]
    assert link.version.number == 1


@pytest.mark.parametrize("days", [0, 31, -1])
def test_a_link_is_open_for_a_day_at_least_and_thirty_at_most(item, writer, days):
    with pytest.raises(ValidationError, match="En länk kan gälla i 1–30 dagar."):
        item.share(by=writer, days=days)


def test_only_a_text_of_the_item_itself_is_shared(item, writer):
    other = InitiativeFactory()
    other.save_draft(by=AdministratorFactory(), values={"lead_sv": "Annat."})

    with pytest.raises(ValidationError, match="Versionen hör till något annat."):
        item.share(by=writer, version=Version.objects.of(other).last())


def test_an_act_without_text_is_not_shared(item, writer):
    item.submit(by=writer)

    with pytest.raises(ValidationError, match="Den händelsen har ingen text att visa."):
        item.share(by=writer, version=Version.objects.of(item).last())


def test_who_may_not_change_an_item_neither_shares_nor_revokes(item, writer):
    link, stranger = item.share(by=writer), UserFactory()

    with pytest.raises(PermissionDenied, match="Du har inte rätt att dela nyheter."):
        item.share(by=stranger)
    with pytest.raises(PermissionDenied, match="Du har inte rätt att sluta dela nyheter."):
        item.stop_sharing(link, by=stranger)

    assert ShareLink.objects.get().is_open()


def test_a_link_is_revoked_once_and_by_way_of_its_own_item(item, writer):
    link, other = item.share(by=writer), NewsItemFactory()

    with pytest.raises(ValidationError, match="Länken gäller inte längre."):
        other.stop_sharing(link, by=writer)
    item.stop_sharing(link, by=writer)
    with pytest.raises(ValidationError, match="Länken gäller inte längre."):
        item.stop_sharing(link, by=writer)
