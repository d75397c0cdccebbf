"""Mail leaves after the commit: one that can't be sent undoes nothing, and tells no log of whom."""

import logging
import socket
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from publishing.models import State
from tests.admin_forms import staff
from tests.factories import NewsItemFactory

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "anna.hemlig@example.se"


def submitted(by, **facts):
    item = NewsItemFactory(draft=True, **facts)
    item.submit(by=by)
    return item


# Mail that can't be sent


class Failing(BaseEmailBackend):
    """A server that quotes the receiver in what it says."""

    error = ValueError

    def send_messages(self, messages):
        raise self.error(f"550 no such person: {messages[0].to}")


class Unreadable(Failing):
    error = UnicodeError


@pytest.fixture
def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def logged(caplog):
    """All that the act wrote to any log."""
    caplog.set_level(logging.INFO)
    return lambda: "\n".join(
        [*caplog.messages, *filter(None, (r.exc_text for r in caplog.records))]
    )


def submit_with_reviewer(reviewer_email):
    reviewer = staff("Publicister")
    reviewer.email = reviewer_email
    reviewer.save()
    return submitted(by=staff("Redaktörer"))


def test_a_server_that_does_not_answer_undoes_nothing(settings, closed_port, logged):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port

    item = submit_with_reviewer(SECRET)

    item.refresh_from_db()
    assert item.state == State.IN_REVIEW
    assert "Ett mejl till redaktionen kunde inte skickas: ConnectionRefusedError" in logged()


@pytest.mark.parametrize("backend", [Failing, Unreadable])
def test_whatever_goes_wrong_with_a_mail_undoes_nothing(settings, logged, backend):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"

    item = submit_with_reviewer(SECRET)

    item.refresh_from_db()
    assert item.state == State.IN_REVIEW
    assert backend.error.__name__ in logged()


def test_an_address_that_is_none_undoes_nothing(logged):
    item = submit_with_reviewer("anna\n@example.se")

    item.refresh_from_db()
    assert item.state == State.IN_REVIEW
    assert "BadHeaderError" in logged()


@pytest.mark.parametrize("backend", [Failing, Unreadable])
def test_the_log_names_nobody(settings, logged, backend):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"

    submit_with_reviewer(SECRET)

    assert SECRET not in logged()


def test_one_mail_that_fails_does_not_keep_the_next(monkeypatch):
    _reviewers = [staff("Publicister"), staff("Publicister")]
    sent = []

    def send(mail, *args):
        sent.append(mail)
        if len(sent) == 1:
            raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

    submitted(by=staff("Redaktörer"))

    assert len(sent) == 2


# As it arrives


def test_a_mail_arrives_with_its_swedish_letters(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    reviewer = staff("Publicister")

    submitted(by=staff("Redaktörer"), title_sv="Öjemossen")

    [file] = Path(settings.EMAIL_FILE_PATH).iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "Väntar på granskning: Öjemossen"
    assert mail["To"] == reviewer.email
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert "väntar på att du granskar den" in mail.get_content()
