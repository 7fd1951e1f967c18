"""Triggers by which the database itself refuses to change or remove a record.

On SQLite ``INSERT OR REPLACE`` would delete behind the trigger's back; ``PRAGMA recursive_triggers=ON`` (set for every connection)
makes it fire, and a trigger before INSERT refuses a number that is there already even where the pragma is off.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records cannot be changed'); END;
CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records cannot be removed'); END;
CREATE TRIGGER audit_record_no_replace BEFORE INSERT ON audit_record WHEN EXISTS (SELECT 1 FROM audit_record WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'audit records cannot be replaced'); END;
CREATE TRIGGER audit_counter_no_step_back BEFORE UPDATE ON audit_counter WHEN NEW.seq <> OLD.seq + 1
BEGIN SELECT RAISE(ABORT, 'the audit counter only counts up'); END;
CREATE TRIGGER audit_counter_no_delete BEFORE DELETE ON audit_counter BEGIN SELECT RAISE(ABORT, 'the audit counter cannot be removed'); END;
"""
POSTGRESQL = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit records cannot be changed or removed'; END $$;
CREATE FUNCTION audit_count_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF NEW.seq <> OLD.seq + 1 THEN RAISE EXCEPTION 'the audit counter only counts up'; END IF; RETURN NEW; END $$;
CREATE TRIGGER audit_record_no_change BEFORE UPDATE OR DELETE ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_record_no_truncate BEFORE TRUNCATE ON audit_record FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_counter_no_step_back BEFORE UPDATE ON audit_counter FOR EACH ROW EXECUTE FUNCTION audit_count_up();
CREATE TRIGGER audit_counter_no_delete BEFORE DELETE ON audit_counter FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_counter_no_truncate BEFORE TRUNCATE ON audit_counter FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""


def make_triggers(apps, schema_editor):
    """The triggers of this database."""
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
        else:
            for statement in SQLITE.strip().split("END;\n"):
                text = statement.strip().removesuffix("END;").strip()
                if text:
                    cursor.execute(f"{text} END;")


class Migration(migrations.Migration):
    """Append-only."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(make_triggers, migrations.RunPython.noop)]
