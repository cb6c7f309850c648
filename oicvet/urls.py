from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from oicvet import api, health, sitemaps, views
from oicvet.guide import GuideView
from oicvet.help import help_page

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("api/v1/", include("activities.api.urls")),
    path("api/v1/", include("reports.api.urls")),
    path("api/v1/schema/", api.SchemaView.as_view(), name="api_schema"),
    *i18n_patterns(
        path("", views.HomeView.as_view(), name="home"),
        path("", include("activities.urls")),
        path("", include("reports.urls")),
        path("account/", include("accounts.urls")),
        path("", include("focalpoints.urls")),
        path("api/", GuideView.as_view(), name="api_guide"),
        path("admin/help/", admin.site.admin_view(help_page), name="admin_help"),
        path("admin/", admin.site.urls),
    ),
    path("v/<edition_code:code>/", views.edition_by_code, name="edition_by_code"),
]

handler400 = "oicvet.errors.bad_request"
handler403 = "oicvet.errors.forbidden"
handler404 = "oicvet.errors.not_found"
handler429 = "oicvet.errors.too_many"  # allauth's: whoever tries too often
handler500 = "oicvet.errors.failed"
