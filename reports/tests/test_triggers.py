"""The database itself refuses to change or delete what was issued, after all migrations, whatever asks it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, transaction

from reports import triggers
from reports.models import Citation, Edition, EditionFile, FrozenAsset
from reports.tests.factories import make_edition

pytestmark = pytest.mark.django_db

MODELS = {model._meta.db_table: model for model in (Edition, EditionFile, FrozenAsset, Citation)}
EACH_TABLE = pytest.mark.parametrize("table", triggers.TABLES)


def rows(table):
    """Return everything a table holds, as the database gives it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 -- one of our own four tables
        return [tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in cursor]


def refuses(statement, *values):
    with pytest.raises(IntegrityError, match=triggers.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_guarded_tables_are_those_of_the_frozen_models():
    assert set(triggers.TABLES) == set(MODELS)


@EACH_TABLE
def test_the_database_refuses_to_change_a_row(table):
    make_edition()
    before = rows(table)
    for column in (field.column for field in MODELS[table]._meta.fields):
        refuses(f'UPDATE "{table}" SET "{column}" = "{column}"')  # noqa: S608
    assert before
    assert rows(table) == before


@EACH_TABLE
def test_the_database_refuses_to_delete_a_row(table):
    make_edition()
    before = rows(table)
    refuses(f'DELETE FROM "{table}"')  # noqa: S608
    assert rows(table) == before


@EACH_TABLE
def test_the_database_refuses_to_put_another_row_in_the_place_of_one(table):
    make_edition()
    before = rows(table)
    model = MODELS[table]
    columns = ", ".join(f'"{field.column}"' for field in model._meta.fields)
    if connection.vendor == "sqlite":
        refuses(f'REPLACE INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"')  # noqa: S608
    key = model._meta.pk.column
    refuses(
        f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"'  # noqa: S608
        f' WHERE true ON CONFLICT ("{key}") DO UPDATE SET "{key}" = excluded."{key}"'
    )
    assert rows(table) == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL empties a table at a stroke")
def test_postgresql_refuses_to_empty_a_table_that_holds_rows():
    make_edition()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is left to be checked when the table is emptied
    refuses(f"TRUNCATE {', '.join(triggers.TABLES)} CASCADE")
    assert Edition.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL empties a table at a stroke")
def test_postgresql_empties_a_table_that_holds_nothing():
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(triggers.TABLES)} CASCADE")


def test_after_all_migrations_nothing_is_missing():
    assert triggers.missing(connection) == []
    assert check() == "System check identified no issues (0 silenced).\n"


def check():
    out = StringIO()
    call_command("check", databases=["default"], stdout=out)
    return out.getvalue()


def names_of(table):
    return [name for name in all_names() if name.startswith(f"{table}_no")]


def all_names():
    return [name for name, _table, _statement in triggers._wanted(connection)]


@EACH_TABLE
def test_the_check_names_what_is_missing_and_the_command_puts_it_back(table):
    for name in names_of(table):
        with connection.cursor() as cursor:
            cursor.execute(triggers._drop(connection, name, table))
    assert triggers.missing(connection) == names_of(table)
    with pytest.raises(SystemCheckError, match=r"manage\.py install_triggers --database default") as refused:
        check()
    assert all(name in str(refused.value) for name in names_of(table))
    out = StringIO()
    call_command("install_triggers", stdout=out)
    assert out.getvalue() == f"Created: {', '.join(names_of(table))}\n"
    call_command("install_triggers", stdout=(again := StringIO()))
    assert again.getvalue() == "Every trigger on issued editions is there.\n"
    assert "no issues" in check()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite drops triggers when a table is rebuilt")
def test_a_table_that_sqlite_rebuilds_loses_its_triggers_and_the_check_sees_it():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE new__x AS SELECT * FROM reports_citation")
        cursor.execute("DROP TABLE reports_citation")
        cursor.execute("ALTER TABLE new__x RENAME TO reports_citation")
    assert triggers.missing(connection) == names_of("reports_citation")


def test_a_trigger_of_the_same_name_that_refuses_nothing_is_missing_too():
    table, name = "reports_edition", names_of("reports_edition")[0]
    with connection.cursor() as cursor:
        cursor.execute(triggers._drop(connection, name, table))
        if connection.vendor == "sqlite":
            cursor.execute(f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" BEGIN SELECT 1; END')
        else:
            cursor.execute(
                "CREATE FUNCTION let_pass() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;"
                f' CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION let_pass()'
            )
    assert triggers.missing(connection) == [name]


def test_the_way_back_takes_every_trigger_away():
    triggers.uninstall(connection)
    assert triggers.missing(connection) == all_names()
    assert triggers.install(connection) == all_names()
    assert triggers.missing(connection) == []
