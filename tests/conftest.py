import ipaddress
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from trollhattan_portal import settings as production
from trollhattan_portal.catalogues import compile_catalogues

ROOT = Path(__file__).parent.parent


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


# The demo


def _answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo as `make demo` serves it, by two workers, for tests that only read; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = [
        *["env", "-u", "DATABASE_URL", "DJANGO_SETTINGS_MODULE=trollhattan_portal.settings"],
        *["DEBUG=off", "SECURE_HTTPS=off", "SECRET_KEY=for-tests-only", "ALLOWED_HOSTS=127.0.0.1"],
        *["DEMO_PASSWORD=for-tests-only", f"BASE_URL=http://127.0.0.1:{port}"],
    ]

    def make_demo(folder):
        manage = [*environment, f"DATA_DIR={folder}", sys.executable, ROOT / "manage.py"]
        for command in ("migrate", "collectstatic --no-input", "load_demo", "create_demo_users"):
            subprocess.run(  # noqa: S603
                [*manage, *command.split()], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )

    data = _made_once(tmp_path_factory, "demo", make_demo)
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", ROOT / "scripts/gunicorn.conf.py"]
    server = subprocess.Popen(  # noqa: S603
        [*environment, f"DATA_DIR={data}", *gunicorn, "--bind", f"127.0.0.1:{port}"]
        + ["trollhattan_portal.wsgi"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_for(lambda: _answers(port))
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()
