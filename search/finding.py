"""From what somebody typed to the pages that answer it."""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.core.paginator import Paginator

from search import analysis, kinds, mending, queries, wordbook
from search.expressions import All, Any, Term, at_least
from search.models import Document
from search.ranking import rank

MOST_HITS = 1_000  # that are counted and can be paged through
RANKED = 40  # of them that are put in order by how well they answer
FEW = 3  # hits that are so few that pages with some of the words are looked for too
ENOUGH = 0.45  # of what was asked for, that a page must have to be one of those
MOST_UNITS = 6  # words of a question of which half are enough
SURE = queries.Way.SYNONYM.value  # what titles are looked through for
PER_PAGE = 10
AREAS = "focus_areas.focusarea"


@dataclass
class Results:
    """What was found; ``hits`` are the Documents of one page, the best first."""

    query: queries.Query
    total: int = 0
    is_more: bool = False  # than MOST_HITS, which are all that are counted
    is_loose: bool = False  # whether none has all that was asked for
    hits: list = field(default_factory=list)
    page: object = None  # of a Paginator
    groups: Counter = field(default_factory=Counter)  # {group: hits} of the chosen area or all
    areas: Counter = field(default_factory=Counter)  # {key of an area: hits} of the chosen group
    area_names: dict = field(default_factory=dict)  # {key: Document}
    promoted: Document = None


def group_of(document):
    return kinds.model_of(document.kind).search_group


def _is_whole(document):
    return "text" not in document.get_deferred_fields()


def _every(parts):
    return All(tuple(parts))


