"""Texts in several languages, in the forms of the back office."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission

from tests.admin_forms import admin_url, staff
from tests.factories import ContactFunctionFactory, NewsItemFactory, UserFactory

pytestmark = pytest.mark.django_db
FORM = "/admin/news/newsitem/add/"


@pytest.fixture
def publisher(client):
    client.force_login(staff("Publicister"))
    return client


def test_each_other_language_has_one_folded_fieldset_under_its_own_name(publisher):
    page = publisher.get(FORM)

    folded = [each.name for each in page.context["adminform"] if "collapse" in each.classes]
    assert folded == [name for code, name in settings.LANGUAGES if code != "sv"]


def test_swedish_comes_before_the_other_languages(publisher):
    page = publisher.get(FORM)

    first = next(iter(page.context["adminform"]))
    assert "title_sv" in first.fields
    assert "title_fi" not in first.fields


@pytest.mark.parametrize(
    ("field", "lang", "direction"),
    [
        ("title_sv", "sv", "ltr"),
        ("body_sv_simple", "sv-simple", "ltr"),
        ("title_ar", "ar", "rtl"),
        ("body_ar", "ar", "rtl"),
    ],
)
def test_every_text_box_says_its_language_and_direction(publisher, field, lang, direction):
    page = publisher.get(FORM)

    attributes = page.context["adminform"].form.fields[field].widget.attrs
    assert (attributes["lang"], attributes["dir"]) == (lang, direction)


def test_somebody_who_may_only_look_sees_the_text_as_residents_do(client):
    item = NewsItemFactory(body_sv="<h2>Rubriken</h2>", title_ar="عنوان")
    viewer = UserFactory()
    viewer.user_permissions.add(Permission.objects.get(codename="view_newsitem"))
    client.force_login(viewer)

    page = client.get(admin_url(item, "change")).content.decode()

    assert '<div lang="sv" dir="ltr"><h2>Rubriken</h2></div>' in page
    assert '<div lang="ar" dir="rtl">عنوان</div>' in page
    assert "[sv]" not in page


def test_somebody_who_may_only_look_sees_the_rows_of_a_form_so_too(client):
    function = ContactFunctionFactory(role_sv="Folkhälsostrateg", role_ar="استراتيجي")
    client.force_login(staff("Redaktörer"))

    page = client.get(admin_url(function.unit, "change")).content.decode()

    assert '<div lang="sv" dir="ltr">Folkhälsostrateg</div>' in page
    assert '<div lang="ar" dir="rtl">استراتيجي</div>' in page
    assert "[sv]" not in page
