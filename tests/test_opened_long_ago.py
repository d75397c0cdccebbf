"""A verb of an object that was read long ago holds for the row as it is now."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from news.models import NewsItem
from publishing.models import State, Version
from tests.admin_forms import staff
from tests.factories import NewsItemFactory, UserFactory
from tests.situations import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return staff("Publicister")


def opened(item):
    """``item`` as somebody has it before her, with what she has been shown of its versions."""
    found = NewsItem.objects.get(pk=item.pk)
    assert found.track
    return found


def begun(by, **facts):
    item = NewsItemFactory(draft=True, **facts)
    item.record_creation(by=by)
    return item


def test_what_somebody_else_did_meanwhile_is_done(by):
    item = begun(by)
    item.publish(by=by)
    old = opened(item)
    item.archive(by=by)

    with pytest.raises(ValidationError, match="är inte publicerad"):
        old.archive(by=by)


def test_what_somebody_else_wrote_meanwhile_is_written(by):
    item = begun(by)
    old = opened(item)
    item.save_draft(by=by, values={"title_sv": "Ny rubrik"})

    old.save_draft(by=by, values={"lead_sv": "Ny ingress."})

    assert (old.title_sv, old.lead_sv) == ("Ny rubrik", "Ny ingress.")
    assert list(Version.objects.of(item).values_list("number", flat=True)) == [1, 2, 3]


def test_what_is_refused_does_not_stay_on_the_object(by):
    item = begun(by, lead_sv="")

    with pytest.raises(ValidationError):
        item.publish(by=by)

    assert (item.state, item.publish_at) == (State.DRAFT, None)


def test_who_may_not_throw_it_away_does_not_learn_that_somebody_else_has(by):
    item = begun(by)
    old = opened(item)
    item.move_to_bin(by=by)

    with pytest.raises(PermissionDenied):
        old.move_to_bin(by=UserFactory())

    assert history(item) == ["created", "binned"]
