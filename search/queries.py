"""What somebody has typed, as units of words and the terms that each can be found by."""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from search import analysis
from search.expressions import All, Any, Term, alternatives

MOST_LETTERS = 300  # of a query that are read; nobody's question is longer
MOST_WORDS = 14
SHORTEST_PREFIX = 3  # letters of a last word that may not be finished


class Way(Enum):
    """How terms of the index answer to a word of a query, and what that is worth."""

    EXACT = 1.0
    STEM = 0.9
    PREFIX = 0.75
    PART = 0.65
    SYNONYM = 0.55
    FOLDED = 0.45
    ONE_OF = 0.4  # one word of an expression that editors know
    TYPO = 0.3
    HALF = 0.2  # of a compound: asked for only when little else is found


@dataclass
class Unit:
    """One word of a query, or an expression that editors know, and how it may be found."""

    words: list
    says_little: bool = False
    ways: list = field(default_factory=list)  # [(Way, expression)]
    is_known: bool = False  # whether some document has the word itself
    mended: str = ""  # the word that this one was taken for

    def add(self, way, *expressions):
        """Let it be found by ``expressions`` too: each as the first way that it was given."""
        known = {expression for _way, expression in self.ways}
        parts = (part for each in expressions for part in alternatives(each))
        self.ways += [(way, each) for each in dict.fromkeys(parts) if each not in known]

    def has(self, *ways):
        return any(way in ways for way, _expression in self.ways)

    def expression(self, *, least=0.0):
        """What meets this in a way that is worth ``least``, or in any when none is."""
        wanted = [each for way, each in self.ways if way.value >= least]
        return Any(tuple(wanted or [each for _way, each in self.ways]))

    @cached_property
    def _by_way(self):
        """[(worth, frozenset of terms, what is more than one term)], the best first."""
        found = {}
        for way, expression in self.ways:
            terms, more = found.setdefault(way, (set(), []))
            if isinstance(expression, Term) and not expression.is_prefix:
                terms.add(expression.text)
            else:
                more.append(expression)
        return [
            (way.value, frozenset(terms), more)
            for way, (terms, more) in sorted(found.items(), key=lambda each: -each[0].value)
        ]

    def best_way(self, terms):
        """The worth of the best way in which ``terms`` (Terms) answer to this; 0 for none."""
        for worth, singly, more in self._by_way:
            if not singly.isdisjoint(terms.singly) or any(each.is_in(terms) for each in more):
                return worth
        return 0.0


@dataclass
class Query:
    text: str
    language: str
    units: list

    @property
    def required(self):
        """The units that a page must have; all of them when none says much ("för alla")."""
        return [unit for unit in self.units if not unit.says_little] or self.units

    @property
    def words(self):
        return [word for unit in self.units for word in unit.words]


def read(text, language):
    """The Query of what somebody typed in ``language``; its words have their own terms only."""
    text = " ".join(text[:MOST_LETTERS].split())
    found = analysis.numbers(text) or analysis.words(text)
    found = list(dict.fromkeys(found))[:MOST_WORDS]
    units = [Unit([word], analysis.says_little(word, language)) for word in found]
    for unit in units:
        _add_own_terms(unit, language)
    if units and len(found[-1]) >= SHORTEST_PREFIX:
        begun = analysis.term(language, analysis.EXACT, found[-1])
        units[-1].add(Way.PREFIX, Term(begun, is_prefix=True))
    return Query(text, language, units)


def _add_own_terms(unit, language):
    [word] = unit.words
    root = analysis.stem(word, language)
    unit.add(Way.EXACT, Term(analysis.term(language, analysis.EXACT, word)))
    unit.add(Way.STEM, Term(analysis.term(language, analysis.STEM, root)))
    for bare in dict.fromkeys([analysis.fold(root), analysis.fold(word)]):
        unit.add(Way.FOLDED, *_folded_terms(bare, language))


def _folded_terms(bare, language):
    return [
        Term(analysis.term(language, analysis.STEM, bare)),
        Term(analysis.term(language, analysis.FOLDED, bare)),
    ]


def about(roots, language):
    """What a document has that is about all of ``roots``, folded stems."""
    each = tuple(Any(tuple(_folded_terms(root, language))) for root in roots)
    return each[0] if len(each) == 1 else All(each)


def folded_root(word, language):
    return analysis.fold(analysis.stem(word, language))
