"""Mails to editors, in Swedish, sent after the commit; a mail that fails undoes nothing."""

import logging
from functools import partial
from smtplib import SMTPException

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
    right = f"{item._meta.app_label}.publish_{item._meta.model_name}"
    backend = settings.AUTHENTICATION_BACKENDS[0]
    people = get_user_model().objects.with_perm(right, backend=backend).exclude(pk=by.pk)
    _send("waits", item, people, by=by, note=note)


def sent_back(item, *, to, by, comment):
    _send("sent_back", item, [to], by=by, note=comment)


def approved(item, *, to, by, note, at=None):
    """``at`` is when residents will see it, None for now."""
    _send("approved", item, [to] if to != by else [], by=by, note=note, at=at)


def failed(item, *, to, problem):
    _send("failed", item, [to], problem=problem)


def _send(name, item, people, **facts):
    addresses = [person.email for person in people if person and person.email and person.is_active]
    if not addresses:
        return
    edit = reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_change", args=[item.pk])
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(
            f"publishing/mail/{name}.txt",
            {"item": item, "url": settings.BASE_URL + edit, **facts},
        )
    subject, _empty, body = text.strip().partition("\n")
    # One mail each: nobody's address is shown to the others
    for address in addresses:
        message = EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[address])
        transaction.on_commit(partial(_deliver, message), robust=True)


def _deliver(message):
    try:
        message.send()
    except (SMTPException, OSError) as error:
        log.error("Ett mejl till redaktionen kunde inte skickas: %s", type(error).__name__)
