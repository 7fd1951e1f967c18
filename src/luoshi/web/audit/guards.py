"""The triggers by which the database itself refuses to change or remove a record, and whether they are still in place.

On SQLite ``INSERT OR REPLACE`` would delete behind the trigger's back; ``PRAGMA recursive_triggers=ON`` (set for every connection)
makes it fire, and a trigger before INSERT refuses a number that is there already even where the pragma is off.
"""

import re

from django.db import connection

SQLITE = (
    "CREATE TRIGGER audit_record_no_update BEFORE UPDATE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records cannot be changed'); END",
    "CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record BEGIN SELECT RAISE(ABORT, 'audit records cannot be removed'); END",
    "CREATE TRIGGER audit_record_no_replace BEFORE INSERT ON audit_record WHEN EXISTS (SELECT 1 FROM audit_record WHERE seq = NEW.seq)"
    " BEGIN SELECT RAISE(ABORT, 'audit records cannot be replaced'); END",
    "CREATE TRIGGER audit_counter_no_step_back BEFORE UPDATE ON audit_counter WHEN NEW.seq <> OLD.seq + 1"
    " BEGIN SELECT RAISE(ABORT, 'the audit counter only counts up'); END",
    "CREATE TRIGGER audit_counter_no_delete BEFORE DELETE ON audit_counter BEGIN SELECT RAISE(ABORT, 'the audit counter cannot be removed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit records cannot be changed or removed'; END $$",
    "CREATE FUNCTION audit_count_up() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN IF NEW.seq <> OLD.seq + 1 THEN RAISE EXCEPTION 'the audit counter only counts up'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER audit_record_no_change BEFORE UPDATE OR DELETE ON audit_record FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_record_no_truncate BEFORE TRUNCATE ON audit_record FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_counter_no_step_back BEFORE UPDATE ON audit_counter FOR EACH ROW EXECUTE FUNCTION audit_count_up()",
    "CREATE TRIGGER audit_counter_no_delete BEFORE DELETE ON audit_counter FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_counter_no_truncate BEFORE TRUNCATE ON audit_counter FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
_BITS = {"ROW": 1, "BEFORE": 2, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
"""How PostgreSQL keeps what a trigger is for (pg_trigger.tgtype)."""


def statements(vendor: str) -> tuple[str, ...]:
    """What makes the triggers in this kind of database."""
    return POSTGRESQL if vendor == "postgresql" else SQLITE


def broken_guards() -> list[str]:
    """Names of the triggers that are gone, switched off or do something else than they should, and of those that somebody added."""
    wanted, there = (_wanted_of_postgresql(), _there_on_postgresql()) if connection.vendor == "postgresql" else (_wanted_of_sqlite(), _there_on_sqlite())
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def _wanted_of_sqlite() -> dict[str, object]:
    return {one.split()[2]: one for one in SQLITE}


def _there_on_sqlite() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit_record', 'audit_counter')")
        return dict(cursor.fetchall())


def _wanted_of_postgresql() -> dict[str, object]:
    text = "\n".join(POSTGRESQL)
    bodies = dict(re.findall(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*)\$\$", text))
    found = re.findall(r"CREATE TRIGGER (\w+) (BEFORE [A-Z ]+) ON (\w+) FOR EACH (\w+) EXECUTE FUNCTION (\w+)\(\)", text)
    return {name: (table, bodies[function], sum(_BITS.get(word, 0) for word in f"{when} {each}".split())) for name, when, table, each, function in found}


def _there_on_postgresql() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, p.prosrc, CASE WHEN t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL THEN t.tgtype ELSE 0 END"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgrelid IN (to_regclass('audit_record'), to_regclass('audit_counter'))"
        )
        return {name: (table, body, kind) for name, table, body, kind in cursor.fetchall()}
