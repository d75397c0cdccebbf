"""Many pictures at once: each file gets an answer of its own."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from images import uploads
from images.admin import upload_page
from images.models import Image
from publishing.models import Action, Version
from tests.admin_forms import messages_of, staff
from tests.factories import ImageFactory, NewsItemFactory, UserFactory
from tests.pictures import image_with_files, picture, picture_file
from tests.test_images_queries import drawing

pytestmark = pytest.mark.django_db

UPLOAD = reverse("admin:images_image_upload")
TEXTS = reverse("admin:images_image_texts")
DOUBLES = reverse("admin:images_image_doubles")


@pytest.fixture
def editor(client):
    client.user = staff("Redaktörer")
    client.force_login(client.user)
    return client


def send(client, *files, **data):
    return client.post(UPLOAD, {"files": files, **data})


def square(name="ruta.jpg"):
    return picture_file(drawing((700, 700)), name=name)


def results(page):
    return page.context["uploads"]


# Uploading


def test_each_of_many_files_becomes_a_picture_with_its_history(
    editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = send(editor, picture_file(name="Fallen.jpg"), square())

    square_, falls = Image.objects.all()
    assert (falls.title, square_.title) == ("Fallen", "ruta")
    assert not any(image.is_out_of_date for image in (falls, square_))
    assert Version.objects.of(falls).get().action == Action.CREATED
    assert Version.objects.of(falls).get().by == editor.user
    assert f'href="{TEXTS}?id={falls.pk}&amp;id={square_.pk}"' in page.text


def test_what_residents_fetch_is_not_named_as_the_file_that_was_sent(editor):
    send(editor, picture_file(name="kim-blomqvist.jpg"))

    assert re.fullmatch(r"masters/bild-[0-9a-f]{8}\.webp", Image.objects.get().master.name)


def test_a_new_picture_is_on_no_page_and_cannot_be_published_without_alt_text(editor):
    send(editor, picture_file())

    image = Image.objects.get()
    assert not image.may_be_shown()
    assert "alt_sv" in image.publish_problems()


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (SimpleUploadedFile("a.svg", b"<svg/>"), uploads.SVG),
        (SimpleUploadedFile("a.jpg", b""), uploads.EMPTY),
        (SimpleUploadedFile("a.jpg", b"GIF89a"), uploads.MOVING),
        (SimpleUploadedFile("a.jpg", picture_file().read()[:2000]), uploads.DAMAGED),
        (SimpleUploadedFile("a.exe", b"MZ"), uploads.UNKNOWN),
        (picture_file(picture((100, 100))), uploads.TOO_SMALL.format(100, 100)),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_and_the_others_are_kept(editor, file, problem):
    page = send(editor, file, square())

    assert [upload.problem for upload in results(page)] == [problem, ""]
    assert Image.objects.get().title == "ruta"
    assert problem in page.text


def test_a_file_too_heavy_is_refused(editor, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)

    page = send(editor, picture_file())

    assert "Den får vara på högst" in results(page)[0].problem
    assert not Image.objects.exists()


def test_no_file_too_many_and_too_much_are_said(editor, settings):
    settings.IMAGE_UPLOAD_FILES = 2

    assert "Välj en eller flera bildfiler." in editor.post(UPLOAD).text
    assert "Välj högst 2 filer åt gången." in send(editor, *[picture_file()] * 3).text
    settings.IMAGE_UPLOAD_MB = 0
    assert "högst 0 MB tillsammans" in send(editor, picture_file()).text
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a\u030alvkanten.jpg", "ålvkanten"),  # as a Mac writes å
        ("x" * 200 + ".jpg", "x" * 120),
        ("../../etc/passwd.jpg", "passwd"),
        ("<b>fet</b>.jpg", "b>"),
        (".jpg", ".jpg"),
    ],
)
def test_odd_names_of_files_become_readable_titles(editor, name, title):
    page = send(editor, picture_file(name=name))

    assert page.status_code == 200
    assert Image.objects.get().title == title
    assert "<b>fet" not in page.text


def test_the_renditions_of_many_files_do_not_keep_a_proxy_waiting(
    editor, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(upload_page, "PATIENCE", 0)

    with django_capture_on_commit_callbacks(execute=True):
        send(editor, picture_file())

    assert Image.objects.get().is_out_of_date  # until its texts are saved, or make_renditions


def test_a_file_costs_the_same_number_of_queries_however_many_there_are(editor):
    def cost(*files):
        with CaptureQueriesContext(connection) as queries:
            send(editor, *files, anyway="on")
        return len(queries)

    cost(square())
    one, three = cost(square()), cost(square(), square(), square())

    assert (three - one) / 2 <= 16
    assert one <= 26


@pytest.mark.parametrize("page", [UPLOAD, TEXTS, DOUBLES])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(editor, page, method):
    assert getattr(editor, method)(page).status_code == 405


def test_who_may_not_add_pictures_uploads_none(client):
    client.force_login(UserFactory())

    assert send(client, picture_file()).status_code == 403
    assert not Image.objects.exists()


# One by one, as the script does it


def test_a_script_gets_what_came_of_its_one_file(editor):
    page = send(editor, picture_file(), one="1")

    image = Image.objects.get()
    assert f'data-image="{image.pk}"' in page.text
    assert "<html" not in page.text
    assert page.headers["Cache-Control"].startswith("private, no-store")


def test_a_script_that_sends_nothing_is_told(editor):
    assert "data-problem" in editor.post(UPLOAD, {"one": "1"}).text


# What is there already


def test_a_double_stops_and_names_what_is_there(editor):
    there = Image.objects.create_from_file(picture_file(drawing()), title="Bollarna")

    page = send(editor, picture_file(drawing((900, 600)), "PNG", name="igen.png"))

    assert Image.objects.get() == there
    assert "Inte uppladdad: bilden är lik en som redan finns." in page.text
    assert reverse("admin:images_image_change", args=[there.pk]) in page.text


def test_a_double_is_uploaded_by_who_wants_it(editor):
    Image.objects.create_from_file(picture_file(), title="Torget")

    send(editor, picture_file(), anyway="on")

    assert Image.objects.count() == 2


def test_two_of_the_same_in_one_go_are_one(editor):
    page = send(editor, picture_file(), picture_file())

    assert [bool(upload.image) for upload in results(page)] == [True, False]


def test_a_double_of_a_picture_whose_consent_is_withdrawn_is_told_so(editor):
    ImageFactory(withdrawn_at=timezone.now(), digest=uploads.read_master(picture_file()).digest)

    assert "Samtycket till den är återkallat." in send(editor, picture_file()).text


def test_the_form_of_one_picture_warns_of_a_double_too(editor):
    Image.objects.create_from_file(picture_file(), title="Torget")
    add = reverse("admin:images_image_add")
    data = {"title": "Igen", "focal_x": "0.5", "focal_y": "0.5", "upload": picture_file()}

    page = editor.post(add, data, follow=True)

    assert any("Bilden är lik en som redan finns:" in each for each in messages_of(page))


def test_the_page_of_doubles_costs_the_same_however_many_there_are(editor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(DOUBLES)
        assert page.status_code == 200
        return len(queries)

    looks = {"likeness": "0123456789abcdef", "digest": "1"}
    NewsItemFactory(image=ImageFactory(**looks))
    ImageFactory(**looks)
    few = cost()
    for number in range(20):
        ImageFactory.create_batch(2, digest="2", likeness=f"{number * 3 % 16:x}" * 16)

    assert cost() == few <= 14


# Alt texts


def form(page, pk, **values):
    [found] = [each for each in page.context["forms"] if each.instance.pk == pk]
    data = {field.html_name: field.value() for field in found if field.value()}
    return {**data, **{f"bild-{pk}-{name}": value for name, value in values.items()}}


def test_what_many_pictures_show_is_written_in_one_go(editor, django_capture_on_commit_callbacks):
    one, two = ImageFactory(alt_sv=""), ImageFactory(alt_sv="")
    page = editor.get(TEXTS)
    data = form(page, one.pk, alt_sv="Ett torg.") | form(page, two.pk, is_decorative="on")

    response = editor.post(TEXTS, {**data, "id": [one.pk, two.pk]}, follow=True)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.alt_sv, two.is_decorative) == ("Ett torg.", True)
    assert Version.objects.of(one).last().by == editor.user
    assert messages_of(response) == ["Sparat: 2 bilder."]


def test_only_those_that_are_asked_for_are_there(editor):
    one, _two, three = ImageFactory.create_batch(3)

    page = editor.get(TEXTS, {"id": [one.pk, three.pk]})

    assert {each.instance for each in page.context["forms"]} == {one, three}


def test_what_is_wrong_comes_back_as_it_was_written_and_the_rest_is_saved(editor):
    one, two = ImageFactory(alt_sv=""), ImageFactory(alt_sv="")
    page = editor.get(TEXTS)
    data = form(page, one.pk, alt_sv="Ett torg.", is_decorative="on")
    data |= form(page, two.pk, alt_sv="En bro.")

    response = editor.post(TEXTS, {**data, "id": [one.pk, two.pk]})

    [wrong] = response.context["forms"]
    assert wrong.errors["alt_sv"]
    assert 'value="Ett torg."' in response.text
    assert Image.objects.get(pk=two.pk).alt_sv == "En bro."
    assert Image.objects.get(pk=one.pk).alt_sv == ""


def test_what_somebody_else_has_written_meanwhile_is_not_overwritten_unseen(editor):
    image = ImageFactory(alt_sv="")
    page = editor.get(TEXTS)
    Image.objects.get(pk=image.pk).save()  # her clock moves on

    data = form(page, image.pk, alt_sv="Min text.")
    response = editor.post(TEXTS, {**data, "id": image.pk})

    assert "Någon annan har ändrat bilden" in response.text
    assert 'value="Min text."' in response.text
    assert Image.objects.get().alt_sv == ""

    again = form(response, image.pk)
    editor.post(TEXTS, {**again, "id": image.pk})
    assert Image.objects.get().alt_sv == "Min text."


def test_who_writes_gets_no_form_for_what_residents_see(editor):
    image = NewsItemFactory(image=ImageFactory()).image

    page = editor.get(TEXTS, {"id": image.pk})
    editor.post(TEXTS, {"id": image.pk, f"bild-{image.pk}-title": "Kapad"})

    assert page.context["forms"] == []
    assert Image.objects.get().title == image.title


def test_keys_beyond_a_thousand_are_written_as_keys(editor):
    ImageFactory(pk=4711, alt_sv="")

    page = editor.get(TEXTS)
    editor.post(TEXTS, {**form(page, 4711, alt_sv="Ett torg."), "id": "4711"})

    assert '<input type="hidden" name="id" value="4711">' in page.text
    assert Image.objects.get().alt_sv == "Ett torg."


def test_a_form_without_its_fields_changes_nothing(editor):
    image = ImageFactory()

    editor.post(TEXTS, {"id": image.pk})

    assert Image.objects.get().alt_sv == image.alt_sv


@pytest.mark.parametrize("key", ["x", "-1", "9" * 19, "1e3", "²"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_odd_key_is_a_bad_request(editor, key, method):
    assert getattr(editor, method)(TEXTS, {"id": key}).status_code == 400


def test_the_list_leads_to_the_texts_of_those_that_are_chosen(editor):
    images = ImageFactory.create_batch(2)
    data = {"action": "write_texts", "_selected_action": [image.pk for image in images]}

    response = editor.post(reverse("admin:images_image_changelist"), data)

    assert {f"id={image.pk}" for image in images} == set(response.url.partition("?")[2].split("&"))


def test_the_page_of_texts_costs_the_same_however_many_there_are(editor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            editor.get(TEXTS)
        return len(queries)

    ImageFactory(alt_sv="")
    few = cost()
    ImageFactory.create_batch(20, alt_sv="")

    assert cost() == few <= 12


def test_a_picture_uploaded_by_many_is_ready_when_its_texts_are_saved(
    editor, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(upload_page, "PATIENCE", 0)
    send(editor, picture_file())
    image = Image.objects.get()

    data = form(editor.get(TEXTS), image.pk, alt_sv="Ett torg.")
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(TEXTS, {**data, "id": image.pk})

    assert not Image.objects.get().is_out_of_date


def test_a_picture_with_files_is_shown_beside_its_texts(editor):
    image = image_with_files()

    assert image.thumbnail_url in editor.get(TEXTS, {"id": image.pk}).text
