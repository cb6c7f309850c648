"""The addresses of the interface, below the number of its version."""

from django.urls import path

import activities.urls  # noqa: F401 -- registers the shape of an activity's code
from activities.api import views

urlpatterns = [
    path("activities/", views.ActivitiesView.as_view(), name="api_activities"),
    path("activities/<activity_code:code>/", views.ActivityRecordView.as_view(), name="api_activity"),
    path("countries/", views.CountriesView.as_view(), name="api_countries"),
    path("institutions/", views.InstitutionsView.as_view(), name="api_institutions"),
    path("areas/", views.AreasView.as_view(), name="api_areas"),
]
