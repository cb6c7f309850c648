"""Statements with room for many rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

# Django allows a statement on SQLite 999 values, as a release of 2008 did; this is what those of today allow at least.
_VALUES = 32_000
_ROWS = 1000
# Fields whose values every database takes as they are.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


@contextmanager
def roomy_statements() -> Iterator[None]:
    """Let a statement inside take as many values as the database allows, not the few that Django allows SQLite."""
    features = connection.features
    before = features.max_query_params
    if connection.vendor == "sqlite":
        features.max_query_params = _VALUES
    try:
        yield
    finally:
        features.max_query_params = before


def add(records: Sequence[Any]) -> None:
    """Add ``records``, new ones of one model, in few statements, and give each its key.

    As `bulk_create`, which asks five functions about each value; asking once about each column takes a third of the
    processor time, and a database that is locked meanwhile is locked for less.
    """
    if not records:
        return
    model: type[models.Model] = type(records[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    size = min(_ROWS, (connection.features.max_query_params or _VALUES) // len(fields))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for start in range(0, len(records), size):
            _insert(cursor, model, fields, records[start : start + size])


def _insert(cursor: Any, model: type[models.Model], fields: list[Any], records: Sequence[Any]) -> None:
    """Write ``records`` with one statement."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    told = [_writer(field) for field in fields]
    values = [write(record) for record in records for write in told]
    # Names of our own table and columns, quoted; all that anybody wrote is a parameter.
    statement = f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * len(records))} RETURNING {key}"  # noqa: S608
    cursor.execute(statement, values)
    for record, (given,) in zip(records, cursor.fetchall(), strict=True):
        record.pk = given
        record._state.adding, record._state.db = False, connection.alias


def _writer(field: Any) -> Callable[[Any], Any]:
    """Return what makes the value of ``field`` in a record the one that the database takes."""
    own = field.pre_save

    def as_it_is(record: Any) -> Any:
        return own(record, True)

    def prepared(record: Any) -> Any:
        return field.get_db_prep_save(own(record, True), connection)

    return as_it_is if isinstance(field.target_field if field.is_relation else field, _PLAIN) else prepared


def write_again(rows: "list[Any]") -> None:
    """Write all columns of ``rows``, stored records of one model that were changed, in few statements."""
    if not rows:
        return
    model: type[models.Model] = type(rows[0])
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._base_manager.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=columns)
