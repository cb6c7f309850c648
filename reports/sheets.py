"""Sheets of a workbook for people who work with figures: text as text, numbers as numbers, days as days.

A sheet of an Arabic set runs from the right. Its head stays in view and is printed on every page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from activities.sheets.texts import looks_like_a_formula
from activities.sheets.writing import READING_ORDER, TYPEFACE, height_of
from reports.steady import steady

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ISO_DATE, _WHOLE_NUMBER = "yyyy-mm-dd", "#,##0"
_INK, _MUTED, _FIGURE, _RULE = "FF17212B", "FF5A6672", "FF0B5D44", "FFDDE3E1"
_TITLE_HEIGHT = 21  # points
_LONGEST_TEXT = 32_767  # characters that a cell can hold


@dataclass(frozen=True)
class Estimate:
    """A number that is known to be about right, and the word that says so."""

    number: int
    about: str


Value = str | int | date | Estimate | None


@dataclass(frozen=True)
class Column:
    """A column's heading, and its width in characters."""

    heading: str
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A table in one language: the lines above it, its columns, its rows, and the notes below."""

    title: str
    language: str
    lines: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()


def write_book(sheets: Iterable[Sheet], *, title: str, author: str, day: date) -> bytes:
    """Return a workbook of ``sheets`` as XLSX, dated ``day``: equal sheets give equal bytes."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    about = book.properties
    about.title, about.creator, about.lastModifiedBy = (_storable(each) for each in (title, author, author))
    file = BytesIO()
    book.save(file)
    about.created = about.modified = datetime.combine(day, time())  # saving writes the present time
    return steady(file.getvalue(), day, {"docProps/core.xml": tostring(about.to_tree())})


def _write(page: Worksheet, sheet: Sheet) -> None:
    head = len(sheet.lines) + 2
    for number, line in enumerate(sheet.lines, start=1):
        _put(
            page.cell(number, 1),
            line,
            sheet,
            Font(name=TYPEFACE, bold=number == 1, size=14 if number == 1 else 11, color=_INK),
        )
    for place, column in enumerate(sheet.columns, start=1):
        cell = _put(
            page.cell(head, place), column.heading, sheet, Font(name=TYPEFACE, bold=True, color=_MUTED), wraps=True
        )
        cell.border = Border(bottom=Side("medium", color=_FIGURE))
        page.column_dimensions[cell.column_letter].width = column.width
    for number, row in enumerate(sheet.rows, start=head + 1):
        for place, value in enumerate(row, start=1):
            cell = _put(page.cell(number, place), value, sheet, Font(name=TYPEFACE, color=_INK), wraps=True)
            cell.border = Border(bottom=Side("thin", color=_RULE))
        page.row_dimensions[number].height = _height(row, sheet)
    last = head + len(sheet.rows)
    for number, note in enumerate(sheet.notes, start=last + 2):
        _put(page.cell(number, 1), note, sheet, Font(name=TYPEFACE, italic=True, color=_MUTED))
    page.row_dimensions[1].height = _TITLE_HEIGHT
    page.row_dimensions[head].height = _height([column.heading for column in sheet.columns], sheet)
    _set_view(page, sheet, head, last)


def _height(row: Sequence[Value], sheet: Sheet) -> float:
    texts = (value if isinstance(value, str) else "" for value in row)
    return height_of(zip(texts, (column.width for column in sheet.columns), strict=True))


def _put(cell: Cell, value: Value, sheet: Sheet, font: Font, *, wraps: bool = False) -> Cell:
    if isinstance(value, str):
        cell.value = _storable(value)
        cell.data_type = "s"  # whatever the text looked like
        cell.quotePrefix = looks_like_a_formula(value)  # it stays text when somebody edits it
    elif isinstance(value, Estimate):
        about = value.about.replace('"', "")
        cell.value, cell.number_format = value.number, f'"{about} "{_WHOLE_NUMBER}'
    else:
        cell.value = value
        cell.number_format = _ISO_DATE if isinstance(value, date) else _WHOLE_NUMBER
    is_arabic = sheet.language == "ar"
    cell.alignment = Alignment(
        horizontal="right" if is_arabic else "left",
        vertical="top",
        wrap_text=wraps,
        readingOrder=READING_ORDER[sheet.language],
    )
    cell.font = font
    return cell


def _storable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:_LONGEST_TEXT]


def _set_view(page: Worksheet, sheet: Sheet, head: int, last: int) -> None:
    """Set the direction, what stays in view, and how the sheet is printed."""
    page.sheet_view.rightToLeft = sheet.language == "ar"
    page.sheet_view.showGridLines = False
    page.freeze_panes = page.cell(head + 1, 1)
    corner = page.cell(last, len(sheet.columns)).coordinate
    if sheet.rows:
        page.auto_filter.ref = f"A{head}:{corner}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    with translation.override(sheet.language):
        page.oddFooter.center.text = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
