"""What is known of words: the editors' synonyms and promoted answers, and the words in use."""

from collections import defaultdict
from functools import lru_cache

from django.db import connection

from search import analysis
from search.analysis import says_little
from search.expressions import All
from search.queries import Unit, Way, about, folded_root

SHORTEST_PART = 4  # letters of what may be found inside another word
MOST_PARTS = 15  # words that a part is looked for in
MOST_HALVES = 2  # of a compound whose other half nobody uses
LONGEST_EXPRESSION = 4  # words that editors may give a synonym together
MOST_ALIKE = 40  # words whose letters are compared with those of an error
LINKS = ("", "s", "a", "e", "o", "u")  # letters between the parts of a Swedish compound


# What editors know


def knowledge(languages):
    """{language: (groups of synonyms, {query: path})}: one query.

    The groups are {line: the lines that mean the same}. Lines are sorted tuples of folded stems,
    queries such tuples in order: what is compared, whatever the form of a word. What is looked for
    in their stead keeps its marks.
    """
    bases = {analysis.base_of(language) for language in languages}
    with connection.cursor() as cursor:
        cursor.execute(_known_sql(len(bases)), [*bases, *bases])
        rows = tuple(cursor.fetchall())
    return {language: _known(rows, analysis.base_of(language)) for language in languages}


@lru_cache(maxsize=32)
def _known(rows, base):
    groups, answers = defaultdict(list), {}
    for language, lines, path in rows:
        if language == base:
            read = (analysis.words(line) for line in lines.splitlines())
            parsed = [tuple(analysis.stem(word, base) for word in words) for words in read if words]
            for line in parsed:
                folded = tuple(map(analysis.fold, line))
                if path:
                    answers.setdefault(folded, path)
                else:
                    groups[tuple(sorted(folded))] += parsed
    return dict(groups), answers


def _known_sql(number):
    """SQL by hand, since Django takes longer to write it than the database to answer it."""
    marks = ", ".join(["%s"] * number)
    return f"""
        SELECT language, words, '' FROM search_synonyms WHERE language IN ({marks})
        UNION ALL
        SELECT language, queries, path FROM search_promotedanswer WHERE language IN ({marks})"""  # noqa: S608


def add_synonyms(query, groups):
    """Let the words and expressions of ``query`` know what editors say means the same."""
    at = 0
    while at < len(query.units):
        for length in range(min(LONGEST_EXPRESSION, len(query.units) - at), 0, -1):
            part = query.units[at : at + length]
            same = _same_as(part, groups, query.language)
            same = same or (length == 2 and _written_apart(part, groups, query.language))
            if same:
                unit = part[0] if length == 1 else _as_one(part)
                unit.same = same
                query.units[at : at + length] = [unit]
                break
        at += 1


def _same_as(units, groups, language):
    """The lines that mean the same as ``units``, in whatever order those stand.

    A line with words that say little ("utan jobb") is known when it is asked for, but not looked
    for: its words stand on most pages, apart from each other.
    """
    phrase = sorted(folded_root(word, language) for unit in units for word in unit.words)
    return [
        line
        for line in groups.get(tuple(phrase), ())
        if sorted(map(analysis.fold, line)) != phrase
        and not any(says_little(root, language) for root in line)
    ]


def _written_apart(units, groups, language):
    """The lines that mean the same as the compound that ``units`` are, and itself."""
    [one, other] = (unit.words[0] for unit in units)
    return groups.get((folded_root(one + other, language),), ())


def _as_one(units):
    whole = Unit([word for unit in units for word in unit.words])
    whole.add(Way.STEM, All(tuple(unit.expression() for unit in units)))
    whole.add(Way.ONE_OF, *(unit.expression() for unit in units if not unit.says_little))
    return whole


def promoted_path(query, answers):
    """The address that editors want first for ``query``, or ""."""
    asked = tuple(folded_root(word, query.language) for word in query.words)
    return answers.get(asked, "")


# The words in use


def look_up(queries):
    """Let words be found by their synonyms, inside others and by their parts: one query, or none.

    What no document has isn't looked for: databases are slower the more terms they are asked.
    """
    asked = [
        (number, query, unit)
        for number, (query, unit) in enumerate(_all_units(queries))
        if unit.same or _is_long(unit)
    ]
    if not asked:
        return
    parts, params = [], []
    for each in asked:
        for sql, more in _kin(*each):
            parts.append(sql)
            params += more
    kin = {number: {} for number, _query, _unit in asked}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for number, folded, stem in cursor.fetchall():
            kin[number].setdefault(folded, set()).add(stem)
    for number, query, unit in asked:
        _add_synonyms(query, unit, kin[number])
        if _is_long(unit):
            _add_kin(query, unit, kin[number])


def _all_units(queries):
    return [(query, unit) for query in queries for unit in query.units]


def _is_long(unit):
    """Whether it is one word that others may be made of."""
    [word, *others] = unit.words
    return not (others or unit.says_little or word.isdigit()) and len(word) >= SHORTEST_PART


