"""The account given to a meeting: the report as it is worked on, its renderings, and its issued editions."""

from reports.models.editions import Citation, Edition, EditionFile, FrozenAsset
from reports.models.former import FormerReading
from reports.models.frozen import FrozenError
from reports.models.items import ReportItem
from reports.models.rendering import Rendering, RenderingState, WorkerSign
from reports.models.report import Report
from reports.models.review import IssueProposal, Waiver
from reports.models.sections import COMPUTED, WRITTEN, CoverageNote, ReportSection, SectionKind

__all__ = [
    "COMPUTED",
    "WRITTEN",
    "Citation",
    "CoverageNote",
    "Edition",
    "EditionFile",
    "FormerReading",
    "FrozenAsset",
    "FrozenError",
    "IssueProposal",
    "Rendering",
    "RenderingState",
    "Report",
    "ReportItem",
    "ReportSection",
    "SectionKind",
    "Waiver",
    "WorkerSign",
]
