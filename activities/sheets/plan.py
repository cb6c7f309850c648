"""What an import will do: rows to add and to change, rows held back and why. A plan is a value and writes nothing."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from activities.sheets.shape import BY_KEY, Sheet
from activities.sheets.values import Values, stamp


@dataclass(frozen=True)
class Complaint:
    """Why a row is not imported, where, and what to do. ``is_conflict`` says that somebody has changed it since."""

    sheet: str
    page: str
    row: int
    column: str
    value: str
    sentence: str
    is_conflict: bool = False

    def heading(self, language: str) -> str:
        """What the column is called; ``""`` where the row as a whole is meant."""
        column = BY_KEY[self.sheet].by_key.get(self.column)
        return column.heading.in_(language) if column else ""


@dataclass(slots=True)
class Draft:
    """A row on its way: ``values`` as they are to be, ``before`` as they are stored, ``None`` for a new one.

    ``changed`` are the positions in ``values`` that differ. ``code`` is how other rows refer to it.
    """

    row: int
    values: Values
    code: Any = None
    key: Any = None
    before: Any = None
    changed: tuple[int, ...] = ()
    is_held: bool = False

    @property
    def is_new(self) -> bool:
        return self.before is None


@dataclass
class Unit:
    """An activity with its rows, which are imported together or not at all; ``draft`` is ``None`` if only they are."""

    code: str
    key: int | None
    draft: Draft | None = None
    rows: dict[str, list[Draft]] = field(default_factory=dict)

    def drafts(self) -> Iterator[tuple[str, Draft]]:
        """Yield all rows with the keys of their sheets."""
        if self.draft:
            yield "activities", self.draft
        for sheet, drafts in self.rows.items():
            yield from ((sheet, draft) for draft in drafts)


@dataclass
class Plan:
    """All that a file asks for. ``tables`` hold the codes it may use; ``names`` are its own names of the sheets."""

    tables: Any
    names: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, list[Draft]] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    unchanged: int = 0
    examples: int = 0

    def moving(self, sheet: Sheet) -> list[Draft]:
        """The rows of a sheet that are to be written."""
        return [draft for draft in self.drafts.get(sheet.key, []) if not draft.is_held]

    def count(self, *, new: bool) -> dict[str, int]:
        """How many rows of each sheet are to be added, or changed."""
        counts = {
            key: sum(1 for draft in drafts if not draft.is_held and draft.is_new is new)
            for key, drafts in self.drafts.items()
        }
        return {key: count for key, count in counts.items() if count}

    @property
    def counts(self) -> dict[str, Any]:
        """The plan in figures, as a receipt keeps them."""
        rows = {(c.sheet, c.row): c.is_conflict for c in self.complaints}
        return {
            "added": self.count(new=True),
            "changed": self.count(new=False),
            "unchanged": self.unchanged,
            "refused": sum(1 for is_conflict in rows.values() if not is_conflict),
            "conflicts": sum(rows.values()),
            "examples": self.examples,
        }

    @property
    def does_nothing(self) -> bool:
        """Whether there is nothing to write."""
        return not any(not draft.is_held for drafts in self.drafts.values() for draft in drafts)

    def digest(self) -> str:
        """Return the same text for the same plan: what somebody confirmed is what is done."""
        said = hashlib.sha256()
        for key in sorted(self.drafts):
            for draft in self.drafts[key]:
                if not draft.is_held:
                    before = stamp(draft.before) if draft.before is not None else ""
                    said.update(f"{key} {draft.row} {stamp(draft.values)} {before}\n".encode())
        said.update(str(self.counts).encode())
        return said.hexdigest()
