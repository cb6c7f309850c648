"""From the cells of a file to a plan: which rows are new, which differ from what is stored, which cannot be taken."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from activities.sheets.comparing import Comparison
from activities.sheets.drafting import PageReader
from activities.sheets.layout import Page
from activities.sheets.parsing import unknown_code
from activities.sheets.permission import Permissions
from activities.sheets.plan import Complaint, Draft, Plan, Unit
from activities.sheets.publishing import Publishing
from activities.sheets.shape import (
    ACTIVITIES,
    AREAS,
    COUNTRIES,
    FOCAL_POINTS,
    INSTITUTIONS,
    LINKS,
    MEMBERSHIP,
    PARTNERSHIPS,
)
from activities.sheets.tables import PROMISED, Tables
from activities.sheets.underway import Progress, Underway
from activities.sheets.values import shown_value

# What others refer to comes first.
ORDER = (INSTITUTIONS, AREAS, MEMBERSHIP, FOCAL_POINTS, ACTIVITIES, PARTNERSHIPS, COUNTRIES, LINKS)
_PROJECT = [column.key for column in ACTIVITIES.told].index("project")
_PARENT = [column.key for column in INSTITUTIONS.told].index("parent")


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
    maker.look_before_publishing()
    maker.keep_together()
    return plan


class _Maker(Underway):
    """Makes a plan, sheet by sheet."""

    def take(self, page: Page) -> None:
        """Plan the rows of one sheet."""
        if page.sheet is INSTITUTIONS:
            self._expect_institutions(page)
        self.plan.drafts[page.sheet.key] = Comparison(self, page, PageReader(self, page).drafts()).judge()
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

    def look_before_publishing(self) -> None:
        """Hold back the rows that stand in the way of publishing what they belong to."""
        for sheet, draft, column, sentence in list(Publishing(self.plan).refusals()):
            places = [told.key for told in sheet.told]
            value = shown_value(draft.values[places.index(column)]) if column else draft.code
            self._refuse(sheet.key, draft, column, value, sentence)

    def keep_together(self) -> None:
        """Hold back every row of an activity of which one row is held back, and the parts of a project that is."""
        held = {code: self._reason(unit) for code, unit in self.plan.units.items()}
        for code, unit in self.plan.units.items():
            project = unit.draft.values[_PROJECT] if unit.draft else None
            if not held[code] and unit.draft and unit.draft.is_new and held.get(str(project)):
                held[code] = held[str(project)]
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
                self._refuse(key, draft, "", unit.code, reason)

    def _refuse(self, sheet: str, draft: Draft, column: str, value: Any, sentence: str) -> None:
        draft.is_held = True
        said = str(value or "")[:200]
        self.plan.complaints.append(Complaint(sheet, self.plan.names[sheet], draft.row, column, said, sentence))


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
