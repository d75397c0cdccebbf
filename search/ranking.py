"""How well documents answer to a query: exact above stem above part above folded above typo, and
title above lead above body.

Counted in Python over a bounded number of documents, so that both databases put them in one order.
"""

from math import log

from search import analysis
from search.expressions import Terms

FIELDS = (("title_terms", 4.0), ("lead_terms", 2.5), ("body_terms", 1.5))
NAMES = tuple(name for name, _worth in FIELDS)
FURTHER_FIELDS = 0.25  # what a word is worth in fields besides its best one
LITTLE = 0.12  # a word such as "för" beside one that says something
PHRASE = {"title": 0.4, "lead": 0.3, "text": 0.3}  # all words side by side: so much more
TOGETHER = 0.25  # all that was asked for in one field, as it was written
WHOLE_TITLE = 0.35  # a title of nothing but the words that were asked for
SOMEHOW = 0.6  # what is not looked for
AS_WRITTEN = 0.64  # a way that is no guess
IN_SWEDISH = 0.6  # on another language's page
GROUPS = {"nyheter": 0.85, "dokument": 0.75, "sidor": 0.95}  # others count in full


def rank(documents, queries, group_of, *, reads_bodies=True):
    """[(score, share, document)], the best first.

    ``queries`` holds the Query by language; ``share`` is how much of what was asked for a document
    has, from 0 to 1; ``group_of`` tells the group of a document. Without ``reads_bodies`` what
    neither title nor lead has is taken to stand in the body of documents that have all.
    """
    ranked, first = [], next(iter(queries))
    for language, query in queries.items():
        own = [each for each in documents if each.language == language]
        answers = [_answers(each, query, reads_bodies) for each in own]
        judge = _Judge(query, answers)
        for document, ways in zip(own, answers, strict=True):
            score, share = judge.score(document, ways)
            score *= GROUPS.get(group_of(document), 1.0)
            ranked.append((score if language == first else score * IN_SWEDISH, share, document))
    # Of those that answer alike the newest first, in whatever order they came into the index
    ranked.sort(key=lambda each: (-round(each[0], 6), *_age(each[2])))
    return ranked


def _age(document):
    published = document.dated_at.timestamp() if document.dated_at else 0
    return -published, document.kind, document.object_id


def _answers(document, query, reads_bodies):
    """[{field: worth of the best way in which it answers}] for the units of ``query``."""
    looked_in = NAMES if reads_bodies else NAMES[:-1]
    terms = {name: Terms(getattr(document, name)) for name in looked_in}
    answers = [{name: unit.best_way(terms[name]) for name in looked_in} for unit in query.units]
    if not reads_bodies:
        for unit, ways in zip(query.units, answers, strict=True):
            ways[NAMES[-1]] = 0.0 if unit.says_little or any(ways.values()) else SOMEHOW
    return answers


class _Judge:
    """Scores documents for ``query``: what a unit is worth depends on how many of them have it."""

    def __init__(self, query, answers):
        self.query, self.answered = query, {}
        self.asked = " ".join(query.words) if len(query.words) > 1 else ""
        required = {id(unit) for unit in query.required}
        self.required = [id(unit) in required for unit in query.units]
        self.weights = [
            self._weight(unit, [ways[number] for ways in answers])
            for number, unit in enumerate(query.units)
        ]

    def _weight(self, unit, ways_of_documents):
        having = sum(any(ways.values()) for ways in ways_of_documents)
        rarity = log(1 + (len(ways_of_documents) + 1) / (having + 1))
        return rarity * (LITTLE if unit.says_little else 1.0)

    def score(self, document, answers):
        """(score, share) of ``document``, which answers to the units so."""
        score, matched, as_written = 0.0, [], set(NAMES)
        for ways, weight, is_required in zip(answers, self.weights, self.required, strict=True):
            worths = [worth * ways[name] for name, worth in FIELDS]
            best = max(worths)
            score += weight * (best + FURTHER_FIELDS * (sum(worths) - best))
            if is_required:
                matched.append(best > 0)
                as_written &= {name for name, way in ways.items() if way >= AS_WRITTEN}
        share = sum(matched) / len(matched)
        bonus = TOGETHER if len(matched) > 1 and as_written else 0.0
        if self.asked and all(any(ways.values()) for ways in answers):
            bonus += self._phrase_bonus(document)
        if any(ways["title_terms"] for ways in answers):
            bonus += self._title_bonus(document)
        return score * share * share * (1 + bonus), share

    def _phrase_bonus(self, document):
        """What it is worth that all words stand side by side, as they were asked for."""
        texts = ((getattr(document, name).lower(), more) for name, more in PHRASE.items())
        return sum(more for text, more in texts if self.asked in text)

    def _title_bonus(self, document):
        """What a title of nothing but the words that were asked for is worth."""
        title = analysis.words(document.title)
        meant = [word for word in title if not analysis.says_little(word, document.language)]
        meant = meant or title
        if not meant:
            return 0.0
        return WHOLE_TITLE * sum(map(self._is_answered, meant)) / len(meant)

    def _is_answered(self, word):
        if word not in self.answered:
            terms = analysis.terms_of_word(word, self.query.language)
            terms = Terms(f" {' '.join(terms)} ")
            ways = (unit.best_way(terms) for unit in self.query.units)
            self.answered[word] = any(way >= AS_WRITTEN for way in ways)
        return self.answered[word]
