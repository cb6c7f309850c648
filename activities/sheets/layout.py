"""Which sheet of a file is which of ours, which column is which, and which rows only explain."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from activities.sheets.cells import Cell
from activities.sheets.columns import REASONS, Column, Sort
from activities.sheets.reading import Cells, RawRow
from activities.sheets.shape import SHEETS, Sheet
from activities.sheets.verdicts import Refused
from bilingual.search import fold

# Sheets of a template that hold no rows of ours, by the names it gives them.
EXPLANATIONS = {"ar": "شرح", "en": "Explanations"}
LISTS = {"ar": "قوائم", "en": "Lists"}
# What stands in the first column of an example; such a row is never imported.
EXAMPLE = {"ar": "مثال", "en": "EXAMPLE"}
_PASSED_OVER = {*EXPLANATIONS.values(), *LISTS.values()}
_EXAMPLES = {fold(word) for word in EXAMPLE.values()}
_LONGEST_MARK = 9
_HEADINGS = 4  # rows in which headings may stand


@dataclass
class Page:
    """A sheet of a file that is one of ours: where its columns stand, and how many examples it passed over."""

    sheet: Sheet
    name: str
    position: int
    places: list[Column | None]
    cells: Cells
    examples: int = 0

    def __post_init__(self) -> None:
        self.first = next((place for place, column in enumerate(self.places) if column), 0)

    @property
    def present(self) -> set[str]:
        """The keys of the columns that the file has."""
        return {column.key for column in self.places if column}

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows that say something: without headings and examples."""
        rows = self.cells.rows(self.position)
        next(rows, None)
        for count, (number, cells) in enumerate(rows):
            if count < _HEADINGS and self._is_heading(cells):
                continue
            if self.is_example(cells):
                self.examples += 1
            else:
                yield number, cells

    def is_example(self, cells: list[Cell]) -> bool:
        """Whether the row is marked as an example, in its first column of ours."""
        first = cells[self.first] if self.first < len(cells) else None
        return isinstance(first, str) and len(first) <= _LONGEST_MARK and _marks_an_example(first)

    def _is_heading(self, cells: list[Cell]) -> bool:
        """Whether the row has headings; one of them may be worded as it was when the file was made."""
        pairs = [(cell, column) for cell, column in zip(cells, self.places, strict=False) if cell and column]
        known = sum(isinstance(cell, str) and fold(cell) in _names_of(column) for cell, column in pairs)
        return bool(pairs) and known * 2 > len(pairs)


@lru_cache(maxsize=100)  # the rows of one activity begin with the same code
def _marks_an_example(text: str) -> bool:
    return fold(text).strip() in _EXAMPLES


def pages_of(cells: Cells, wanted: str = "") -> list[Page]:
    """Return the sheets of a file that are ours; ``wanted`` names the one that a file without names (CSV) holds.

    Raises `Refused` for a sheet or a heading that is not known, or that is there twice.
    """
    pages: list[Page] = []
    for position, name in enumerate(cells.sheets):
        if not cells.count(position) or name in _PASSED_OVER:
            continue
        _number, header = next(cells.rows(position))
        sheet = _sheet_called(name, wanted) or _sheet_with(header)
        if sheet is None:
            raise Refused("unknown_sheet", sheet=name)
        if sheet in (page.sheet for page in pages):
            raise Refused("sheet_twice", sheet=name)
        pages.append(Page(sheet, name or sheet.key, position, _columns(sheet, header, name or sheet.key), cells))
    if not pages:
        raise Refused("no_sheet")
    return pages


def _sheet_called(name: str, wanted: str) -> Sheet | None:
    called = fold(name or wanted)
    for sheet in SHEETS:
        if called in {fold(sheet.key), fold(sheet.names.ar), fold(sheet.names.en)}:
            return sheet
    return None


def _sheet_with(header: list[Cell]) -> Sheet | None:
    """Return the one sheet that has all the columns of ``header``."""
    said = [fold(cell) for cell in header if isinstance(cell, str) and cell != REASONS]
    fitting = [
        sheet for sheet in SHEETS if said and all(any(word in _names_of(c) for c in sheet.columns) for word in said)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _columns(sheet: Sheet, header: list[Cell], name: str) -> list[Column | None]:
    known = {word: column for column in reversed(sheet.columns) for word in _names_of(column)}
    places: list[Column | None] = []
    for cell in header:
        if cell is None or cell == REASONS:
            places.append(None)
            continue
        said = str(next(iter(cell.values())) if isinstance(cell, dict) else cell)
        column = known.get(fold(said).strip())
        if column is None:
            raise Refused("unknown_heading", sheet=name, heading=said[:80])
        if column in places:
            raise Refused("heading_twice", sheet=name, heading=said[:80])
        places.append(column)
    _ask_for(sheet, {column.key for column in places if column}, name)
    return places


def _ask_for(sheet: Sheet, present: set[str], name: str) -> None:
    """Raise `Refused` if a column is missing without which no row can be found."""
    last = sheet.identity[-1]
    records = {column.key for column in sheet.columns if column.sort is Sort.RECORD}
    for key in last:
        if key not in present and key in records and key != "institution":
            raise Refused("missing_heading", sheet=name, heading=key)


def _names_of(column: Column) -> set[str]:
    return {fold(column.key), fold(column.heading.ar), fold(column.heading.en)}
