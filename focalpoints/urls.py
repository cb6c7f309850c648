"""The addresses for focal points and other readers of their own."""

from django.urls import include, path

urlpatterns = [
    path("", include("focalpoints.following.urls")),
]
