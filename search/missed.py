"""Counting what residents search for and don't find, without knowing who they are."""

from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection
from django.utils import timezone

from search import analysis
from search.models import MissedQuery
from search.personal import may_be_personal

FEW = 2  # hits that may be too few
MOST_TEXTS_A_DAY = 500  # so that nobody can fill the database
LONGEST = 60
FEWEST_LETTERS = 2
PATIENCE = 20  # ms that a reader may wait for another who writes


def note(results):
    """Count that ``results`` (search.finding) are few; nothing is said of who, how or when.

    A database that is busy, or can't be written to, goes uncounted: a reader's page comes first.
    """
    if not _is_a_miss(results):
        return
    text = as_kept(results.query.text)
    if text:
        with suppress(DatabaseError), _little_patience():
            _count(analysis.base_of(results.query.language), text, results.total)


def _is_a_miss(results):
    """Whether it is the first page, of all that was found, and that is next to nothing."""
    is_first = results.page is not None and results.page.number == 1
    is_whole = results.groups.total() == results.total
    is_little = results.total <= FEW or results.is_loose
    return is_first and is_whole and is_little and not results.promoted


def as_kept(text):
    """``text`` as it is counted, without signs; "" for what isn't kept at all."""
    if len(text.strip()) > LONGEST or may_be_personal(text):
        return ""
    plain = " ".join(analysis.words(text))
    letters = sum(sign.isalpha() for sign in plain)
    return plain if len(plain) <= LONGEST and letters >= FEWEST_LETTERS else ""


def settle(language, lines):
    """Begin anew with ``lines``, for which editors have done something."""
    texts = {" ".join(analysis.words(line)) for line in lines}
    MissedQuery.objects.of_texts(language, texts).delete()


def _count(language, text, hits):
    """One statement, and so one short lock; Django has none that adds to what is there."""
    table = MissedQuery._meta.db_table
    key = [timezone.localdate(), language, text]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table} (day, language, text, hits, count)
            SELECT %s, %s, %s, %s, 1
            WHERE (SELECT COUNT(*) FROM {table} WHERE day = %s) < %s
            OR EXISTS (SELECT 1 FROM {table} WHERE day = %s AND language = %s AND text = %s)
            ON CONFLICT (day, language, text)
            DO UPDATE SET count = {table}.count + 1, hits = excluded.hits
            """,  # noqa: S608 - the name of the table is ours
            [*key, hits, key[0], MOST_TEXTS_A_DAY, *key],
        )


@contextmanager
def _little_patience():
    """SQLite has one writer at a time, and editors may wait for it longer than readers."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    execute = connection.connection.execute
    [usual] = execute("PRAGMA busy_timeout").fetchone()
    execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        execute(f"PRAGMA busy_timeout = {usual}")
