"""Titles that somebody may be about to type."""

from django.conf import settings

from search import analysis
from search.expressions import All, Any, Term
from search.hits import is_swedish
from search.models import Document

MOST = 8
SHORTEST = 2  # letters that are worth looking up
LOOKED_AT = 100  # of which the best are chosen
MOST_WORDS = 6


def suggestions(text, language):
    """The Documents whose titles have the words of ``text``, the last of which may be begun."""
    words = analysis.words(text)[:MOST_WORDS]
    if not words or len(words[-1]) < SHORTEST:
        return []
    meets = [_titles(words, language)]
    if language != settings.LANGUAGE_CODE:
        lacking = Term(analysis.lacking(language))
        meets.append(All((_titles(words, settings.LANGUAGE_CODE), lacking)))
    columns = "id, title, path, language"
    rows = Document.objects.found(Any(tuple(meets)), LOOKED_AT, columns=columns, newest_first=True)
    found = [
        Document(pk=pk, title=title, path=path, language=code) for pk, title, path, code in rows
    ]
    return sorted(_once(found), key=lambda each: _order(each, words))[:MOST]


def _titles(words, language):
    *whole, begun = [list(dict.fromkeys([word, analysis.fold(word)])) for word in words]
    parts = [
        Any(tuple(Term(each) for word in forms for each in analysis.terms_of_word(word, language)))
        for forms in whole
    ]
    kinds = (analysis.EXACT, analysis.STEM, analysis.FOLDED)
    prefixes = [analysis.term(language, kind, word) for word in begun for kind in kinds]
    parts.append(Any(tuple(Term(prefix, is_prefix=True) for prefix in prefixes)))
    return All(tuple(parts)).in_title()


def _once(documents):
    """One of those that are called the same: nobody can tell them apart in a list."""
    return {document.title.casefold(): document for document in documents}.values()


def _order(document, words):
    title = analysis.words(document.title)
    begins = " ".join(title).startswith(" ".join(words))
    return (is_swedish(document), not begins, len(document.title), document.pk)
