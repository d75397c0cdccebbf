"""What may be shown of people, how long, and what must be there before a page is published."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError

from images.models import Image
from images.rights import LegalBasis
from publishing.models import State
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
    StartPageFactory,
    UserFactory,
)
from tests.pictures import image_with_files

NOON = datetime(2024, 6, 7, 10, 0, tzinfo=UTC)
TODAY = date(2024, 6, 7)
CONSENT = {
    "shows_identifiable_people": True,
    "legal_basis": LegalBasis.CONSENT,
    "consent_reference": "KS 2024/17",
}


# Rights


@pytest.mark.parametrize(
    ("values", "allowed"),
    [
        ({}, True),
        ({"shows_identifiable_people": True}, False),
        ({"shows_identifiable_people": True, "legal_basis": LegalBasis.PUBLIC_INTEREST}, True),
        ({"shows_identifiable_people": True, "legal_basis": LegalBasis.CONTRACT}, True),
        ({"shows_identifiable_people": True, "legal_basis": LegalBasis.CONSENT}, False),
        (CONSENT, True),
        ({**CONSENT, "withdrawn_at": NOON}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_until": TODAY - timedelta(days=1)}, False),
    ],
)
def test_a_picture_is_shown_only_with_the_rights_to_it(values, allowed):
    assert ImageFactory.build(**values).has_rights(NOON) is allowed


@pytest.mark.django_db
@time_machine.travel(NOON)
def test_the_loaded_row_and_the_query_always_agree():
    for people, basis, reference, until, withdrawn in product(
        [True, False],
        ["", *LegalBasis.values],
        ["", "KS 2024/17"],
        [None, TODAY, TODAY - timedelta(days=1)],
        [None, NOON],
    ):
        ImageFactory(
            shows_identifiable_people=people,
            legal_basis=basis,
            consent_reference=reference,
            valid_until=until,
            withdrawn_at=withdrawn,
        )

    images = Image.objects.all()

    assert {i for i in images if i.has_rights()} == set(Image.objects.with_rights())
    assert {i for i in images if i.is_over()} == set(Image.objects.over())


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (datetime(2024, 6, 7, 21, 59, 59, tzinfo=UTC), True),  # a second before Swedish midnight
        (datetime(2024, 6, 7, 22, 0, tzinfo=UTC), False),
    ],
)
def test_the_last_day_ends_at_swedish_midnight(at, allowed):
    assert ImageFactory.build(valid_until=TODAY).has_rights(at) is allowed


def test_a_picture_knows_when_the_clock_will_take_it_away():
    image = ImageFactory.build(valid_until=TODAY)

    assert image.next_change_at(NOON) == datetime(2024, 6, 7, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "values",
    [{}, {"valid_until": TODAY - timedelta(days=1)}, {"valid_until": TODAY, "withdrawn_at": NOON}],
)
def test_a_picture_that_the_clock_will_not_change_says_so(values):
    assert ImageFactory.build(**values).next_change_at(NOON) is None


@pytest.mark.django_db
def test_asking_a_loaded_picture_costs_no_query(django_assert_num_queries):
    image = ImageFactory(**CONSENT, valid_until=TODAY)

    with django_assert_num_queries(0):
        image.has_rights()
        image.next_change_at()
        image.publish_problems()


# Use


@pytest.mark.django_db
def test_a_picture_that_nothing_uses_is_private():
    assert not ImageFactory().may_be_shown()


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [NewsItemFactory, FocusAreaFactory, StartPageFactory])
def test_a_picture_is_public_once_a_public_page_of_any_kind_uses_it(factory):
    image = ImageFactory()

    factory(image=image)

    assert image.may_be_shown()
    assert list(Image.objects.showable()) == [image]


@pytest.mark.django_db
def test_every_key_to_a_picture_counts():
    image = ImageFactory()

    StartPageFactory(cooperation_image=image)

    assert image.may_be_shown()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "public"),
    [
        (State.DRAFT, False),
        (State.IN_REVIEW, False),
        (State.PUBLISHED, True),
        (State.WITHDRAWN, False),
        (State.ARCHIVED, True),
    ],
)
def test_a_picture_is_as_public_as_what_uses_it(state, public):
    image = ImageFactory()

    NewsItemFactory(image=image, state=state)

    assert image.may_be_shown() is public


@pytest.mark.django_db
def test_tomorrows_news_shows_its_picture_tomorrow():
    image = ImageFactory()
    NewsItemFactory(image=image, publish_at=NOON + timedelta(days=1))

    assert not image.may_be_shown(NOON)
    assert image.may_be_shown(NOON + timedelta(days=1))


@pytest.mark.django_db
def test_one_public_page_among_drafts_is_enough():
    image = ImageFactory()
    NewsItemFactory(image=image, draft=True)
    NewsItemFactory(image=image)

    assert image.may_be_shown()


@pytest.mark.django_db
def test_use_alone_does_not_make_a_picture_public_without_rights():
    image = ImageFactory(shows_identifiable_people=True)

    NewsItemFactory(image=image)

    assert not image.may_be_shown()


@pytest.mark.django_db
def test_showable_is_one_query(django_assert_num_queries):
    image = ImageFactory()
    NewsItemFactory(image=image)

    with django_assert_num_queries(1):
        image.may_be_shown()


@pytest.mark.django_db
def test_a_picture_knows_everything_that_uses_it():
    image = ImageFactory()
    start = StartPageFactory(image=image, cooperation_image=image)
    draft = NewsItemFactory(image=image, draft=True)

    uses = image.everything_that_uses_this()
    assert set(uses) == {start, draft}
    assert len(uses) == 2
    assert Image.objects.used().exists()


@pytest.mark.django_db
def test_a_picture_in_use_cannot_be_deleted():
    item = NewsItemFactory(image=ImageFactory())

    with pytest.raises(ProtectedError):
        item.image.delete()


# Before publishing


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"alt_sv": ""}, "alt_sv"),
        ({"is_decorative": True}, "alt_sv"),
        ({"shows_identifiable_people": True}, "legal_basis"),
        (
            {"shows_identifiable_people": True, "legal_basis": LegalBasis.CONSENT},
            "consent_reference",
        ),
        ({"valid_until": TODAY - timedelta(days=1)}, "valid_until"),
        ({"withdrawn_at": NOON}, "withdrawn_at"),
    ],
)
@time_machine.travel(NOON)
def test_a_picture_says_what_is_wrong_with_it(values, field):
    problems = ImageFactory.build(**values).publish_problems()

    assert list(problems) == [field]
    assert problems[field].endswith(".")


@pytest.mark.parametrize("values", [{}, {"alt_sv": "", "is_decorative": True}, CONSENT])
def test_a_good_picture_has_no_problems(values):
    assert ImageFactory.build(**values).publish_problems() == {}


def test_an_alt_text_in_another_language_alone_is_not_enough():
    assert ImageFactory.build(alt_sv="", alt_en="A square.").publish_problems()


@pytest.mark.django_db
def test_a_page_is_not_published_with_a_picture_without_alt_text():
    item = NewsItemFactory(draft=True, image=ImageFactory(alt_sv=""))

    with pytest.raises(ValidationError, match="alternativtext"):
        item.publish(by=AdministratorFactory())


@pytest.mark.django_db
def test_the_alt_text_of_a_picture_that_residents_see_cannot_be_removed():
    image = ImageFactory()
    NewsItemFactory(image=image)

    image.alt_sv = ""

    with pytest.raises(ValidationError) as refused:
        image.full_clean()
    assert list(refused.value.message_dict) == ["alt_sv"]


@pytest.mark.django_db
def test_a_picture_may_wait_for_its_alt_text_until_it_is_used():
    ImageFactory(alt_sv="").full_clean()


@pytest.mark.django_db
def test_a_decoration_with_an_alt_text_is_refused():
    with pytest.raises(ValidationError, match="Välj det ena"):
        ImageFactory(is_decorative=True).full_clean()


# Withdrawn consent


@pytest.mark.django_db
def test_withdrawn_consent_removes_the_renditions_at_once(
    settings, django_capture_on_commit_callbacks
):
    image = image_with_files(**CONSENT)
    NewsItemFactory(image=image)

    with django_capture_on_commit_callbacks(execute=True):
        image.withdraw_consent(by=AdministratorFactory())

    image.refresh_from_db()
    assert not image.may_be_shown()
    assert image.renditions == ""
    assert not [f for f in (settings.MEDIA_ROOT / "renditions").rglob("*") if f.is_file()]


@pytest.mark.django_db
def test_a_withdrawn_picture_gets_no_renditions():
    image = image_with_files(**CONSENT)
    image.withdraw_consent(by=AdministratorFactory())

    image.make_renditions()

    assert image.renditions == ""


@pytest.mark.django_db
def test_a_picture_withdrawn_while_its_renditions_are_made_gets_none():
    image = image_with_files(**CONSENT)
    Image.objects.get().withdraw_consent(by=AdministratorFactory())

    image.make_renditions()  # by somebody who loaded it before

    assert Image.objects.get().renditions == ""


@pytest.mark.django_db
def test_consent_given_anew_shows_the_picture_again():
    image = image_with_files(**CONSENT)
    NewsItemFactory(image=image)
    image.withdraw_consent(by=AdministratorFactory())

    image.renew_consent(by=AdministratorFactory())
    image.make_renditions()

    assert image.renditions
    assert image.may_be_shown()


@pytest.mark.django_db
def test_only_who_may_change_pictures_may_withdraw_consent():
    image = ImageFactory(**CONSENT)

    with pytest.raises(PermissionDenied):
        image.withdraw_consent(by=UserFactory())

    assert image.has_rights()
