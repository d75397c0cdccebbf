"""What a document's terms must meet, written once and said in the words of each database.

Terms are letters and digits only (search.analysis), so nothing in them has a meaning of its own.
"""

from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Term:
    text: str
    is_prefix: bool = False

    def for_fts5(self):
        return f'"{self.text}"*' if self.is_prefix else f'"{self.text}"'

    def for_tsquery(self, weight=""):
        label = f"{'*' if self.is_prefix else ''}{weight}"
        return f"'{self.text}':{label}" if label else f"'{self.text}'"

    def is_in(self, terms):
        """Whether a set of terms, of those that search.analysis.terms() makes, meets this."""
        if self.is_prefix:
            return any(term.startswith(self.text) for term in terms)
        return self.text in terms


class _Several:
    def for_fts5(self):
        return f"({self.fts5.join(part.for_fts5() for part in self.parts)})"

    def for_tsquery(self, weight=""):
        return f"({self.tsquery.join(part.for_tsquery(weight) for part in self.parts)})"


@dataclass(frozen=True)
class Any(_Several):
    parts: tuple
    fts5, tsquery = " OR ", " | "

    def is_in(self, terms):
        return any(part.is_in(terms) for part in self.parts)


@dataclass(frozen=True)
class All(_Several):
    parts: tuple
    fts5, tsquery = " AND ", " & "

    def is_in(self, terms):
        return all(part.is_in(terms) for part in self.parts)


@dataclass(frozen=True)
class InTitle:
    part: object

    def for_fts5(self):
        return f"{{title_terms}} : {self.part.for_fts5()}"

    def for_tsquery(self, weight=""):
        return self.part.for_tsquery("A")


def at_least(number, parts):
    """What meets ``number`` of ``parts``."""
    groups = tuple(All(group) if number > 1 else group[0] for group in combinations(parts, number))
    return Any(groups)


def alternatives(expression):
    """The expressions of which one is enough for ``expression``."""
    if isinstance(expression, Any):
        return [each for part in expression.parts for each in alternatives(part)]
    return [expression]
