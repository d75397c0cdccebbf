"""Typing errors: which word was meant, of those that documents or editors have."""

from collections import Counter

from django.db import connection

from search import analysis
from search.queries import Way, about, all_units, folded_root

MOST_ALIKE = 40  # words whose letters are compared with those of an error


def mend(queries):
    """Take each word that nothing is found by for the likeliest one in use: one query, or none."""
    unknown = [
        (number, query, unit)
        for number, (query, unit) in enumerate(all_units(queries))
        if unit.is_long
        and not (unit.is_known or unit.is_inside or unit.same)
        and not unit.has(Way.PART)
    ]
    if not unknown:
        return False
    parts, params, alike = [], [], {}
    for each in unknown:
        sql, more = _alike(*each)
        parts.append(sql)
        params += more
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for number, shared, form, folded in cursor.fetchall():
            alike.setdefault(number, []).append((-shared, form, folded))
    for number, query, unit in unknown:
        _take_for_nearest(query, unit, sorted(alike.get(number, []))[:MOST_ALIKE])
        if not unit.mended and unit.guessed:
            unit.mended = unit.guess
            unit.add(Way.TYPO, *unit.guessed)
    return True


class Spelling:
    """Words that editors know ({folded stem: word}), found by letters that they share."""

    def __init__(self, written, base):
        self.written, self.base, self.having = written, base, {}
        for root, word in written.items():
            for letters in _trigrams(word, base, base):
                self.having.setdefault(letters, []).append(root)

    def nearest(self, word, language):
        """(the word, its folded stem) that ``word`` may be an error for; ("", "") for none."""
        trigrams = _trigrams(word, language, self.base)
        shared = Counter(root for each in trigrams for root in self.having.get(each, ()))
        least = max(2, len(trigrams) // 3)
        enough = [(-number, root) for root, number in shared.items() if number >= least]
        alike = [(number, self.written[root], root) for number, root in enough]
        return _nearest(word, language, sorted(alike)[:MOST_ALIKE])


def _trigrams(word, language, of):
    """What an error is likened by, ``of`` a language: it may hide an ending, and so the stem."""
    written = (folded_root(word, language), analysis.fold(word))
    return set().union(*(analysis.trigrams(each, of) for each in written))


def _alike(number, query, unit):
    """(SQL, its parameters) for the words that share trigrams with ``unit``'s.

    Counted before they are joined, so that PostgreSQL does so without statistics too.
    """
    trigrams = sorted(_trigrams(unit.words[0], query.language, query.language))
    marks = ", ".join(["%s"] * len(trigrams))
    sql = f"""
        SELECT {number:d}, found.shared, form, folded FROM (
            SELECT word_id, COUNT(*) AS shared FROM search_trigram WHERE text IN ({marks})
            GROUP BY word_id HAVING COUNT(*) >= %s
        ) AS found JOIN search_word ON search_word.id = found.word_id"""  # noqa: S608
    return sql, [*trigrams, max(2, len(trigrams) // 3)]


def _take_for_nearest(query, unit, alike):
    unit.mended, folded = _nearest(unit.words[0], query.language, alike)
    if unit.mended:
        unit.add(Way.TYPO, about([folded], query.language))


def _nearest(asked, language, alike):
    """(form, folded stem) of that of ``alike`` [(_, form, folded stem)] which ``asked`` may be an
    error for; ("", "") for none."""
    word, root = analysis.fold(asked), folded_root(asked, language)
    allowed = 1 if len(word) <= 5 else 2
    near = []
    for _shared, form, folded in alike:
        pairs = ((word, analysis.fold(form)), (root, folded), (word, folded))
        away = min(distance(*pair) for pair in pairs)
        if away <= allowed:
            near.append((away, distance(asked, form), form, folded))
    return min(near)[2:] if near else ("", "")


def distance(one, other):
    """How many letters must be put in, taken out, changed or swapped with the next."""
    before, last = None, list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, met in enumerate(other, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != met))
            is_swapped = row > 1 and column > 1 and letter == other[column - 2]
            if is_swapped and one[row - 2] == met:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
