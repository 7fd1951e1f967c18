"""The index of character pairs: FTS5 on SQLite, a ``tsvector`` with GIN on PostgreSQL. Filled by ``search.services.index`` alone."""

from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE search_pairs USING fts5(pairs, detail='none', tokenize=\"unicode61 remove_diacritics 0\")"
POSTGRESQL = """
CREATE TABLE search_pairs (indexed_id bigint PRIMARY KEY, pairs tsvector NOT NULL);
CREATE INDEX search_pairs_gin ON search_pairs USING gin (pairs);
"""


def make(apps, schema_editor):
    """The index of this database."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    """Away with it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_pairs")


class Migration(migrations.Migration):
    """Pairs."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