def _half(parts):
    return at_least((len(parts) + 1) // 2, parts)


def _any(parts):
    return Any(tuple(parts))


class Search:
    """One search: ``text`` in ``language``; what doesn't exist in that is found in Swedish.

    ``group`` and ``area`` (the key of a focus area) leave out all others.
    """

    def __init__(self, text, language, *, group="", area=None):
        self.language, self.group, self.area = language, group, area
        self.asked = {code: queries.read(text, code) for code in (language, settings.LANGUAGE_CODE)}

    def results(self, page=1, per_page=PER_PAGE):
        """The Results, in at most six queries."""
        results = Results(self.asked[self.language])
        if not results.query.units:
            return results
        promoted = self._understand()
        rows, is_loose = self._find_rows()
        results.is_more = len(rows) > MOST_HITS and not is_loose
        results.is_loose = is_loose
        chosen = rows if is_loose else self._chosen(rows)
        best = self._best(chosen)
        is_many = len(chosen) > RANKED and not is_loose
        some = bool(best or promoted)
        without = self._too_long() if is_many else []
        documents = self._load(best, promoted, without=without) if some else {}
        found = [documents[key] for key in best if key in documents]
        ranked = rank(found, self.asked, group_of, reads_bodies=not is_many)
        if is_loose:
            ranked = [each for each in ranked if each[1] >= ENOUGH]
            rows = [(each.pk, each.kind, each.areas) for *_scores, each in ranked]
            kept = {key for key, *_row in self._chosen(rows)}
            order = [each.pk for *_scores, each in ranked if each.pk in kept]
        else:
            first = (each.pk for *_scores, each in ranked)
            order = list(dict.fromkeys([*first, *(key for key, *_row in chosen)]))
        results.promoted = self._promoted(documents, promoted)
        if results.promoted:
            key = results.promoted.pk
            order = [key, *(each for each in order if each != key)]
        self._fill(results, rows, order, documents, page, per_page)
        return results

    def _understand(self):
        """Let the words be found by all that is known of them; returns a promoted address or ""."""
        known = wordbook.knowledge(self.asked)
        for language, query in self.asked.items():
            groups, _answers, spelling = known[language]
            wordbook.add_synonyms(query, groups)
            wordbook.guess(query, groups, spelling)
        wordbook.look_up(self.asked.values())
        self.was_mended = mending.mend(self.asked.values())
        return wordbook.promoted_path(self.asked[self.language], known[self.language][1])

    # Which documents

    def _find_rows(self):
        """([(key, kind, areas)], whether they have only some of what was asked for)"""
        number = max(len(query.required) for query in self.asked.values())
        rows = []
        # What was taken for another word is seldom found along with all the others
        if number <= 2 or not self.was_mended:
            rows = self._rows(self._expression(_every))
        if len(rows) >= FEW:
            return rows, False
        if number > 2:
            half = self._rows(self._expression(_half))
            if half:
                return half, True
        if number > 1 or any(unit.has(queries.Way.HALF) for unit in self._required()):
            return self._rows(self._expression(_any, least=0)), True
        return rows, False

    def _required(self):
        return [unit for query in self.asked.values() for unit in query.required]

    def _expression(self, join, *, least=queries.Way.TYPO.value):
        """What documents must meet: in the reader's language, or in Swedish where that lacks."""
        alternatives = []
        for language, query in self.asked.items():
            units = sorted(query.required, key=lambda unit: -len(unit.words[0]))[:MOST_UNITS]
            parts = [unit.expression(least=least) for unit in units]
            meets = join(parts)
            if language != self.language:
                meets = All((meets, Term(analysis.lacking(self.language))))
            alternatives.append(meets)
        return Any(tuple(alternatives))

    def _rows(self, expression):
        """[(key, kind, areas)], the newest first; of more than MOST_HITS any of them."""
        found = Document.objects.found(expression, MOST_HITS + 1, columns="id, kind, areas")
        return sorted(found, reverse=True)

    def _chosen(self, rows):
        """``rows`` of the chosen group and area; asked anew when they are not all."""
        if not (self.group or self.area):
            return rows
        if len(rows) > MOST_HITS:
            marks = [analysis.in_group(self.group)] if self.group else []
            marks += [analysis.in_area(self.area)] if self.area else []
            every = self._expression(_every)
            return self._rows(All((every, *map(Term, marks))))
        return [
            (key, kind, areas)
            for key, kind, areas in rows
            if self.group in ("", kinds.model_of(kind).search_group)
            and (not self.area or str(self.area) in areas.split())
        ]

    def _best(self, rows):
        """The keys of those of ``rows`` that are worth putting in order.

        Of many first those that say it in their titles, as many of what stays as of what was news.
        """
        keys = [key for key, *_row in rows]
        if len(keys) <= RANKED:
            return keys
        titles = self._expression(_every, least=SURE).in_title()
        news = kinds.of_group("nyheter")
        first = Document.objects.newest_found(titles, RANKED // 2, news)
        wanted = set(keys)
        may_add = len(keys) > MOST_HITS and not (self.group or self.area)
        known = [key for key in first if may_add or key in wanted]
        return list(dict.fromkeys([*known, *keys]))[:RANKED]

    # What is shown of them

    def _load(self, keys, promoted, *, without):
        """{key: Document} of ``keys``, of the promoted page and of what areas are called."""
        documents = Document.objects.with_others(
            keys, kind=AREAS, path=promoted, languages=list(self.asked), without=without
        )
        return {each.pk: each for each in documents}

    def _too_long(self):
        """What isn't read of many: their texts neither, if no words can stand side by side there.

        What was mended has cost a query already.
        """
        is_alone = all(len(query.words) == 1 for query in self.asked.values())
        return ["body_terms", "text"] if is_alone and not self.was_mended else ["body_terms"]

    def _promoted(self, documents, path):
        """The Document that editors want first, in the reader's language rather than in Swedish."""
        if not path or self.group or self.area:
            return None
        found = [each for each in documents.values() if each.path == path]
        # The page itself rather than what only leads there
        found.sort(key=lambda each: (group_of(each) == "dokument", each.language != self.language))
        return found[0] if found else None

    def _fill(self, results, rows, order, documents, page, per_page):
        kinds_and_areas = Counter((kind, areas) for _key, kind, areas in rows[:MOST_HITS])
        for (kind, areas), number in kinds_and_areas.items():
            group, keys = kinds.model_of(kind).search_group, areas.split()
            if not self.area or str(self.area) in keys:
                results.groups[group] += number
            if self.group in ("", group):
                results.areas.update(dict.fromkeys(map(int, keys), number))
        results.total = min(len(order), MOST_HITS)
        results.page = Paginator(order[:MOST_HITS], per_page).get_page(page)
        shown = results.page.object_list
        bare = [key for key in shown if key not in documents or not _is_whole(documents[key])]
        if bare:
            whole = Document.objects.of_keys(bare, without=["body_terms"])
            documents |= {each.pk: each for each in whole}
        results.hits = [documents[key] for key in shown if key in documents]
        for language in reversed(list(self.asked)):
            for each in documents.values():
                if each.kind == AREAS and each.language == language:
                    results.area_names[each.object_id] = each
