"""What the forms of the back office say about their fields."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.forms import BaseForm
from django.test import RequestFactory

from pages.models import Notice
from publishing.admin import verb_forms
from publishing.models import Publishable
from tests.factories import AdministratorFactory

pytestmark = pytest.mark.django_db

DJANGOS = (User, Group)  # whose forms are Django's own
# What an editor can misunderstand, wherever it stands in a form
NEEDS_HELP = {
    *("slug", "lead_sv", "body_sv", "unit", "review_interval", "keywords", "version_note"),
    *("is_minor", "parent", "order", "phase", "is_sensitive", "image", "focus_areas"),
}
KNOWN_BY_NAME = {"pages.startpage"}  # its fields are named after the parts of the page


def forms():
    """(label of the kind, form) of each kind and of the rows in its form."""
    request = RequestFactory().get("/")
    request.user = AdministratorFactory()
    for model, model_admin in admin.site._registry.items():
        if model in DJANGOS:
            continue
        yield model, model_admin.get_form(request)
        for inline in model_admin.get_inline_instances(request):
            yield inline.model, inline.get_formset(request).form


def fields():
    for model, form in forms():
        for name, field in form.base_fields.items():
            yield model, name, str(field.help_text)


def is_sentence(text):
    starts = text[0].isupper() or text[0].isdigit()
    return starts and text.rstrip().endswith((".", "?"))


def test_each_help_text_is_a_full_sentence():
    found = {
        f"{model._meta.label_lower}.{name}: {text}"
        for model, name, text in fields()
        if text and not is_sentence(text)
    }

    assert found == set()


def test_fields_that_can_be_misunderstood_say_what_they_are_for():
    silent = {
        f"{model._meta.label_lower}.{name}"
        for model, name, text in fields()
        if name in NEEDS_HELP
        and not text
        and issubclass(model, (Publishable, Notice))
        and model._meta.label_lower not in KNOWN_BY_NAME
    }

    assert silent == set()


def test_so_is_what_the_questions_before_an_act_say():
    texts = {
        str(field.help_text)
        for form in vars(verb_forms).values()
        if isinstance(form, type) and issubclass(form, BaseForm)
        for field in getattr(form, "base_fields", {}).values()
        if field.help_text
    }

    assert len(texts) > 5
    assert {text for text in texts if not is_sentence(text)} == set()
