"""manage.py send_test_mail: says whether the site's mail works, and what to look at if not."""

import socket
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

ADDRESS = "drift@example.se"
SECRET = "hemligt-losenord"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
WELL = {"EHLO": "250-server\r\n250 AUTH PLAIN", "DATA": "354 go on", "AUTH": "235 welcome"}


def send(address=ADDRESS):
    output = StringIO()
    call_command("send_test_mail", address, stdout=output)
    return output.getvalue()


def told():
    """What is said of a mail that doesn't leave."""
    with pytest.raises(CommandError) as error:
        send()
    assert SECRET not in str(error.value)
    assert error.value.__suppress_context__ or error.value.__cause__ is None
    return str(error.value)


@pytest.fixture
def mail_server(settings):
    """A function: settings for a server that answers each SMTP command as in ``answers``."""
    ears, threads = [], []

    def start(answers=WELL, greeting="220 server", **changes):
        ear = socket.create_server(("127.0.0.1", 0))
        threads.append(threading.Thread(target=_serve, args=[ear, {**WELL, **answers}, greeting]))
        threads[-1].start()
        ears.append(ear)
        settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = SMTP, 5
        settings.EMAIL_HOST, settings.EMAIL_PORT = ear.getsockname()
        for name, value in changes.items():
            setattr(settings, name, value)

    yield start
    for ear in ears:
        ear.close()
    for thread in threads:
        thread.join(timeout=10)
        assert not thread.is_alive()


def _serve(ear, answers, greeting):
    connection, _peer = ear.accept()
    with connection, connection.makefile("rb") as lines:
        if not greeting:
            lines.readline()  # until the other gives up
            return
        try:
            connection.sendall(f"{greeting}\r\n".encode())
            for line in lines:
                word = line[:4].decode(errors="replace").upper()
                connection.sendall(f"{answers.get(word, '250 ok')}\r\n".encode())
                if word == "DATA":
                    while lines.readline() not in (b".\r\n", b""):
                        pass
                    connection.sendall(b"250 taken\r\n")
                if word == "QUIT":
                    return
        except ConnectionError:
            return  # hung up, as somebody does who didn't get the encryption she wanted


def test_a_mail_that_leaves_is_told_with_server_and_sender(mail_server, settings):
    mail_server()

    said = send()

    assert f"Mejlet till {ADDRESS} är lämnat till 127.0.0.1:{settings.EMAIL_PORT}" in said
    assert settings.DEFAULT_FROM_EMAIL in said


LOGGING_IN = {"EMAIL_HOST_USER": "portalen", "EMAIL_HOST_PASSWORD": SECRET}


@pytest.mark.parametrize(
    ("answers", "changes", "happened", "look_at"),
    [
        ({"AUTH": f"535 no, {SECRET}"}, LOGGING_IN, "användarnamnet eller lösenordet", "EMAIL_URL"),
        ({"MAIL": "550 no"}, {}, "godtog inte avsändaren", "DEFAULT_FROM_EMAIL"),
        ({"RCPT": "550 no"}, {}, "godtog inte mottagaren", "adressen"),
        ({"EHLO": "250 server"}, LOGGING_IN, "kan inte det", "smtp+tls://"),
        ({}, {"EMAIL_USE_TLS": True}, "kan inte det", "smtp+tls://"),
        ({}, {"EMAIL_USE_SSL": True}, "kunde inte krypteras", "smtp+ssl://"),
        ({"DATA": "451 later"}, {}, "felkod 451", "logg"),
    ],
)
def test_what_the_server_refuses_is_told_with_what_to_look_at(
    mail_server, answers, changes, happened, look_at
):
    mail_server(answers, **changes)

    said = told()

    assert said.startswith("Mejlet kunde inte skickas. ")
    assert happened in said
    assert look_at in said


def test_a_server_that_does_not_answer_is_given_up(mail_server):
    mail_server(greeting="", EMAIL_TIMEOUT=0.2)

    assert "svarade inte inom" in told()


def test_a_port_where_nobody_listens_is_told(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
    settings.EMAIL_BACKEND = SMTP

    assert "Ingen tar emot mejl på 127.0.0.1:" in told()


def test_a_server_name_that_does_not_exist_is_told(settings, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "mejl.example.se"

    assert "Det finns ingen server som heter mejl.example.se." in told()


@pytest.mark.parametrize(
    ("backend", "sentence"),
    [("console", "consolemail://"), ("locmem", "memorymail://"), ("dummy", "dummymail://")],
)
def test_a_mail_that_stays_on_the_site_is_no_success(settings, backend, sentence, capsys):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"

    assert sentence in told()


def test_a_file_is_no_success_either(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    assert "filemail://" in told()
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_no_address_is_refused(mailoutbox):
    with pytest.raises(CommandError, match="ingen e-postadress"):
        send("drift")

    assert mailoutbox == []


@pytest.mark.parametrize("backend", ["finns.inte.Backend", SMTP])
def test_settings_that_do_not_fit_together_are_told(settings, backend):
    settings.EMAIL_BACKEND = backend
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = True

    assert "går inte ihop" in told()
