"""The address of the editions, below the number of the interface's version."""

from django.urls import path

import reports.urls  # noqa: F401 -- registers the shape of an edition's code
from reports.api.views import EditionsView

urlpatterns = [path("editions/", EditionsView.as_view(), name="api_editions")]
