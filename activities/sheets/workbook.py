"""A workbook as an archive of parts, opened and read within limits; nothing in it is run, followed or believed.

Runs in the child process only (`activities.sheets.reader`) and knows nothing of Django. What a workbook says about its
own size is never asked.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from xml.parsers import expat

from activities.sheets.cells import Row, Shared, SharedTexts, SheetReader, date_styles, local
from activities.sheets.limits import RATIO_FROM, Limits
from activities.sheets.verdicts import Refused

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # encrypted workbooks wear the same coat as those of Excel 97
_MACROS = re.compile(r"vbaProject|/(?:macrosheets|dialogsheets|activeX|ctrlProps)/", re.IGNORECASE)
_LINKS = re.compile(r"/(?:externalLinks|queryTables|embeddings)/|xl/connections\.xml", re.IGNORECASE)
_CHUNK = 1 << 16


class Workbook:
    """An open workbook: `sheets` are its visible names in order, `rows` streams one of them."""

    def __init__(self, file: BinaryIO, limits: Limits):
        """Check the directory of ``file`` and read what the sheets refer to. Raises `Refused`."""
        self.limits = limits
        self.shared = Shared(limits.elements)
        start = file.read(4)
        file.seek(0)
        if start == _OLD_OFFICE:
            raise Refused("encrypted")
        if start[:2] != b"PK":
            raise Refused("no_workbook")
        self.archive = _open(file)
        self._check_directory()
        self.sheets = self._find_sheets()

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the number and the cells of each row of the sheet ``name`` that has something in it."""
        collected: list[Row] = []
        reader = SheetReader(self.shared, self.limits, name, collected)
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
        self.shared.starts_1904 = any(
            said.get("date1904") in ("1", "true") for tag, said in found if tag == "workbookPr"
        )
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
            shared = SharedTexts(self.limits, self.shared.texts)
            for _ in self._feed(f"{folder}/sharedStrings.xml", shared.parser, ""):
                pass
        if self._has(f"{folder}/styles.xml"):
            self.shared.dates = date_styles(
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
        if (tag := local(name)) in self.names:
            self.found.append((tag, {local(key): value for key, value in said.items()}))
