"""The highest number that each table has given out, kept so that a number is never given twice: the audit knows rows by it, deleted ones too."""

from django.db import connections, models


def given_numbers(kept: list[type[models.Model]], using: str = "default") -> dict[str, int]:
    """Model → the highest number given out, of those tables that number their rows."""
    connection = connections[using]
    numbered = {model._meta.label: model for model in kept if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
            return {label: int(given.get(model._meta.db_table, 0)) for label, model in numbered.items()}
        return {label: _postgresql(cursor, model) for label, model in numbered.items()}


def go_on_after(given: dict[str, int], kept: list[type[models.Model]], using: str = "default") -> None:
    """Number on after what was given out."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in kept:
            last = given.get(model._meta.label, 0)
            if not last:
                continue
            table = model._meta.db_table
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', str(model._meta.pk.column), last])


def _postgresql(cursor: object, model: type[models.Model]) -> int:
    execute, fetch = cursor.execute, cursor.fetchone  # type: ignore[attr-defined]
    execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', str(model._meta.pk.column)])
    execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {fetch()[0]}")
    return int(fetch()[0])
