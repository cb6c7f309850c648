"""The addresses of following: pages of a reader's own, and the one that stops a digest."""

from django.urls import path

from focalpoints.following import views

urlpatterns = [
    path("following/", views.FollowingView.as_view(), name="following"),
    path("following/add/", views.FollowView.as_view(), name="follow"),
    path("following/stop/", views.StopFollowingView.as_view(), name="stop_following"),
    path("following/digest/", views.DigestView.as_view(), name="digest"),
    path("unsubscribe/", views.UnsubscribeView.as_view(), name="unsubscribe"),
]
