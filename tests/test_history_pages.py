"""Two versions side by side, and one version read whole."""

import pytest
from django.utils import timezone

from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    ImageFactory,
    OpeningHoursFactory,
)
from tests.histories import address, draft, erase, forget, rewrite, versions
from tests.reading import links_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return AdministratorFactory(first_name="Åsa", last_name="Öberg")


@pytest.fixture
def desk(client, writer):
    client.force_login(writer)
    return client


def compare(client, item, one, other):
    return client.get(address(item, "compare"), {"fran": one, "till": other})


# Two versions


def test_what_was_added_and_taken_away_is_told_in_words(desk, writer):
    item = draft(writer, {"lead_sv": "Vi öppnar klockan 8."}, {"lead_sv": "Vi öppnar klockan 9."})

    page = compare(desk, item, 2, 3).content.decode()

    sign = '<span class="differences__sign" lang="sv">{}</span>'.format
    assert f"<del>{sign('borttaget')}8</del>" in page
    assert f"<ins>{sign('tillagt')}9</ins>" in page


def test_both_versions_say_who_and_when(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})

    words = words_of(compare(desk, item, 1, 2))

    assert "Från: version 1" in words
    assert "Till: version 2" in words
    assert "Åsa Öberg ändrade" in words


def test_the_older_comes_first_however_they_were_chosen(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})

    page = compare(desk, item, 2, 1)

    assert [side["version"].number for _name, side in page.context["sides"]] == [1, 2]


def test_a_version_is_like_itself(desk, writer):
    item = draft(writer)
    item.save_draft(by=writer, values={"lead_sv": "Nytt."})

    assert "Texterna är lika." in words_of(compare(desk, item, 2, 2))


def test_each_language_stands_by_itself_in_its_own_direction(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt.", "lead_ar": "جديد", "lead_fi": "Uusi."})

    page = compare(desk, item, 1, 2)

    assert [(g.language, g.direction) for g in page.context["groups"]] == [
        ("sv", "ltr"),
        ("fi", "ltr"),
        ("ar", "rtl"),
    ]
    assert '<section class="differences" lang="ar" dir="rtl">' in page.content.decode()


def test_what_has_no_language_is_compared_by_name(desk, writer):
    area = FocusAreaFactory(title_sv="Trygg uppväxt")
    item = draft(writer, {"focus_areas": [area.pk]})

    words = words_of(compare(desk, item, 1, 2))

    assert "Gemensamt för alla språk" in words
    assert "tillagt Trygg uppväxt" in words


def test_what_was_written_as_html_is_shown_as_text(desk, writer):
    item = draft(writer, {"lead_sv": "<img src=x onerror=alert(1)>"})

    page = compare(desk, item, 1, 2).content.decode()

    assert "<img src=x" not in page
    assert "&lt;img" in page


def test_a_field_that_the_model_has_lost_is_compared_too(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})
    rewrite(item, 1, colour="blå")

    assert "borttaget blå" in words_of(compare(desk, item, 1, 2))


def test_a_field_that_came_later_had_its_default_before(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})
    forget(item, 1, "kind")

    assert "Slag" not in words_of(compare(desk, item, 1, 2))


def test_what_was_erased_is_marked_and_is_no_difference(desk, writer):
    item = draft(writer, {"lead_sv": "Bo Ek bor här."}, {"lead_sv": "Här bor folk."})
    erase(item, 2, ["lead_sv"])

    page = compare(desk, item, 2, 3)

    assert "Ingress. Skäl: Begäran, dnr 1." in words_of(page)
    assert page.context["groups"] == []


def test_a_withdrawn_picture_is_a_marked_gap_in_older_versions(desk, writer):
    image = ImageFactory(title="Bo på torget")
    item = draft(writer, {"image": image.pk}, {"image": None})
    image.withdraw_consent(by=writer)

    words = words_of(compare(desk, item, 2, 3))

    assert "borttaget bild som inte får visas: samtycket är återkallat" in words
    assert "Bo på torget" not in words


def test_the_rows_of_a_unit_are_compared(desk, writer):
    hours = OpeningHoursFactory()
    hours.unit.record(by=writer)
    hours.delete()
    hours.unit.record(by=writer)

    words = words_of(compare(desk, hours.unit, 1, 2))

    assert "Öppettider" in words
    assert "öppnar: 8:00, stänger: 16:30" in words


# One version


def read(client, item, number):
    return client.get(address(item, "version", number))


def test_a_version_is_read_whole(desk, writer):
    area = FocusAreaFactory(title_sv="Trygg uppväxt")
    values = {
        "lead_sv": "Ingressen.",
        "body_sv": "<h2>Mer</h2><p>Texten.</p>",
        "title_ar": "خبر",
        "focus_areas": [area.pk],
        "kind": "follow_up",
    }
    item = draft(writer, values)

    words = words_of(read(desk, item, 2))

    for each in ["Torget", "Ingressen.", "Mer", "Texten.", "خبر", "Trygg uppväxt", "uppföljning"]:
        assert each in words
    assert "Åsa Öberg ändrade" in words


