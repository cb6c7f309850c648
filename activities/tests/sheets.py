"""Spreadsheets for tests: made of rows, exported from the portal, planned and imported."""

import io
from contextlib import contextmanager
from datetime import date

from openpyxl import Workbook, load_workbook

from activities.sheets.applying import carry_out
from activities.sheets.export import everything, write_workbook
from activities.sheets.importing import AS_WORKBOOK, reading
from activities.sheets.shape import SHEETS
from activities.sheets.values import stored_rows
from activities.tests.factories import make_kind, make_profile
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_roadmap

# A row that can be imported as it is.
COURSE = {
    "kind": "training-course",
    "title_ar": "عنوان",
    "title_en": "Title",
    "start_date": date(2024, 3, 13),
    "end_date": date(2024, 3, 14),
    "mode": "online",
    "status": "held",
}


def workbook_of(**sheets):
    """Return a file with these sheets; each is a list of rows, and each row gives values by the keys of columns."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        keys = list(dict.fromkeys(key for row in rows for key in row))
        page.append(keys)
        for row in rows:
            page.append([row.get(key) for key in keys])
    return saved(book)


def saved(book):
    """Return a workbook of openpyxl as a file."""
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def exported(content=None, language="en"):
    """Return the export of everything, or of ``content``, as a file."""
    file = io.BytesIO()
    write_workbook(file, everything() if content is None else content, language)
    file.seek(0)
    return file


def opened(file):
    """Return an open file as a workbook of openpyxl."""
    file.seek(0)
    return load_workbook(file)


def rows_of(file, sheet="Activities", headers=3):
    """Return the rows of a sheet as dictionaries by the keys of their columns."""
    page = opened(file)[sheet]
    keys = [cell.value for cell in page[1]]
    return [dict(zip(keys, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=headers + 1)]


def changed(file, changes, sheet="Activities"):
    """Return an exported file in which cells were changed: ``{(row, key): value}``, the first row of data being 0."""
    book = opened(file)
    page = book[sheet]
    keys = [cell.value for cell in page[1]]
    for (row, key), value in changes.items():
        page.cell(row + 4, keys.index(key) + 1).value = value
    return saved(book)


@contextmanager
def planned(file, user=None, source=AS_WORKBOOK):
    """Yield what reading ``file`` gives."""
    file.seek(0)
    with reading(file, source, user) as read:
        yield read


def plan_of(file, user=None, source=AS_WORKBOOK):
    """Return the plan of ``file``."""
    with planned(file, user, source) as read:
        return read.plan


def imported(file, user=None, source=AS_WORKBOOK):
    """Import ``file`` and return its plan."""
    plan = plan_of(file, user, source)
    carry_out(plan, user)
    return plan


def complaints_of(file, user=None, source=AS_WORKBOOK):
    """Return sheet, row and column of what is held back, with the sentence."""
    return [(c.sheet, c.row, c.column, c.sentence) for c in plan_of(file, user, source).complaints]


def all_stored():
    """Return everything that the sheets hold, by sheet and key."""
    return {sheet.key: dict(stored_rows(sheet, sheet.model._default_manager.all())) for sheet in SHEETS}


def make_tables() -> None:
    """Have the rows that the sheets of these tests name: a kind, two countries, a profile, the organ and an area."""
    make_kind()
    make_country("TUR")
    make_country("MAR")
    make_profile()
    make_institution(code="sesric", name_ar="سيسرك", name_en="Statistical Centre")
    make_area(make_roadmap(code="2020-2025"), number=1)


def held_back(file, **said) -> set[tuple]:
    """Return sheet, row and column of each complaint."""
    return {(sheet, row, column) for sheet, row, column, _sentence in complaints_of(file, **said)}
