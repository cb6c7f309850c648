"""What the portal has of the rows of a file: found by key, by name, or by likeness where they have no name yet."""

import re
from typing import Any

from activities.models import Activity
from activities.sheets.plan import Draft
from activities.sheets.shape import ACTIVITIES, INSTITUTIONS, Sheet
from activities.sheets.tables import chunks
from activities.sheets.underway import Underway
from activities.sheets.values import Values, stored_rows

# How rows of a file call an activity that has no code yet.
NEW = re.compile(r"new-?[0-9]{1,6}", re.IGNORECASE)
_PLACES = [column.key for column in ACTIVITIES.told]
PROJECT = _PLACES.index("project")
_LIKENESS = [_PLACES.index(key) for key in ("kind", "title_ar", "title_en", "start_date", "end_date")]
_TITLES = _LIKENESS[1:3]
Found = tuple[int, Values]


class StoredRows:
    """The stored rows of one sheet, as far as a file names them; each with its key."""

    def __init__(self, underway: Underway, sheet: Sheet):
        self.underway, self.sheet = underway, sheet
        position = {column.key: number for number, column in enumerate(sheet.told)}
        self.natural = [position[key] for key in sheet.identity[-1]]
        self.names = [position[key] for key in ("name_ar", "name_en", "country")] if sheet is INSTITUTIONS else []
        self.by_name: dict[Any, Found] = {}
        self.by_key: dict[int, Values] = {}
        self.by_likeness: dict[Any, Found] = {}

    def find(self, drafts: list[Draft]) -> None:
        """Read what the portal has of ``drafts``, with a few queries however many they are."""
        if self.sheet is ACTIVITIES:
            self._find_activities(drafts)
        elif self.sheet.belongs_to:
            self._find_rows_of_activities(drafts)
        else:
            self._remember(self.sheet.model._default_manager.all())

    def name(self, values: Values) -> Any:
        """Return what a row with ``values`` is told from others by."""
        return values[self.natural[0]] if len(self.natural) == 1 else tuple(values[n] for n in self.natural)

    def with_key(self, key: Any) -> Found | None:
        """Return the row whose key a file gives."""
        values = self.by_key.get(key) if isinstance(key, int) else None
        return None if values is None else (key, values)

    def of(self, draft: Draft) -> Found | None:
        """Return the row that ``draft`` names or, without a code, is like."""
        code = draft.values[0]
        if self.sheet is ACTIVITIES and _is_anonymous(code):
            return self.by_likeness.get(likeness(draft.values))
        if self.sheet is INSTITUTIONS and code is None:
            return self._institution_like(draft)
        return self.by_name.get(self.name(draft.values))

    def _find_activities(self, drafts: list[Draft]) -> None:
        codes = {draft.values[0] for draft in drafts if draft.values[0]}
        projects = {draft.values[PROJECT] for draft in drafts}
        self.underway.rules.projects = {d.values[0]: d for d in drafts if d.values[0] and d.values[0] in projects}
        self.underway.tables.know_activities(codes | projects)
        for chunk in chunks(sorted(codes)):
            self._remember(Activity.objects.filter(code__in=chunk))
        self._find_alike([draft for draft in drafts if _is_anonymous(draft.values[0])])

    def _find_alike(self, drafts: list[Draft]) -> None:
        titles = {draft.values[n] for draft in drafts for n in _TITLES} - {None}
        for chunk in chunks(sorted(titles)):
            for field in ("title_ar", "title_en"):
                for key, values in stored_rows(self.sheet, Activity.objects.filter(**{f"{field}__in": chunk})):
                    self.by_likeness[likeness(values)] = (key, values)

    def _find_rows_of_activities(self, drafts: list[Draft]) -> None:
        codes = sorted({draft.values[0] for draft in drafts if draft.values[0]})
        self.underway.tables.know_activities(codes)
        known = [code for code in codes if self.underway.tables.activities.keys.get(code)]
        for chunk in chunks(known):
            self._remember(self.sheet.model._default_manager.filter(activity__code__in=chunk))

    def _remember(self, rows: Any) -> None:
        for key, values in stored_rows(self.sheet, rows):
            self.by_name[self.name(values)] = (key, values)
            self.by_key[key] = values

    def _institution_like(self, draft: Draft) -> Found | None:
        wanted = [draft.values[n] for n in self.names]
        return next((found for found in self.by_name.values() if [found[1][n] for n in self.names] == wanted), None)


def likeness(values: Values) -> Values:
    """Return what two activities have in common that are taken for the same one: kind, titles and days."""
    return tuple(values[n] for n in _LIKENESS)


def _is_anonymous(code: Any) -> bool:
    return code is None or bool(NEW.fullmatch(code))
