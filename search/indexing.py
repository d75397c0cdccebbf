"""Putting objects into the index, and taking them out again."""

from collections import defaultdict
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from modeltranslation.translator import NotRegistered, translator

from publishing.fields import RichTextField
from publishing.models import Publishable
from publishing.translations import own_text
from search import analysis, kinds
from search.models import Document, Trigram, Word

CHUNK = 500


def index(items):
    """Let ``items``, rows of one searched kind, be found as they stand in the database now."""
    model = type(items[0])
    keys = {item.pk for item in items} | {
        below.pk for item in items for below in item.moves_along()
    }
    rows = model._base_manager.in_bulk([key for key in keys if key])
    with transaction.atomic():
        old = Document.objects.filter(kind=model._meta.label_lower, object_id__in=keys)
        known = {(document.object_id, document.language): document for document in old}
        fresh = [document for row in rows.values() for document in documents_of(row)]
        for document in fresh:
            before = known.pop((document.object_id, document.language), None)
            document.pk = before and before.pk
        Document.objects.filter(pk__in=[gone.pk for gone in known.values()]).delete()
        _save(fresh)


def add(documents, known=None):
    """Put ``documents`` of objects that have none into the index."""
    Document.objects.bulk_create(documents, batch_size=CHUNK)
    learn(documents, known)


def _save(documents):
    fields = [field.name for field in Document._meta.concrete_fields if not field.primary_key]
    Document.objects.bulk_update([each for each in documents if each.pk], fields)
    Document.objects.bulk_create([each for each in documents if not each.pk])
    learn(documents)


def catch_up(*, since):
    """Index again what was saved after the moment ``since``."""
    for model in kinds.searched():
        rows = model._base_manager.filter(updated_at__gte=since).order_by("pk")
        rows = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            index(chunk)


# What is found of an object


def documents_of(item):
    """The unsaved documents of ``item``, one for each language in which it exists."""
    if not item.is_seen:
        return []
    exists_in = languages_of(item)
    areas = item.search_areas()
    marks = [analysis.in_group(item.search_group), *map(analysis.in_area, areas)]
    marks += [analysis.SENSITIVE] if item.is_search_sensitive() else []
    whole = {
        "kind": item._meta.label_lower,
        "object_id": item.pk,
        "path": path_of(item),
        "areas": " ".join(map(str, areas)),
        "dated_at": getattr(item, "publish_at", None),
    }
    missing = [code for code, _name in settings.LANGUAGES if code not in exists_in]
    lacking = {settings.LANGUAGE_CODE: [*map(analysis.lacking, missing)]}  # found as Swedish there
    return [
        _document(item, language, [*marks, *lacking.get(language, [])], **whole)
        for language in exists_in
    ]


def _document(item, language, marks, **whole):
    with override(language):
        title, lead, body = (text_of(item, part) for part in ("title", "lead", "body"))
        more = " \n".join(filter(None, map(str, item.search_words())))
    met = [analysis.looked_up(text) for text in (title, f"{lead} \n{more}", body)]
    title_terms, lead_terms, body_terms = (analysis.terms(words, language) for words in met)
    marks += map(analysis.in_title, title_terms.split())
    document = Document(
        **whole,
        language=language,
        title=title,
        lead=lead,
        text=body,
        title_terms=title_terms,
        lead_terms=(lead_terms or " ") + analysis.marked(*marks),
        body_terms=body_terms,
    )
    document.words = dict.fromkeys(word for words in met for word in words)
    return document


def languages_of(item):
    """The codes of the languages in which ``item`` has something to show."""
    if hasattr(item, "languages"):
        return item.languages()
    [first, *_others] = item.searched_fields["title"]
    codes = [code for code, _name in settings.LANGUAGES]
    if not _is_translated(item, first):
        return codes
    found = []
    for code in codes:
        with override(code):
            found += [code] if own_text(item, first) else []
    return found


def text_of(item, part):
    """The words of the fields of ``part`` ("title", "lead" or "body") in the active language."""
    texts = []
    for name in item.searched_fields.get(part, ()):
        value = own_text(item, name) if _is_translated(item, name) else getattr(item, name)
        value = str(value() if callable(value) else value or "")
        texts.append(analysis.plain(value) if _is_rich(item, name) else value)
    return "\n".join(filter(None, texts))


