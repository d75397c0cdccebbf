"""That the list of mutants, which `make mutants` tries one by one, still fits the code."""

import ast
from pathlib import Path

import pytest

from scripts import mutants as them

ROOT = Path(__file__).parent.parent
ALL = them.mutants()


@pytest.mark.parametrize("mutant", ALL, ids=lambda each: each["why"])
def test_the_text_of_a_mutant_stands_once_in_its_file_and_leaves_python(mutant):
    _path, text = them.mutated(mutant, ROOT)

    ast.parse(text)
    assert mutant["text"] != mutant["becomes"]


def test_the_tests_that_mutants_name_are_there():
    named = {test for mutant in ALL for test in mutant["tests"]}

    for test in named:
        file, _colons, function = test.partition("::")
        assert f"def {function}(" in (ROOT / file).read_text("utf-8") if function else (ROOT / file)


def test_no_mutant_is_there_twice():
    assert len({(each["file"], each["text"], each["becomes"]) for each in ALL}) == len(ALL)


def test_every_verb_and_every_file_of_the_models_has_one():
    models = (ROOT / "publishing/models").glob("*.py")
    without = {"__init__.py", "states.py", "findable.py"}  # names and defaults only

    missing = {file.name for file in models} - {Path(each["file"]).name for each in ALL} - without
    assert missing == set()
