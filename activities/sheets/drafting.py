"""From the cells of a sheet to the values of its rows."""

from typing import Any

from django.utils.translation import gettext as _

from activities.sheets.columns import ROW, VERSION, Sort
from activities.sheets.layout import Page
from activities.sheets.parsing import CellError, parse
from activities.sheets.plan import Draft
from activities.sheets.underway import Underway


class PageReader:
    """Reads the cells of a sheet into drafts; a row with a cell that cannot be read is held back."""

    def __init__(self, underway: Underway, page: Page):
        self.underway, self.page = underway, page
        told = page.sheet.told
        self.places = [(place, column) for place, column in enumerate(page.places) if column]
        self.position = {column.key: number for number, column in enumerate(told)}
        self.width = len(told)

    def drafts(self) -> list[tuple[Draft, Any, Any]]:
        """Return the rows with what stands in our own two columns: the number of the row, and its version."""
        found = []
        shared: dict[Any, Any] = self.underway.shared
        for number, cells in self.page.rows():
            self.underway.step()
            values: list[Any] = [None] * self.width
            marks: dict[str, Any] = {}
            draft = Draft(number, ())
            for place, column in self.places:
                cell = cells[place] if place < len(cells) else None
                if cell is None:
                    continue
                try:
                    value = parse(column, cell, self.underway.tables)
                except CellError as error:
                    self.underway.complain(self.page, draft, column.key, cell, str(error))
                    continue
                if column.sort is Sort.MARK:
                    marks[column.key] = value
                else:
                    # The same code stands in many rows: kept once, it saves a tenth of the memory of a large file.
                    values[self.position[column.key]] = shared.setdefault(value, value) if column.table else value
            if self.page.sheet.belongs_to:
                values[0] = self.underway.aliases.get(values[0], values[0])
            if len(cells) > len(self.page.places):
                self.underway.complain(
                    self.page, draft, "", cells[-1], _("This row has more cells than there are headings.")
                )
            draft.values = tuple(values)
            if any(value is not None for value in values) or draft.is_held:
                found.append((draft, marks.get(ROW), marks.get(VERSION)))
        return found
