"""A picture that residents see is changed only by those who may publish."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from images import files, forms
from images.models import Image
from publishing.models import Track, Version
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    ImageFactory,
    NewsItemFactory,
    UserFactory,
)
from tests.pictures import picture_file

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now() + timedelta(days=1)


def in_nothing():
    return ImageFactory()


def in_a_draft():
    return NewsItemFactory(draft=True, image=ImageFactory()).image


def in_changes_that_nobody_has_approved():
    image = ImageFactory()
    NewsItemFactory().save_draft(by=AdministratorFactory(), values={"image": image.pk})
    return image


def in_what_was_withdrawn():
    item = NewsItemFactory(image=ImageFactory())
    item.withdraw(by=AdministratorFactory())
    return item.image


def on_a_page():
    return FocusAreaFactory(image=ImageFactory()).image


def on_an_archived_page():
    item = NewsItemFactory(image=ImageFactory())
    item.archive(by=AdministratorFactory())
    return item.image


def on_tomorrows_page():
    return NewsItemFactory(publish_at=TOMORROW, image=ImageFactory()).image


def in_changes_that_wait_for_their_minute():
    image, item = ImageFactory(), NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"image": image.pk})
    item.schedule(by=AdministratorFactory(), at=TOMORROW)
    return image


def in_a_draft_beside_changes_that_wait():
    image, item = ImageFactory(), NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Väntar."})
    item.schedule(by=AdministratorFactory(), at=TOMORROW)
    item.save_draft(by=AdministratorFactory(), values={"image": image.pk})
    return image


FREE = [
    in_nothing,
    in_a_draft,
    in_changes_that_nobody_has_approved,
    in_what_was_withdrawn,
    in_a_draft_beside_changes_that_wait,
]
APPROVED = [
    on_a_page,
    on_an_archived_page,
    on_tomorrows_page,
    in_changes_that_wait_for_their_minute,
]


@pytest.mark.parametrize("make", FREE)
def test_who_writes_changes_a_picture_that_nobody_has_approved(client, make):
    image = make()
    client.force_login(staff("Redaktörer"))
    page = client.get(admin_url(image, "change"))

    client.post(admin_url(image, "change"), filled_in(page, alt_sv="Ett torg i regn."))

    assert Image.objects.get(pk=image.pk).alt_sv == "Ett torg i regn."


@pytest.mark.parametrize("make", APPROVED)
def test_who_writes_does_not_change_what_is_approved_and_is_told_why(client, make):
    image = make()
    client.force_login(staff("Redaktörer"))

    page = client.get(admin_url(image, "change"))
    answer = client.post(admin_url(image, "change"), {"title": "Kapad", "alt_sv": "Kapad."})

    assert "Bara den som får publicera kan ändra den." in page.text
    assert "alt_sv" not in page.context["adminform"].form.fields
    assert "Upload" not in page.text  # a field of the form alone has nothing to show
    assert answer.status_code == 403
    assert Image.objects.get(pk=image.pk).alt_sv == image.alt_sv


@pytest.mark.parametrize("role", ["Publicister", "Administratörer"])
@pytest.mark.parametrize("make", APPROVED)
def test_who_may_publish_changes_it(client, make, role):
    image = make()
    client.force_login(staff(role))
    page = client.get(admin_url(image, "change"))

    client.post(admin_url(image, "change"), filled_in(page, alt_sv="Ett torg i regn."))

    assert Image.objects.get(pk=image.pk).alt_sv == "Ett torg i regn."


def test_a_page_that_is_published_while_a_file_is_looked_at_is_not_changed(client, monkeypatch):
    image, look = ImageFactory(), forms.read_master
    client.force_login(staff("Redaktörer"))
    data = filled_in(client.get(admin_url(image, "change")), upload=picture_file())
    publish = partial(NewsItemFactory, image=image)
    monkeypatch.setattr(forms, "read_master", lambda file: (publish(), look(file))[1])

    assert client.post(admin_url(image, "change"), data).status_code == 403
    assert Image.objects.get(pk=image.pk).master == image.master


def test_an_older_text_of_what_residents_see_is_brought_back_only_by_who_may_publish():
    image = on_a_page()
    files.store(image.master.name, b"the bytes")
    image.record(by=AdministratorFactory())
    first = Version.objects.of(image).first()

    with pytest.raises(PermissionDenied, match="Bara den som får publicera"):
        image.restore(first, by=staff("Redaktörer"))
    image.restore(first, by=staff("Publicister"))


def test_a_translation_of_what_residents_see_is_confirmed_only_by_who_may_publish():
    image = on_a_page()
    image.alt_en = "A square."
    image.save()
    image.record(by=AdministratorFactory())

    with pytest.raises(PermissionDenied):
        image.confirm_translation("en", by=staff("Redaktörer"), reviewed=True)
    image.confirm_translation("en", by=staff("Publicister"), reviewed=True)


def test_whoever_writes_may_withdraw_a_consent_but_who_may_publish_renews_it():
    image = on_a_page()

    image.withdraw_consent(by=staff("Redaktörer"), reason="Dnr 2026/17.")

    assert Version.objects.of(image).last().note == "Samtycket är återkallat. Dnr 2026/17."
    assert not image.has_rights()
    with pytest.raises(PermissionDenied, match="Bara den som får publicera"):
        image.renew_consent(by=staff("Redaktörer"))
    image.renew_consent(by=staff("Publicister"))
    assert image.has_rights()


def test_withdrawing_again_keeps_the_hour_of_the_first_time():
    image = ImageFactory()
    image.withdraw_consent(by=AdministratorFactory())
    first = image.withdrawn_at

    image.withdraw_consent(by=AdministratorFactory())

    assert image.withdrawn_at == first


def test_who_has_no_right_to_pictures_changes_none():
    nobody = UserFactory()

    assert not ImageFactory().may_be_changed_by(nobody)
    with pytest.raises(PermissionDenied, match="Du har inte rätt att ändra bilder."):
        on_a_page().require_changeable_by(nobody)


def test_who_may_publish_costs_no_question_of_where_a_picture_is_used(django_assert_num_queries):
    image, publisher = on_a_page(), staff("Publicister")
    publisher.has_perm("images.publish_image")

    with django_assert_num_queries(0):
        assert image.may_be_changed_by(publisher)


def test_a_picture_that_was_thrown_away_before_looks_were_known_can_be_taken_up():
    image, administrator = ImageFactory(), AdministratorFactory()
    files.store(image.master.name, b"the bytes")
    image.move_to_bin(by=administrator)
    binned = Track.objects.get(object_id=image.pk).binned_version()
    Version.objects.filter(pk=binned.pk).update(
        status={name: value for name, value in binned.status.items() if name != "likeness"}
    )

    assert Image.take_out_of_bin(image.pk, by=administrator).likeness == ""
