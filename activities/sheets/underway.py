"""What is known while a plan is made: the tables, the rules, what the user may do, and what was found so far."""

from collections.abc import Callable
from typing import Any

from activities.sheets.layout import Page
from activities.sheets.parsing import shown
from activities.sheets.permission import Permissions
from activities.sheets.plan import Complaint, Draft, Plan
from activities.sheets.rules import Rules
from activities.sheets.tables import Tables

Progress = Callable[[int, int], None]
_STEP = 1000


class Underway:
    """A plan that is being made; `complain` holds a row back, `step` tells of the progress."""

    def __init__(self, plan: Plan, permissions: Permissions, progress: Progress | None, total: int):
        self.plan, self.permissions, self.progress = plan, permissions, progress
        self.tables: Tables = plan.tables
        self.rules = Rules(self.tables)
        self.seen, self.total = 0, total
        # Codes such as new-1 for activities that turned out to be there already.
        self.aliases: dict[str, str] = {}
        self.shared: dict[Any, Any] = {}

    def complain(
        self, page: Page, draft: Draft, column: str, value: Any, sentence: str, *, conflict: bool = False
    ) -> None:
        """Hold a row back, because of what stands in ``column``; ``""`` means the row as a whole."""
        draft.is_held = True
        said = shown(value)[:200]
        self.plan.complaints.append(Complaint(page.sheet.key, page.name, draft.row, column, said, sentence, conflict))

    def step(self) -> None:
        """Count a row that was looked at."""
        self.seen += 1
        if self.progress and self.seen % _STEP == 0:
            self.progress(self.seen, self.total)
