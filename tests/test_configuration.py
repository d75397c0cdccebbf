"""The settings come from the environment, have no default secret, and are all described."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def variables():
    settings = (ROOT / "trollhattan_portal/settings.py").read_text("utf-8")
    server = (ROOT / "scripts/gunicorn.conf.py").read_text("utf-8")
    return {
        *re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings),
        *re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", server),
    } - {"PATH_INFO"}


def described():
    return set(
        re.findall(r"^### `([A-Z_]+)`", (ROOT / "docs/configuration.md").read_text("utf-8"), re.M)
    )


def start(**environment):
    """Read the settings in a process of its own, with nothing but ``environment``."""
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "trollhattan_portal.settings",
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_every_variable_is_described():
    assert variables() == described()


def test_without_a_secret_key_nothing_starts():
    result = start()

    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr


def test_a_secret_may_lie_in_a_file(tmp_path):
    (tmp_path / "key").write_text("a" * 60)

    result = start(SECRET_KEY_FILE=str(tmp_path / "key"), DATA_DIR=str(tmp_path))

    assert result.returncode == 0, result.stderr
