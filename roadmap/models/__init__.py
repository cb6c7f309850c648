"""The plan and its calendar: the programme, its roadmaps, their areas and work plans, and the meetings reported to."""

from roadmap.models.meeting import Meeting, MeetingKind, Period, PeriodUnknownError
from roadmap.models.programme import Abbreviation, Programme
from roadmap.models.roadmap import CooperationArea, Roadmap
from roadmap.models.work_plan import ItemKind, ItemStatus, WorkPlanItem
from roadmap.models.work_plan_rows import Collaborator, Indicator

__all__ = [
    "Abbreviation",
    "Collaborator",
    "CooperationArea",
    "Indicator",
    "ItemKind",
    "ItemStatus",
    "Meeting",
    "MeetingKind",
    "Period",
    "PeriodUnknownError",
    "Programme",
    "Roadmap",
    "WorkPlanItem",
]
