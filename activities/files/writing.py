"""The forms in which a list of activities can be taken away. Each is written piece by piece, however long the list."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from activities.api.serializers import ActivitySerializer
from activities.files.calendar import calendar_of
from activities.files.rows import Teller
from activities.models import Activity
from activities.models.queries import ActivityQuerySet
from activities.sheets.writing import Book, lines_of

AT_ONCE = 500  # activities loaded together
# A workbook is written whole before its first byte is sent: 1 to 3 s of processor time for a thousand rows, see
# docs/PERFORMANCE.md. The others begin at once and are not limited.
MOST_ROWS = 5_000
_IN_MEMORY = _PIECE = 1 << 20


@dataclass(frozen=True)
class Form:
    """A form of file: its ending, what the web calls it, how it is written, and the ``most`` activities it holds."""

    ending: str
    content_type: str
    pieces: Callable[[Iterable[Activity], str], Iterator[bytes]]
    most: int | None = None

    def is_too_small_for(self, activities: ActivityQuerySet) -> bool:
        """Whether there are more ``activities`` than a file of this form holds."""
        return self.most is not None and activities.order_by()[self.most : self.most + 1].exists()


def one_by_one(activities: ActivityQuerySet) -> Iterator[Activity]:
    """Yield ``activities`` with all that readers are told, never holding more than `AT_ONCE` of them."""
    return activities.for_readers().iterator(chunk_size=AT_ONCE)


def _workbook(activities: Iterable[Activity], language: str) -> Iterator[bytes]:
    teller = Teller(language)
    book = Book(language)
    columns = [(column.heading, column.width) for column in teller.columns]
    book.add_rows(teller.title, columns, map(teller.row, activities))
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        book.save(file)
        file.seek(0)
        yield from iter(lambda: file.read(_PIECE), b"")


def _table(activities: Iterable[Activity], language: str) -> Iterator[bytes]:
    teller = Teller(language)
    return lines_of(teller.headings, map(teller.row, activities))


def _objects(activities: Iterable[Activity], language: str) -> Iterator[bytes]:
    """Yield the objects of the interface for programs, which hold both languages."""
    serializer = ActivitySerializer()
    yield b'{"activities":['
    for number, activity in enumerate(activities):
        told = json.dumps(serializer.to_representation(activity), ensure_ascii=False, separators=(",", ":"))
        yield f"{',' if number else ''}\n{told}".encode()
    yield b"\n]}\n"


FORMS = {
    form.ending: form
    for form in (
        Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook, MOST_ROWS),
        Form("csv", "text/csv; charset=utf-8", _table),
        Form("json", "application/json", _objects),
        Form("ics", "text/calendar; charset=utf-8", calendar_of),
    )
}
