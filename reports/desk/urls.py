"""The addresses of the desk, made of codes and the same in both languages."""

from django.urls import include, path, register_converter

import activities.urls  # noqa: F401 -- registers the shape of an activity's code
from reports.desk import views
from reports.desk.converters import ReportCode, RowNumber, SectionCode

register_converter(ReportCode, "report_code")
register_converter(SectionCode, "section_kind")
register_converter(RowNumber, "row")

REPORT = "desk/<report_code:code>/"
SECTION = f"{REPORT}sections/<section_kind:kind>/"
ITEM = f"{REPORT}items/<activity_code:activity>/"

urlpatterns = [
    path("desk/", views.DeskListView.as_view(), name="desk"),
    path("desk/new/", views.NewReportView.as_view(), name="desk_new"),
    path("desk/read/", include("reports.former.urls")),
    path(REPORT, views.WorkspaceView.as_view(), name="desk_report"),
    path(f"{REPORT}head/", views.HeadView.as_view(), name="desk_head"),
    path(SECTION, views.SectionTextView.as_view(), name="desk_section"),
    path(f"{SECTION}inclusion/", views.SectionInclusionView.as_view(), name="desk_section_inclusion"),
    path(f"{SECTION}move/", views.SectionMoveView.as_view(), name="desk_section_move"),
    path(f"{REPORT}items/propose/", views.ProposeItemsView.as_view(), name="desk_propose"),
    path(f"{ITEM}override/", views.OverrideView.as_view(), name="desk_override"),
    path(f"{ITEM}inclusion/", views.ItemInclusionView.as_view(), name="desk_item_inclusion"),
    path(f"{ITEM}move/", views.ItemMoveView.as_view(), name="desk_item_move"),
    path(f"{REPORT}areas/<row:area>/", views.CoverageNoteView.as_view(), name="desk_area"),
    path(f"{REPORT}preview/", views.PreviewView.as_view(), name="desk_preview"),
    path(f"{REPORT}records/", views.RecordsView.as_view(), name="desk_records"),
    path(f"{REPORT}groups.xlsx", views.GroupListView.as_view(), name="desk_groups"),
    path(f"{REPORT}waivers/", views.WaiveView.as_view(), name="desk_waive"),
    path(f"{REPORT}waivers/<row:waiver>/withdraw/", views.WithdrawWaiverView.as_view(), name="desk_withdraw_waiver"),
    path(f"{REPORT}renderings/", views.RenderingsView.as_view(), name="desk_renderings"),
    path(f"{REPORT}renderings/<row:rendering>/cancel/", views.CancelView.as_view(), name="desk_cancel"),
    path(f"{REPORT}renderings/<row:rendering>.pdf", views.DraftView.as_view(), name="desk_draft"),
    path(f"{REPORT}issue/", views.IssueView.as_view(), name="desk_issue"),
]
