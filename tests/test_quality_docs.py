"""The rules are told to those who look them up, as they are."""

import re

import pytest
from django.conf import settings

from publishing.quality import RULES

DOCS = (settings.BASE_DIR / "docs" / "quality.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([a-z-]+)` \|(.*)\|$", DOCS, re.MULTILINE))


def test_every_rule_is_in_the_docs_and_no_other():
    assert list(ROWS) == [rule.name for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_docs_name_the_source_of_a_rule_and_whether_it_may_be_exempted(rule):
    _what, source, *exemption = (cell.strip() for cell in ROWS[rule.name].split("|"))

    assert source == rule.source
    if rule.blocks:
        allowed = "yes, declared" if rule.shortcoming else "yes"
        assert exemption == ([allowed] if rule.may_be_excused else exemption)
        assert exemption[0].startswith("yes" if rule.may_be_excused else ("no", "never"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_why_in_whole_sentences(rule):
    assert rule.why.endswith(".")
    assert not rule.title.endswith(".")
