"""The pages and actions of the desk."""

from reports.desk.views.editing import (
    CoverageNoteView,
    HeadView,
    ItemInclusionView,
    OverrideView,
    SectionInclusionView,
    SectionTextView,
)
from reports.desk.views.issuing import IssueView
from reports.desk.views.listing import DeskListView, NewReportView
from reports.desk.views.moving import ItemMoveView, ProposeItemsView, SectionMoveView
from reports.desk.views.renderings import CancelView, DraftView, RenderingsView
from reports.desk.views.review import WaiveView, WithdrawWaiverView
from reports.desk.views.showing import GroupListView, PreviewView, RecordsView, WorkspaceView

__all__ = [
    "CancelView",
    "CoverageNoteView",
    "DeskListView",
    "DraftView",
    "GroupListView",
    "HeadView",
    "IssueView",
    "ItemInclusionView",
    "ItemMoveView",
    "NewReportView",
    "OverrideView",
    "PreviewView",
    "ProposeItemsView",
    "RecordsView",
    "RenderingsView",
    "SectionInclusionView",
    "SectionMoveView",
    "SectionTextView",
    "WaiveView",
    "WithdrawWaiverView",
    "WorkspaceView",
]
