"""How well documents answer to a query: exact above stem above part above folded above typo, and
title above lead above body.

Counted in Python over a bounded number of documents, so that both databases put them in one order.
"""

from math import log

from search import analysis

FIELDS = (("title_terms", 4.0), ("lead_terms", 2.5), ("body_terms", 1.5))
NAMES = tuple(name for name, _worth in FIELDS)
FURTHER_FIELDS = 0.25  # what a word is worth in fields besides its best one
LITTLE = 0.12  # a word such as "för" beside one that says something
PHRASE = {"title": 0.4, "lead": 0.3, "text": 0.3}  # all words side by side: so much more
TOGETHER = 0.25  # all that was asked for in one field, as it was written
WHOLE_TITLE = 0.35  # a title of nothing but the words that were asked for
AS_WRITTEN = 0.6  # a way that is no guess
IN_SWEDISH = 0.6  # on another language's page
GROUPS = {"nyheter": 0.85, "dokument": 0.75, "sidor": 0.95}  # others count in full


def rank(documents, queries, group_of):
    """[(score, share, document)], the best first.

    ``queries`` holds the Query by language; ``share`` is how much of what was asked for a document
    has, from 0 to 1; ``group_of`` tells the group of a document.
    """
    weights = {language: _weights(query, documents) for language, query in queries.items()}
    ranked = []
    for document in documents:
        query = queries[document.language]
        score, share = _score(document, query, weights[document.language])
        score *= GROUPS.get(group_of(document), 1.0)
        if document.language != next(iter(queries)):
            score *= IN_SWEDISH
        ranked.append((score, share, document))
    # Of those that answer alike the newest first, in whatever order they came into the index
    ranked.sort(key=lambda each: (-round(each[0], 6), *_age(each[2])))
    return ranked


def _age(document):
    published = document.dated_at.timestamp() if document.dated_at else 0
    return -published, document.kind, document.object_id


def _weights(query, documents):
    """What each unit of ``query`` is worth: the fewer documents have it, the more."""
    documents = [each for each in documents if each.language == query.language]
    weights = []
    for unit in query.units:
        having = sum(
            any(unit.best_way(getattr(document, name)) for name in NAMES) for document in documents
        )
        rarity = log(1 + (len(documents) + 1) / (having + 1))
        weights.append(rarity * (LITTLE if unit.says_little else 1.0))
    return weights


def _score(document, query, weights):
    score, matched, as_written = 0.0, [], set(NAMES)
    for unit, weight in zip(query.units, weights, strict=True):
        ways = {name: unit.best_way(getattr(document, name)) for name in NAMES}
        worths = [worth * ways[name] for name, worth in FIELDS]
        best = max(worths)
        score += weight * (best + FURTHER_FIELDS * (sum(worths) - best))
        if unit in query.required:
            matched.append(best > 0)
            as_written &= {name for name, way in ways.items() if way >= AS_WRITTEN}
    share = sum(matched) / len(matched)
    bonus = TOGETHER if len(matched) > 1 and as_written else 0.0
    bonus += _phrase_bonus(document, query) + _title_bonus(document, query)
    return score * share * share * (1 + bonus), share


def _phrase_bonus(document, query):
    """What it is worth that all words stand side by side, as they were asked for."""
    if len(query.words) < 2:
        return 0.0
    terms = [f" {analysis.term(query.language, analysis.EXACT, word)} " for word in query.words]
    everywhere = "".join(getattr(document, name) for name in NAMES)
    if not all(term in everywhere for term in terms):
        return 0.0
    asked = f" {' '.join(query.words)} "
    return sum(
        more
        for name, more in PHRASE.items()
        if asked in f" {' '.join(analysis.words(getattr(document, name)))} "
    )


def _title_bonus(document, query):
    """What a title of nothing but the words that were asked for is worth."""
    title = analysis.words(document.title)
    meant = [word for word in title if not analysis.says_little(word, document.language)] or title
    if not meant:
        return 0.0
    answered = sum(_answers(query, analysis.terms(word, document.language)) for word in meant)
    return WHOLE_TITLE * answered / len(meant)


def _answers(query, terms):
    return any(unit.best_way(terms) >= AS_WRITTEN for unit in query.units)
