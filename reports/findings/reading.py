"""A report as its check needs it, read once: in a number of queries that does not grow with the report."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from activities.models import Activity, PublicationState
from bilingual.states import TextState, states_of
from reports.models import CoverageNote, Report, ReportItem, ReportSection
from roadmap.models import CooperationArea, Period, PeriodUnknownError, Programme, Roadmap


@dataclass(frozen=True)
class Reading:
    """What a report is made of.

    ``period`` is ``None`` while a date that bounds it is not stored: ``unknown`` says which. ``announced`` is
    what the last session's edition told as planned, ``states`` are those of all texts but the activities'.
    """

    report: Report
    period: Period | None
    unknown: str
    programme: Programme | None
    roadmaps: list[Roadmap]
    items: list[ReportItem]
    sections: list[ReportSection]
    notes: list[CoverageNote]
    announced: dict[str, tuple[str, ...]]
    states: dict[Any, dict[tuple[str, str], TextState]]

    @property
    def told(self) -> list[ReportItem]:
        """The items that the report tells."""
        return [item for item in self.items if item.is_included and is_told(item.activity)]

    @property
    def activities(self) -> list[Activity]:
        """What the report tells, each project followed by its parts."""
        return [row for item in self.told for row in (item.activity, *parts_of(item.activity))]


def read(report: Report) -> Reading:
    """Return ``report`` with everything its check looks at."""
    programme = Programme.objects.select_related("organ__seat").first()
    areas = Prefetch("areas", CooperationArea.objects.order_by("number"))
    roadmaps = list(report.roadmaps.order_by("valid_from").prefetch_related(areas))
    items = _items(report)
    sections = list(report.sections.all())
    notes = list(report.coverage_notes.filter(area__roadmap__in=roadmaps).select_related("area"))
    period, unknown = _period(report)
    return Reading(
        report=report,
        period=period,
        unknown=unknown,
        programme=programme,
        roadmaps=roadmaps,
        items=items,
        sections=sections,
        notes=notes,
        announced=report.announced,
        states=states_of([*sections, *notes, *items, *([programme] if programme else [])]),
    )


def is_told(activity: Activity) -> bool:
    """Whether a report can tell ``activity`` as an item of its own."""
    return activity.state == PublicationState.PUBLISHED and activity.is_reportable and activity.parent_id is None


def parts_of(activity: Activity) -> list[Activity]:
    """Return the parts of a project that a report tells with it."""
    return activity.told_parts  # type: ignore[attr-defined]  # the name under which `_items` has them read


def _items(report: Report) -> list[ReportItem]:
    parts = Activity.objects.published().reportable().in_order().for_findings()
    activities = Activity.objects.for_findings().prefetch_related(Prefetch("parts", parts, to_attr="told_parts"))
    return list(report.items.prefetch_related(Prefetch("activity", activities)))


def _period(report: Report) -> tuple[Period | None, str]:
    """The report's period, or why it is not known: the dates of its meeting, and of the session before, bound it."""
    try:
        if report.meeting.end is None or not report.period_start:
            report.meeting.period()
        report.meeting.session_before()
        return report.period, ""
    except PeriodUnknownError as error:
        return None, str(error)
