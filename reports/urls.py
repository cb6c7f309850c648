"""The addresses of the reports: editions for everybody, drafts for colleagues."""

from django.urls import include, path, re_path, register_converter

from bilingual.public_pages import public_page
from reports import feeds, pages, periods, views
from reports.converters import EditionCode, EditionFileName, SessionNumber

register_converter(EditionCode, "edition_code")
register_converter(EditionFileName, "edition_file")
register_converter(SessionNumber, "session_number")

REPORT = "(?P<code>COMCEC(?:-FC)?-[0-9]{1,4})"
LANGUAGE = "(?P<language>ar|en|both)"

# `activity_code` and `country_code` are converters of `activities.urls`, which the portal includes first.
urlpatterns = [
    path("activities/<activity_code:code>/", public_page(pages.ActivityPage.as_view()), name="activity"),
    path("countries/<country_code:code>/brief.pdf", pages.CountryBriefView.as_view(), name="country_brief"),
    path("", include("reports.desk.urls")),
    path("", include("reports.translating.urls")),
    path("reports/", views.ReportsView.as_view(), name="reports"),
    path("reports/feed.atom", feeds.editions, name="editions_feed"),
    re_path(rf"^reports/latest/{LANGUAGE}\.pdf$", views.LatestFileView.as_view(), name="latest_file"),
    re_path(rf"^reports/{REPORT}/{LANGUAGE}\.pdf$", views.LatestFileView.as_view(), name="report_file"),
    re_path(rf"^reports/{REPORT}/draft/{LANGUAGE}\.pdf$", views.DraftFileView.as_view(), name="report_draft"),
    path("editions/<edition_code:code>/", views.EditionView.as_view(), name="edition"),
    path("editions/<edition_code:code>/<edition_file:name>", views.EditionFileView.as_view(), name="edition_file"),
    path("periods/", public_page(periods.PeriodsView.as_view()), name="periods"),
    path("periods/<session_number:number>/", public_page(periods.PeriodView.as_view()), name="period"),
    path("verify/", views.VerifyView.as_view(), name="verify"),
]
