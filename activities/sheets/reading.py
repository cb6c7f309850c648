"""From an uploaded file to its cells: the reader is started as a limited child, and what it told is checked."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO

from django.conf import settings

from activities.sheets.cells import Cell
from activities.sheets.limits import DEFAULT, Limits
from activities.sheets.reader import arguments_for
from activities.sheets.verdicts import Refused

_PIECE = 1 << 20
RawRow = tuple[int, list[Cell]]


@dataclass
class Cells:
    """What a file holds: the names of its sheets, and the rows of each, read again whenever they are asked for."""

    sheets: list[str]
    _told: IO[bytes]
    _starts: dict[int, tuple[int, int]]

    def rows(self, position: int) -> Iterator[RawRow]:
        """Yield the number and the cells of each row of the sheet at ``position``."""
        start, count = self._starts.get(position, (0, 0))
        self._told.seek(start)
        for _ in range(count):
            _sheet, number, cells = json.loads(self._told.readline())
            yield number, cells

    def count(self, position: int) -> int:
        """Return how many rows the sheet at ``position`` has."""
        return self._starts.get(position, (0, 0))[1]


@contextmanager
def cells_of(file: BinaryIO, limits: Limits = DEFAULT, encoding: str = "") -> Iterator[Cells]:
    """Read ``file`` and yield its cells; ``encoding`` (utf-8 or cp1256) says that it is CSV.

    Raises `Refused` for a file that is too large, damaged, dangerous, or asks for more than ``limits``.
    """
    with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as told:
        _copy(file, copy, limits)
        _run(copy, told, limits, encoding)
        yield _index(told)


def _copy(file: BinaryIO, copy: IO[bytes], limits: Limits) -> None:
    """Copy what was uploaded, which may stand in memory, into a file that a child can be given."""
    file.seek(0)
    size = 0
    while piece := file.read(_PIECE):
        size += len(piece)
        if size > limits.file:
            raise Refused("file_too_large", limit=limits.file >> 20)
        copy.write(piece)
    copy.seek(0)


def _run(file: IO[bytes], told: IO[bytes], limits: Limits, encoding: str) -> None:
    """Let the child tell ``file`` into ``told``. Raises `Refused` when it does not come to an end."""
    process = subprocess.Popen(  # noqa: S603 -- our own module, with our own limits
        [sys.executable, "-m", "activities.sheets.reader", *arguments_for(limits, encoding)],
        stdin=file,
        stdout=told,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        start_new_session=True,
    )
    try:
        status = process.wait(limits.clock)
    except subprocess.TimeoutExpired:
        raise Refused("too_costly") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if status:
        raise Refused("too_costly")  # what is wrong with a file, the reader says itself


def _index(told: IO[bytes]) -> Cells:
    """Find where each sheet begins. Raises `Refused` if the child says so, or has not told all."""
    last = _last_line(told)
    if "refused" in last:
        raise Refused(last["refused"], **last["details"])
    if last != {"end": True}:
        raise Refused("damaged")
    told.seek(0)
    sheets = json.loads(told.readline())["sheets"]
    starts: dict[int, tuple[int, int]] = {}
    place = told.tell()
    for line in told:
        if line[:1] == b"[":
            position = int(line[1 : line.index(b",")])
            start, count = starts.get(position, (place, 0))
            starts[position] = (start, count + 1)
        place += len(line)
    return Cells(sheets, told, starts)


def _last_line(told: IO[bytes]) -> Any:
    end = told.seek(0, os.SEEK_END)
    told.seek(max(0, end - 4096))
    line = told.read().rstrip(b"\n").rpartition(b"\n")[2]
    try:
        return json.loads(line)
    except ValueError:
        raise Refused("damaged") from None
