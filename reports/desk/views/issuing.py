"""The last look before an edition: what stands in the way, what was waived, what differs from the last one."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _

from reports.desk.access import MAY_ISSUE, ReportView
from reports.desk.panels import editions_panel, preflight_panel, renderings_panel
from reports.desk.workspace import Workspace
from reports.facts import ReportFacts
from reports.issuing import IssueError, check_issue, propose_issue
from reports.jobs import BusyError, request_rendering
from reports.models import IssueProposal, Rendering
from reports.preflight import preflight


class IssueView(ReportView):
    """Asks once more, then puts the edition in line. Where two people must agree, the first one proposes."""

    http_method_names = ["get", "head", "post"]
    permission = MAY_ISSUE

    def get(self, request, **kwargs):
        return self._page()

    def post(self, request, **kwargs):
        facts = Workspace(self.report).facts
        if preflight(self.report, facts).standing:
            return self._page(422)
        if request.POST.get("seen") != _fingerprint(facts):
            messages.warning(request, _("The report has changed since you looked at it. Look again before you go on."))
            return self._page(409)
        try:
            if "propose" in request.POST:
                propose_issue(self.report, request.user)
                return self.back("renderings", _("The report is proposed for issue. Somebody else issues it."))
            check_issue(self.report, request.user)
            request_rendering(self.report, request.user, Rendering.Purpose.ISSUE, "both")
        except (IssueError, BusyError) as error:
            messages.error(request, str(error))
            return self._page(409)
        return self.back("renderings", _("The edition is queued. It appears here once all its files are made."))

    def _page(self, status: int = 200):
        facts = Workspace(self.report).facts
        proposal = IssueProposal.objects.select_related("proposed_by").filter(report=self.report).first()
        editions = editions_panel(self.report, facts)
        context = {
            "seen": _fingerprint(facts),
            "is_unchanged": bool(editions["editions"] and not editions["differences"]),
            "two_persons": settings.REPORT_TWO_PERSON_ISSUE,
            "proposal": proposal,
            "is_own": bool(proposal and proposal.proposed_by_id == self.request.user.pk),
            **preflight_panel(self.report, self.request.user, facts),
            **renderings_panel(self.report, self.request.user),
            **editions,
        }
        return self.render("desk/issue.html", context, status)


def _fingerprint(facts: ReportFacts | None) -> str:
    """What tells one state of a report from another: whoever issues it has seen this one."""
    return hashlib.sha256(facts.to_json().encode()).hexdigest() if facts else ""
