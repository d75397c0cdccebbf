"""A live kind goes back to an older version, at once, as far as that is still fit to be seen."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from contacts.models import ContactUnit
from images.models import Image
from initiatives.models import District
from pages.models import Resource, SiteSettings
from publishing.history import drifted_rows, verify_chain
from publishing.models import Action, Chain, Track, Version
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    DistrictFactory,
    NewsItemFactory,
    OpeningHoursFactory,
    SiteSettingsFactory,
)
from tests.pictures import image_with_files, picture, picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return AdministratorFactory()


def versions(item):
    return list(Version.objects.of(item))


def test_a_restored_version_is_seen_at_once(person):
    unit = ContactUnitFactory(phone="0520-49 50 00")
    unit.record(by=person)
    unit.phone = "0520-49 50 01"
    unit.save()
    unit.record(by=person)

    unit.restore(versions(unit)[0], by=person)

    assert ContactUnit.objects.get().phone == "0520-49 50 00"
    assert versions(unit)[-1].action == Action.RESTORED
    assert versions(unit)[-1].note == "Från version 1."
    assert (verify_chain().broken, list(drifted_rows())) == ("", [])


def test_children_come_back_with_their_keys_and_later_ones_go(person):
    hours = OpeningHoursFactory()
    hours.unit.record(by=person)
    hours.unit.opening_hours.all().delete()
    OpeningHoursFactory(unit=hours.unit, weekday=3)
    hours.unit.record(by=person)

    hours.unit.restore(versions(hours.unit)[0], by=person)

    assert list(hours.unit.opening_hours.values_list("pk", "weekday")) == [(hours.pk, 0)]
    assert list(drifted_rows()) == []


def test_who_may_not_change_may_not_restore(person):
    unit = ContactUnitFactory()
    unit.record(by=person)

    with pytest.raises(PermissionDenied, match="inte rätt att ändra kontakter"):
        unit.restore(versions(unit)[0], by=staff("Redaktörer"))


def test_a_function_that_is_used_now_does_not_go(person):
    unit = ContactUnitFactory()
    unit.record(by=person)
    function = ContactFunctionFactory(unit=unit)
    unit.record(by=person)
    NewsItemFactory(title_sv="En nyhet", last_reviewed_by=function)

    with pytest.raises(ValidationError) as refusal:
        unit.restore(versions(unit)[0], by=person)

    assert refusal.value.messages == [
        "”Folkhälsostrateg” fanns inte då, men används nu. Ändra först:",
        "nyhet ”En nyhet”",
    ]
    assert unit.functions.get() == function


def test_what_is_not_valid_any_more_is_refused_and_nothing_is_changed(person):
    unit = ContactUnitFactory(slug="vaxeln")
    unit.record(by=person)
    unit.slug, unit.phone = "kontaktcenter", "0520-49 50 01"
    unit.save()
    unit.record(by=person)
    ContactUnitFactory(slug="vaxeln")

    with pytest.raises(ValidationError, match="Adress"):
        unit.restore(versions(unit)[0], by=person)

    assert ContactUnit.objects.get(pk=unit.pk).slug == "kontaktcenter"
    assert len(versions(unit)) == 2


def test_a_row_that_is_not_valid_any_more_is_refused(person):
    hours = OpeningHoursFactory()
    hours.unit.record(by=person)
    version = versions(hours.unit)[0]
    version.data["opening_hours"][0]["closes"] = "07:00:00"

    with pytest.raises(ValidationError, match="innan det öppnar"):
        hours.unit.restore(version, by=person)


def test_a_withdrawn_consent_does_not_come_back_with_an_older_version(person):
    image = image_with_files(title="Torget", photographer="Bo")
    image.record(by=person)
    image.withdraw_consent(by=person)

    image.restore(versions(image)[0], by=person)

    assert Image.objects.get().withdrawn_at is not None


def test_a_picture_file_that_was_replaced_does_not_come_back(person):
    image = image_with_files(title="Torget", caption_sv="Torget i maj.")
    image.record(by=person)
    image.caption_sv = ""
    image.replace_master(picture_file(picture((800, 600))))
    image.record(by=person)

    image.restore(versions(image)[0], by=person)

    now = Image.objects.get()
    assert (now.caption_sv, now.width) == ("Torget i maj.", 800)


def test_a_restored_focal_point_makes_the_files_anew(person, django_capture_on_commit_callbacks):
    image = image_with_files(title="Torget")
    image.record(by=person)
    image.focal_x = 0.1
    image.save()
    image.record(by=person)

    with django_capture_on_commit_callbacks(execute=True):
        image.restore(versions(image)[0], by=person)

    assert not Image.objects.get().is_out_of_date


def test_a_document_whose_file_is_gone_is_refused(person):
    resource = Resource.objects.create(
        title="Färdplan", file=SimpleUploadedFile("plan.pdf", b"%PDF-1")
    )
    resource.record(by=person)
    resource.file.delete(save=False)
    resource.url = "https://example.se/"
    resource.save()
    resource.record(by=person)

    with pytest.raises(ValidationError, match="Filen documents/plan.pdf finns inte kvar."):
        resource.restore(versions(resource)[0], by=person)


def test_a_version_from_before_a_column_was_added_takes_its_default(person):
    settings = SiteSettingsFactory(footer_sv="Välkommen.")
    settings.record(by=person)
    version = versions(settings)[0]
    del version.data["footer_sv"]
    version.data["colour"] = "blå"

    settings.restore(version, by=person)

    assert SiteSettings.objects.get().footer_sv in ("", None)


def test_what_was_erased_stays_as_it_is_now(person):
    function = ContactFunctionFactory(name="Bo Ek")
    unit = function.unit
    unit.record(by=person)
    unit.functions.update(name="Åsa Öberg")
    unit.phone = "0520-49 50 01"
    unit.save()
    unit.record(by=person)
    version = versions(unit)[0]
    version.take_away(["functions"])

    unit.restore(version, by=person)

    assert unit.functions.get().name == "Åsa Öberg"
    assert ContactUnit.objects.get().phone == ""


def test_restoring_what_is_there_already_records_nothing(person):
    unit = ContactUnitFactory()
    unit.record(by=person)

    unit.restore(versions(unit)[0], by=person)

    assert len(versions(unit)) == 1


def test_a_row_comes_out_of_the_bin_after_a_name_was_erased_from_its_history(person):
    district = DistrictFactory(name_sv="Sylte")
    district.record(by=person)
    key = district.pk
    district.move_to_bin(by=person)
    track = Track.objects.get(object_id=key, kind="initiatives.district")
    with Chain.writing() as chain:
        track.erase(chain, District(pk=key), [track.newest], ["@by"], by=None, note="Begäran.")

    District.take_out_of_bin(key, by=AdministratorFactory())

    assert District.objects.get(pk=key).name_sv == "Sylte"
