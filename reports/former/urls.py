"""The addresses of the desk's part that reads former reports; they stand below ``desk/read/``."""

from django.urls import path

from reports.former import views

urlpatterns = [
    path("", views.ReadView.as_view(), name="desk_read"),
    path("<row:reading>/", views.ProposalsView.as_view(), name="desk_proposals"),
    path("<row:reading>/discard/", views.DiscardView.as_view(), name="desk_discard_reading"),
]
