"""What a rule of the quality gate is, what it looks at, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from publishing.quality import html

ITEM, TEXT, LANGUAGE = "item", "text", "language"  # what a rule looks at, one at a time


@dataclass(frozen=True)
class Text:
    """One text of an item in one language: ``field`` "body" is the ``column`` "body_sv"."""

    column: str
    field: str
    language: str
    value: str
    is_rich: bool

    @cached_property
    def _parsed(self):
        return html.parse(self.value) if self.is_rich else (html.blocks_of_plain(self.value), [])

    @property
    def blocks(self):
        return self._parsed[0]

    @property
    def links(self):
        return self._parsed[1]

    @property
    def headings(self):
        return [block for block in self.blocks if block.is_heading]


@dataclass(frozen=True)
class Rule:
    """One thing that is asked of what is published.

    ``find`` gives (column, excerpt, sentence) of each flaw, where the sentence says what is wrong
    and how it is mended. It gets, by ``scope``, the item, one of its Texts, or a list of those of
    one language. ``asks_links`` adds publishing.quality.links.Links.
    """

    name: str
    title: str  # what it asks, for the list of rules
    why: str
    source: str  # who says so: a criterion, a guideline, a law
    find: Callable
    scope: str = TEXT
    blocks: bool = True
    may_be_excused: bool = True
    # What an exemption says in the accessibility statement, after the name of the page; "" where
    # the law on accessibility doesn't ask for it
    shortcoming: str = ""
    languages: tuple = ()  # only in these; everywhere when empty
    asks_links: bool = False

    def speaks(self, language):
        return not self.languages or language in self.languages


@dataclass(frozen=True)
class Flaw:
    """What a rule has found in a text."""

    rule: Rule
    column: str
    excerpt: str
    sentence: str
    language: str = ""

    @cached_property
    def fingerprint(self):
        """The same as long as the same rule is broken by the same words in the same field."""
        parts = [self.rule.name, self.column, " ".join(self.excerpt.split())]
        return sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]

    @property
    def blocks(self):
        return self.rule.blocks
