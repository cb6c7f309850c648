"""The page of one report, its preview, and the records behind a figure of it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from bilingual.languages import active_language, direction_of
from reports.composition import compose
from reports.desk.access import MAY_ISSUE, ReportView
from reports.desk.forms import FactForm, HeadForm, PreviewForm
from reports.desk.panels import editions_panel, preflight_panel, renderings_panel
from reports.desk.pieces import article, side_by_side
from reports.desk.records import promises_behind, records_behind
from reports.desk.workspace import Told, Workspace
from reports.doors import admin_address, doors_of
from reports.facts import ReportFacts
from reports.phrases.review import PromisePhrases
from reports.phrases.said import FactWords
from reports.sheets import XLSX
from reports.workbook import group_list

PREVIEWS = (("ar", _("Arabic")), ("en", _("English")), ("both", _("side by side")))


class WorkspaceView(ReportView):
    """Everything about one report on one page."""

    http_method_names = ["get", "head"]

    def get(self, request, **kwargs):
        workspace = Workspace(self.report)
        return self.render(
            "desk/report.html",
            {
                "workspace": workspace,
                "head": HeadForm(instance=self.report),
                "may_issue": request.user.has_perm(MAY_ISSUE),
                **preflight_panel(self.report, request.user, workspace.facts),
                **renderings_panel(self.report, request.user),
                **editions_panel(self.report, workspace.facts),
            },
        )


class _FactsView(ReportView):
    http_method_names = ["get", "head"]

    def facts(self) -> ReportFacts | None:
        """What the report states, or ``None``, with the obstacle left for the page."""
        workspace = Workspace(self.report)
        facts = workspace.facts
        self.obstacle = workspace.obstacle
        return facts


class PreviewView(_FactsView):
    """The report as it would be printed now, on the screen; each figure is a door to its record."""

    def get(self, request, **kwargs):
        form = PreviewForm({"language": request.GET.get("language", active_language())})
        if not form.is_valid():
            raise Http404
        language = form.cleaned_data["language"]
        context = {"language": language, "languages": PREVIEWS}
        if facts := self.facts():
            context |= self._both(facts) if language == "both" else self._one(facts, language)
        return self.render("desk/preview.html", context | {"obstacle": self.obstacle})

    def _one(self, facts: ReportFacts, language: str) -> dict:
        inside = doors_of(self.report).in_(article(compose(facts, language)))
        return {"inside": inside, "direction": direction_of(language)}

    def _both(self, facts: ReportFacts) -> dict:
        doors = doors_of(self.report)
        return {"rows": [Told(doors.in_(ar), doors.in_(en)) for ar, en in side_by_side(facts)]}


class GroupListView(_FactsView):
    """The list for the COMCEC Coordination Office as a workbook, as the report would give it now."""

    def get(self, request, **kwargs):
        facts = self.facts()
        if facts is None:
            raise Http404
        disposition = content_disposition_header(True, f"{self.report.code}-groups.xlsx")
        return HttpResponse(group_list(facts), content_type=XLSX, headers={"Content-Disposition": disposition})


class RecordsView(_FactsView):
    """The records that a figure was summed from, each with the door to its field."""

    def get(self, request, **kwargs):
        form = FactForm(request.GET)
        facts = self.facts()
        if not form.is_valid() or facts is None:
            raise Http404
        fact = form.cleaned_data["fact"]
        if address := self._elsewhere(facts, fact):
            return HttpResponseRedirect(address)
        rows = self._announced(facts, fact)
        if rows is None:
            rows = self._counted(facts, fact)
        return self.render("desk/records.html", {"rows": rows, **self._words(facts, fact)})

    def _counted(self, facts: ReportFacts, fact: str) -> list[tuple]:
        """The records that the figure counts, each with its door; 404 for what is no such figure."""
        records = records_behind(facts, fact)
        if records is None:
            raise Http404
        doors = doors_of(self.report)
        return [(record, doors.address(f"{record.code}.headcount"), "") for record in records]

    def _announced(self, facts: ReportFacts, fact: str) -> list[tuple] | None:
        """What was announced, each with its record, which the report need not tell, and what became of it."""
        promises = promises_behind(facts, fact)
        if promises is None:
            return None
        codes = [promise.code for promise in promises]
        records = {activity.code: activity for activity in Activity.objects.filter(code__in=codes)}
        return [
            (promise, _record_of(records.get(promise.code)), PromisePhrases(promise, active_language()).outcome)
            for promise in promises
        ]

    def _elsewhere(self, facts: ReportFacts, fact: str) -> str:
        """What rests on an earlier edition, or on a record that this report need not tell, is found there."""
        if fact not in facts.stated():
            return ""
        kind, _dot, rest = fact.partition(".")
        if kind == "before":
            return reverse("edition", args=[self.report.last_session_edition().code])
        if kind == "promise":
            return _record_of(Activity.objects.filter(code=rest.partition(".")[0]).first())
        return ""

    def _words(self, facts: ReportFacts, fact: str) -> dict:
        return {"figure": FactWords(facts).words(fact, active_language())}


def _record_of(activity: Activity | None) -> str:
    return admin_address(activity) if activity else ""