def test_a_version_is_shown_as_it_was_and_not_as_the_row_is(desk, writer):
    item = draft(writer, {"lead_sv": "Då."}, {"lead_sv": "Nu."})

    words = words_of(read(desk, item, 2))

    assert "Då." in words
    assert "Nu." not in words


def test_rich_text_is_cleaned_once_more_when_it_is_shown(desk, writer):
    item = draft(writer, {"body_sv": "<p>Hej</p>"})
    rewrite(item, 2, body_sv='<p onclick="x()">Hej<script>x()</script></p>')

    page = read(desk, item, 2).content.decode()

    assert "<p>Hej</p>" in page
    assert "onclick" not in page


def test_arabic_is_written_from_right_to_left(desk, writer):
    item = draft(writer, {"title_ar": "خبر"})

    page = read(desk, item, 2).content.decode()

    assert '<section class="version__text" lang="ar" dir="rtl">' in page


def test_what_the_model_has_lost_is_set_aside_under_a_heading(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})
    rewrite(item, 2, colour="blå", sizes=[1, 2], deep={"a": {"b": None}})

    words = words_of(read(desk, item, 2))

    assert "Fält som inte finns längre" in words
    assert "colour blå" in words


def test_a_version_that_lacks_a_field_can_be_read(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})
    forget(item, 2, "kind", "focus_areas")

    assert "Nytt." in words_of(read(desk, item, 2))


@pytest.mark.parametrize(
    "data", [{"image": 77}, {"focus_areas": [77]}, {"kind": "gone"}, {"unit": None}], ids=str
)
def test_a_version_that_refers_to_what_is_gone_can_be_read(desk, writer, data):
    item = draft(writer, {"lead_sv": "Nytt."})
    rewrite(item, 2, **data)

    assert read(desk, item, 2).status_code == 200


def test_a_gap_says_what_is_gone_and_when_and_why(desk, writer):
    item = draft(writer, {"lead_sv": "Bo Ek bor här.", "lead_fi": "Täällä."}, {"lead_sv": "Nu."})
    erase(item, 2, ["lead_sv", "lead_fi", "@by"])

    words = words_of(read(desk, item, 2))

    assert "Borttaget ur historiken" in words
    assert "Namnet på den som gjorde det, Ingress (Suomi), Ingress. Skäl: Begäran, dnr 1." in words
    assert "Bo Ek" not in words
    assert "Åsa Öberg" not in words


def test_gaps_of_different_times_keep_their_own_reasons(desk, writer):
    item = draft(writer, {"lead_sv": "Ett.", "caption_sv": "Två."}, {"lead_sv": "Nu."})
    erase(item, 2, ["lead_sv"], note="Först.")
    erase(item, 2, ["caption_sv"], note="Sedan.")

    words = words_of(read(desk, item, 2))

    assert "Ingress. Skäl: Först." in words
    assert "Bildtext. Skäl: Sedan." in words


def test_a_withdrawn_picture_is_not_named_in_an_older_version(desk, writer):
    image = ImageFactory(title="Bo på torget")
    item = draft(writer, {"image": image.pk}, {"image": None})
    image.withdraw_consent(by=writer)

    words = words_of(read(desk, item, 2))

    assert "bild som inte får visas: samtycket är återkallat" in words
    assert "Bo på torget" not in words


def test_a_picture_whose_time_is_over_is_not_named_either(desk, writer):
    image = ImageFactory(title="Bo på torget", valid_until=timezone.localdate().replace(year=2020))
    item = draft(writer, {"image": image.pk})

    assert "bild som inte får visas: tiden är slut" in words_of(read(desk, item, 2))


def test_a_version_says_its_place_in_the_chain(desk, writer):
    item = draft(writer, {"lead_sv": "Nytt."})

    assert f"kontrollsumman {versions(item)[1].hash}" in words_of(read(desk, item, 2))


def test_a_version_of_what_is_thrown_away_is_read_too(desk, writer):
    item = draft(writer, {"lead_sv": "Ingressen."})
    page = address(item, "version", 2)
    item.move_to_bin(by=writer)

    assert "Ingressen." in words_of(desk.get(page))


@pytest.mark.parametrize(("role", "is_led"), [("Publicister", False), ("Administratörer", True)])
def test_only_those_who_may_erase_are_led_there(client, writer, role, is_led):
    item = draft(writer, {"lead_sv": "Nytt."})
    client.force_login(staff(role))

    links = links_of(read(client, item, 2))

    assert (("Radera ur historiken …", address(item, "erase", 2)) in links) == is_led
