"""Workbooks and CSV files as the portal writes them: text as text, numbers as numbers, days as days."""

import csv
import io
import itertools
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
LINE_HEIGHT = 15  # points
MOST_LINES = 27  # a row can be no higher than 409 points
# A program that is told no direction reads Arabic from the left: its full stops then stand at the wrong end.
READING_ORDER = {"en": 1, "ar": 2}
TYPEFACE = "Calibri"  # a font without a name is a serif one in LibreOffice
BOLD = Font(name=TYPEFACE, bold=True)
_QUIET = Font(name=TYPEFACE, color="FF6B7680", size=9)
_TINT = PatternFill("solid", fgColor="FFEAF1EE")
EXAMPLE_TINT = PatternFill("solid", fgColor="FFFFF4D6")
_WIDTHS = {
    Sort.TEXT: 34,
    Sort.NUMBER: 18,
    Sort.DAY: 14,
    Sort.FLAG: 20,
    Sort.CHOICE: 24,
    Sort.RECORD: 28,
    Sort.CODES: 28,
    Sort.MARK: 14,
}
_CODE_WIDTH = 14


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
        widths = [_CODE_WIDTH if column.is_given else _WIDTHS[column.sort] for column in columns]
        page = self.add_sheet(sheet.name(self.language), widths)
        page.freeze_panes = f"B{HEADER_ROWS + 1}"
        page.append([cell(page, column.key, font=_QUIET) for column in columns])
        for number, language in enumerate((self.language, other_language(self.language)), start=2):
            headings = [column.heading.in_(language) for column in columns]
            page.row_dimensions[number].height = height_of(zip(headings, widths, strict=True))
            page.append([_heading(page, text, language) for text in headings])
        return page

    def add_rows(self, name: str, columns: Iterable[tuple[str, float]], rows: Iterable[Iterable[Any]]) -> None:
        """Write a whole sheet for readers: ``columns`` are headings with widths; the head stays in view."""
        headings = list(columns)
        page = self.add_sheet(name, (width for _heading, width in headings))
        page.freeze_panes = "A2"
        page.append([_heading(page, text, self.language) for text, _width in headings])
        for values in rows:
            page.append(cells(page, values))

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


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height, in points, of a row that shows these texts whole, each in a column of that many characters.

    Programs differ in whether they work it out themselves.
    """
    lines = (sum(-(-len(line) // int(width)) or 1 for line in text.splitlines() or [""]) for text, width in texts)
    return LINE_HEIGHT * min(max(lines, default=1), MOST_LINES)


def wrapped(made: Any, language: str) -> Any:
    """Return the cell, its text in ``language`` on as many lines as it takes, read from the right side."""
    made.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=READING_ORDER[language])
    return made


def _heading(page: Any, text: str, language: str) -> Any:
    return wrapped(cell(page, text, font=BOLD, fill=_TINT), language)


def table_of(columns: Iterable[Column], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Yield a CSV file: the keys of its columns, then the rows."""
    return lines_of([column.key for column in columns], rows)


def lines_of(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """Yield a CSV file line by line, with the mark without which Excel garbles Arabic."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield b"\xef\xbb\xbf"
    for values in itertools.chain([head], rows):
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
