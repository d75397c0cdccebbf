"""What somebody has typed, as units of words and the terms that each can be found by."""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from search import analysis
from search.expressions import All, Any, Term, alternatives

MOST_LETTERS = 300  # of a query that are read; nobody's question is longer
MOST_WORDS = 14
SHORTEST_PART = 4  # letters of what may be found inside another word
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
    same: list = field(default_factory=list)  # tuples of stems that mean the same
    is_known: bool = False  # whether some document has the word itself
    is_inside: bool = False  # whether some document has a longer word with it
    mended: str = ""  # the word that this one was taken for
    guess: str = ""  # the editors' word that this may be an error for
    guessed: list = field(default_factory=list)  # what means the same as that

    @property
    def is_long(self):
        """Whether it is one word that others may be made of."""
        [word, *others] = self.words
        return not (others or self.says_little or word.isdigit()) and len(word) >= SHORTEST_PART

    def add(self, way, *expressions):
        """Let it be found by ``expressions`` too: each as the first way that it was given."""
        known = {expression for _way, expression in self.ways}
        parts = (part for each in expressions for part in alternatives(each))
        self.ways += [(way, each) for each in dict.fromkeys(parts) if each not in known]

    def has(self, *ways):
        return any(way in ways for way, _expression in self.ways)

    def expression(self, *, least=0.0):
        """What meets this in a way that is worth ``least``, or in any when none is.

        What has the exact word has its stem too, and databases are slower the more they are asked.
        """
        wanted = [each for way, each in self.ways if least <= way.value < Way.EXACT.value]
        return Any(tuple(wanted or [each for _way, each in self.ways]))

    @cached_property
    def _by_way(self):
        """({term: worth of its best way}, these terms, [(worth, other expression)])"""
        terms, more = {}, []
        for way, expression in sorted(self.ways, key=lambda each: -each[0].value):
            if isinstance(expression, Term) and not expression.is_prefix:
                terms.setdefault(expression.text, way.value)
            else:
                more.append((way.value, expression))
        return terms, frozenset(terms), more

    def best_way(self, terms):
        """The worth of the best way in which ``terms`` (Terms) answer to this; 0 for none."""
        worths, known, more = self._by_way
        best = 0.0
        if not known.isdisjoint(terms.singly):
            best = max(worths[term] for term in known & terms.singly)
        for worth, expression in more:
            if worth <= best:
                break
            if expression.is_in(terms):
                return worth
        return best


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


def all_units(queries):
    return [(query, unit) for query in queries for unit in query.units]


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


def about(roots, language, known=None):
    """What a document has that is about all of ``roots``, stems or folded stems.

    ``known`` ({folded stem: the stems that it is of}) tells what some document has.
    """
    known = known or {}
    each = tuple(_of_root(root, language, known.get(analysis.fold(root))) for root in roots)
    return each[0] if len(each) == 1 else All(each)


def _of_root(root, language, stems):
    bare = analysis.fold(root)
    if root != bare:  # then what has other marks is another word: gäng isn't gång
        own = [each for each in (root, bare) if not stems or each in stems]
        return Any(tuple(Term(analysis.term(language, analysis.STEM, each)) for each in own))
    terms = _folded_terms(root, language)
    if stems:
        as_stem, folded = terms
        terms = [as_stem] * (root in stems) + [folded] * (stems != {root})
    return Any(tuple(terms))


def folded_root(word, language):
    return analysis.fold(analysis.stem(word, language))
