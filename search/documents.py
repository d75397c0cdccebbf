"""What is asked of the documents of the index.

Much of it by hand, since Django takes longer to write it than the database to answer it.
"""

from datetime import UTC, datetime
from functools import cache

from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from publishing.models import Publishable
from search import kinds

SOME_MOMENT = datetime(2000, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def _allowed(at, models):
    """Which documents of ``models`` residents may find at the moment ``at``, as a query."""
    allowed = Q()
    for model in models:
        rows = model.objects.order_by()
        public = rows.published(at) if issubclass(model, Publishable) else rows
        # Not Exists(), for which PostgreSQL would read all rows of a kind when there are many hits
        row = Subquery(public.filter(pk=OuterRef("object_id")).values("pk")[:1])
        allowed |= Q(kind=model._meta.label_lower) & Q(IsNull(row, False))
    return allowed


@cache
def _visible_sql(vendor, model, kind):
    """(the condition of _allowed() as SQL, its parameters), with SOME_MOMENT for the moment.

    Kept, since Django takes longer to write it than the database to answer it.
    """
    models = [kinds.model_of(kind)] if kind else kinds.most_first()
    documents = model.objects.filter(_allowed(SOME_MOMENT, models)).order_by().values("pk")
    sql, params = documents.query.sql_with_params()
    return sql.partition(" WHERE ")[2], params


# (tables, how terms are looked up, what puts the newest first) for each database
FOUND = {
    "sqlite": (
        "search_terms, search_document INDEXED BY search_document_seen",
        "search_terms.rowid = search_document.id AND search_terms MATCH %s",
        "search_terms.rowid",
    ),
    "postgresql": (
        "search_document",
        # Not seen when it is planned: of words that most rows have it would read the rows instead
        "search_vector(title_terms, lead_terms, body_terms) @@ (SELECT %s::tsquery)",
        # Not by the key's own index, which would read the terms of one row after the other
        "search_document.id + 0",
    ),
}


class DocumentQuerySet(models.QuerySet):
    def visible(self, at=None):
        """Those of which residents may find the object at the moment ``at`` (default now)."""
        sql, params = self._visible_at(at)
        return self.extra(where=[sql], params=params)  # noqa: S610 - written by Django itself

    def _visible_at(self, at=None, kind=None):
        """(SQL, its parameters) for what residents may find at the moment ``at`` (default now).

        Of one ``kind`` alone if that is given, which databases read sooner.
        """
        sql, params = _visible_sql(connection.vendor, self.model, kind)
        adapt = connection.ops.adapt_datetimefield_value
        some, at = adapt(SOME_MOMENT), adapt(at or timezone.now())
        return sql, [at if each == some else each for each in params]

    def found(self, expression, limit, *, columns="id", newest_first=False):
        """``columns`` of at most ``limit`` visible ones whose terms meet ``expression``."""
        sql, params = self._found_sql(expression, columns)
        order = f" ORDER BY {FOUND[connection.vendor][2]} DESC" if newest_first else ""
        with connection.cursor() as cursor:
            cursor.execute(f"{sql}{order} LIMIT %s", [*params, limit])
            return cursor.fetchall()

    def newest_found(self, expression, limit, kinds):
        """Keys of the ``limit`` newest of ``kinds``, and of all others, that are found."""
        marks = ", ".join(["%s"] * len(kinds))
        order = f"PARTITION BY kind IN ({marks}) ORDER BY {FOUND[connection.vendor][2]} DESC"
        columns = f"search_document.id AS id, row_number() OVER ({order}) AS place"
        sql, params = self._found_sql(expression, columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM ({sql}) AS found WHERE place <= %s",  # noqa: S608
                [*kinds, *params, limit],
            )
            return [key for (key,) in cursor.fetchall()]

    def _found_sql(self, expression, columns):
        visible, params = self._visible_at()
        tables, match, _newest = FOUND[connection.vendor]
        sql = f"SELECT {columns} FROM {tables} WHERE ({visible}) AND {match}"  # noqa: S608
        is_sqlite = connection.vendor == "sqlite"
        terms = expression.for_fts5() if is_sqlite else expression.for_tsquery()
        return sql, [*params, terms]

    def of_keys(self, keys, without=()):
        """Those of ``keys``, which are known to be visible, with all fields but ``without``."""
        marks = ", ".join(["%s"] * len(keys))
        return self.model.objects.raw(f"{self._select(without)} id IN ({marks})", keys)

    def with_others(self, keys, *, kind, path, languages, without=()):
        """The same, and the visible ones in ``languages`` that are of ``kind`` or at ``path``."""
        visible, params = self._visible_at(kind=None if path else kind)
        marks = ", ".join(["%s"] * len(languages))
        which, facts = ("(kind = %s OR path = %s)", [kind, path]) if path else ("kind = %s", [kind])
        sql = f"{self._select(without)} ({visible}) AND language IN ({marks}) AND {which}"
        params = [*params, *languages, *facts]
        if keys:
            own = self.of_keys(keys, without)
            sql, params = f"{own.raw_query} UNION ALL {sql}", [*keys, *params]
        return self.model.objects.raw(sql, params)

    def _select(self, without):
        fields = [each.attname for each in self.model._meta.concrete_fields]
        columns = ", ".join(name for name in fields if name not in without)
        return f"SELECT {columns} FROM search_document WHERE"  # noqa: S608

    def of(self, item):
        return self.filter(kind=item._meta.label_lower, object_id=item.pk)
