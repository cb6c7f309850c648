"""Spreadsheets as we write them: text stays text, whatever it begins with.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is run as a formula by the program that opens the file, with
the rights of the person who opens it. A workbook says of each cell that it is text; a CSV file cannot, so a
quotation mark stands before such a text there.
"""

from datetime import date
from io import BytesIO
from typing import Any

from import_export.formats import base_formats
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from tablib import Dataset

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_ISO_DATE = "yyyy-mm-dd"
_WIDEST, _NARROWEST = 60, 12


class Workbooks(base_formats.XLSX):
    """An Excel workbook with one sheet: text as text, numbers as numbers, days as days."""

    def get_title(self) -> str:
        return "Excel (xlsx)"

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        book = Workbook()
        sheet = book.active
        _write_row(sheet, 1, dataset.headers)
        for number, row in enumerate(dataset, start=2):
            _write_row(sheet, number, row)
        for column in sheet.columns:
            column[0].font = Font(bold=True)
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = max(_NARROWEST, min(longest + 2, _WIDEST))
        sheet.freeze_panes = "B2"
        file = BytesIO()
        book.save(file)
        return file.getvalue()


class TextTables(base_formats.CSV):
    """A CSV file for people: with a byte-order mark, without which Excel turns Arabic into rubbish."""

    def get_title(self) -> str:
        return "CSV"

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        harmless = Dataset(*[[_harmless(value) for value in row] for row in dataset], headers=dataset.headers)
        return harmless.export("csv").encode("utf-8-sig")


def _write_row(sheet: Worksheet, number: int, values: Any) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
            cell.data_type = "s"  # whatever the text looked like
        elif value is not None:
            cell.value = value
            if isinstance(value, date):
                cell.number_format = _ISO_DATE


def _harmless(value: Any) -> Any:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
