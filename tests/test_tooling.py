"""What the commands of the Makefile promise."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parent.parent


def run(*command, cwd=ROOT, **environment):
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PYTHON": sys.executable, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def project(tmp_path):
    """The scripts in a tree of their own, whose .venv writes down what it is asked to do."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "requirements.lock").touch()
    program(
        tmp_path / ".venv/bin/python",
        f"""case "$*" in
        -c*) exec {sys.executable} "$@" ;;
        *) echo "$@" password=$DEMO_PASSWORD database=$DATABASE_URL >>{tmp_path}/log ;;
        esac""",
    )
    shutil.copy(tmp_path / "requirements.lock", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def assert_stops_with_one_sentence(answer, *words):
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert answer.stderr.endswith(".\n")
    for word in words:
        assert word in answer.stderr


def test_ci_runs_make_test(tmp_path):
    program(tmp_path / "make", 'echo "make $@"')

    answer = run("bash", ".ci/run", PATH=f"{tmp_path}:{os.environ['PATH']}")

    assert answer.stdout == "make test\n"


def test_help_is_what_make_shows_and_names_every_target():
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()

    answer = run("make")

    assert re.findall(r"^make (\S+) +\w", answer.stdout, re.M) == targets


def test_no_committed_file_names_a_registry_or_a_machine():
    # In brackets, so that this line doesn't find itself
    addresses = re.compile(
        r"[p]ypi\.org/simple|[p]ythonhosted\.org|[r]egistry\.npmjs|/[w]ork/main|/opt/[w]heels"
    )
    files = run("git", "ls-files", "-z").stdout.split("\0")[:-1]

    found = {
        name
        for name in files
        if (ROOT / name).is_file()
        and addresses.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    }

    assert found == set()
    assert not {"uv.lock", "tests/tools/package-lock.json"} & set(files)


def test_the_tests_run_on_the_versions_that_are_served():
    served, tested = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.M))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert served <= tested


def test_the_demo_honours_port_and_password(project, free_port):
    answer = run("scripts/demo.sh", "serve", cwd=project, PORT=str(free_port), DEMO_PASSWORD="p w")

    log = (project / "log").read_text()
    assert answer.returncode == 0
    assert f"http://127.0.0.1:{free_port}/ " in answer.stdout
    assert re.search(rf"-m gunicorn .*--bind 127.0.0.1:{free_port} ", log)
    assert "create_demo_users password=p w" in log


def test_the_demo_never_meets_the_database_of_a_real_site(project, free_port):
    run("scripts/demo.sh", "serve", cwd=project, PORT=str(free_port), DATABASE_URL="postgres://")

    assert "migrate --verbosity 0 password= database=\n" in (project / "log").read_text()


def test_the_demo_makes_its_own_secret_once(project, free_port):
    run("scripts/demo.sh", "serve", cwd=project, PORT=str(free_port))
    secret = project / "var/secret_key"
    first = secret.read_text()
    run("scripts/demo.sh", "serve", cwd=project, PORT=str(free_port))

    assert len(first) > 64
    assert secret.read_text() == first
    assert secret.stat().st_mode & 0o777 == 0o600
    assert secret.parent.stat().st_mode & 0o777 == 0o700


def test_demo_reset_begins_anew(project, free_port):
    edited = project / "var/media/edited.jpg"
    edited.parent.mkdir(parents=True)
    edited.touch()

    run("scripts/demo.sh", "reset", cwd=project, PORT=str(free_port))

    assert not edited.exists()
    assert "load_demo" in (project / "log").read_text()


@pytest.mark.parametrize("action", ["serve", "reset", "dev"])
def test_a_busy_port_is_said_before_anything_is_done(project, action):
    kept = project / "var/db.sqlite3"
    kept.parent.mkdir()
    kept.touch()

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        answer = run("scripts/demo.sh", action, cwd=project, PORT=port)

    assert_stops_with_one_sentence(answer, port, "upptagen")
    assert kept.exists()
    assert not (project / "log").exists()