def _kin(number, query, unit):
    """(SQL, its parameters) for synonyms of ``unit``, the words that it may be made of, and those
    that contain it.

    By hand, since Django takes longer to write it than the database to answer it.
    """
    words = f"SELECT {number:d}, folded, stem FROM search_word WHERE language = %s"  # noqa: S608
    whole = {analysis.fold(root) for line in unit.same for root in line}
    if _is_long(unit):
        root = folded_root(unit.words[0], query.language)
        whole |= {root, analysis.fold(unit.words[0])}
        whole = whole.union(*pieces(unit.words[0], query.language))
        if len(root) >= SHORTEST_PART:
            texts = {analysis.trigram(each, query.language) for each in (root[:3], root[-3:])}
            inside = " AND id IN (SELECT word_id FROM search_trigram WHERE text = %s)" * len(texts)
            like = f"%{root}%"  # letters and digits only, so that nothing else means more
            yield f"{words}{inside} AND folded LIKE %s", [query.language, *sorted(texts), like]
    marks = ", ".join(["%s"] * len(whole))
    yield f"{words} AND folded IN ({marks})", [query.language, *sorted(whole)]


def _add_synonyms(query, unit, kin):
    same = [line for line in unit.same if all(_is_used(root, kin) for root in line)]
    unit.add(Way.SYNONYM, *(about(line, query.language, kin) for line in same))


def _is_used(root, kin):
    bare = analysis.fold(root)
    stems = kin.get(bare, ())
    return root.isdigit() or (bool(stems) if root == bare else root in stems or bare in stems)


def _add_kin(query, unit, kin):
    language, root = query.language, folded_root(unit.words[0], query.language)
    unit.is_known = root in kin
    for own in {root, analysis.fold(unit.words[0])} & kin.keys():
        unused = {*about([own], language).parts}.difference(about([own], language, kin).parts)
        unit.ways = [(way, each) for way, each in unit.ways if each not in unused]
    around = sorted((len(other), other) for other in kin if root in other and other != root)
    unit.is_inside = bool(around)
    near = [other for _length, other in around[:MOST_PARTS]]
    # What begins like a last word is found by that, whether it is finished or not
    begun = unit.words[0] if unit.has(Way.PREFIX) else None
    near = [other for other in near if not begun or not _all_begin(kin[other], begun)]
    written = analysis.stem(unit.words[0], language)
    for other in near:
        is_inside = any(written in stem for stem in kin[other])
        unit.add(Way.PART if is_inside else Way.FOLDED, about([other], language, kin))
    splits = pieces(unit.words[0], language)
    whole = [split for split in splits if all(part in kin for part in split)]
    unit.add(Way.PART, *(about(split, language, kin) for split in whole))
    halves = {part for split in splits for part in split if part in kin and part != root}
    halves = sorted((-len(half), half) for half in halves if len(half) >= SHORTEST_PART)
    unit.add(Way.HALF, *(about([half], language, kin) for _length, half in halves[:MOST_HALVES]))


def _all_begin(stems, begun):
    return all(stem.startswith(begun) for stem in stems)


@lru_cache(maxsize=10_000)
def pieces(word, language):
    """[(root, root)] that ``word`` may be a compound of, with or without a linking letter."""
    found = {}
    for at in range(3, len(word) - 2):
        first, second = word[:at], word[at:]
        for link in LINKS:
            if first.endswith(link) and len(first) - len(link) >= 3:
                bare = first[: len(first) - len(link)]
                found[folded_root(bare, language), folded_root(second, language)] = None
    return list(found)


# Typing errors


def mend(queries):
    """Take each word that nothing is found by for the likeliest one in use: one query, or none."""
    unknown = [
        (number, query, unit)
        for number, (query, unit) in enumerate(_all_units(queries))
        if _is_long(unit)
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
    return True


def _alike(number, query, unit):
    """(SQL, its parameters) for the words that share trigrams with ``unit``'s.

    Counted before they are joined, so that PostgreSQL does so without statistics too.
    """
    written = {folded_root(unit.words[0], query.language), analysis.fold(unit.words[0])}
    # An error may hide an ending, and so what is the stem
    trigrams = sorted(set().union(*(analysis.trigrams(each, query.language) for each in written)))
    marks = ", ".join(["%s"] * len(trigrams))
    sql = f"""
        SELECT {number:d}, found.shared, form, folded FROM (
            SELECT word_id, COUNT(*) AS shared FROM search_trigram WHERE text IN ({marks})
            GROUP BY word_id HAVING COUNT(*) >= %s
        ) AS found JOIN search_word ON search_word.id = found.word_id"""  # noqa: S608
    return sql, [*trigrams, max(2, len(trigrams) // 3)]


def _take_for_nearest(query, unit, alike):
    word = analysis.fold(unit.words[0])
    root = folded_root(unit.words[0], query.language)
    allowed = 1 if len(word) <= 5 else 2
    near = []
    for _shared, form, folded in alike:
        pairs = ((word, analysis.fold(form)), (root, folded), (word, folded))
        away = min(distance(*pair) for pair in pairs)
        if away <= allowed:
            near.append((away, distance(unit.words[0], form), form, folded))
    if near:
        *_order, unit.mended, folded = min(near)
        unit.add(Way.TYPO, about([folded], query.language))


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
