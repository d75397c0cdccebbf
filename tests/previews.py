"""What a person does who looks at a page before it is published."""

import re
from urllib.parse import urlsplit

from django.apps import apps
from django.test import Client

from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import UserFactory


def client_of(role):
    """The browser of somebody in the group ``role``; None is staff without any."""
    client = Client()
    client.user = staff(role) if role else UserFactory()
    client.force_login(client.user)
    return client


def press_preview(client, item, **changes):
    """The answer to who opens the form of ``item``, a row or a kind, and presses Förhandsvisa."""
    is_new = isinstance(item, type)
    form = client.get(admin_url(item, "add" if is_new else "change"))
    address = admin_url(item, "preview_new") if is_new else admin_url(item, "preview_form", item.pk)
    return client.post(address, filled_in(form, **changes), follow=True)


def page_in(client, frame):
    """The answer with the page in the ``frame`` of another answer."""
    address = re.search(r'<iframe [^>]*src="([^"]*)"', frame.content.decode())[1]
    return client.get(address.replace("&amp;", "&"))


def preview_of(client, item, **changes):
    """The page of what stands in the form of ``item``, as text."""
    return page_in(client, press_preview(client, item, **changes)).content.decode()


def as_residents_get_it(page):
    """The ``page`` in a frame as residents would get it: links don't lead out of a frame."""
    return page.replace('<head>\n  <base target="_blank">', "<head>")


def key_in(frame):
    """The key of the preview that the address of a ``frame`` names."""
    return urlsplit(frame.redirect_chain[-1][0]).path.rstrip("/").rpartition("/")[2]


def rows_of_all_tables():
    """{table: all that stands in it}."""
    models = apps.get_models(include_auto_created=True)
    return {one._meta.db_table: list(one._base_manager.order_by("pk").values()) for one in models}


def changed_tables(before):
    """The tables in which something else stands than in ``before``."""
    now = rows_of_all_tables()
    return {table for table in now if now[table] != before[table]}
