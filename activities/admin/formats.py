"""What the screens of import and export offer: each sheet as a resource, each kind of file as a format.

The package asks for both and brings the screens; sheets, files and plans are those of `activities.sheets`.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import Format
from import_export.resources import Resource

from activities.sheets.export import of_activities, of_sheet, write_table, write_workbook
from activities.sheets.importing import WORKBOOK
from activities.sheets.shape import ACTIVITIES, SHEETS, Sheet
from bilingual.languages import active_language

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Selection(NamedTuple):
    """The rows of a sheet that were chosen."""

    sheet: Sheet
    rows: QuerySet


class SheetResource(Resource):
    """One sheet. Its rows are handed on as they are chosen: how they are written is for the format to say."""

    sheet: Sheet

    @classmethod
    def get_display_name(cls):
        return cls.sheet.title

    def export(self, queryset, **_kwargs) -> Selection:
        # Chosen anew by key: a list may be joined with other tables, and then has rows twice.
        rows = self.sheet.model._default_manager.filter(pk__in=queryset.order_by().values("pk"))
        return Selection(self.sheet, rows)


RESOURCES = {sheet.key: type(f"Resource_{sheet.key}", (SheetResource,), {"sheet": sheet}) for sheet in SHEETS}


class Workbooks(Format):
    """A workbook of all sheets, out and in."""

    encoding = WORKBOOK

    def get_title(self):
        return _("Excel workbook (.xlsx)")

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return WORKBOOK_TYPE

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def export_data(self, selection: Selection, **_kwargs) -> bytes:
        sheet, rows = selection
        file = BytesIO()
        content = of_activities(rows) if sheet is ACTIVITIES else of_sheet(sheet.key, rows)
        write_workbook(file, content, active_language())
        return file.getvalue()


class TextTables(Format):
    """A CSV file of one sheet, out."""

    def get_title(self):
        return _("CSV, this list alone")

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def can_export(self) -> bool:
        return True

    def export_data(self, selection: Selection, **_kwargs) -> Iterator[bytes]:
        return write_table(*selection)


class Utf8Tables(Format):
    """A CSV file of one sheet, in."""

    encoding = "utf-8"

    def get_title(self):
        return _("CSV, UTF-8")

    def can_import(self) -> bool:
        return True


class ArabicTables(Utf8Tables):
    """A CSV file of one sheet, in, as older Arabic programs write it."""

    encoding = "cp1256"

    def get_title(self):
        return _("CSV, Windows-1256 (older Arabic programs)")


FORMATS = (Workbooks, TextTables, Utf8Tables, ArabicTables)
