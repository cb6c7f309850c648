"""The plan and its calendar: the programme, its roadmaps and their areas, and the meetings reported to."""

from roadmap.models.meeting import Meeting, MeetingKind, Period, PeriodUnknownError
from roadmap.models.programme import Abbreviation, Programme
from roadmap.models.roadmap import CooperationArea, Roadmap

__all__ = [
    "Abbreviation",
    "CooperationArea",
    "Meeting",
    "MeetingKind",
    "Period",
    "PeriodUnknownError",
    "Programme",
    "Roadmap",
]
