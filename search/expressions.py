"""What a document's terms must meet, written once and said in the words of each database.

Terms are letters and digits only (search.analysis), so nothing in them has a meaning of its own.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from search import analysis


class Terms:
    """The terms of a ``line``, as search.analysis.terms() makes it: as a line, and each ``singly``.

    No subclass of frozenset: Python compares two of its own by the smaller one.
    """

    def __init__(self, line):
        self.line, self.singly = line, frozenset(line.split())


@dataclass(frozen=True)
class Term:
    text: str
    is_prefix: bool = False

    def for_fts5(self):
        return f'"{self.text}"*' if self.is_prefix else f'"{self.text}"'

    def for_tsquery(self):
        return f"'{self.text}':*" if self.is_prefix else f"'{self.text}'"

    def in_title(self):
        return Term(analysis.in_title(self.text), self.is_prefix)

    def is_in(self, terms):
        """Whether ``terms`` (Terms) meet this."""
        return f" {self.text}" in terms.line if self.is_prefix else self.text in terms.singly


class _Several:
    def for_fts5(self):
        return f"({self.fts5.join(part.for_fts5() for part in self.parts)})"

    def for_tsquery(self):
        return f"({self.tsquery.join(part.for_tsquery() for part in self.parts)})"

    def in_title(self):
        """The same of titles alone."""
        return type(self)(tuple(part.in_title() for part in self.parts))


@dataclass(frozen=True)
class Any(_Several):
    parts: tuple
    fts5, tsquery = " OR ", " | "

    @cached_property
    def _sorted(self):
        """(the terms that are one whole term each, the other parts)"""
        whole = [each for each in self.parts if isinstance(each, Term) and not each.is_prefix]
        others = [each for each in self.parts if each not in whole]
        return frozenset(each.text for each in whole), others

    def is_in(self, terms):
        whole, others = self._sorted
        return not whole.isdisjoint(terms.singly) or any(part.is_in(terms) for part in others)


@dataclass(frozen=True)
class All(_Several):
    parts: tuple
    fts5, tsquery = " AND ", " & "

    def is_in(self, terms):
        return all(part.is_in(terms) for part in self.parts)


def at_least(number, parts):
    """What meets ``number`` of ``parts``."""
    groups = tuple(All(group) if number > 1 else group[0] for group in combinations(parts, number))
    return Any(groups)


def alternatives(expression):
    """The expressions of which one is enough for ``expression``."""
    if isinstance(expression, Any):
        return [each for part in expression.parts for each in alternatives(part)]
    return [expression]
