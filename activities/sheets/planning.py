"""From the cells of a file to a plan: which rows are new, which differ from what is stored, which cannot be taken."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from activities.models import Activity
from activities.models.codes import CODE
from activities.sheets.columns import ROW, VERSION, Sort
from activities.sheets.layout import Page
from activities.sheets.parsing import CellError, parse, shown, unknown_code
from activities.sheets.permission import Permissions
from activities.sheets.plan import Complaint, Draft, Plan, Unit
from activities.sheets.rules import Rules
from activities.sheets.shape import (
    ACTIVITIES,
    AREAS,
    COUNTRIES,
    FOCAL_POINTS,
    INSTITUTIONS,
    MEMBERSHIP,
    PARTNERSHIPS,
    Sheet,
)
from activities.sheets.tables import PROMISED, Tables, chunks
from activities.sheets.values import Values, stamp, stored_rows

# What others refer to comes first.
ORDER = (INSTITUTIONS, AREAS, MEMBERSHIP, FOCAL_POINTS, ACTIVITIES, PARTNERSHIPS, COUNTRIES)
_NEW = re.compile(r"new-?[0-9]{1,6}", re.IGNORECASE)
Progress = Callable[[int, int], None]


def make_plan(pages: Iterable[Page], user: Any = None, progress: Progress | None = None) -> Plan:
    """Return what a file asks for, as far as ``user`` may do it (``None`` may everything).

    Sentences are in the active language. ``progress`` is told how many rows of how many have been looked at.
    """
    by_sheet = {page.sheet.key: page for page in pages}
    plan = Plan(Tables(), {key: page.name for key, page in by_sheet.items()})
    maker = _Maker(
        plan, Permissions(user), progress, sum(page.cells.count(page.position) for page in by_sheet.values())
    )
    for sheet in ORDER:
        if sheet.key in by_sheet:
            maker.take(by_sheet[sheet.key])
    maker.keep_together()
    return plan


class _Maker:
    def __init__(self, plan: Plan, permissions: Permissions, progress: Progress | None, total: int):
        self.plan, self.permissions, self.progress = plan, permissions, progress
        self.tables: Tables = plan.tables
        self.rules = Rules(self.tables)
        self.seen, self.total = 0, total
        # Codes such as new-1 for activities that turned out to be there already.
        self.aliases: dict[str, str] = {}
        self.shared: dict[Any, Any] = {}

    def take(self, page: Page) -> None:
        """Plan the rows of one sheet."""
        if page.sheet is INSTITUTIONS:
            self._expect_institutions(page)
        plan = _SheetPlan(self, page, _PageReader(self, page).drafts())
        plan.find_stored()
        self.plan.drafts[page.sheet.key] = plan.judge()
        if page.sheet is INSTITUTIONS:
            self._settle_institutions(page, self.plan.drafts[page.sheet.key])
        self.plan.examples += page.examples

    def _expect_institutions(self, page: Page) -> None:
        """Let institutions be part of others that stand in the same file, whatever their order."""
        place = next((n for n, column in enumerate(page.places) if column and column.key == "code"), None)
        known = self.tables.institutions
        for _number, cells in page.rows():
            code = cells[place] if place is not None and place < len(cells) else None
            if isinstance(code, str) and code not in known:
                known.promise(code)
        page.examples = 0

    def _settle_institutions(self, page: Page, drafts: list[Draft]) -> None:
        """Hold back what is part of an institution that does not come, or of itself by a detour."""
        known = self.tables.institutions.keys
        coming = {draft.values[0] for draft in drafts if draft.is_new and not draft.is_held}
        parents = {draft.values[0]: draft.values[_PARENT] for draft in drafts if not draft.is_held}
        for code in [code for code, key in known.items() if key == PROMISED and code not in coming]:
            del known[code]
        for draft in [draft for draft in drafts if not draft.is_held]:
            parent = draft.values[_PARENT]
            if parent and parent not in known:
                self.complain(page, draft, "parent", parent, unknown_code(parent, []))
            elif _leads_back(draft.values[0], parents):
                self.complain(page, draft, "parent", parent, _("An institution cannot be part of itself."))
        if any(draft.is_held and draft.values[0] in coming for draft in drafts):
            self._settle_institutions(page, drafts)

    def complain(
        self, page: Page, draft_or_row: Any, column: str, value: Any, sentence: str, *, conflict: bool = False
    ) -> None:
        """Hold a row back."""
        row = draft_or_row.row if isinstance(draft_or_row, Draft) else draft_or_row
        if isinstance(draft_or_row, Draft):
            draft_or_row.is_held = True
        self.plan.complaints.append(
            Complaint(page.sheet.key, page.name, row, column, shown(value)[:200], sentence, conflict)
        )

    def step(self) -> None:
        self.seen += 1
        if self.progress and self.seen % 1000 == 0:
            self.progress(self.seen, self.total)

    def keep_together(self) -> None:
        """Hold back every row of an activity of which one row is held back, and the parts of a project that is."""
        held = {code: self._reason(unit) for code, unit in self.plan.units.items()}
        for code, unit in self.plan.units.items():
            project = unit.draft.values[_PROJECT] if unit.draft else None
            if not held[code] and unit.draft and unit.draft.is_new and held.get(project):
                held[code] = held[project]
        for code, unit in self.plan.units.items():
            if held[code]:
                self._hold(unit, held[code])

    def _reason(self, unit: Unit) -> str:
        for key, draft in unit.drafts():
            if draft.is_held:
                return _("Held back together with row %(row)d of the sheet “%(sheet)s”.") % {
                    "row": draft.row,
                    "sheet": self.plan.names[key],
                }
        return ""

    def _hold(self, unit: Unit, reason: str) -> None:
        for key, draft in unit.drafts():
            if not draft.is_held:
                draft.is_held = True
                name = self.plan.names[key]
                self.plan.complaints.append(Complaint(key, name, draft.row, "", unit.code, reason))


_PROJECT = [column.key for column in ACTIVITIES.told].index("project")
_PARENT = [column.key for column in INSTITUTIONS.told].index("parent")
_LIKENESS = [
    [column.key for column in ACTIVITIES.told].index(key)
    for key in ("kind", "title_ar", "title_en", "start_date", "end_date")
]


class _PageReader:
    """Reads the cells of a sheet into drafts; a row with a cell that cannot be read is held back."""

    def __init__(self, maker: _Maker, page: Page):
        self.maker, self.page = maker, page
        told = page.sheet.told
        self.places = [(place, column) for place, column in enumerate(page.places) if column]
        self.position = {column.key: number for number, column in enumerate(told)}
        self.width = len(told)

    def drafts(self) -> list[tuple[Draft, Any, Any]]:
        """Return the rows with what stands in our own two columns: the number of the row, and its version."""
        found = []
        shared: dict[Any, Any] = self.maker.shared
        for number, cells in self.page.rows():
            self.maker.step()
            values: list[Any] = [None] * self.width
            marks: dict[str, Any] = {}
            draft = Draft(number, ())
            for place, column in self.places:
                cell = cells[place] if place < len(cells) else None
                if cell is None:
                    continue
                try:
                    value = parse(column, cell, self.maker.tables)
                except CellError as error:
                    self.maker.complain(self.page, draft, column.key, cell, str(error))
                    continue
                if column.sort is Sort.MARK:
                    marks[column.key] = value
                else:
                    # The same code stands in many rows: kept once, it saves a tenth of the memory of a large file.
                    values[self.position[column.key]] = shared.setdefault(value, value) if column.table else value
            if self.page.sheet.belongs_to:
                values[0] = self.maker.aliases.get(values[0], values[0])
            if len(cells) > len(self.page.places):
                self.maker.complain(
                    self.page, draft, "", cells[-1], _("This row has more cells than there are headings.")
                )
            draft.values = tuple(values)
            if any(value is not None for value in values) or draft.is_held:
                found.append((draft, marks.get(ROW), marks.get(VERSION)))
        return found


class _SheetPlan:
    """Compares the rows of one sheet with what is stored."""

    def __init__(self, maker: _Maker, page: Page, rows: list[tuple[Draft, Any, Any]]):
        self.maker, self.page, self.rows = maker, page, rows
        self.sheet: Sheet = page.sheet
        self.told = self.sheet.told
        self.position = {column.key: number for number, column in enumerate(self.told)}
        self.present = [n for n, column in enumerate(self.told) if column.key in page.present]
        self.absent = [n for n, column in enumerate(self.told) if column.key not in page.present]
        self.natural = [self.position[key] for key in self.sheet.identity[-1]]
        self.stored: dict[Any, tuple[int, Values]] = {}
        self.by_key: dict[int, Values] = {}
        self.likes: dict[Any, tuple[int, Values]] = {}

    # Finding

    def find_stored(self) -> None:
        """Read what the portal has of the rows of the file."""
        if self.sheet is ACTIVITIES:
            self._find_activities()
        elif self.sheet.belongs_to:
            self._find_rows_of_activities()
        else:
            self._remember(self.sheet.model._default_manager.all())

    def _find_activities(self) -> None:
        codes = {draft.values[0] for draft, _row, _version in self.rows if draft.values[0]}
        projects = {draft.values[_PROJECT] for draft, _row, _version in self.rows}
        rows = ((draft.values[0], draft) for draft, _row, _version in self.rows)
        self.maker.rules.projects = {code: draft for code, draft in rows if code in projects and code}
        self.maker.tables.know_activities(codes | projects)
        for chunk in chunks(sorted(codes)):
            self._remember(Activity.objects.filter(code__in=chunk))
        anonymous = [draft for draft, _row, _version in self.rows if self._is_anonymous(draft.values[0])]
        titles = {draft.values[n] for draft in anonymous for n in _LIKENESS[1:3]} - {None}
        for chunk in chunks(sorted(titles)):
            for field in ("title_ar", "title_en"):
                for key, values in stored_rows(self.sheet, Activity.objects.filter(**{f"{field}__in": chunk})):
                    self.likes[_likeness(values)] = (key, values)

    def _find_rows_of_activities(self) -> None:
        codes = sorted({draft.values[0] for draft, _row, _version in self.rows if draft.values[0]})
        self.maker.tables.know_activities(codes)
        known = [code for code in codes if self.maker.tables.activities.keys.get(code)]
        for chunk in chunks(known):
            self._remember(self.sheet.model._default_manager.filter(activity__code__in=chunk))

    def _remember(self, rows: Any) -> None:
        for key, values in stored_rows(self.sheet, rows):
            self.stored[self._name(values)] = (key, values)
            self.by_key[key] = values

    def _name(self, values: Values) -> Any:
        return values[self.natural[0]] if len(self.natural) == 1 else tuple(values[n] for n in self.natural)

    @staticmethod
    def _is_anonymous(code: Any) -> bool:
        return code is None or bool(_NEW.fullmatch(code))

    # Judging

    def judge(self) -> list[Draft]:
        """Return the rows that are to be written, and those held back; what changes nothing is counted."""
        found, names = [], {}
        for draft, row, version in self.rows:
            if not draft.is_held:
                self._judge_one(draft, row, version, names)
            if draft.is_held or draft.is_new or draft.changed:
                found.append(draft)
            else:
                self.maker.plan.unchanged += 1
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
        if row is not None:
            values = self.by_key.get(row) if isinstance(row, int) else None
            if values is None:
                self._complain(draft, ROW, row, _("The portal has no such row here. Empty the cell to add a new one."))
                return None
            return row, values
        if self.sheet is ACTIVITIES and self._is_anonymous(draft.values[0]):
            return self.likes.get(_likeness(draft.values))
        if self.sheet is INSTITUTIONS and draft.values[0] is None:
            return self._institution_like(draft)
        return self.stored.get(self._name(draft.values))

    def _institution_like(self, draft: Draft) -> tuple[int, Values] | None:
        names = [self.position[key] for key in ("name_ar", "name_en", "country")]
        wanted = [draft.values[n] for n in names]
        return next((found for found in self.stored.values() if [found[1][n] for n in names] == wanted), None)

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
                self.maker.aliases[values[0]] = draft.before[0]
            draft.code = values[0] = draft.before[0]

    def _year_follows(self, draft: Draft, values: list[Any]) -> bool:
        """Whether the year is the one exported with the last day that the file now changes."""
        year = self.position["year"]
        return draft.before is not None and values[year] == draft.before[year]

    def _is_second(self, draft: Draft, names: dict[Any, int]) -> bool:
        name = self._name(draft.values)
        if self.sheet is ACTIVITIES and draft.before is None and draft.values[0] is None:
            name = ("", *(_likeness(draft.values)))
        if self.sheet is INSTITUTIONS and name is None:
            return False
        if draft.key is not None and self.sheet.identity[0] == (ROW,):
            name = draft.key
        first = names.setdefault(name, draft.row)
        if first == draft.row:
            return False
        said = (
            draft.values[0] if len(self.natural) == 1 else ", ".join(str(draft.values[n] or "") for n in self.natural)
        )
        self._complain(
            draft,
            self.sheet.identity[-1][-1 if len(self.natural) == 2 else 0],
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
        self.maker.complain(self.page, draft, first.key, value, sentence % {"now": now}, conflict=True)

    def _check(self, draft: Draft) -> None:
        """Hold the draft back if a code in it is not known, a rule is broken, or the user may not do this."""
        self._check_codes(draft)
        if draft.is_held:
            return
        for column, sentence in self.maker.rules.broken(self.sheet, draft):
            self._complain(draft, column, self._value(draft, column), sentence)
        for column, sentence in self.maker.permissions.missing(self.sheet, draft):
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
        code, project = draft.values[0], draft.values[_PROJECT]
        if draft.before is None and code and not _NEW.fullmatch(code) and not CODE.fullmatch(code):
            self._complain(
                draft,
                "code",
                code,
                _("This is no code of ours, such as 2024-007. Leave the cell empty and the portal gives one."),
            )
        if project and project not in self.maker.rules.projects and not self.maker.tables.activities.keys.get(project):
            self._complain(draft, "project", project, self._unknown_activity(project))
        area, roadmap = draft.values[self.position["area"]], draft.values[self.position["roadmap"]]
        if area is not None and self.maker.tables.area_key(roadmap, area) is None:
            self._complain(
                draft,
                "area",
                area,
                _("This roadmap has no area with that number. Give the code of a roadmap, and a number of its areas."),
            )

    def _activity_is_known(self, code: str | None) -> bool:
        return code in self.maker.plan.units or bool(self.maker.tables.activities.keys.get(code))

    def _unknown_activity(self, code: str | None) -> str:
        if not code:
            return _("Name the activity by its code, as in the sheet of activities.")
        return _("There is no activity “%(code)s”, neither in the portal nor in the file.") % {"code": code[:40]}

    def _complain(self, draft: Draft, column: str, value: Any, sentence: str) -> None:
        self.maker.complain(self.page, draft, column, shown_value(value), sentence)

    def _value(self, draft: Draft, column: str) -> Any:
        return draft.values[self.position[column]] if column in self.position else None

    def _join(self, draft: Draft) -> None:
        """Put the draft where others find it: into its activity, or among the codes that rows may use."""
        if self.sheet is ACTIVITIES:
            code = draft.code or draft.values[0] or f"row {draft.row}"
            draft.code = code
            if code not in self.maker.plan.units:
                self.maker.plan.units[code] = Unit(code, draft.key, draft)
        elif self.sheet.belongs_to:
            self._join_activity(draft)
        elif not draft.is_held and draft.is_new:
            self._promise(draft)

    def _join_activity(self, draft: Draft) -> None:
        if not (draft.is_held or draft.is_new or draft.changed):
            return
        code = draft.values[0]
        units = self.maker.plan.units
        if code not in units and self.maker.tables.activities.keys.get(code):
            units[code] = Unit(code, self.maker.tables.activities.keys[code])
        if code in units:
            units[code].rows.setdefault(self.sheet.key, []).append(draft)

    def _promise(self, draft: Draft) -> None:
        if self.sheet is INSTITUTIONS and draft.values[0]:
            self.maker.tables.institutions.promise(draft.values[0])
        elif self.sheet is AREAS:
            roadmap, number = draft.values[0], draft.values[1]
            self.maker.tables.areas.promise((roadmap, number))


def _leads_back(code: Any, parents: dict[Any, Any]) -> bool:
    """Whether going from ``code`` to what it is part of comes back to it."""
    seen = set()
    above = parents.get(code)
    while above is not None and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _likeness(values: Values) -> Values:
    return tuple(values[n] for n in _LIKENESS)


def shown_value(value: Any) -> str:
    """Return a value as a message or a preview quotes it: as the file would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value.isoformat() if isinstance(value, date) else str(value)
