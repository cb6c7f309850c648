"""Rows as records of the database: the same values as attributes, codes as keys."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import DEFERRED, Model

from activities.models import Standing
from activities.sheets.columns import Column, Sort
from activities.sheets.shape import ACTIVITIES, Sheet
from activities.sheets.tables import Tables
from activities.sheets.values import Values

_ROADMAP = [column.key for column in ACTIVITIES.told].index("roadmap")
Assignment = tuple[int, str, Column, Any]


def build(sheet: Sheet, values: Values, tables: Tables, record: Any = None) -> Any:
    """Return a record of ``sheet`` with ``values``: a new one, or ``record`` changed."""
    attributes = attributes_of(sheet, values, tables)
    if record is None:
        return new_record(sheet.model, attributes)
    for name, value in attributes.items():
        setattr(record, name, value)
    return record


def new_record(model: type[Model], attributes: dict[str, Any]) -> Any:
    """Return a new record of ``model``; values in the order of its columns cost half of what named ones cost."""
    return model(*(attributes[name] if name in attributes else default() for name, default in _columns(model)))


@cache
def _columns(model: type[Model]) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """The columns of ``model`` in order, with what gives each its default; that of all languages holds nothing."""
    columns = []
    names = {field.attname for field in model._meta.concrete_fields}
    fields: Any = model._meta.concrete_fields
    for field in fields:
        is_shadow = f"{field.attname}_ar" in names and f"{field.attname}_en" in names
        columns.append((field.attname, _nothing if is_shadow else field.get_default))
    return tuple(columns)


def _nothing() -> Any:
    return DEFERRED


def attributes_of(sheet: Sheet, values: Values, tables: Tables, *, part: str = "") -> dict[str, Any]:
    """Return ``values`` by the names of the model's columns; those of ``part`` for the record related by that name."""
    return {name: _value(column, values, n, empty, tables) for n, name, column, empty in _assignments(sheet, part)}


@cache
def _assignments(sheet: Sheet, part: str) -> tuple[Assignment, ...]:
    return tuple(
        (n, column.field.attname, column, None if column.field.null or not _is_text(column) else "")
        for n, column in enumerate(sheet.told)
        if column.part == part and column.field is not None
    )


def _is_text(column: Column) -> bool:
    return column.sort in (Sort.TEXT, Sort.CHOICE, Sort.CODES)


def _value(column: Column, values: Values, n: int, empty: Any, tables: Tables) -> Any:
    value = values[n]
    if value is None:
        return empty
    if not column.table or column.sort is Sort.CODES:
        return value
    if column.table == "areas":
        return tables.area_key(values[_ROADMAP], value)
    return tables[column.table].keys.get(value)


def participation_of(values: Values, tables: Tables) -> dict[str, Any] | None:
    """Return the columns of the participation that an activity's row tells; ``None`` if it tells nothing."""
    places = _places_of_counts()
    if all(values[n] is None for n in places):
        return None
    attributes = attributes_of(ACTIVITIES, values, tables, part="participation")
    for name in ("headcount_standing", "sexes_standing", "countries_standing"):
        attributes[name] = attributes[name] or Standing.PENDING.value
    return attributes


@cache
def _places_of_counts() -> tuple[int, ...]:
    return tuple(n for n, column in enumerate(ACTIVITIES.told) if column.part)
