"""The words that a document was found by, marked in its title and in the sentences around them."""

import re
from itertools import pairwise

from django.utils.html import escape, format_html

from publishing.translations import isolated
from search import analysis
from search.expressions import Term

# With the vowel signs of Arabic, marks that follow their letter, and hyphens that are not seen
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200d])*")
SENTENCE = re.compile(r"\n\s*|(?<=[.!?…؟])[ \N{NO-BREAK SPACE}]+(?=\W*[A-ZÅÄÖ0-9\u0600-\u06ff])")
ENDED = re.compile(r"[.!?…:;؟،]\W*\Z")
LENGTH = 200  # letters of an excerpt, about
BEFORE = 70  # of them ahead of the word that was found, in a sentence that is longer than all that
MOST_READ = 20_000  # letters of a text that are looked through


class Marker:
    """Marks what answers to ``query``, a search.queries.Query whose words have all their ways."""

    def __init__(self, query):
        self.language = query.language
        self.units = [_terms_of(unit) for unit in query.required]
        self.asked = {word for unit in query.required for word in unit.words}
        self.known = {}

    def marked(self, text):
        """``text`` as safe HTML."""
        return isolated(self._html(text, self._found(text)))

    def excerpt(self, text):
        """The sentences of ``text`` with most of what was asked for, as safe HTML."""
        text = text[:MOST_READ].strip()
        found = self._found(text)
        sentences = _sentences(text)
        first, last = _best(sentences, found)
        start, end = sentences[first]
        if end - start > LENGTH * 1.2:
            inside = next((at for at, _to, _units in found if start <= at < end), start)
            return self._crop(text, start, end, inside, found)
        parts = [self._part(text, *span, found) for span in sentences[first : last + 1]]
        return isolated("".join(self._joined(text, sentences[first : last + 1], parts)))

    # Which words

    def _found(self, text):
        """[(start, end, the numbers of the units that it answers to)]"""
        spans = [(*match.span(), self._units_of(match[0])) for match in WORD.finditer(text)]
        for match in analysis.DIGITS.finditer(text):
            units = self._units_of(analysis.digits(match[0]))
            if units:
                inside = (match.start(), match.end())
                spans = [each for each in spans if not inside[0] <= each[0] < inside[1]]
                spans.append((*inside, units))
        return sorted(each for each in spans if each[2])

    def _units_of(self, text):
        if text not in self.known:
            found = [unit for word in analysis.words(text) for unit in self._answered_by(word)]
            self.known[text] = tuple(sorted(set(found)))
        return self.known[text]

    def _answered_by(self, word):
        if analysis.says_little(word, self.language) and word not in self.asked:
            return
        terms = analysis.terms_of_word(word, self.language)
        for number, (whole, begun) in enumerate(self.units):
            if not whole.isdisjoint(terms) or terms[0].startswith(begun):
                yield number

    # How they look

    def _html(self, text, found):
        pieces, at = [], 0
        for start, end, _units in found:
            pieces += [escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
            at = end
        return "".join([*pieces, escape(text[at:])])

    def _part(self, text, start, end, found):
        inside = [(at - start, to - start, units) for at, to, units in found if start <= at < end]
        return self._html(text[start:end], inside)

    def _joined(self, text, spans, parts):
        """``parts`` with a dash between a heading, or a row of a list, and what follows it."""
        yield parts[0]
        for (one, other), part in zip(pairwise(spans), parts[1:], strict=True):
            is_ended = ENDED.search(text[one[0] : one[1]]) or "\n" not in text[one[1] : other[0]]
            yield f"{' ' if is_ended else ' – '}{part}"

    def _crop(self, text, start, end, inside, found):
        """A part of a long sentence, from one space to another."""
        first = start
        if inside - start > BEFORE:
            first = text.find(" ", inside - BEFORE, inside) + 1 or inside
        last = end
        if end - first > LENGTH:
            last = text.rfind(" ", inside, first + LENGTH)
            last = last if last > inside else min(end, first + LENGTH)
        html = self._part(text, first, last, found)
        return isolated(f"{'… ' if first > start else ''}{html}{' …' if last < end else ''}")


def _terms_of(unit):
    """(the terms that answer to ``unit``, how others that do begin)"""
    terms = [term for _way, expression in unit.ways for term in _leaves(expression)]
    whole = {term.text for term in terms if not term.is_prefix}
    return whole, tuple(term.text for term in terms if term.is_prefix)


def _leaves(expression):
    if isinstance(expression, Term):
        yield expression
    else:
        for part in expression.parts:
            yield from _leaves(part)


def _sentences(text):
    """[(start, end)]"""
    cuts = [match.span() for match in SENTENCE.finditer(text)]
    starts = [0, *(end for _start, end in cuts)]
    ends = [*(start for start, _end in cuts), len(text)]
    return [span for span in zip(starts, ends, strict=True) if span[0] < span[1]] or [(0, 0)]


def _best(sentences, found):
    """(first, last) of the sentences in a row that answer to most, and are not too long."""
    best, chosen = None, (0, 0)
    for first, (start, _end) in enumerate(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1][1] - start <= LENGTH:
            last += 1
        inside = [units for at, _to, units in found if start <= at < sentences[last][1]]
        begins = any(start <= at < sentences[first][1] for at, _to, _units in found)
        worth = (len({unit for units in inside for unit in units}), begins or not first)
        if best is None or worth > best:
            best, chosen = worth, (first, last)
    return chosen
