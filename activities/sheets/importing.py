"""A file from its bytes to its plan, and back to whoever sent it: the rows held back, each with its reasons."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext as _

from activities.sheets.columns import REASONS
from activities.sheets.layout import Page, pages_of
from activities.sheets.limits import DEFAULT, Limits
from activities.sheets.parsing import shown
from activities.sheets.plan import Plan
from activities.sheets.planning import make_plan
from activities.sheets.reading import cells_of
from activities.sheets.underway import Progress
from activities.sheets.writing import Book, cell
from bilingual.languages import active_language, other_language

WORKBOOK = ""
# What a file may be: a workbook, or CSV in an encoding that whoever sends it names.
ENCODINGS = (WORKBOOK, "utf-8", "cp1256")


@dataclass(frozen=True)
class Source:
    """How a file is to be read: ``encoding`` is one of `ENCODINGS`, ``sheet`` the key of the one a CSV file holds."""

    encoding: str = WORKBOOK
    sheet: str = ""
    limits: Limits = DEFAULT


AS_WORKBOOK = Source()


@dataclass
class Reading:
    """A file that was read: its plan, and its pages for as long as it is open."""

    plan: Plan
    pages: list[Page]

    def write_held_back(self, file: IO[bytes]) -> None:
        """Write the rows that are held back as a workbook, with a column of reasons before their own."""
        write_held_back(file, self.plan, self.pages)


@contextmanager
def reading(
    file: BinaryIO, source: Source = AS_WORKBOOK, user: Any = None, progress: Progress | None = None
) -> Iterator[Reading]:
    """Read ``file`` and plan what it asks for, in the active language. Raises `Refused` if it cannot be read."""
    with cells_of(file, source.limits, source.encoding) as found:
        pages = pages_of(found, source.sheet)
        yield Reading(make_plan(pages, user, progress), pages)


def write_held_back(file: IO[bytes], plan: Plan, pages: list[Page]) -> None:
    """Write the rows of ``pages`` of which ``plan`` complains, as they were sent, each with its reasons."""
    reasons: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for complaint in plan.complaints:
        heading = complaint.heading(active_language())
        reasons[complaint.sheet][complaint.row].append(
            f"{heading}: {complaint.sentence}" if heading else complaint.sentence
        )
    book = Book(active_language())
    for page in pages:
        if reasons[page.sheet.key]:
            _write_page(book, page, reasons[page.sheet.key])
    book.save(file)


def _write_page(book: Book, page: Page, reasons: dict[int, list[str]]) -> None:
    columns = [column for column in page.places if column]
    written = book.add_sheet(page.sheet.name(book.language), [60, *(18 for _column in columns)])
    written.append([REASONS, *(column.key for column in columns)])
    for language in (book.language, other_language(book.language)):
        written.append(
            [
                _("Reasons") if language == book.language else None,
                *(cell(written, c.heading.in_(language)) for c in columns),
            ]
        )
    for number, cells in page.rows():
        if number in reasons:
            sent = [cells[n] if n < len(cells) else None for n, column in enumerate(page.places) if column]
            written.append([cell(written, "\n".join(reasons[number])), *(_as_sent(written, value) for value in sent)])


def _as_sent(page: Any, value: Any) -> Any:
    return cell(page, shown(value) if isinstance(value, dict) else value)