def path_of(item):
    """Where ``item`` is read: its own page in Swedish, or the address that it refers to."""
    with override(settings.LANGUAGE_CODE):
        try:
            return item.search_path()
        except NoReverseMatch:
            return reverse("start")


def _is_translated(item, name):
    try:
        return name in translator.get_options_for_model(type(item)).fields
    except NotRegistered:
        return False


def _is_rich(item, name):
    fields = {field.name: field for field in item._meta.concrete_fields}
    written = getattr(fields.get(name), "translated_field", fields.get(name))
    return isinstance(written, RichTextField)


# The words in use


def learn(documents, known=None):
    """Keep the words of ``documents`` of documents_of() that are new.

    Sorted, so that two writers never cross.
    ``known`` ({language: stems}) are known to be kept already, and grow with those that become so.
    """
    known = defaultdict(set) if known is None else known
    met = defaultdict(dict)
    for document in documents:
        for word in document.words:
            if not word.isdigit():
                root = analysis.stem(word, document.language)
                if root not in known[document.language]:
                    met[document.language].setdefault(root, word)
    for language in sorted(met):
        _learn(language, met[language])
        known[language].update(met[language])


# Written by the database itself, which is done while Django would make objects of them
LEARN_TRIGRAMS = """
    WITH RECURSIVE place(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM place WHERE at < 100)
    INSERT INTO search_trigram (text, word_id)
    SELECT DISTINCT %s || substr(' ' || folded || ' ', at, 3), id
    FROM search_word JOIN place ON at <= length(folded)
    WHERE language = %s AND stem IN ({stems})
    ON CONFLICT DO NOTHING
"""


def _learn(language, forms):
    stems = sorted(forms)
    for start in range(0, len(stems), CHUNK):
        chunk = stems[start : start + CHUNK]
        words = Word.objects.filter(language=language, stem__in=chunk)
        known = set(words.values_list("stem", flat=True))
        new = [root for root in chunk if root not in known]
        if new:
            words = [_word(root, forms[root], language) for root in new]
            Word.objects.bulk_create(words, ignore_conflicts=True)
            marks = ", ".join(["%s"] * len(new))
            with connection.cursor() as cursor:
                sql = LEARN_TRIGRAMS.format(stems=marks)
                cursor.execute(sql, [analysis.trigram("", language), language, *new])


def _word(root, form, language):
    return Word(language=language, stem=root, form=form, folded=analysis.fold(root))


# All of it


def rebuild(progress=lambda done, total: None):
    """Make the index anew from what is in the database; returns the number of documents.

    ``progress`` is told how many objects are done, and of how many.
    """
    total = sum(model._base_manager.count() for model in kinds.searched())
    done, number, known = 0, 0, defaultdict(set)
    with transaction.atomic():
        _begin_bulk()
        for made in (Trigram, Word, Document):
            made.objects.all()._raw_delete(made.objects.db)
        for rows in _chunks():
            documents = [document for row in rows for document in documents_of(row)]
            add(documents, known)
            number += len(documents)
            done += len(rows)
            progress(done, total)
    _tidy()
    return number


def _begin_bulk():
    """Let PostgreSQL put many terms into its index at a time, in this transaction alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL gin_pending_list_limit = '64MB'")
            cursor.execute("SET LOCAL work_mem = '128MB'")


def _tidy():
    """Let searches be quick at once: else what PostgreSQL has put off, and the rows from before,
    are read through by each of them, and its planner knows nothing of the new rows.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        if connection.in_atomic_block:  # where a vacuum, which does it all, is refused
            cursor.execute("SELECT gin_clean_pending_list('search_document_terms')")
            cursor.execute("ANALYZE search_document, search_word, search_trigram")
        else:
            cursor.execute("VACUUM ANALYZE search_document, search_word, search_trigram")


def _chunks():
    """All rows that may be found, CHUNK at a time; of each kind the oldest first."""
    for model in kinds.searched():
        is_dated = issubclass(model, Publishable)
        rows = model._base_manager.order_by(*(["publish_at", "pk"] if is_dated else ["pk"]))
        rows = rows.prefetch_related(*model.search_prefetch).iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            yield chunk
