"""The image bank as editors meet it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from images import forms, uploads
from images.models import Image
from images.rights import LegalBasis
from publishing.models import Chain, Version
from tests.admin_forms import admin_url, messages_of, staff
from tests.factories import AdministratorFactory, ImageFactory, NewsItemFactory, UserFactory
from tests.pictures import image_with_files, picture, picture_file

pytestmark = pytest.mark.django_db

LIST = reverse("admin:images_image_changelist")
ADD = reverse("admin:images_image_add")


@pytest.fixture
def editor(client):
    client.force_login(AdministratorFactory())
    return client


def address(image, page="change"):
    return reverse(f"admin:images_image_{page}", args=[image.pk])


def address_of_consent(image):
    return address(image, "consent")


def form(**values):
    return {"title": "Torget", "alt_sv": "Ett torg.", "focal_x": "0.5", "focal_y": "0.5", **values}


def errors(response):
    return response.context["adminform"].form.errors


# Uploading


def test_an_uploaded_picture_is_kept_with_its_renditions(
    editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(ADD, form(upload=picture_file()))

    image = Image.objects.get()
    assert response.status_code == 302
    assert (image.width, image.height, image.alt_sv) == (640, 400, "Ett torg.")
    assert image.renditions == image.rendition_key


def test_renditions_are_made_after_the_database_is_free_again(editor):
    # The test's own transaction never commits, so what waits for that is not done
    editor.post(ADD, form(upload=picture_file()))

    assert Image.objects.get().renditions == ""


def test_nobody_waits_for_the_lock_while_a_picture_is_looked_at(editor, monkeypatch):
    steps, lock, look = [], Chain.lock, forms.read_master
    monkeypatch.setattr(Chain, "lock", lambda: (steps.append("locked"), lock())[1])
    monkeypatch.setattr(forms, "read_master", lambda file: (steps.append("seen"), look(file))[1])

    editor.post(ADD, form(upload=picture_file()))

    assert steps[:2] == ["seen", "locked"]


def test_a_new_picture_needs_a_file(editor):
    response = editor.post(ADD, form())

    assert list(errors(response)) == ["upload"]


def test_a_bad_file_is_refused_at_its_field_and_the_rest_of_the_form_is_kept(editor):
    bad = SimpleUploadedFile("torget.svg", b"<svg/>")

    response = editor.post(ADD, form(upload=bad, photographer="En illustratör"))

    assert errors(response) == {"upload": [uploads.SVG]}
    assert 'value="En illustratör"' in response.content.decode()
    assert not Image.objects.exists()


def test_a_picture_can_be_changed_without_a_new_file(editor):
    image = image_with_files(title="Torget")

    editor.post(address(image), form(alt_sv="Ett torg i regn."))

    changed = Image.objects.get()
    assert changed.alt_sv == "Ett torg i regn."
    assert (changed.master, changed.renditions) == (image.master, image.renditions)


def test_a_new_file_replaces_the_old_one(editor, django_capture_on_commit_callbacks):
    image = image_with_files(title="Torget")

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address(image), form(upload=picture_file(picture((800, 600)))))

    changed = Image.objects.get()
    assert (changed.pk, changed.width, changed.height) == (image.pk, 800, 600)
    assert not changed.is_out_of_date


def test_a_moved_focal_point_makes_new_renditions(editor, django_capture_on_commit_callbacks):
    image = image_with_files(title="Torget")

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address(image), form(focal_x="0.1"))

    changed = Image.objects.get()
    assert changed.focal_x == 0.1
    assert changed.renditions not in ("", image.renditions)
    assert not changed.is_out_of_date


def test_what_to_do_with_a_picture_that_is_not_shown_is_said_once(editor):
    image = NewsItemFactory(image=ImageFactory(withdrawn_at=timezone.now())).image

    page = editor.get(address(image))

    assert page.text.count("Välj en annan bild") == 1


@pytest.mark.parametrize("value", ["-0.1", "1.1"])
def test_a_focal_point_outside_the_picture_is_refused_at_its_field(editor, value):
    response = editor.post(ADD, form(upload=picture_file(), focal_y=value))

    assert list(errors(response)) == ["focal_y"]


def test_a_decoration_with_an_alt_text_is_refused_at_its_field(editor):
    response = editor.post(ADD, form(upload=picture_file(), is_decorative="on"))

    assert list(errors(response)) == ["alt_sv"]


def test_the_alt_text_of_a_picture_that_residents_see_cannot_be_emptied(editor):
    image = NewsItemFactory(image=ImageFactory()).image

    response = editor.post(address(image), form(alt_sv=""))

    assert list(errors(response)) == ["alt_sv"]


# Consent


def test_consent_is_withdrawn_by_one_button_with_a_reason(
    editor, django_capture_on_commit_callbacks
):
    image = image_with_files(title="Torget")
    assert address_of_consent(image) in editor.get(address(image)).text

    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(
            address_of_consent(image), {"verb": "withdraw", "reason": "Dnr 7."}, follow=True
        )

    changed = Image.objects.get()
    assert changed.withdrawn_at
    assert changed.renditions == ""
    assert "Samtycket är återkallat. Bilden visas" in messages_of(response)[0]
    assert Version.objects.of(image).last().note == "Samtycket är återkallat. Dnr 7."


def test_a_consent_that_was_withdrawn_by_mistake_holds_again(
    editor, django_capture_on_commit_callbacks
):
    image = image_with_files(title="Torget")
    image.withdraw_consent(by=AdministratorFactory())

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address_of_consent(image), {"verb": "renew"})

    changed = Image.objects.get()
    assert changed.withdrawn_at is None
    assert changed.renditions


def test_pressing_twice_withdraws_once(editor):
    image = ImageFactory()
    for _ in range(2):
        editor.post(address_of_consent(image), {"verb": "withdraw"})

    notes = [version.note for version in Version.objects.of(image)]
    assert notes.count("Samtycket är återkallat.") == 1


def test_the_page_of_a_consent_says_where_the_picture_is_used(editor):
    item = NewsItemFactory(image=ImageFactory(), title_sv="En nyhet")

    page = editor.get(address_of_consent(item.image)).text

    assert admin_url(item, "change") in page
    assert "Bilden försvinner genast från alla sidor" in page


@pytest.mark.parametrize("data", [{}, {"verb": "x"}, {"verb": ""}])
def test_an_odd_request_withdraws_nothing(editor, data):
    image = ImageFactory()

    assert editor.post(address_of_consent(image), data).status_code == 400
    assert Image.objects.get().withdrawn_at is None


def test_a_reason_too_long_is_said_and_kept(editor):
    image = ImageFactory()

    page = editor.post(address_of_consent(image), {"verb": "withdraw", "reason": "å" * 201})

    assert page.context["form"].errors
    assert "å" * 201 in page.text
    assert Image.objects.get().withdrawn_at is None


def test_who_writes_takes_back_the_consent_to_what_residents_see_but_gives_none(client):
    image = NewsItemFactory(image=ImageFactory()).image
    client.force_login(staff("Redaktörer"))

    assert client.post(address_of_consent(image), {"verb": "withdraw"}).status_code == 302
    assert client.get(address_of_consent(image)).status_code == 403
    assert client.post(address_of_consent(image), {"verb": "renew"}).status_code == 403
    assert Image.objects.get().withdrawn_at


def test_a_picture_saved_without_rights_says_that_it_is_not_shown(editor):
    image = image_with_files(title="Torget")

    response = editor.post(address(image), form(shows_identifiable_people="on"), follow=True)

    assert [str(message) for message in response.context["messages"]][0] == (
        "Bilden visas inte på webbplatsen. "
        "Ange rättslig grund för bilden: någon i den går att känna igen."
    )


# The list


def test_the_list_says_what_each_picture_lacks(editor):
    ImageFactory(title="Skylten", alt_sv="")
    ImageFactory(title="Mönstret", alt_sv="", is_decorative=True)
    ImageFactory(title="Barnen", shows_identifiable_people=True)

    html = editor.get(LIST).content.decode()

    assert '<td class="field-alt_state">saknas</td>' in html
    assert '<td class="field-alt_state">bara dekoration</td>' in html
    assert '<td class="field-rights_state">Ange rättslig grund för bilden:' in html
    assert '<td class="field-rights_state">får visas</td>' in html


def test_the_list_shows_each_picture_small(editor):
    image = ImageFactory()

    html = editor.get(LIST).content.decode()

    assert f'<img src="{image.thumbnail_url}" width="96" height="64" alt=""' in html


def queries_of_the_list(editor):
    with CaptureQueriesContext(connection) as queries:
        editor.get(LIST)
    return len(queries)


def test_the_list_costs_the_same_however_many_pictures_there_are(editor):
    ImageFactory()
    few = queries_of_the_list(editor)

    NewsItemFactory.create_batch(10, image=ImageFactory())
    ImageFactory.create_batch(10)

    assert queries_of_the_list(editor) == few


def titles(response):
    return {image.title for image in response.context["cl"].result_list}


@pytest.mark.parametrize(
    ("value", "found"),
    [("missing", {"Skylten"}), ("present", {"Torget"}), ("decorative", {"Mönstret"})],
)
def test_pictures_are_found_by_their_alt_text(editor, value, found):
    ImageFactory(title="Torget")
    ImageFactory(title="Skylten", alt_sv="")
    ImageFactory(title="Mönstret", alt_sv="", is_decorative=True)

    assert titles(editor.get(LIST, {"alt": value})) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [("ok", {"Torget"}), ("missing", {"Barnen"}), ("over", {"Festen", "Kören"})],
)
def test_pictures_are_found_by_their_rights(editor, value, found):
    ImageFactory(title="Torget")
    ImageFactory(title="Barnen", shows_identifiable_people=True)
    ImageFactory(title="Festen", valid_until=timezone.localdate() - timedelta(days=1))
    ImageFactory(
        title="Kören",
        shows_identifiable_people=True,
        legal_basis=LegalBasis.CONSENT,
        withdrawn_at=timezone.now(),
    )

    assert titles(editor.get(LIST, {"rights": value})) == found


@pytest.mark.parametrize("word", ["Skylten", "busshållplats", "Illustratören"])
def test_pictures_are_found_by_name_alt_text_and_maker(editor, word):
    ImageFactory()
    ImageFactory(title="Skylten", alt_sv="En busshållplats.", photographer="Illustratören")

    assert titles(editor.get(LIST, {"q": word})) == {"Skylten"}


# The form


def test_swedish_is_open_and_the_other_languages_are_folded(editor):
    fieldsets = list(editor.get(ADD).context["adminform"])

    by_name = {fieldset.name: fieldset for fieldset in fieldsets}
    assert "alt_sv" in fieldsets[0].fields
    for name, field in [("Suomi", "alt_fi"), ("English", "alt_en"), ("العربية", "alt_ar")]:
        assert "collapse" in by_name[name].classes
        assert field in by_name[name].fields


def test_who_may_only_look_sees_the_picture_without_a_form(client):
    reader = UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_image"))
    client.force_login(reader)

    html = client.get(address(ImageFactory())).content.decode()

    assert "Människor på ett torg." in html
    assert 'type="file"' not in html


def test_who_may_not_change_pictures_cannot_by_a_crafted_form(client):
    reader = UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_image"))
    client.force_login(reader)
    image = ImageFactory()

    response = client.post(address(image), form(alt_sv="Kapad."))

    assert response.status_code == 403
    assert Image.objects.get().alt_sv == image.alt_sv


# The bin


def test_a_picture_in_use_is_not_thrown_away_and_the_page_says_where_it_is_used(editor):
    item = NewsItemFactory(image=ImageFactory())

    response = editor.post(address(item.image, "delete"), {"post": "yes"})

    assert "Kan inte kastas, eftersom den används." in response.text
    assert reverse("admin:news_newsitem_change", args=[item.pk]) in response.text
    assert Image.objects.exists()


def test_a_picture_that_nothing_uses_is_thrown_away_and_keeps_its_files(
    editor, settings, django_capture_on_commit_callbacks
):
    image = image_with_files()
    before = {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address(image, "delete"), {"post": "yes"})

    assert not Image.objects.exists()
    assert {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()} == before


def test_several_pictures_are_thrown_away_at_once_but_not_what_is_used(editor):
    used, unused = NewsItemFactory(image=ImageFactory()).image, ImageFactory()
    chosen = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"}

    editor.post(LIST, chosen)

    assert Image.objects.get() == used
