"""What is known of words: the editors' synonyms and promoted answers, and the words in use."""

from collections import defaultdict
from functools import lru_cache

from django.db import connection

from search import analysis, mending, swedish
from search.analysis import says_little
from search.expressions import All
from search.queries import SHORTEST_PART, Unit, Way, about, all_units, folded_root

MOST_PARTS = 15  # words that a part is looked for in
MOST_HALVES = 2  # of a compound whose other half nobody uses
LONGEST_EXPRESSION = 4  # words that editors may give a synonym together
LINKS = ("", "s", "a", "e", "o", "u")  # letters between the parts of a Swedish compound


# What editors know


def knowledge(languages):
    """{language: (groups of synonyms, {query: path}, the Spelling of theirs)}: one query.

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
    groups, answers, written = defaultdict(list), {}, {}
    for language, lines, path in rows:
        if language == base:
            read = [words for words in map(analysis.words, lines.splitlines()) if words]
            parsed = [tuple(analysis.stem(word, base) for word in words) for words in read]
            if not path:
                written |= {folded_root(word, base): word for word, *more in read if not more}
            for line in parsed:
                folded = tuple(map(analysis.fold, line))
                if path:
                    answers.setdefault(folded, path)
                else:
                    groups[tuple(sorted(folded))] += parsed
    return dict(groups), answers, mending.Spelling(written, base)


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


def guess(query, groups, spelling):
    """Let words that editors know nothing of know what they may be an error for."""
    for unit in query.units:
        if unit.is_long and not unit.same:
            unit.guess, root = spelling.nearest(unit.words[0], query.language)
            unit.guessed = groups.get((root,), [])


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
        for number, (query, unit) in enumerate(all_units(queries))
        if unit.same or unit.is_long
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
        if unit.is_long:
            _add_kin(query, unit, kin[number])


def _kin(number, query, unit):
    """(SQL, its parameters) for synonyms of ``unit``, the words that it may be made of, and those
    that contain it.

    By hand, since Django takes longer to write it than the database to answer it.
    """
    words = f"SELECT {number:d}, folded, stem FROM search_word WHERE language = %s"  # noqa: S608
    whole = {analysis.fold(root) for line in [*unit.same, *unit.guessed] for root in line}
    if unit.is_long:
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
    for way, lines in ((Way.SYNONYM, unit.same), (Way.TYPO, unit.guessed)):
        used = [line for line in lines if all(_is_used(root, kin) for root in line)]
        found = [about(line, query.language, kin) for line in used]
        if way is Way.SYNONYM:
            unit.add(way, *found)
        else:
            unit.guessed = found


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
        if swedish.is_derived(first, second):
            continue
        for link in LINKS:
            if first.endswith(link) and len(first) - len(link) >= 3:
                bare = first[: len(first) - len(link)]
                found[folded_root(bare, language), folded_root(second, language)] = None
    return list(found)
