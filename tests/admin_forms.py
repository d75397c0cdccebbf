"""What a person sends who opens a form of the admin, changes some fields and presses a button."""

import re

from django.contrib.auth.models import Group, Permission
from django.db.models.fields.files import FieldFile
from django.forms import MultiWidget
from django.urls import reverse

from tests.factories import UserFactory


def staff(role):
    """A person in the group ``role`` of publishing.roles."""
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    return user


def with_rights(*codenames):
    """A person of the staff with just these rights: "view_newsitem"."""
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def admin_url(model_or_item, page, *args):
    meta = model_or_item._meta
    if page in ("change", "delete", "history"):
        args = [model_or_item.pk]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def filled_in(response, **changes):
    """All fields of the form in ``response`` as they stand, with ``changes``."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            data |= _sent(field)
    return data | changes


def _sent(field):
    widget, value = field.field.widget, field.value()
    if isinstance(widget, MultiWidget):
        return {
            f"{field.html_name}_{number}": part or ""
            for number, part in enumerate(widget.decompress(value))
        }
    if value is None or value is False or isinstance(value, FieldFile):
        return {}  # a browser sends no file that nobody has chosen
    return {field.html_name: value}


def messages_of(response):
    """The sentences, without the button that undoes what they tell."""
    button = re.compile(r" <button [^>]+>Ångra</button>$")
    return [button.sub("", str(message)) for message in response.context["messages"]]
