"""Records as spreadsheets: the same sheets for any selection, which the import reads back without a change."""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.db.models import Q, QuerySet

from activities.models import Activity
from activities.sheets.columns import ROW, VERSION
from activities.sheets.shape import AREAS, BY_KEY, COUNTRIES, INSTITUTIONS, LINKS, PARTNERSHIPS, SHEETS, Sheet
from activities.sheets.values import stamp, stored_rows
from activities.sheets.writing import Book, cells, table_of
from partners.models import Institution

# What fills each sheet, by its key; a sheet that is not named has its headings only.
Content = Mapping[str, "QuerySet[Any]"]


def everything() -> Content:
    """All that the sheets can hold."""
    return {sheet.key: sheet.model._default_manager.all() for sheet in SHEETS}


def of_activities(activities: "QuerySet[Activity]") -> Content:
    """``activities`` with their partners, countries and links, and the institutions and areas that they name."""
    keys = activities.order_by().values("pk")
    named = Q(partnerships__activity__in=keys)
    return {
        "activities": activities,
        "partnerships": PARTNERSHIPS.model._default_manager.filter(activity__in=keys),
        "countries": COUNTRIES.model._default_manager.filter(activity__in=keys),
        "links": LINKS.model._default_manager.filter(activity__in=keys),
        "institutions": Institution.objects.filter(pk__in=Institution.objects.filter(named).order_by().values("pk")),
        "areas": AREAS.model._default_manager.filter(activities__in=keys).distinct(),
    }


def of_sheet(key: str, rows: "QuerySet[Any]") -> Content:
    """One sheet with ``rows``; of institutions also those they are part of."""
    assert BY_KEY[key].model is rows.model, key  # noqa: S101 -- a caller of ours names sheet and rows together
    return {key: rows}


def exported_rows(sheet: Sheet, rows: "QuerySet[Any]") -> Iterator[list[Any]]:
    """Yield the rows of a sheet, in all its columns."""
    marks = [column.key for column in sheet.columns[len(sheet.told) :]]
    for key, values in stored_rows(sheet, rows):
        known = {ROW: key, VERSION: stamp(values)}
        yield [*values, *(known[mark] for mark in marks)]


def write_workbook(file: IO[bytes], content: Content, language: str) -> int:
    """Write a workbook with all sheets to ``file``; return how many rows it has. ``language`` gives its direction."""
    book = Book(language)
    count = 0
    for sheet in SHEETS:
        page = book.add_columns(sheet, sheet.columns)
        rows: Iterable[list[Any]] = exported_rows(sheet, content[sheet.key]) if sheet.key in content else ()
        for values in rows:
            page.append(cells(page, values))
            count += 1
    book.save(file)
    return count


def write_table(sheet: Sheet, rows: "QuerySet[Any]") -> Iterator[bytes]:
    """Yield a CSV file of one sheet."""
    return table_of(sheet.columns, exported_rows(sheet, rows))


__all__ = [
    "INSTITUTIONS",
    "Content",
    "everything",
    "exported_rows",
    "of_activities",
    "of_sheet",
    "write_table",
    "write_workbook",
]
