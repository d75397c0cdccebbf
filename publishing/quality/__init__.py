"""Quality rules: what keeps a text from being published, and what its writer is advised."""

from publishing.quality.gate import judge, rules_version, texts_on
from publishing.quality.rule import Flaw, Rule
from publishing.quality.rules import BY_NAME, RULES

__all__ = ["BY_NAME", "RULES", "Flaw", "Rule", "judge", "rules_version", "texts_on"]
