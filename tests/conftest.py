import ipaddress
import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import hypothesis
import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.running import (
    Site,
    environment,
    impatient,
    listening,
    looking_into,
    manage,
    own_database,
    serving,
)
from trollhattan_portal import settings as production
from trollhattan_portal.catalogues import compile_catalogues

ROOT = Path(__file__).parent.parent


pytest.register_assert_rewrite("tests.desks")

# Property tests find the same each time; how to look further is in docs/versions.md

_any = {
    "database": None,
    "deadline": None,  # how long it takes depends on the machine and not on the rule
    "suppress_health_check": list(hypothesis.HealthCheck),
}
hypothesis.settings.register_profile("gate", derandomize=True, **_any)
hypothesis.settings.register_profile("far", max_examples=500, stateful_step_count=60, **_any)
hypothesis.settings.load_profile("gate")


def pytest_configure():
    # Before anything asks Django which languages there are
    compile_catalogues()


# Nothing is written outside the test's own folder, nobody else's machine is reached


@pytest.fixture(autouse=True)
def own_data(settings, tmp_path):
    """Each test has its own files and its own, empty, cache."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CACHES = {"default": {**production.CACHES["default"], "LOCATION": tmp_path / "cache"}}


def _require_this_machine(host):
    try:
        allowed = host in (None, "", "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        allowed = False
    if not allowed:
        pytest.fail(f"A test tried to reach {host}, and tests reach this machine only.")


@pytest.fixture(autouse=True, scope="session")
def only_this_machine():
    look_up = socket.getaddrinfo

    def guarded_look_up(host, *args, **kwargs):
        _require_this_machine(host.decode() if isinstance(host, bytes) else host)
        return look_up(host, *args, **kwargs)

    def guarded(connect):
        def guarded_connect(self, address):
            if self.family != socket.AF_UNIX:
                _require_this_machine(address[0])
            return connect(self, address)

        return guarded_connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        yield


# Static files as production serves them


def _wait_for(is_done, seconds=240):
    for _ in range(seconds * 10):
        if is_done():
            return
        time.sleep(0.1)
    pytest.fail(f"Nothing happened within {seconds} s.")


def _made_once(tmp_path_factory, name, make):
    """The folder ``name``, filled by make(folder) in the first test process that needs it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for((folder / "ready").exists)
    else:
        make(folder)
        (folder / "ready").touch()
    return folder


@pytest.fixture(scope="session")
def _collected_static(tmp_path_factory):
    def collect(folder):
        with override_settings(STATIC_ROOT=folder, STORAGES=production.STORAGES):
            call_command("collectstatic", interactive=False, verbosity=0)

    return _made_once(tmp_path_factory, "static", collect)


@pytest.fixture
def hashed_static(settings, _collected_static):
    """Hashed, joined and compressed static files, served by whitenoise; returns their folder."""
    settings.STATIC_ROOT = _collected_static
    settings.STORAGES = production.STORAGES
    return _collected_static


# Browsers


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    # Playwright leaves an event loop running, in which Django refuses its database to the others
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if item.get_closest_marker("browser"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium, which can reach no host but this one."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    chromium = next(filter(None, (shutil.which(name) for name in names if name)), None)
    if not chromium:
        pytest.fail("Browser tests need Chromium: install it or name it in CHROMIUM.")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            *(["--no-sandbox"] if os.getuid() == 0 else []),
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }


@pytest.fixture
def base_url(live_server):
    """Lets browser tests write page.goto("/nyheter/"); a module may name another server here."""
    return live_server.url


@pytest.fixture
def browser_context_args(base_url):
    # Playwright keeps its own for the whole session, with the first module's server
    return {"base_url": base_url}


# The Nu HTML checker


@pytest.fixture(scope="session")
def html_errors(tmp_path_factory):
    """A function from {name: html} to the checker's complaints; one call for many pages."""
    checker = ROOT / ".tools/node_modules/vnu-jar/build/dist/vnu.jar"
    if not (checker.exists() and shutil.which("java")):
        pytest.fail("The HTML checker needs Java and vnu.jar: make test installs both.")

    def check(pages):
        folder = tmp_path_factory.mktemp("html")
        files = {}
        for number, (name, html) in enumerate(pages.items()):
            file = folder / f"{number}.html"
            file.write_text(html, encoding="utf-8")
            files[file.name] = name
        command = ["java", "-jar", checker, "--errors-only", "--exit-zero-always", "--format"]
        answer = subprocess.run(  # noqa: S603
            [*command, "json", *folder.iterdir()], capture_output=True, text=True, check=True
        )
        return [
            f"{files[Path(found['url']).name]}:{found.get('lastLine')}: {found['message']}"
            for found in json.loads(answer.stderr)["messages"]
        ]

    return check


# The site as it runs


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo as `make demo` serves it, by two workers, for tests that only read; its address."""

    def make_demo(folder):
        steps = ("migrate", "collectstatic --no-input", "load_demo", "create_demo_users")
        manage(environment(folder, 0), *steps)

    data = _made_once(tmp_path_factory, "demo", make_demo)
    with listening() as ear:
        port = ear.getsockname()[1]
        with serving(ear, environment(data, port), data / f"server-{port}.log"):
            yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def _running_site(tmp_path_factory, _collected_static):
    data = tmp_path_factory.mktemp("running")
    (data / "static").symlink_to(_collected_static)
    with own_database(data) as database, listening() as ear:
        settings, log = environment(data, ear.getsockname()[1], database), data / "server.log"
        manage(settings, "migrate", "create_demo_users")
        with serving(ear, settings, log) as master:
            yield Site(ear, master, settings, log)


@pytest.fixture
def site(_running_site, django_db_blocker):
    """The site as two workers serve it, to write to and to kill; models look into its database."""
    with django_db_blocker.unblock(), looking_into(_running_site.settings["DATABASE_URL"]):
        yield _running_site


@pytest.fixture(scope="module")
def impatient_site(_running_site):
    """The same site served by one worker more, which waits a second for the lock at most."""
    site, log = _running_site, _running_site.log.with_name("impatient.log")
    with listening() as ear:
        settings = impatient(site.settings)
        with serving(ear, settings, log) as master:
            yield Site(ear, master, settings, log)
