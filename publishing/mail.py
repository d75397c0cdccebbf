"""Mails to editors, in Swedish, sent after the commit; a mail that fails undoes nothing."""

import logging
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

log = logging.getLogger(__name__)


def waits(item, *, by, note):
    """Tell those who may publish ``item``, but not ``by``, that it waits for them."""
    others = _publishers(item).exclude(pk=by.pk)
    people = [person for person in others if not item.needs_other_eyes(person)]
    _send("waits", item, people, by=by, note=note)


def sent_back(item, *, to, by, comment):
    _send("sent_back", item, [to] if to != by else [], by=by, note=comment)


def approved(item, *, to, by, note, at=None):
    """``at`` is when residents will see it, None for now."""
    _send("approved", item, [to] if to != by else [], by=by, note=note, at=at)


def failed(item, *, to, problem):
    """Tell ``to`` why it was not published, or those who may publish it when ``to`` has left."""
    people = [to] if _addresses([to]) else _publishers(item)
    _send("failed", item, people, problem=problem)


def _publishers(item):
    right = f"{item._meta.app_label}.publish_{item._meta.model_name}"
    backend = settings.AUTHENTICATION_BACKENDS[0]
    return get_user_model().objects.with_perm(right, backend=backend).filter(is_staff=True)


def _addresses(people):
    return [person.email for person in people if person and person.email and person.is_active]


def _send(name, item, people, **facts):
    addresses = _addresses(people)
    if not addresses:
        return
    edit = reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_change", args=[item.pk])
    with override(settings.LANGUAGE_CODE):
        title = " ".join(str(item).split())  # the subject is the first line
        text = render_to_string(
            f"publishing/mail/{name}.txt",
            {"title": title, "url": settings.BASE_URL + edit, **facts},
        )
    subject, _empty, body = text.strip().partition("\n")
    # One mail each: nobody's address is shown to the others
    for address in addresses:
        message = EmailMessage(subject, body.strip() + "\n", to=[address])
        transaction.on_commit(partial(_deliver, message), robust=True)


def _deliver(message):
    try:
        message.send()
    except Exception as error:
        # Whatever it is, the act is done, and what the error says may quote an address
        log.error("Ett mejl till redaktionen kunde inte skickas: %s", type(error).__name__)
