"""The workbook for a translator who has no account: sources locked, translations to fill in, and what was exported.

Each row carries the key of its text and the hashes of both languages as they were, so that on the way back nothing
is written over what has changed since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from activities.sheets.texts import in_workbook
from activities.sheets.writing import BOLD, READING_ORDER, TYPEFACE, height_of
from bilingual.languages import other_language
from bilingual.state_queries import Condition
from bilingual.states import states_of
from bilingual.text import Bilingual
from bilingual.translating import hashes_of
from reports.translating.kind import Kind
from reports.translating.selection import STATES, TextLine, lines_of

# What one workbook holds at most: more is more than anybody translates at once.
MOST_TEXTS = 5_000
KEY, RECORD, TEXT, STATE = "key", "record", "text", "state"
SOURCE, TARGET, SOURCE_HASH, TARGET_HASH = "source", "translation", "source_hash", "translation_hash"
COLUMNS = (KEY, RECORD, TEXT, SOURCE, TARGET, STATE, SOURCE_HASH, TARGET_HASH)
# Together as wide as a screen: source and translation are read side by side.
_WIDTHS = (20, 22, 14, 46, 46, 14, 12, 12)
_QUIET = Font(name=TYPEFACE, color="FF5A6672", size=9)
_OPEN = PatternFill("solid", fgColor="FFF3F7F5")
_UNLOCKED = Protection(locked=False)
# A text is read in its own direction; what belongs to neither language in that of its letters.
_ALIGNED = {
    language: Alignment(wrap_text=True, vertical="top", readingOrder=order)
    for language, order in [(None, 0), *READING_ORDER.items()]
}
_HEADINGS = 2


@dataclass(frozen=True)
class Source:
    """A text to be translated, and what stands in the other language, if anything does."""

    key: str
    record: str
    text: str
    source: str
    target: str
    state: str
    source_hash: str
    target_hash: str


def texts_for(kind: Kind, records: Iterable[Any], language: str, condition: Condition | None) -> Iterator[Source]:
    """Yield the texts of ``records`` to be translated into ``language``: those that are as ``condition`` says.

    ``None`` takes all that are written in the other language.
    """
    known = list(records)
    states = states_of(known)
    for record in known:
        for line in lines_of(kind, record, states[record]):
            if line.language == language and _is_wanted(line, condition) and _source_of(record, line):
                yield _source(kind, record, line)


def _is_wanted(line: TextLine, condition: Condition | None) -> bool:
    if condition is None:
        return True
    return line.is_open if condition is Condition.OPEN else line.says == condition.value


def _source_of(record: Any, line: TextLine) -> str:
    return Bilingual.of(record, line.field).in_(other_language(line.language))


def _source(kind: Kind, record: Any, line: TextLine) -> Source:
    texts, hashes = Bilingual.of(record, line.field), hashes_of(record, line.field)
    other = other_language(line.language)
    return Source(
        key=f"{kind.code}:{kind.key(record)}:{line.field}",
        record=kind.title(record),
        text=line.label,
        source=texts.in_(other),
        target=texts.in_(line.language),
        state=str(STATES[line.says]),
        source_hash=hashes[other],
        target_hash=hashes[line.language],
    )


def to_workbook(texts: Iterable[Source], language: str) -> bytes:
    """Return an XLSX of ``texts`` for their translation into ``language``, right to left where that is Arabic."""
    book = Workbook()
    page = book.active
    with override(language):
        page.title = f"translation-{language}"
        _lay_out(page, language)
        for number, text in enumerate(texts, start=_HEADINGS + 1):
            _write(page, number, text, language)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _lay_out(page: Worksheet, language: str) -> None:
    page.sheet_view.rightToLeft = language == "ar"
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.freeze_panes = page.cell(_HEADINGS + 1, 1)
    headings = _headings(language)
    for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), start=1):
        page.column_dimensions[get_column_letter(place)].width = width
        page.column_dimensions[get_column_letter(place)].hidden = name in (SOURCE_HASH, TARGET_HASH)
        page.cell(1, place, name).font = _QUIET
        page.cell(2, place, headings[name]).font = BOLD
        page.cell(2, place).alignment = _ALIGNED[language]


def _headings(language: str) -> dict[str, str]:
    names = {"ar": _("Arabic"), "en": _("English")}
    return {
        KEY: _("Key"),
        RECORD: _("Record"),
        TEXT: _("Text"),
        SOURCE: names[other_language(language)],
        TARGET: _("%(language)s: write here") % {"language": names[language]},
        STATE: _("State"),
        SOURCE_HASH: "SHA-256",
        TARGET_HASH: "SHA-256",
    }


def _write(page: Worksheet, row: int, text: Source, language: str) -> None:
    for place, name in enumerate(COLUMNS, start=1):
        cell = page.cell(row, place)
        cell._value, cell.data_type = in_workbook(getattr(text, _ATTRIBUTES[name])), "s"
        own = {SOURCE: other_language(language), TARGET: language}.get(name)
        cell.alignment = _ALIGNED[own]
        if name == TARGET:
            cell.protection, cell.fill = _UNLOCKED, _OPEN
        elif own is None:
            cell.font = _QUIET
    page.row_dimensions[row].height = height_of(_room(text))


def _room(text: Source) -> Iterator[tuple[str, float]]:
    """Yield what a row shows, with the room for it: a translation needs about as much as its source."""
    for name, width in zip(COLUMNS[:-2], _WIDTHS[:-2], strict=True):
        shown = text.source if name == TARGET and not text.target else getattr(text, _ATTRIBUTES[name])
        yield shown, width if name in (SOURCE, TARGET) else width * 1.3  # in smaller letters


_ATTRIBUTES = {TARGET: "target", TARGET_HASH: "target_hash"} | {
    name: name for name in COLUMNS if name not in (TARGET, TARGET_HASH)
}
