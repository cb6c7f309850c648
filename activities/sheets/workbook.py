"""The cells of a workbook, read as a stream and within limits; nothing in it is run, followed or believed.

Runs in the child process only (`activities.sheets.reader`) and knows nothing of Django. What a workbook says about its
own size is never asked.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from xml.parsers import expat

from activities.sheets.limits import RATIO_FROM, Limits
from activities.sheets.verdicts import Refused

Cell = str | int | float | bool | dict[str, str] | None
Row = tuple[int, list[Cell]]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # encrypted workbooks wear the same coat as those of Excel 97
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_MACROS = re.compile(r"vbaProject|/(?:macrosheets|dialogsheets|activeX|ctrlProps)/", re.IGNORECASE)
_LINKS = re.compile(r"/(?:externalLinks|queryTables|embeddings)/|xl/connections\.xml", re.IGNORECASE)
_CHUNK = 1 << 16


class Workbook:
    """An open workbook: `sheets` are its visible names in order, `rows` streams one of them."""

    def __init__(self, file: BinaryIO, limits: Limits):
        """Check the directory of ``file`` and read what the sheets refer to. Raises `Refused`."""
        self.limits = limits
        self.left = limits.elements
        start = file.read(4)
        file.seek(0)
        if start == _OLD_OFFICE:
            raise Refused("encrypted")
        if start[:2] != b"PK":
            raise Refused("no_workbook")
        self.archive = _open(file)
        self._check_directory()
        self.texts: list[str] = []
        self.dates: list[bool] = []
        self.starts_1904 = False
        self.sheets = self._find_sheets()

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the number and the cells of each row of the sheet ``name`` that has something in it."""
        collected: list[Row] = []
        reader = _SheetReader(self, name, collected)
        for _ in self._feed(self.sheets[name], reader.parser, name):
            yield from collected
            collected.clear()
        yield from collected

    def _check_directory(self) -> None:
        members = self.archive.infolist()
        if len(members) > self.limits.members:
            raise Refused("too_many_members")
        if sum(member.file_size for member in members) > self.limits.unpacked:
            raise Refused("unpacks_too_large")
        for member in members:
            self._check_member(member)
        names = [member.filename for member in members]
        if len(set(names)) != len(names) or "[Content_Types].xml" not in names:
            raise Refused("no_workbook")

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        if member.flag_bits & 1:
            raise Refused("encrypted")
        if member.file_size > self.limits.member or _is_bomb(member, self.limits.ratio):
            raise Refused("unpacks_too_large")
        if _MACROS.search(member.filename):
            raise Refused("macros")
        if _LINKS.search(member.filename):
            raise Refused("links")

    def _find_sheets(self) -> dict[str, str]:
        kinds = _Elements("Override", "Default").of(self, "[Content_Types].xml")
        if any("macroEnabled" in kind.get("ContentType", "") for _tag, kind in kinds):
            raise Refused("macros")
        book = self._main_part()
        links = self._relations(book)
        found = _Elements("sheet", "workbookPr").of(self, book)
        self.starts_1904 = any(said.get("date1904") in ("1", "true") for tag, said in found if tag == "workbookPr")
        sheets = [(said.get("name", ""), links.get(said.get("id", ""))) for tag, said in found if tag == "sheet"]
        if len(sheets) > self.limits.sheets:
            raise Refused("too_many_sheets")
        self._read_shared(book)
        return {name: target for name, target in sheets if target and self._has(target)}

    def _main_part(self) -> str:
        for target, kind in self._targets("_rels/.rels", ""):
            if kind.endswith("/officeDocument"):
                return target
        raise Refused("no_workbook")

    def _relations(self, part: str) -> dict[str, str]:
        path = PurePosixPath(part)
        return dict(self._targets(f"{path.parent}/_rels/{path.name}.rels", str(path.parent), by_id=True))

    def _targets(self, relations: str, folder: str, *, by_id: bool = False) -> Iterator[tuple[str, str]]:
        if not self._has(relations):
            raise Refused("no_workbook")
        for _tag, said in _Elements("Relationship").of(self, relations):
            if said.get("TargetMode") == "External":
                raise Refused("links")
            target = said.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
            yield (said.get("Id", ""), whole) if by_id else (whole, said.get("Type", ""))

    def _read_shared(self, book: str) -> None:
        folder = PurePosixPath(book).parent
        if self._has(f"{folder}/sharedStrings.xml"):
            shared = _SharedTexts(self.limits, self.texts)
            for _ in self._feed(f"{folder}/sharedStrings.xml", shared.parser, ""):
                pass
        if self._has(f"{folder}/styles.xml"):
            self.dates = _date_styles(
                _Elements("numFmt", "cellXfs", "cellStyleXfs", "xf").of(self, f"{folder}/styles.xml")
            )

    def _has(self, name: str) -> bool:
        return name in self.archive.NameToInfo

    def _feed(self, member: str, parser: Any, sheet: str) -> Iterator[None]:
        """Feed a member to a parser, piece by piece."""
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            with self.archive.open(member) as stream:
                while piece := stream.read(_CHUNK):
                    parser.Parse(piece, False)
                    yield
                parser.Parse(b"", True)
        except expat.ExpatError:
            raise Refused("damaged") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise Refused("damaged") from None


def _open(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Refused("damaged") from None


def _is_bomb(member: zipfile.ZipInfo, ratio: int) -> bool:
    return member.file_size > RATIO_FROM and member.file_size > ratio * max(member.compress_size, 1)


def _refuse_doctype(*_declared: Any) -> None:
    raise Refused("doctype")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Elements:
    """The elements of some names in a small member, each with its attributes."""

    def __init__(self, *names: str):
        self.names = set(names)
        self.found: list[tuple[str, dict[str, str]]] = []

    def of(self, book: Workbook, member: str) -> list[tuple[str, dict[str, str]]]:
        if book.archive.getinfo(member).file_size > 8 << 20:
            raise Refused("unpacks_too_large")
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        for _ in book._feed(member, parser, ""):
            pass
        return self.found

    def _start(self, name: str, said: dict[str, str]) -> None:
        if (tag := _local(name)) in self.names:
            self.found.append((tag, {_local(key): value for key, value in said.items()}))


def _date_styles(found: list[tuple[str, dict[str, str]]]) -> list[bool]:
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


class _SharedTexts:
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
        tag = _local(name)
        if tag == "si":
            self.pieces, self.is_reading = [], True
        elif tag == "rPh":  # how to pronounce it: no part of the text
            self.is_reading = False
        self.is_text = tag == "t" and self.is_reading

    def _end(self, name: str) -> None:
        tag = _local(name)
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


class _SheetReader:
    """Collects the rows of one sheet while its XML streams by."""

    def __init__(self, book: Workbook, name: str, collected: list[Row]):
        self.book, self.limits, self.name, self.collected = book, book.limits, name, collected
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
        self.book.left -= 1
        if self.book.left < 0:
            raise Refused("too_many_cells", sheet=self.name)
        if ":" in tag:
            tag = _local(tag)
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
            tag = _local(tag)
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
        if not 0 <= number < len(self.book.texts):
            raise Refused("damaged")
        return self.book.texts[number]

    def _number(self, value: str) -> Cell:
        number = float(value)
        if self.style < len(self.book.dates) and self.book.dates[self.style]:
            return _moment(number, self.book.starts_1904) or {"error": value[:20]}
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
