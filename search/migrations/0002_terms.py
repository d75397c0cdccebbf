"""What looks the terms up: FTS5 on SQLite, an index of tsvectors on PostgreSQL.

Both follow search_document by themselves, however it is written. A later migration that lets Django
make the table anew on SQLite must make the triggers anew too; tests/test_search_index.py looks.
"""

from django.db import migrations

FORGET = """INSERT INTO search_terms(search_terms, rowid, title_terms, lead_terms, body_terms)
    VALUES ('delete', old.id, old.title_terms, old.lead_terms, old.body_terms);"""
LEARN = """INSERT INTO search_terms(rowid, title_terms, lead_terms, body_terms)
    VALUES (new.id, new.title_terms, new.lead_terms, new.body_terms);"""

SQLITE = [
    """CREATE VIRTUAL TABLE search_terms USING fts5(
        title_terms, lead_terms, body_terms, content='search_document', content_rowid='id',
        detail='column', tokenize="unicode61 remove_diacritics 0"
    )""",
    f"CREATE TRIGGER search_terms_insert AFTER INSERT ON search_document BEGIN {LEARN} END",
    f"CREATE TRIGGER search_terms_delete AFTER DELETE ON search_document BEGIN {FORGET} END",
    f"""CREATE TRIGGER search_terms_update AFTER UPDATE ON search_document
        BEGIN {FORGET} {LEARN} END""",
]
# By no means inlined, and said to be costly: the planner doesn't know what it costs to make or to
# fetch a long vector, and would do so for row after row rather than ask the index
POSTGRESQL = [
    """CREATE FUNCTION search_vector(title text, lead text, body text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
        AS $$ BEGIN RETURN to_tsvector('simple', title || lead || body); END $$""",
    """CREATE INDEX search_document_terms ON search_document
        USING gin (search_vector(title_terms, lead_terms, body_terms))""",
]


def create(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER search_terms_{event}")
        schema_editor.execute("DROP TABLE search_terms")
    else:
        schema_editor.execute("DROP INDEX search_document_terms")
        schema_editor.execute("DROP FUNCTION search_vector")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
