"""Workbooks and CSV files as the portal writes them: text as text, numbers as numbers, days as days."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from activities.sheets.columns import Column, Sort
from activities.sheets.shape import Sheet
from activities.sheets.texts import in_table, in_workbook, looks_like_a_formula
from bilingual.languages import other_language

ISO_DATE = "yyyy-mm-dd"
# Excel counts days from 1900 and gets the first two months of it wrong: an earlier day is written as text.
FIRST_DAY = date(1900, 3, 1)
HEADER_ROWS = 3
_QUIET = Font(color="FF6B7680", size=9)
_BOLD = Font(bold=True)
_TINT = PatternFill("solid", fgColor="FFEAF1EE")
EXAMPLE_TINT = PatternFill("solid", fgColor="FFFFF4D6")
_WIDTHS = {
    Sort.TEXT: 34,
    Sort.NUMBER: 12,
    Sort.DAY: 13,
    Sort.FLAG: 12,
    Sort.CHOICE: 16,
    Sort.RECORD: 20,
    Sort.CODES: 20,
    Sort.MARK: 14,
}


class Book:
    """A workbook being written, one sheet after the other, row by row; right to left where ``language`` is."""

    def __init__(self, language: str):
        self.language = language
        self.book = Workbook(write_only=True)

    def add_sheet(self, name: str, widths: Iterable[float]) -> Any:
        """Begin a sheet with columns of these ``widths``, in characters."""
        page = self.book.create_sheet(in_workbook(name)[:31])
        page.sheet_view.rightToLeft = self.language == "ar"
        for number, width in enumerate(widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        return page

    def add_columns(self, sheet: Sheet, columns: Iterable[Column]) -> Any:
        """Begin ``sheet``: a row of keys, by which import knows the columns, and headings in both languages."""
        columns = list(columns)
        page = self.add_sheet(sheet.name(self.language), (_WIDTHS[column.sort] for column in columns))
        page.freeze_panes = f"B{HEADER_ROWS + 1}"
        page.append([cell(page, column.key, font=_QUIET) for column in columns])
        for language in (self.language, other_language(self.language)):
            page.append([_heading(page, column.heading.in_(language)) for column in columns])
        return page

    def save(self, file: IO[bytes]) -> None:
        """Write the workbook to ``file``."""
        self.book.save(file)


def cell(page: Any, value: Any, *, font: Font | None = None, fill: PatternFill | None = None) -> Any:
    """Return ``value`` as a cell: a text is a text whatever it begins with."""
    if isinstance(value, date) and value < FIRST_DAY:
        value = value.isoformat()
    made = WriteOnlyCell(page)
    if isinstance(value, str):
        made._value = in_workbook(value)
        made.data_type = "s"
        if looks_like_a_formula(value):
            made.quotePrefix = True  # it stays text when somebody edits it
    else:
        made.value = value
        if isinstance(value, date):
            made.number_format = ISO_DATE
    if font:
        made.font = font
    if fill:
        made.fill = fill
    return made


def cells(page: Any, values: Iterable[Any]) -> list[Any]:
    """Return a row: what the library writes right by itself as it is, the rest as `cell`."""
    return [value if value is None or type(value) in (int, bool) else cell(page, value) for value in values]


def _heading(page: Any, text: str) -> Any:
    made = cell(page, text, font=_BOLD, fill=_TINT)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    return made


def table_of(columns: Iterable[Column], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Yield a CSV file: the keys of its columns, then the rows; with the mark without which Excel garbles Arabic."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield b"\xef\xbb\xbf"
    for row in [[column.key for column in columns]], rows:
        for values in row:
            writer.writerow([_in_table(value) for value in values])
            yield line.getvalue().encode()
            line.seek(0)
            line.truncate()


def _in_table(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return (
        value.isoformat()
        if isinstance(value, date)
        else in_table(str(value))
        if isinstance(value, str)
        else str(value)
    )
