"""Invitations to the back office: an account that waits for its owner to choose a password.

The account itself is the invitation: inactive, without a password, never used. A link stands for
the account as it is, so that it is worthless as soon as it has been used, sent anew, or withdrawn.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

log = logging.getLogger(__name__)


def invited():
    return get_user_model().objects.filter(
        is_active=False, last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX
    )


def is_invited(user):
    return not (user.is_active or user.last_login or user.has_usable_password())


def invite(user):
    """Let ``user``, with what is already known of her, wait for an answer from now on."""
    user.is_active, user.is_staff = False, True
    user.date_joined = timezone.now()
    user.set_unusable_password()  # a new one each time, which ends the earlier links
    user.save()


def runs_out_at(user):
    return user.date_joined + timedelta(days=settings.INVITATION_DAYS)


def has_run_out(user):
    return runs_out_at(user) <= timezone.now()


def accept(user, password):
    user.set_password(password)
    user.is_active = True
    user.date_joined = timezone.now()
    user.save()


def withdraw(user):
    """Whether there was one: she who has just answered keeps her account."""
    number, _by_kind = invited().filter(pk=user.pk).delete()
    return bool(number)


def key_of(user):
    return f"{user.pk}-{_seal(user)}"


def person_with(key, *, lock=False):
    """Whose invitation ``key`` is, or None when it can't be used (any longer)."""
    number, _dash, seal = key.partition("-")
    if not (number.isdecimal() and len(number) < 19):
        return None
    rows = invited().select_for_update() if lock else invited()
    user = rows.filter(pk=number).first()
    if user and constant_time_compare(seal, _seal(user)) and not has_run_out(user):
        return user
    return None


def _seal(user):
    facts = f"{user.pk} {user.email} {user.password}"
    return salted_hmac("trollhattan_portal.invitations", facts, algorithm="sha256").hexdigest()


def send(user, *, by):
    """Whether the mail has left. Not within a transaction: a mail server may take its time."""
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "account/email/invitation.txt",
            {
                "by": by,
                "url": settings.BASE_URL + reverse("invitation", args=[key_of(user)]),
                "site": settings.BASE_URL.partition("://")[2],
                "until": timezone.localtime(runs_out_at(user)),
            },
        )
    subject, _empty, body = text.strip().partition("\n")
    try:
        EmailMessage(subject, body.strip() + "\n", to=[user.email]).send()
    except Exception as error:
        # What the error says may quote the address
        log.error("En inbjudan kunde inte skickas: %s", type(error).__name__)
        return False
    return True
