"""What keeps issued editions unchanged where no code of ours stands in between: triggers in the database.

A table's rows may be added and read. Changing and deleting them is refused, whatever asks: a query by hand, another
program, a later mistake of ours. SQLite drops a table's triggers without a word when a migration rebuilds the table,
which is why `missing` looks for them and a system check reports what it finds.
"""

from collections.abc import Iterable, Iterator

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Each table with the columns that single a row out: SQLite's REPLACE takes away whatever stands in its place, and
# does so without asking the triggers on deletion.
UNIQUE_COLUMNS = {
    "reports_edition": (("id",), ("code",), ("report_id", "number"), ("corrects_id",)),
    "reports_editionfile": (("id",), ("edition_id", "format", "language")),
    "reports_frozenasset": (("sha256",),),
    "reports_citation": (("id",), ("edition_id", "activity_id")),
}
TABLES = tuple(UNIQUE_COLUMNS)
REFUSAL = "An issued edition never changes"
_FUNCTION = "reports_refuse_change"


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Create the triggers that are missing on tables that exist; return the names of those created."""
    absent = missing(connection)
    with connection.cursor() as cursor:
        if absent and connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name, table, statement in _wanted(connection):
            if name in absent:
                cursor.execute(_drop(connection, name, table))
                cursor.execute(statement)
    return absent


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away; for the migration's way back, and for tests that must clear their tables."""
    with connection.cursor() as cursor:
        for name, table, _statement in _wanted(connection):
            cursor.execute(_drop(connection, name, table))
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {_FUNCTION}()")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are absent, switched off or not as they should be, in order."""
    present = _present(connection)
    return [
        name for name, _table, statement in _wanted(connection) if present.get(name) != _shown(connection, statement)
    ]


@register(Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Report what no longer guards the issued editions of each database (`manage.py check --database default`)."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        absent = missing(connections[alias]) if _are_due(connections[alias]) else []
        if absent:
            found.append(
                Error(
                    f"Issued editions can be changed in the database “{alias}”: it lacks {', '.join(absent)}.",
                    hint=f"Run: manage.py install_triggers --database {alias}",
                    id="reports.E001",
                )
            )
    return found


def _are_due(connection: BaseDatabaseWrapper) -> bool:
    """Whether the migration that creates the triggers has run: before it, nothing is missing yet."""
    from django.db.migrations.recorder import MigrationRecorder

    return ("reports", "0005_edition_triggers") in MigrationRecorder(connection).applied_migrations()


def _wanted(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str, str]]:
    """Yield name, table and statement of each trigger, for the tables that exist."""
    existing = set(connection.introspection.table_names())
    triggers = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    for table in TABLES:
        if table in existing:
            yield from ((name, table, statement) for name, statement in triggers(table))


def _on_sqlite(table: str) -> Iterator[tuple[str, str]]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for event in ("update", "delete"):
        name = f"{table}_no_{event}"
        yield name, f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" {refusal}'
    taken = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
        for columns in UNIQUE_COLUMNS[table]
    )
    name = f"{table}_no_replace"
    is_taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE {taken})'  # noqa: S608 -- names that stand above
    yield name, f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" WHEN {is_taken} {refusal}'


def _on_postgresql(table: str) -> Iterator[tuple[str, str]]:
    call = f"EXECUTE FUNCTION {_FUNCTION}()"
    name = f"{table}_no_change"
    yield name, f'CREATE TRIGGER "{name}" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {call}'
    name = f"{table}_no_truncate"
    yield name, f'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {call}'


# Emptying a table that holds nothing changes no edition; test runners do it between tests.
_BODY = f"""
DECLARE
    holds_rows boolean := true;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO holds_rows;
    END IF;
    IF holds_rows THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
"""  # noqa: S608 -- no value of anybody's enters it
_POSTGRESQL_FUNCTION = f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"


def _drop(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    of_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{of_table}'


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return what each trigger does, by its name, as the database shows it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)"
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _shown(connection: BaseDatabaseWrapper, statement: str) -> str:
    """Return how the database shows a trigger that is as it should be: by its statement, or by its function's body."""
    return _BODY if connection.vendor == "postgresql" else statement
