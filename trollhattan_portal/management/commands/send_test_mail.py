import smtplib
import socket
import ssl
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

# The first that fits; a sentence about what happened, and one about what to look at
MEANINGS = [
    (
        smtplib.SMTPAuthenticationError,
        "Mejlservern godtog inte användarnamnet eller lösenordet.",
        "Se efter dem i EMAIL_URL. Tecken som @ och : i dem skrivs som %40 och %3A.",
    ),
    (
        smtplib.SMTPSenderRefused,
        "Mejlservern godtog inte avsändaren {sender}.",
        "Se efter DEFAULT_FROM_EMAIL: servern ska få skicka från den adressen. Kanske vill den "
        "också att man loggar in, med smtp+tls://namn:lösenord@server i EMAIL_URL.",
    ),
    (
        smtplib.SMTPRecipientsRefused,
        "Mejlservern godtog inte mottagaren {receiver}.",
        "Se efter adressen, och att servern får skicka till andra än den egna domänen.",
    ),
    (
        smtplib.SMTPNotSupportedError,
        "Mejlservern kan inte det som EMAIL_URL ber om.",
        "Se efter om servern vill ha smtp://, smtp+tls:// eller smtp+ssl://, och om den vill att "
        "man loggar in.",
    ),
    (
        ssl.SSLError,
        "Förbindelsen till {server} kunde inte krypteras.",
        "Se efter om det ska vara smtp+tls:// (ofta port 587) eller smtp+ssl:// (ofta port 465), "
        "och att serverns certifikat gäller för namnet.",
    ),
    (
        socket.gaierror,
        "Det finns ingen server som heter {host}.",
        "Se efter servernamnet i EMAIL_URL, och att datorn når en namnserver.",
    ),
    (
        ConnectionRefusedError,
        "Ingen tar emot mejl på {server}.",
        "Se efter servernamnet och porten i EMAIL_URL.",
    ),
    (
        TimeoutError,
        "{server} svarade inte inom {seconds} sekunder.",
        "Se efter servernamnet och porten i EMAIL_URL, och att brandväggen släpper ut trafiken.",
    ),
    (
        smtplib.SMTPServerDisconnected,
        "{server} bröt förbindelsen.",
        "Se efter om det ska vara smtp+tls:// eller smtp+ssl://, och att porten hör till det.",
    ),
    (
        smtplib.SMTPResponseException,
        "Mejlservern svarade med felkod {code}.",
        "Se efter i mejlserverns logg vad koden betyder.",
    ),
    (
        OSError,
        "{server} gick inte att nå, eller mejlet att skriva.",
        "Se efter servernamnet, porten och nätet, och är det filemail:// att mappen går att "
        "skriva i.",
    ),
    (
        (ImportError, ImproperlyConfigured, ValueError),
        "Inställningarna för mejl går inte ihop.",
        "Se efter EMAIL_URL och DEFAULT_FROM_EMAIL i docs/configuration.md.",
    ),
]
ELSEWHERE = {
    "console": "Det skrevs ut här i stället för att skickas: EMAIL_URL är consolemail://, som är "
    "till för den egna datorn. Riktiga mejl kräver till exempel smtp+tls://.",
    "dummy": "Det kastades: EMAIL_URL är dummymail://. Riktiga mejl kräver till exempel "
    "smtp+tls://.",
    "locmem": "Det stannade i minnet: EMAIL_URL är memorymail://. Riktiga mejl kräver till "
    "exempel smtp+tls://.",
    "filebased": "Det skrevs i en fil: EMAIL_URL är filemail://. Riktiga mejl kräver till exempel "
    "smtp+tls://.",
}
TEXT = (
    "Hej!\n\nDet här är ett provmejl från {site}. Kom det fram fungerar webbplatsens mejl: "
    "inbjudningar, nya lösenord och besked om texter.\n\nHamnade det i skräpposten ska den som "
    "sköter domänen se efter SPF och DKIM för {sender}.\n"
)


class Command(BaseCommand):
    help = (
        "Skickar ett provmejl med de inställningar som gäller, och säger vad som hände och vad du "
        "ska se efter om det inte gick. Slutar med felkod om mejlet inte kunde lämnas till en "
        "mejlserver. Inga lösenord skrivs ut."
    )

    def add_arguments(self, parser):
        parser.add_argument("address", help="vart mejlet ska skickas")

    def handle(self, *, address, **options):
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"”{address}” är ingen e-postadress.") from error
        try:
            self._send(address)
        except Exception as error:
            # The error itself may hold what was sent to the server, the password among it
            raise CommandError(_told(error, address)) from None
        if where := ELSEWHERE.get(settings.EMAIL_BACKEND.split(".")[-2]):
            raise CommandError(f"Mejlet lämnade inte webbplatsen. {where}")
        self.stdout.write(
            f"Mejlet till {address} är lämnat till {_server()}, från "
            f"{settings.DEFAULT_FROM_EMAIL}. Titta efter det i inkorgen, och i skräpposten."
        )

    def _send(self, address):
        site = settings.BASE_URL.partition("://")[2]
        text = TEXT.format(site=site, sender=settings.DEFAULT_FROM_EMAIL)
        connection = get_connection()
        try:
            EmailMessage(f"Provmejl från {site}", text, to=[address], connection=connection).send()
        finally:
            # Django leaves it open when the server refuses the password
            with suppress(smtplib.SMTPException, OSError):
                connection.close()


def _server():
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def _told(error, address):
    if isinstance(error.__context__, TimeoutError):
        error = error.__context__  # smtplib calls it a broken connection
    for kind, what, look in MEANINGS:
        if isinstance(error, kind):
            return "Mejlet kunde inte skickas. " + f"{what} {look}".format(
                sender=settings.DEFAULT_FROM_EMAIL,
                receiver=address,
                server=_server(),
                host=settings.EMAIL_HOST,
                seconds=settings.EMAIL_TIMEOUT,
                code=getattr(error, "smtp_code", ""),
            )
    name = type(error).__name__
    return f"Mejlet kunde inte skickas ({name}). Se efter EMAIL_URL i docs/configuration.md."
