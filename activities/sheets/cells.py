"""The cells of a sheet while its XML streams by: what each holds, as its kind and its style say.

Runs in the child process only, for `activities.sheets.workbook`, and knows nothing of Django.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from xml.parsers import expat

from activities.sheets.limits import Limits
from activities.sheets.verdicts import Refused

Cell = str | int | float | bool | dict[str, str] | None
Row = tuple[int, list[Cell]]

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


@dataclass
class Shared:
    """What the sheets of a workbook share: texts and styles that cells refer to by number, and a number of elements.

    ``dates`` says of each style whether it shows a number as a date; ``left`` is how many elements may still come.
    """

    left: int
    texts: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    starts_1904: bool = False


def local(name: str) -> str:
    """Return the name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def date_styles(found: list[tuple[str, dict[str, str]]]) -> list[bool]:
    """For each style of cells, whether it shows a number as a date."""
    own = {said.get("numFmtId", ""): said.get("formatCode", "") for tag, said in found if tag == "numFmt"}
    in_cells, styles = False, []
    for tag, said in found:
        if tag in ("cellXfs", "cellStyleXfs"):
            in_cells = tag == "cellXfs"
        elif tag == "xf" and in_cells:
            styles.append(_shows_a_date(said.get("numFmtId", "0"), own))
    return styles


def _shows_a_date(number: str, own: dict[str, str]) -> bool:
    if number in own:
        return bool(re.search("[ymdhs]", _NOT_A_DATE.sub("", own[number]), re.IGNORECASE))
    return number.isdigit() and int(number) in _DATE_FORMATS


class SharedTexts:
    """The texts that cells refer to by number."""

    def __init__(self, limits: Limits, texts: list[str]):
        self.limits, self.texts = limits, texts
        self.size = 0
        self.pieces: list[str] = []
        self.is_text = self.is_reading = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, _said: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            self.pieces, self.is_reading = [], True
        elif tag == "rPh":  # how to pronounce it: no part of the text
            self.is_reading = False
        self.is_text = tag == "t" and self.is_reading

    def _end(self, name: str) -> None:
        tag = local(name)
        self.is_text = False
        if tag == "rPh":
            self.is_reading = True
        elif tag == "si":
            self.texts.append(_unescaped("".join(self.pieces)))

    def _characters(self, text: str) -> None:
        if self.is_text:
            self.size += len(text)
            if self.size > self.limits.text:
                raise Refused("unpacks_too_large")
            self.pieces.append(text)


# LibreOffice writes a truth value as the formula that gives it.
_TRUTHS = ("TRUE()", "FALSE()")
_LONGEST_TRUTH = 10


class SheetReader:
    """Collects the rows of one sheet while its XML streams by."""

    def __init__(self, shared: Shared, limits: Limits, name: str, collected: list[Row]):
        self.shared, self.limits, self.name, self.collected = shared, limits, name, collected
        self.row, self.column = 0, 0
        self.cells: list[Cell] = []
        self.kind, self.style = "n", 0
        self.value: list[str] = []
        self.has_formula = self.is_value = self.is_formula = False
        self.formula = ""
        self.columns: dict[str, int] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, tag: str, said: dict[str, str]) -> None:
        self.shared.left -= 1
        if self.shared.left < 0:
            raise Refused("too_many_cells", sheet=self.name)
        if ":" in tag:
            tag = local(tag)
        if tag == "c":
            place = said.get("r")
            self.column = self._column(place) if place else self.column + 1
            self.kind = said.get("t", "n")
            self.style = int(said.get("s", 0))
            self.value.clear()
            self.has_formula = False
        elif tag == "v" or tag == "t":
            self.is_value = True
        elif tag == "row":
            self.row = int(said["r"]) if "r" in said else self.row + 1
            self.cells, self.column = [], 0
        elif tag == "f":
            self.has_formula = self.is_formula = True
            self.formula = ""
        elif tag == "rPh":
            self.kind = "pronounced"

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if letters not in self.columns:
            if not _PLACE.fullmatch(place):
                raise Refused("damaged")
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self.columns[letters] = number
        return self.columns[letters]

    def _end(self, tag: str) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "v" or tag == "t":
            self.is_value = False
        elif tag == "f":
            self.is_formula = False
        elif tag == "c":
            if self.value or self.has_formula:
                self._keep(self._cell())
        elif tag == "row" and self.cells:
            self.collected.append((self.row, self.cells))
            self.cells = []

    def _characters(self, text: str) -> None:
        if self.is_value and self.kind != "pronounced":
            self.value.append(text)
        elif self.is_formula:
            self.formula = (self.formula + text)[:_LONGEST_TRUTH]

    def _keep(self, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        place: dict[str, Any] = {"sheet": self.name, "row": self.row}
        if self.row > self.limits.rows:
            raise Refused("too_many_rows", limit=self.limits.rows, **place)
        if self.column > self.limits.columns:
            raise Refused("too_many_columns", limit=self.limits.columns, **place)
        if isinstance(cell, str) and len(cell) > self.limits.cell:
            raise Refused("cell_too_long", limit=self.limits.cell, **place)
        gap = self.column - len(self.cells) - 1
        if gap > 0:
            self.cells.extend([None] * gap)
        elif gap < 0:
            raise Refused("damaged")
        self.cells.append(cell)

    def _cell(self) -> Cell:
        value = "".join(self.value)
        if self.has_formula and not (self.kind == "b" and self.formula in _TRUTHS):
            return {"formula": value[:100]}
        match self.kind:
            case "s":
                return self._shared(value)
            case "inlineStr" | "str":
                return _unescaped(value)
            case "b":
                return value == "1"
            case "e":
                return {"error": value[:20]}
            case "d":
                return {"date": value[:30]}
            case "n":
                return self._number(value)
        return _unescaped(value)

    def _shared(self, value: str) -> str:
        number = int(value)
        if not 0 <= number < len(self.shared.texts):
            raise Refused("damaged")
        return self.shared.texts[number]

    def _number(self, value: str) -> Cell:
        number = float(value)
        if self.style < len(self.shared.dates) and self.shared.dates[self.style]:
            return _moment(number, self.shared.starts_1904) or {"error": value[:20]}
        return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _moment(number: float, starts_1904: bool) -> Cell:
    """A day counted by Excel, as ISO text; with the time of day where there is one."""
    start = datetime(1904, 1, 1) if starts_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 -- a cell has no zone
    if not starts_1904 and number < 61:  # Excel believes in 29 February 1900
        return None
    try:
        moment = start + timedelta(days=int(number), seconds=round((number - int(number)) * 86_400))
    except OverflowError:
        return None
    return {"date": moment.isoformat() if moment.hour or moment.minute or moment.second else moment.date().isoformat()}


def _unescaped(text: str) -> str:
    """The text that Excel means: it writes characters that XML cannot hold as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
