"""The panels beside a report: what stands in the way of its issue, its renderings, and its editions."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from bilingual.findings import Finding, Severity
from reports.desk.access import MAY_ISSUE
from reports.differences import differences
from reports.doors import address_of
from reports.engine import is_known
from reports.facts import ReportFacts
from reports.jobs import settle_abandoned, worker_is_alive
from reports.models import Edition, Rendering, RenderingState, Report, Waiver
from reports.preflight import preflight

LATEST = 5


@dataclass(frozen=True)
class FindingRow:
    """A finding with where it is mended, and the waiver that lets it pass."""

    finding: Finding
    address: str
    waiver: Waiver | None = None


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one severity."""

    severity: Severity
    rows: list[FindingRow]


def preflight_panel(report: Report, user, facts: ReportFacts | None) -> dict:
    """Return what was found in the report, by severity, and what was waived; ``facts`` are those of the page."""
    checked = preflight(report, facts)
    groups = []
    for severity, findings in checked.by_severity().items():
        open_ones = [finding for finding in findings if finding.key not in checked.waived]
        if open_ones:
            rows = [FindingRow(finding, address_of(finding, user)) for finding in open_ones]
            groups.append(FindingGroup(Severity(severity), rows))
    waived = [
        FindingRow(finding, address_of(finding, user), checked.waived[finding.key])
        for finding in checked.findings
        if finding.key in checked.waived
    ]
    return {"preflight": checked, "groups": groups, "waived": waived, "standing": len(checked.standing)}


def renderings_panel(report: Report, user) -> dict:
    """Return the latest renderings of the report, and whether a worker and the engine we know are there for them."""
    now = timezone.now()
    settle_abandoned(now)
    renderings = list(report.renderings.select_related("requested_by")[:LATEST])
    for rendering in renderings:
        rendering.report = report
        rendering.draft = draft_of(rendering)
    unfinished = any(rendering.is_unfinished for rendering in renderings)
    return {
        "renderings": renderings,
        "unfinished": unfinished,
        "worker_is_alive": worker_is_alive(now),
        "engine_is_known": is_known(),
        "two_persons": settings.REPORT_TWO_PERSON_ISSUE,
        "may_issue": user.has_perm(MAY_ISSUE),
    }


def draft_of(rendering: Rendering) -> Path | None:
    """Return the file of a finished draft, or ``None`` where it has none or a newer one has taken its place."""
    if rendering.state != RenderingState.DONE or rendering.purpose != Rendering.Purpose.DRAFT:
        return None
    folder = Path(settings.REPORTS_DIR).resolve()
    path = (folder / rendering.file_name).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None


def editions_panel(report: Report, facts: ReportFacts | None) -> dict:
    """Return the editions of the report, the last first, and what the records say otherwise since."""
    editions = list(report.editions.select_related("issued_by").order_by("-number"))
    for edition in editions:
        edition.report = report
    return {"editions": editions, "differences": _since(editions[0], facts) if editions and facts else ()}


def _since(edition: Edition, facts: ReportFacts):
    return differences(ReportFacts.from_json(edition.facts), facts)