def test_a_too_old_python_is_said(project, tmp_path):
    old = program(tmp_path / "old/python3", "echo 3.10; exit 1")

    answer = run("scripts/demo.sh", "serve", cwd=project, PYTHON=str(old))

    assert_stops_with_one_sentence(answer, "3.11", "3.10")


def test_a_missing_python_is_said(project, tmp_path):
    answer = run("scripts/demo.sh", "serve", cwd=project, PYTHON=str(tmp_path / "none"))

    assert_stops_with_one_sentence(answer, "3.11", "ingen")


def test_a_python_without_venv_is_said(project, tmp_path, free_port):
    shutil.rmtree(project / ".venv")
    bare = program(
        tmp_path / "bare/python3",
        f"""case "$*" in *ensurepip*) exit 1 ;; *) exec {sys.executable} "$@" ;; esac""",
    )

    answer = run("scripts/demo.sh", "serve", cwd=project, PYTHON=str(bare), PORT=str(free_port))

    assert_stops_with_one_sentence(answer, "python3-venv")


def test_the_newest_python_is_taken(project, tmp_path, free_port):
    for name in ("python3", "python3.12", "python3.13"):
        program(
            tmp_path / f"bin/{name}", f'echo {name} >>{tmp_path}/asked; exec {sys.executable} "$@"'
        )
    program(tmp_path / "bin/python3.13", "echo 'version manager: not active' >&2; exit 127")

    run(
        *("scripts/demo.sh", "serve"),
        cwd=project,
        PATH=f"{tmp_path}/bin:{os.environ['PATH']}",
        PYTHON="",
        PORT=str(free_port),
    )

    assert set((tmp_path / "asked").read_text().split()) == {"python3.12"}


def test_the_log_says_nothing_about_who_asked(tmp_path, free_port):
    (tmp_path / "hello.py").write_text(
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Length', '0')])\n"
        "    return []\n"
    )
    config = ROOT / "scripts/gunicorn.conf.py"
    bind = f"127.0.0.1:{free_port}"
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "gunicorn", "--config", config, "--bind", bind, "hello"],
            cwd=tmp_path,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(free_port)
        headers = {"User-Agent": "Läsarens-webbläsare".encode(), "Referer": "https://a.example/"}
        urlopen(Request(f"http://{bind}/nyheter%0Aforged?q=hemligt", headers=headers)).close()  # noqa: S310
        urlopen(f"http://{bind}/hitta-stod/?malgrupp=valdsutsatta&alder=17").close()  # noqa: S310
        with pytest.raises(HTTPError, match="400"):
            urlopen(Request(f"http://{bind}/", headers={"Bad Header": "x"}))  # noqa: S310
    finally:
        server.terminate()
        server.wait()

    lines = (tmp_path / "log").read_text().splitlines()
    asked = [line for line in lines if "GET" in line]
    assert {line.split()[3] for line in asked} >= {"/nyheter%0Aforged", "/hitta-stod/"}
    assert not re.search("q=hemligt|valdsutsatta|alder|Läsarens|a.example|ip=", "\n".join(lines))
    assert "127.0.0.1" not in "\n".join(line for line in lines if "Listening" not in line)


def _wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("The server did not start")


def test_tests_reach_no_other_machine():
    with pytest.raises(pytest.fail.Exception, match="example.se"):
        urlopen("http://example.se/")


def test_tests_leave_the_developers_data_alone(settings):
    assert ROOT not in settings.MEDIA_ROOT.parents
    assert ROOT not in settings.STATIC_ROOT.parents
    assert str(ROOT) not in str(settings.CACHES["default"]["LOCATION"])


def test_the_browser_reaches_no_other_machine(page):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.se/")


def test_the_html_checker_finds_what_is_wrong(html_errors):
    start = "<!doctype html><html lang='sv'><title>Hej</title>"

    errors = html_errors({"right": f"{start}<p>Hej", "wrong": f"{start}<img src='a.png'>"})

    assert len(errors) == 1
    assert errors[0].startswith("wrong:1: An “img” element must have an “alt” attribute")
