"""The child process that reads an uploaded spreadsheet: its bytes on standard input, its cells as JSON lines out.

It runs with limits on memory, processor time and file size, holds no connection to anything and knows nothing of
Django; a file that breaks it breaks only it. The first lines name the sheets; each further line is a row,
``[sheet, number, cells]``; the last one says that all is told, or why the file is refused.

Usage: python -m activities.sheets.reader LIMITS [utf-8|cp1256] < file > cells.jsonl
"""

import codecs
import csv
import io
import json
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from activities.sheets.cells import Cell
from activities.sheets.limits import Limits
from activities.sheets.texts import from_table
from activities.sheets.verdicts import Refused
from activities.sheets.workbook import Workbook

OUTPUT = 512 << 20  # bytes of cells told


def limit_resources(limits: Limits) -> None:
    """Let the kernel end this process beyond its memory, time or output, and as soon as its parent is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.processor, limits.processor + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        set_parent_death_signal = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def told(file: BinaryIO, limits: Limits, encoding: str) -> Iterator[Any]:
    """Yield what is told of a file, line by line: names of sheets, rows, and the end. Raises `Refused`."""
    if encoding:
        yield {"sheets": [""]}
        yield from ([0, number, cells] for number, cells in _table(file, limits, encoding))
    else:
        book = Workbook(file, limits)
        yield {"sheets": list(book.sheets)}
        for position, name in enumerate(book.sheets):
            yield from ([position, number, cells] for number, cells in book.rows(name))
    yield {"end": True}


def _table(file: BinaryIO, limits: Limits, encoding: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows of a CSV file; every cell is text, and an empty one is none."""
    data = file.read(limits.file + 1)
    text = _decoded(data, encoding)
    csv.field_size_limit(limits.cell)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(rows, start=1):
            if number > limits.rows:
                raise Refused("too_many_rows", limit=limits.rows, sheet="", row=number)
            if len(cells) > limits.columns:
                raise Refused("too_many_columns", limit=limits.columns, sheet="", row=number)
            if any(cells):
                yield number, [from_table(cell) or None for cell in cells]
    except csv.Error as error:
        code = "cell_too_long" if "field limit" in str(error) else "damaged_table"
        raise Refused(code, limit=limits.cell, sheet="", row=rows.line_num) from None


def _decoded(data: bytes, encoding: str) -> str:
    """Return the text of ``data``, which must be in ``encoding``: nothing is guessed, and no letter is replaced."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        raise Refused("not_text")
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused("no_table")
    if encoding == "cp1256" and _is_utf8(data):
        raise Refused("is_utf8")
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        raise Refused("not_utf8" if encoding == "utf-8" else "not_text") from None


def _is_utf8(data: bytes) -> bool:
    """Whether letters beyond ASCII are there and make sense as UTF-8, which Windows-1256 hardly ever does."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line: Excel writes a semicolon where a comma parts decimals."""
    line = text.partition("\n")[0]
    return max(",;\t", key=line.count)


def main(arguments: list[str]) -> int:
    """Tell of standard input; return 0, also when the file is refused: the last line says so."""
    limits = Limits(**json.loads(arguments[0]))
    limit_resources(limits)
    write = sys.stdout.write
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    try:
        for line in told(sys.stdin.buffer, limits, arguments[1] if len(arguments) > 1 else ""):
            write(encode(line) + "\n")
    except Refused as refusal:
        write(json.dumps({"refused": refusal.code, "details": refusal.details}) + "\n")
    except (MemoryError, RecursionError):
        write(json.dumps({"refused": "too_costly", "details": {}}) + "\n")
    except (ValueError, KeyError, IndexError, OverflowError, UnicodeError):
        write(json.dumps({"refused": "damaged", "details": {}}) + "\n")
    sys.stdout.flush()
    return 0


def arguments_for(limits: Limits, encoding: str = "") -> list[str]:
    """Return the arguments with which the child is started."""
    return [json.dumps(asdict(limits)), *([encoding] if encoding else [])]


if __name__ == "__main__":
    # Lone surrogates, which a workbook can hold in escaped form, are told as they are and refused by the gate.
    sys.stdout.reconfigure(  # type: ignore[union-attr]  # it is the text stream that Python opened
        encoding="utf-8", errors="surrogatepass"
    )
    sys.exit(main(sys.argv[1:]))
