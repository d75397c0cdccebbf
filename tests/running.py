"""The site as it runs: two workers of gunicorn on a database of its own, which may be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import environ
import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.utils import load_backend

from news.models import NewsArchive, NewsItem
from publishing.history import drifted_rows, verify_chain
from publishing.models import Track, Version
from tests.people import Person

ROOT = Path(__file__).parent.parent
PASSWORD = "for-tests-only"


def environment(data, port, database=""):
    """What the site reads, as in production but for https; in a folder ``data``."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "trollhattan_portal.settings",
        "PYTHONUTF8": "1",
        "DEBUG": "off",
        "SECURE_HTTPS": "off",
        "SECRET_KEY": "for-tests-only",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO_PASSWORD": PASSWORD,
        "DATA_DIR": str(data),
        **({"DATABASE_URL": database} if database else {}),
    }


def impatient(settings):
    """The same for a single worker that waits for the database's lock for a second at most."""
    address = settings["DATABASE_URL"]
    is_file = address.startswith("sqlite:")
    wait = "timeout=1" if is_file else "options=-c%20lock_timeout=1s"
    return settings | {"DATABASE_URL": f"{address}?{wait}", "WEB_CONCURRENCY": "1"}


def manage(settings, *commands):
    for command in commands:
        subprocess.run(  # noqa: S603
            [sys.executable, ROOT / "manage.py", *command.split()],
            env=settings,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def listening():
    """A socket that others may connect to already, before anybody answers."""
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen(64)
        yield ear


@contextmanager
def serving(ear, settings, log):
    """The master process of gunicorn, as production starts it; it and its workers end with this."""
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", ROOT / "scripts/gunicorn.conf.py"]
    with log.open("ab") as output:
        master = subprocess.Popen(  # noqa: S603
            [*gunicorn, "--bind", f"fd://{ear.fileno()}", "trollhattan_portal.wsgi"],
            cwd=ROOT,
            env=settings,
            pass_fds=[ear.fileno()],
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield master
    finally:
        with suppress(ProcessLookupError):
            os.killpg(master.pid, signal.SIGKILL)
        master.wait()


class Site:
    """A site with the demo's users and no content, and what is done to it from outside."""

    def __init__(self, ear, master, settings, log):
        self.port, self.master = ear.getsockname()[1], master
        self.settings, self.log, self.people = settings, log, {}

    def person(self, name):
        """Somebody who has logged in: "redaktor", "publicist" or "administrator"."""
        if name not in self.people:
            self.people[name] = Person(self.port).log_in(name, PASSWORD)
        return self.people[name]

    def resident(self):
        return Person(self.port)

    def faults(self):
        """What the site has logged of faults in it."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if "Internal Server Error" in line or "Error:" in line]

    def workers(self):
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_who_handles(self, sent, after):
        """kill -9 of the worker that handles ``sent``, ``after`` seconds from when it took it up.

        Of another one when it has been done already.
        """
        worker = until(lambda: self._handling(sent))
        time.sleep(after)
        os.kill(worker, signal.SIGKILL)

    def _handling(self, sent):
        name, workers = self._connection(sent.port), self.workers()
        busy = [pid for pid in workers if name in _open_files(pid)]
        return next(iter(busy or (workers if sent.is_answered() else [])), None)

    def _connection(self, port):
        """What the site's end of the connection from ``port`` is called among open files."""
        ends = f":{self.port:04X}", f":{port:04X}"
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            _number, here, there, *facts = line.split()
            if (here[-5:], there[-5:]) == ends:
                return f"socket:[{facts[6]}]"
        return ""


def _open_files(pid):
    found = set()
    with suppress(OSError):  # it may have ended
        for each in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found.add(os.readlink(each))
    return found


@contextmanager
def own_database(data):
    """The address of an empty database: of PostgreSQL where the tests have that, else a file."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield f"sqlite:///{data / 'db.sqlite3'}"
        return
    name = f"running_{os.getpid()}"
    facts = environ.Env.db_url_config(server)
    keys = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    place = {key: facts[name] for key, name in keys.items() if facts[name]}
    with psycopg.connect(**place, dbname="postgres", autocommit=True) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name}")
        try:
            yield server.rpartition("/")[0] + f"/{name}"
        finally:
            maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def looking_into(address):
    """Let models, in here, read and write the database at ``address`` instead of the tests' own."""
    tests_own = connections["default"]
    facts = {**tests_own.settings_dict, **environ.Env.db_url_config(address)}
    # Pools are kept by alias, and there is one of the tests' own
    facts["OPTIONS"] = {k: v for k, v in facts["OPTIONS"].items() if k != "pool"}
    connections["default"] = load_backend(facts["ENGINE"]).DatabaseWrapper(facts, "default")
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = tests_own
        ContentType.objects.clear_cache()


def cut_connections():
    """End the connections of everybody else, as when the database is restarted; SQLite has none."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def assert_whole():
    """Rows, versions, chain and numbers are of one mind, and the schedule holds no leavings."""
    proof = verify_chain()
    assert not proof.broken
    assert proof.length == Version.objects.count()
    assert not list(drifted_rows())
    assert sum(number for _year, number in NewsArchive.years()) == (
        NewsItem.objects.published().count()
    )
    assert not Track.objects.due().exists()


def until(is_so, seconds=60):
    """Wait until ``is_so()``, and return its answer. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := is_so():
            return answer
        time.sleep(0.002)
    raise TimeoutError(f"Nothing happened within {seconds} s.")
