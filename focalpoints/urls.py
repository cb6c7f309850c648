"""The addresses for focal points: their country, and the links by which they answer without an account.

A link is exchanged for a page whose address holds no secret: `oicvet.logs` keeps the link itself out of the log.
"""

from django.urls import include, path

from focalpoints import views

# `activity_code` and `session_number` are converters of apps that the portal includes first.
urlpatterns = [
    path("my-country/", views.MyCountryView.as_view(), name="my_country"),
    path("my-country/periods/<session_number:number>/", views.OwnEntriesView.as_view(), name="own_entries"),
    path(
        "my-country/periods/<session_number:number>/<activity_code:code>/",
        views.OwnEntryView.as_view(),
        name="own_entry",
    ),
    path("confirm/<str:token>/", views.LinkView.as_view(), name="confirm"),
    path("confirmations/<int:number>/", views.LinkedEntriesView.as_view(), name="linked_entries"),
    path("confirmations/<int:number>/<activity_code:code>/", views.LinkedEntryView.as_view(), name="linked_entry"),
    path("", include("focalpoints.following.urls")),
]
