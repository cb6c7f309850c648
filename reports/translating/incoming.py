"""A translator's workbook on its way in: what each row would do, said before anything is written.

Nothing is written over what has changed since the workbook was made, unless somebody saw both and says so.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.sheets.cells import Cell
from activities.sheets.limits import AT_ONCE
from activities.sheets.reading import Cells, cells_of
from activities.sheets.verdicts import Refused
from bilingual.history import change_set
from bilingual.languages import direction_of, other_language
from bilingual.states import Progress
from bilingual.text import Bilingual, normalise
from bilingual.translating import NewText, TextsChangedError, hashes_of, locked, put_texts
from reports.translating.kind import Kind
from reports.translating.workbook import COLUMNS, KEY, MOST_TEXTS, SOURCE_HASH, TARGET, TARGET_HASH

LIMITS = replace(AT_ONCE, rows=MOST_TEXTS + 10, columns=30, sheets=5, elements=400_000)
_SHEET = re.compile("translation-(ar|en)")
_HASH = re.compile("[0-9a-f]{64}")


class Verdict(models.TextChoices):
    """What a row of a workbook would do."""

    READY = "ready", gettext_lazy("will be written")
    SOURCE_CHANGED = "source", gettext_lazy("the original changed since the export")
    TARGET_CHANGED = "target", gettext_lazy("the translation changed since the export")
    UNKNOWN = "unknown", gettext_lazy("no such text")
    REFUSED = "refused", gettext_lazy("refused")
    TWICE = "twice", gettext_lazy("stands in the workbook twice")
    SAME = "same", gettext_lazy("says what is there already")
    EMPTY = "empty", gettext_lazy("left empty")


CONFLICTS = frozenset({Verdict.SOURCE_CHANGED, Verdict.TARGET_CHANGED})
COMPLAINTS = frozenset({Verdict.UNKNOWN, Verdict.REFUSED, Verdict.TWICE})


@dataclass(frozen=True)
class Change:
    """One row: which text it is for, what it says, what stands there now, and what comes of it."""

    row: int
    key: str
    verdict: Verdict
    language: str
    name: str = ""
    label: str = ""
    text: str = ""
    now: str = ""
    source: str = ""
    reasons: tuple[str, ...] = ()
    new: NewText | None = None
    record: Any = field(default=None, compare=False)

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def other(self) -> str:
        """The language of the original."""
        return other_language(self.language)

    @property
    def other_direction(self) -> str:
        return direction_of(self.other)


@dataclass(frozen=True)
class Plan:
    """What a workbook would do."""

    language: str
    changes: tuple[Change, ...]

    def of(self, *verdicts: str) -> list[Change]:
        return [change for change in self.changes if change.verdict in verdicts]

    @property
    def ready(self) -> list[Change]:
        return self.of(Verdict.READY)

    @property
    def conflicts(self) -> list[Change]:
        return self.of(*CONFLICTS)

    @property
    def complaints(self) -> list[Change]:
        return self.of(*COMPLAINTS)

    @property
    def idle(self) -> int:
        """How many rows ask for nothing."""
        return len(self.of(Verdict.SAME, Verdict.EMPTY))

    def digest(self) -> str:
        """What names this plan: it differs as soon as a text of the portal that it is about does."""
        said = [(c.key, str(c.verdict), c.text, c.now, c.source) for c in self.changes]
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def plan_of(file: BinaryIO, kinds: list[Kind]) -> Plan:
    """Read a workbook and return what it would do to records of ``kinds``. Raises `Refused` for one that is none."""
    with cells_of(file, LIMITS) as cells:
        position, language = _page(cells)
        lines = list(_lines(cells, position))
    if len(lines) > MOST_TEXTS:
        raise Refused("too_many_rows", limit=MOST_TEXTS)
    return Plan(language, tuple(_planned(lines, language, {kind.code: kind for kind in kinds})))


def _page(cells: Cells) -> tuple[int, str]:
    for position, name in enumerate(cells.sheets):
        if found := _SHEET.fullmatch(name):
            return position, found[1]
    raise Refused("no_sheet")


@dataclass(frozen=True)
class _Line:
    """What a row of a workbook says."""

    number: int
    key: str
    target: Cell
    source_hash: str
    target_hash: str

    @property
    def address(self) -> tuple[str, str, str]:
        """The kind, the code and the field that the key names."""
        kind, _colon, rest = self.key.partition(":")
        code, _colon, name = rest.rpartition(":")
        return kind, code, name


def _lines(cells: Cells, position: int) -> Iterator[_Line]:
    """Yield the rows below the headings that say something."""
    rows = cells.rows(position)
    _number, header = next(rows, (0, []))
    places = {name: header.index(name) for name in COLUMNS if name in header}
    for needed in (KEY, TARGET, SOURCE_HASH, TARGET_HASH):
        if needed not in places:
            raise Refused("missing_heading", heading=needed)
    next(rows, None)  # the headings for people
    for number, row in rows:
        said = {name: row[place] if place < len(row) else None for name, place in places.items()}
        key, hashes = said[KEY], (said[SOURCE_HASH], said[TARGET_HASH])
        if key is not None or said[TARGET] is not None:
            yield _Line(number, key if isinstance(key, str) else "", said[TARGET], *map(_hash, hashes))


def _hash(cell: Cell) -> str:
    """Return a hash as it was exported; one that is none agrees with no text, not even with a missing one."""
    if cell is None or cell == "":
        return ""
    return cell if isinstance(cell, str) and _HASH.fullmatch(cell) else "?"


def _planned(lines: list[_Line], language: str, kinds: dict[str, Kind]) -> Iterator[Change]:
    records = _records(lines, kinds)
    seen: set[str] = set()
    for line in lines:
        kind, code, name = line.address
        record, text = records.get((kind, code)), _shown(line.target)
        if record is None or name not in kinds[kind].fields:
            yield Change(line.number, line.key[:120], Verdict.UNKNOWN, language, text=text)
        elif line.key in seen:
            yield Change(line.number, line.key, Verdict.TWICE, language, kinds[kind].title(record), text=text)
        else:
            seen.add(line.key)
            yield _change(line, _Target(kinds[kind], record, name, language))


def _records(lines: list[_Line], kinds: dict[str, Kind]) -> dict[tuple[str, str], Any]:
    """Return the records that rows name: few queries for each kind."""
    codes: dict[str, set[str]] = {}
    for line in lines:
        kind, code, _name = line.address
        if kind in kinds and len(code) <= 120 and code.isascii() and code.isprintable():
            codes.setdefault(kind, set()).add(code)
    return {
        (kind, code): record
        for kind, wanted in codes.items()
        for chunk in _chunks(sorted(wanted))
        for code, record in kinds[kind].by_key(chunk).items()
    }


def _chunks(codes: list[str], size: int = 300) -> Iterator[list[str]]:
    """Addresses of many parts make long conditions: a few hundred at a time."""
    return (codes[start : start + size] for start in range(0, len(codes), size))


@dataclass(frozen=True)
class _Target:
    """The text that a row is for."""

    kind: Kind
    record: Any
    field: str
    language: str


def _change(line: _Line, target: _Target) -> Change:
    texts = Bilingual.of(target.record, target.field)
    change = Change(
        line.number,
        line.key,
        Verdict.READY,
        target.language,
        target.kind.title(target.record),
        target.kind.label_of(target.field),
        _shown(line.target),
        texts.in_(target.language),
        texts.in_(other_language(target.language)),
        record=target.record,
    )
    if not change.text:
        return replace(change, verdict=Verdict.EMPTY)
    if change.text == change.now:
        return replace(change, verdict=Verdict.SAME)
    if reasons := _refusals(line.target, change.text, target):
        return replace(change, verdict=Verdict.REFUSED, reasons=reasons)
    return _compared(change, line, target)


def _compared(change: Change, line: _Line, target: _Target) -> Change:
    """Compare what was exported with what stands now."""
    hashes = hashes_of(target.record, target.field)
    verdict = change.verdict
    if line.target_hash != hashes[target.language]:
        verdict = Verdict.TARGET_CHANGED
    elif line.source_hash != hashes[other_language(target.language)]:
        verdict = Verdict.SOURCE_CHANGED
    new = NewText(
        target.field,
        target.language,
        change.text,
        replaces=hashes[target.language],
        made_from=line.source_hash if line.source_hash != "?" else "",
        progress=Progress.DRAFT,
    )
    return replace(change, verdict=verdict, new=new)


def _refusals(cell: Cell, text: str, target: _Target) -> tuple[str, ...]:
    """Why a cell cannot be a text of the record."""
    if isinstance(cell, dict):
        return (_("This is a formula, a date or an error and no text. Type the text itself."),)
    if isinstance(cell, bool | float):
        return (_("This is a number and no text. Format the cell as text and type it again."),)
    column = target.record._meta.get_field(f"{target.field}_{target.language}")
    try:
        column.run_validators(text)
    except ValidationError as error:
        return tuple(error.messages)
    return ()


def _shown(cell: Cell) -> str:
    if isinstance(cell, dict):
        return next(iter(cell.values())) or "="
    return "" if cell is None else normalise(str(cell))


@transaction.atomic
def carry_out(plan: Plan, taken: Iterable[str], user: Any) -> int:
    """Write what is ready, and the conflicts whose keys are ``taken``; return how many texts changed.

    What comes from outside is a draft until somebody reviews it. Raises `TextsChangedError`, and writes nothing, if
    a text is no longer what the plan was made for.
    """
    decided = set(taken)
    wanted = [*plan.ready, *(change for change in plan.conflicts if change.key in decided)]
    by_record: dict[Any, list[Change]] = {}
    for change in wanted:
        by_record.setdefault(change.record, []).append(change)
    with change_set():
        return sum(_write(record, changes, user) for record, changes in by_record.items())


def _write(record: Any, changes: list[Change], user: Any) -> int:
    new = [change.new for change in changes if change.new]
    try:
        return len(put_texts(locked(record), new, user))
    except type(record).DoesNotExist:
        raise TextsChangedError(record, new) from None
