"""The rows of a sheet against what is stored: which are new, which differ, which are conflicts, which break a rule."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from activities.models.codes import CODE
from activities.sheets.columns import ROW, VERSION
from activities.sheets.layout import Page
from activities.sheets.plan import Draft, Unit
from activities.sheets.shape import ACTIVITIES, AREAS, INSTITUTIONS, Sheet
from activities.sheets.stored import NEW, PROJECT, StoredRows, likeness
from activities.sheets.underway import Underway
from activities.sheets.values import Values, shown_value, stamp


class Comparison:
    """Compares the rows of one sheet with what is stored."""

    def __init__(self, underway: Underway, page: Page, rows: list[tuple[Draft, Any, Any]]):
        self.underway, self.page, self.rows = underway, page, rows
        self.sheet: Sheet = page.sheet
        self.told = self.sheet.told
        self.position = {column.key: number for number, column in enumerate(self.told)}
        self.present = [n for n, column in enumerate(self.told) if column.key in page.present]
        self.absent = [n for n, column in enumerate(self.told) if column.key not in page.present]
        self.stored = StoredRows(underway, self.sheet)
        self.stored.find([draft for draft, _row, _version in rows])

    def judge(self) -> list[Draft]:
        """Return the rows that are to be written, and those held back; what changes nothing is counted."""
        found: list[Draft] = []
        names: dict[Any, int] = {}
        for draft, row, version in self.rows:
            if not draft.is_held:
                self._judge_one(draft, row, version, names)
            if draft.is_held or draft.is_new or draft.changed:
                found.append(draft)
            else:
                self.underway.plan.unchanged += 1
            self._join(draft)
        return found

    def _judge_one(self, draft: Draft, row: Any, version: Any, names: dict[Any, int]) -> None:
        stored = self._stored_of(draft, row)
        if draft.is_held:
            return
        if stored:
            draft.key, draft.before = stored
        self._complete(draft)
        if self._is_second(draft, names) or draft.is_held:
            return
        if stored is None and version is not None:
            self._complain(
                draft,
                VERSION,
                version,
                _("The portal no longer has this row. Empty the column “version” to add it anew, or delete the row."),
            )
            return
        if stored:
            draft.changed = tuple(n for n in self.present if draft.values[n] != draft.before[n])
            if not draft.changed:
                return
            if version != stamp(draft.before):
                self._conflict(draft, version)
                return
        self._check(draft)

    def _stored_of(self, draft: Draft, row: Any) -> tuple[int, Values] | None:
        if row is None:
            return self.stored.of(draft)
        found = self.stored.with_key(row)
        if found is None:
            self._complain(draft, ROW, row, _("The portal has no such row here. Empty the cell to add a new one."))
        return found

    def _complete(self, draft: Draft) -> None:
        """Put in what the file leaves to us: columns it does not have, and empty cells that say nothing."""
        values = list(draft.values)
        before = draft.before
        counts = self.sheet is ACTIVITIES and self._has_counts(values, before)
        for n, column in enumerate(self.told):
            is_left = n in self.absent
            if values[n] is None and (is_left or not column.may_be_empty):
                if column.part and not counts:
                    continue
                values[n] = before[n] if before is not None and before[n] is not None else column.default()
        if self.sheet is ACTIVITIES:
            self._complete_activity(draft, values)
        draft.values = tuple(values)

    def _has_counts(self, values: list[Any], before: Values | None) -> bool:
        parts = [n for n, column in enumerate(self.told) if column.part]
        return any(values[n] is not None for n in parts) or (
            before is not None and any(before[n] is not None for n in parts)
        )

    def _complete_activity(self, draft: Draft, values: list[Any]) -> None:
        """The year follows from the last day; the code of an activity that is there already is its own."""
        end, year = self.position["end_date"], self.position["year"]
        if isinstance(values[end], date):
            if values[year] not in (None, values[end].year) and not self._year_follows(draft, values):
                self._complain(
                    draft,
                    "year",
                    values[year],
                    _("The year follows from the last day, which is in %(year)d. Leave the cell empty.")
                    % {"year": values[end].year},
                )
            values[year] = values[end].year
        if draft.before is not None:
            if values[0]:
                self.underway.aliases[values[0]] = draft.before[0]
            draft.code = values[0] = draft.before[0]

    def _year_follows(self, draft: Draft, values: list[Any]) -> bool:
        """Whether the year is the one exported with the last day that the file now changes."""
        year = self.position["year"]
        return draft.before is not None and values[year] == draft.before[year]

    def _is_second(self, draft: Draft, names: dict[Any, int]) -> bool:
        name = self.stored.name(draft.values)
        if self.sheet is ACTIVITIES and draft.before is None and draft.values[0] is None:
            name = ("", *(likeness(draft.values)))
        if self.sheet is INSTITUTIONS and name is None:
            return False
        if draft.key is not None and self.sheet.identity[0] == (ROW,):
            name = draft.key
        first = names.setdefault(name, draft.row)
        if first == draft.row:
            return False
        said = (
            draft.values[0]
            if len(self.stored.natural) == 1
            else ", ".join(str(draft.values[n] or "") for n in self.stored.natural)
        )
        self._complain(
            draft,
            self.sheet.identity[-1][-1 if len(self.stored.natural) == 2 else 0],
            said,
            _("The same stands in row %(row)d already. Keep one of the two.") % {"row": first},
        )
        return True

    def _conflict(self, draft: Draft, version: Any) -> None:
        differing = [self.told[n] for n in draft.changed]
        now = "; ".join(f"{c.heading}: {shown_value(draft.before[self.position[c.key]])}" for c in differing[:3])
        if version is None:
            sentence = _(
                "The portal has this row already, with other values (%(now)s), and the file does not say from which "
                "state it comes. Export it again and change it there."
            )
        else:
            sentence = _(
                "Somebody has changed this row since it was exported; it is not overwritten. The portal now has "
                "%(now)s. Export it again and change it there."
            )
        first = differing[0]
        value = shown_value(draft.values[self.position[first.key]])
        self.underway.complain(self.page, draft, first.key, value, sentence % {"now": now}, conflict=True)

    def _check(self, draft: Draft) -> None:
        """Hold the draft back if a code in it is not known, a rule is broken, or the user may not do this."""
        self._check_codes(draft)
        if draft.is_held:
            return
        for column, sentence in self.underway.rules.broken(self.sheet, draft):
            self._complain(draft, column, self._value(draft, column), sentence)
        for column, sentence in self.underway.permissions.missing(self.sheet, draft):
            self._complain(draft, column, self._value(draft, column), sentence)

    def _check_codes(self, draft: Draft) -> None:
        if self.sheet is ACTIVITIES:
            self._check_activity_codes(draft)
        elif self.sheet.belongs_to and not self._activity_is_known(draft.values[0]):
            self._complain(draft, "activity", draft.values[0], self._unknown_activity(draft.values[0]))
        for n, column in enumerate(self.told):
            if draft.values[n] is None and not column.part and not column.may_be_empty:
                self._complain(draft, column.key, None, _("This cell cannot be empty."))

    def _check_activity_codes(self, draft: Draft) -> None:
        code, project = draft.values[0], draft.values[PROJECT]
        if draft.before is None and code and not NEW.fullmatch(code) and not CODE.fullmatch(code):
            self._complain(
                draft,
                "code",
                code,
                _("This is no code of ours, such as 2024-007. Leave the cell empty and the portal gives one."),
            )
        if (
            project
            and project not in self.underway.rules.projects
            and not self.underway.tables.activities.keys.get(project)
        ):
            self._complain(draft, "project", project, self._unknown_activity(project))
        area, roadmap = draft.values[self.position["area"]], draft.values[self.position["roadmap"]]
        if area is not None and self.underway.tables.area_key(roadmap, area) is None:
            self._complain(
                draft,
                "area",
                area,
                _("This roadmap has no area with that number. Give the code of a roadmap, and a number of its areas."),
            )

    def _activity_is_known(self, code: str | None) -> bool:
        return code in self.underway.plan.units or bool(self.underway.tables.activities.keys.get(code))

    def _unknown_activity(self, code: str | None) -> str:
        if not code:
            return _("Name the activity by its code, as in the sheet of activities.")
        return _("There is no activity “%(code)s”, neither in the portal nor in the file.") % {"code": code[:40]}

    def _complain(self, draft: Draft, column: str, value: Any, sentence: str) -> None:
        self.underway.complain(self.page, draft, column, shown_value(value), sentence)

    def _value(self, draft: Draft, column: str) -> Any:
        return draft.values[self.position[column]] if column in self.position else None

    def _join(self, draft: Draft) -> None:
        """Put the draft where others find it: into its activity, or among the codes that rows may use."""
        if self.sheet is ACTIVITIES:
            code = draft.code or draft.values[0] or f"row {draft.row}"
            draft.code = code
            if code not in self.underway.plan.units:
                self.underway.plan.units[code] = Unit(code, draft.key, draft)
        elif self.sheet.belongs_to:
            self._join_activity(draft)
        elif not draft.is_held and draft.is_new:
            self._promise(draft)

    def _join_activity(self, draft: Draft) -> None:
        if not (draft.is_held or draft.is_new or draft.changed):
            return
        code = draft.values[0]
        units = self.underway.plan.units
        if code not in units and self.underway.tables.activities.keys.get(code):
            units[code] = Unit(code, self.underway.tables.activities.keys[code])
        if code in units:
            units[code].rows.setdefault(self.sheet.key, []).append(draft)

    def _promise(self, draft: Draft) -> None:
        if self.sheet is INSTITUTIONS and draft.values[0]:
            self.underway.tables.institutions.promise(draft.values[0])
        elif self.sheet is AREAS:
            roadmap, number = draft.values[0], draft.values[1]
            self.underway.tables.areas.promise((roadmap, number))
