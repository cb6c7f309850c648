"""What changes which items a report has, and the order of items and sections."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilingual.text import Bilingual
from reports.desk.access import ReportView
from reports.desk.forms import MoveForm
from reports.desk.saving import StaleError, moved_to, put_in_order
from reports.desk.workspace import Workspace
from roadmap.models import PeriodUnknownError


class _MoveView(ReportView):
    """Moves a row among those of its kind. ``version`` is that of the report, which stands for its order."""

    http_method_names = ["post"]

    def rows(self) -> list:
        """The rows among which one moves, in their order."""
        raise NotImplementedError

    def name_of(self, row) -> str:
        return str(row)

    def post(self, request, **kwargs):
        form = MoveForm(request.POST)
        if not form.is_valid():
            return self.back(self.anchor, _("That place was not understood. Nothing was moved."), messages.ERROR)
        rows = self.rows()
        row = next((each for each in rows if self.is_meant(each)), None)
        if row is None:
            raise Http404
        wanted = moved_to(rows, row, _place(form.cleaned_data["to"], rows.index(row)))
        try:
            put_in_order(self.report, form.cleaned_data["version"], wanted)
        except StaleError as stale:
            return self._conflict(rows, wanted, stale.current)
        return self.back(self.anchor, _("Moved."))

    def _conflict(self, rows, wanted, current) -> HttpResponse:
        """Show the order as it stands and as it would be, and let the officer choose."""
        context = {
            "anchor": self.anchor,
            "action": self.request.path,
            "to": wanted.index(next(row for row in rows if self.is_meant(row))),
            "version": current.version,
            "orders": [
                (self.name_of(theirs), self.name_of(mine), theirs != mine)
                for theirs, mine in zip(rows, wanted, strict=True)
            ],
        }
        return self.render("desk/order_conflict.html", context, 409)


class SectionMoveView(_MoveView):
    @property
    def anchor(self):
        return f"section-{self.kwargs['kind']}"

    def rows(self):
        return list(self.report.sections.all())

    def is_meant(self, row) -> bool:
        return row.kind == self.kwargs["kind"]


class ItemMoveView(_MoveView):
    """Moves an item among those that are told; what is left out keeps its place behind them."""

    @property
    def anchor(self):
        return f"item-{self.kwargs['activity']}"

    def rows(self):
        return Workspace(self.report).included

    def is_meant(self, row) -> bool:
        return row.activity.code == self.kwargs["activity"]

    def name_of(self, row) -> str:
        return str(Bilingual.of(row.activity, "title")) or row.activity.code


class ProposeItemsView(ReportView):
    """Adds what can be told and is no item yet."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        try:
            number = self._propose()
        except PeriodUnknownError as error:
            return self.back("items", str(error), messages.ERROR)
        if not number:
            return self.back("items", _("Nothing is missing: every activity that can be reported is an item already."))
        sentence = ngettext("%(number)d activity was added.", "%(number)d activities were added.", number)
        return self.back("items", sentence % {"number": number})

    def _propose(self) -> int:
        try:
            return self.report.propose_items()
        except IntegrityError:  # somebody else proposed the same at this very moment: what they added is there now
            return self.report.propose_items()


def _place(to: str, present: int) -> int:
    """The place, counted from 0, that ``up``, ``down`` or a number stands for."""
    steps = {"up": -1, "down": 1}
    return present + steps[to] if to in steps else int(to)
