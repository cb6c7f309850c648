"""Statements with room for many rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

# Django allows a statement on SQLite 999 values, as a release of 2008 did; this is what those of today allow at least.
_VALUES = 32_000


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


def write_again(rows: "list[Any]") -> None:
    """Write all columns of ``rows``, stored records of one model that were changed, in few statements."""
    if not rows:
        return
    model: type[models.Model] = type(rows[0])
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._base_manager.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=columns)
