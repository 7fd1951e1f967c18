"""The triggers of ``guards``: the database itself refuses to change or remove a record."""

from django.db import migrations

from luoshi.web.audit.guards import statements


def make_triggers(apps, schema_editor):
    """The triggers of this database."""
    with schema_editor.connection.cursor() as cursor:
        for statement in statements(schema_editor.connection.vendor):
            cursor.execute(statement)


class Migration(migrations.Migration):
    """Append-only."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(make_triggers, migrations.RunPython.noop)]
