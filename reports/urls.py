"""The addresses of the reports."""

from django.urls import path, re_path

from reports import views

urlpatterns = [
    path("reports/", views.ReportsView.as_view(), name="reports"),
    re_path(
        r"^reports/(?P<code>COMCEC(?:-FC)?-[0-9]{1,4})/(?P<language>ar|en|both)\.pdf$",
        views.ReportFileView.as_view(),
        name="report_file",
    ),
]
