"""The good and bad examples of each rule of the quality gate, in tests/gate/, as rows."""

import re
import tomllib
from pathlib import Path

import pytest

from publishing.models import Redirect
from publishing.quality import RULES
from tests.factories import ImageFactory, NewsItemFactory, PageFactory

FOLDER = Path(__file__).parent / "gate"
SETTING = ("published", "drafts", "moved", "image", "unit", "tidied")


def examples(kind, rules=RULES):
    """pytest parameters (rule, facts) of the good or bad examples of ``rules``."""
    return [
        pytest.param(rule, facts, id=f"{rule.name}-{number}")
        for rule in rules
        for number, facts in enumerate(examples_of(rule).get(kind, []), 1)
    ]


def examples_of(rule):
    """{"good": [facts], "bad": [facts]}"""
    file = FOLDER / f"{rule.name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def lasting(rule):
    """The bad examples of ``rule`` that are still bad when they have been saved, with numbers."""
    numbered = enumerate(examples_of(rule)["bad"], 1)
    return [(number, facts) for number, facts in numbered if "tidied" not in facts]


def texts_of(facts):
    return {
        name: re.sub(r"\{(\d+) ord\}", lambda found: " ".join(["ord"] * int(found[1])), text)
        for name, text in facts.items()
        if name not in SETTING
    }


def surroundings(facts):
    """What an example needs besides its texts; returns the other columns of its row."""
    for slug in facts.get("published", []):
        PageFactory(slug=slug)
    for slug in facts.get("drafts", []):
        PageFactory(slug=slug, draft=True)
    for old, new in facts.get("moved", {}).items():
        Redirect.lead(old, by=None, address=new)
    columns = {}
    if "image" in facts:
        columns["image"] = ImageFactory(**facts["image"])
    if "unit" in facts:
        columns["unit"] = None
    return columns


def example(facts, factory=NewsItemFactory, **columns):
    """A draft with the texts of an example."""
    columns = {"draft": True, "slug": "provad", **columns}
    return factory(**{**columns, **surroundings(facts), **texts_of(facts)})
