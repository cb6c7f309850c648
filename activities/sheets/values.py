"""The values of rows as files and plans hold them: plain, with codes for records, and nothing for what is empty."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from activities.sheets.shape import Sheet

Values = tuple[Any, ...]
CHUNK = 2000


def stored_rows(sheet: Sheet, rows: "QuerySet[Any]") -> Iterator[tuple[int, Values]]:
    """Yield the key and the values of each of ``rows``, in the columns of `Sheet.told`, in the sheet's order."""
    paths = [column.path for column in sheet.told]
    for key, *values in rows.order_by(*sheet.order).values_list("pk", *paths).iterator(chunk_size=CHUNK):
        yield key, tuple(plain(value) for value in values)


def plain(value: Any) -> Any:
    """A text that nobody wrote and a choice that nobody made are nothing, however they are stored."""
    return None if value == "" else value


def stamp(values: Values) -> str:
    """Return the version of a row: it changes with any of its values, and is the same wherever they are read."""
    told = "\x1f".join("" if value is None else f"{type(value).__name__}{_said(value)}" for value in values)
    # Begun with a letter, so that no spreadsheet program takes it for a number.
    return f"v{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def shown_value(value: Any) -> str:
    """Return a value as a message or a preview quotes it: as the file would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value.isoformat() if isinstance(value, date) else str(value)
