"""The house plan, kept by reading the code."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from modeltranslation.translator import translator

from publishing.models import Content, Publishable

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "publishing": set(),
    "images": {"publishing"},
    "contacts": {"publishing", "images"},
    "focus_areas": {"contacts", "publishing", "images"},
    "initiatives": {"focus_areas", "contacts", "publishing", "images"},
    "news": {"initiatives", "focus_areas", "contacts", "publishing", "images"},
    "pages": {"contacts", "publishing", "images"},
    "search": {"publishing"},
}
OURS = {*MAY_IMPORT, "trollhattan_portal"}


def python_files(app):
    return [file for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts]


def imported_apps(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_imports_run_one_way(app):
    found = {name for file in python_files(app) for name in imported_apps(file)} & OURS

    assert found - {app} <= MAY_IMPORT[app]


@pytest.mark.parametrize("app", sorted(OURS))
def test_only_publishing_knows_what_public_means(app):
    by_state = re.compile(r"(filter|exclude|Q)\([^)]*\bstate\s*=")

    found = [file for file in python_files(app) if by_state.search(file.read_text("utf-8"))]

    allowed = {
        ROOT / "publishing/models/questions.py",
        ROOT / "publishing/models/content.py",  # what the database itself refuses
        ROOT / "news/models/archive.py",
    }
    assert set(found) <= allowed


def test_keys_and_page_numbers_in_attributes_have_no_space_for_thousands():
    key = r"\{\{ [\w.]*(?:\bpk|(?<!auto)_id|\.number|page_number) \}\}"
    written = re.compile(rf'(?:value|data-[a-z]+|href)="[^"]*{key}')

    found = {
        str(file.relative_to(ROOT)): written.findall(file.read_text("utf-8"))
        for file in (ROOT / "templates").rglob("*.html")
    }

    assert {name: each for name, each in found.items() if each} == {}


def test_no_template_asks_for_the_state():
    asking = [
        file
        for file in (ROOT / "templates").rglob("*.html")
        if "admin" not in file.parts and re.search(r"\.state\b", file.read_text("utf-8"))
    ]

    assert asking == []


def test_no_template_trusts_what_it_shows():
    trusting = [
        file
        for file in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", file.read_text("utf-8"))
    ]

    assert trusting == []


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, Publishable)], ids=lambda m: m.__name__
)
def test_every_published_kind_is_translated(model):
    fields = {field.name for field in model._meta.get_fields()}

    assert {"title", "lead", "body"} <= set(translator.get_options_for_model(model).fields)
    assert {f"title_{code}" for code in ("sv", "sv_simple", "fi", "en", "ar")} <= fields


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, Content)], ids=lambda m: m.__name__
)
def test_every_kind_of_content_has_a_swedish_name(model):
    assert not re.search(r"\b(item|page|area|unit|setting)s?\b", str(model._meta.verbose_name))


@pytest.mark.parametrize("app", sorted(OURS))
def test_every_file_is_one_room(app):
    long = {
        file.relative_to(ROOT): lines
        for file in python_files(app)
        if (lines := len(file.read_text("utf-8").splitlines())) > 300
    }

    assert long == {}
