"""From a cell to a value: each sort of column takes what it can read without guessing, and says what else it needs."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.sheets.cells import Cell
from activities.sheets.columns import ROW, Column, Sort
from activities.sheets.tables import Table, Tables
from bilingual.search import fold, fold_digits
from bilingual.text import normalise

_KEY = 19  # digits, one more than any key has
_WHOLE = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[,٬ \u00a0\u202f][0-9]{3})+|[0-9]{1,15})")
_FRACTION = re.compile(r"[+-]?[0-9][0-9,٬ ]*[.٫][0-9]+")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTED = re.compile(r"[;؛,،\n]+")
_YES = {"true", "yes", "1", fold("نعم"), fold("صحيح")}
_NO = {"false", "no", "0", fold("لا"), fold("خطأ")}


class CellError(ValueError):
    """A cell holds what its column cannot; the message says so, with the remedy, in the active language."""


def parse(column: Column, cell: Cell, tables: Tables) -> Any:
    """Return the value of ``cell``; ``None`` for an empty one. Raises `CellError`."""
    if isinstance(cell, str):
        cell = normalise(cell)
    if cell is None or cell == "":
        return None
    if isinstance(cell, dict) and "date" not in cell:
        raise CellError(_refused_content(cell))
    return _PARSERS[column.sort](column, cell, tables)


def shown(cell: Cell) -> str:
    """Return a cell as a message quotes it."""
    if isinstance(cell, dict):
        return next(iter(cell.values())) or "="
    return "" if cell is None else str(cell)


def _refused_content(cell: dict[str, str]) -> str:
    if "formula" in cell:
        return _("This is a formula. Paste its result as a value.")
    return _("The cell holds an error of the spreadsheet program. Write the value itself.")


def _text(column: Column, cell: Cell, tables: Tables) -> str:
    if isinstance(cell, bool | dict | float):
        raise CellError(_("This is no text. Format the cell as text and type it again."))
    text = str(cell)
    field = column.field
    limit = getattr(field, "max_length", None)
    if limit and len(text) > limit:
        raise CellError(
            _("The text has %(length)d characters; there is room for %(limit)d.")
            % {"length": len(text), "limit": limit}
        )
    try:
        if field is not None:
            field.run_validators(text)
    except ValidationError as error:
        raise CellError(" ".join(error.messages)) from None
    return text


def _number(column: Column, cell: Cell, tables: Tables) -> int:
    if isinstance(cell, str):
        cell = _typed_number(cell)
    if isinstance(cell, float):
        raise CellError(_("This is a fraction. Write a whole number."))
    if isinstance(cell, bool) or not isinstance(cell, int):
        raise CellError(_("This is no number. Write it with digits, such as 45."))
    largest = 32_767 if "Small" in type(column.field).__name__ else 2_147_483_647
    if cell < 0:
        raise CellError(_("A number here is never negative."))
    if cell > largest and column.field is not None and not column.table:
        raise CellError(_("This number is too large."))
    return cell


def _typed_number(text: str) -> int | float | None:
    digits = fold_digits(text)
    if _WHOLE.fullmatch(digits):
        return int(re.sub(r"[^0-9-]", "", digits))
    return 0.5 if _FRACTION.fullmatch(digits) else None


def _day(column: Column, cell: Cell, tables: Tables) -> date:
    text = fold_digits(cell["date"] if isinstance(cell, dict) else cell) if isinstance(cell, dict | str) else ""
    if isinstance(cell, dict) and "T" in text:
        raise CellError(_("The cell holds a time of day as well. Write the day alone, such as 2024-03-13."))
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise CellError(_("There is no such day. Write it as year, month and day, such as 2024-03-13.")) from None
    raise CellError(
        _("This is no date: use a date cell of the spreadsheet, or write year, month and day, such as 2024-03-13.")
    )


def _flag(column: Column, cell: Cell, tables: Tables) -> bool:
    if isinstance(cell, bool):
        return cell
    said = fold(str(cell)) if isinstance(cell, str | int) else ""
    if said in _YES or said in _NO:
        return said in _YES
    raise CellError(_("Write TRUE or FALSE, yes or no."))


def _choice(column: Column, cell: Cell, tables: Tables) -> str:
    said = str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
    found = (
        column.options.get(said)
        or column.options.get(fold(said.partition(" · ")[0]))
        or column.options.get(fold(said))
    )
    if found:
        return found
    known = ", ".join(value for value, _label in column.choices())
    raise CellError(_("The portal does not know this. Choose one of: %(known)s.") % {"known": known})


def _record(column: Column, cell: Cell, tables: Tables) -> str:
    if isinstance(cell, bool | dict | float):
        raise CellError(_("This is no code. Format the cell as text and type the code again."))
    said = str(cell)
    if column.table == "activities":
        return said.partition(" · ")[0].strip()  # whether it is there is known once all rows are read
    found = tables[column.table].find(said)
    if found is None:
        raise CellError(unknown_code(said, tables[column.table].near(said)))
    return found


def _codes(column: Column, cell: Cell, tables: Tables) -> str | None:
    if not isinstance(cell, str):
        raise CellError(_("This is no code. Format the cell as text and type the code again."))
    table = tables[column.table]
    found = [code for part in _PARTED.split(cell) for code in _codes_in(part.strip(), table)]
    text = column.field.to_python(" ".join(found))
    return _text(column, text, tables) if text else None


def _codes_in(part: str, table: Table) -> Iterator[str]:
    """Yield the code of the one thing that ``part`` names, or each of the codes it is made of."""
    whole = table.find(part) if part else None
    if whole is not None:
        yield whole
        return
    for word in part.split() if all(word in table for word in part.split()) else [part]:
        if word not in table:
            raise CellError(unknown_code(word, table.near(word)))
        yield word


def unknown_code(said: str, near: list[str]) -> str:
    """Say that a code is not known, and what is like it."""
    if near:
        return _("“%(said)s” is not known here. Did you mean %(near)s?") % {"said": said[:80], "near": ", ".join(near)}
    return _("“%(said)s” is not known here. Take a code from the lists of the template.") % {"said": said[:80]}


def _mark(column: Column, cell: Cell, tables: Tables) -> Any:
    if isinstance(cell, int | str) and not isinstance(cell, bool):
        said = fold_digits(str(cell))
        return int(said) if column.key == ROW and said.isdigit() and len(said) < _KEY else said
    raise CellError(_("Leave this column as it was exported, and empty in a new row."))


_PARSERS = {
    Sort.TEXT: _text,
    Sort.NUMBER: _number,
    Sort.DAY: _day,
    Sort.FLAG: _flag,
    Sort.CHOICE: _choice,
    Sort.RECORD: _record,
    Sort.CODES: _codes,
    Sort.MARK: _mark,
}
