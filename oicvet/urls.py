from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

from oicvet import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
    ),
]
