"""The addresses of the translation desk: a record is named by its kind and its code."""

from django.urls import path, register_converter

from reports.translating import round_trip, views
from reports.translating.converters import KindCode, RecordKey

register_converter(KindCode, "kind_of_texts")
register_converter(RecordKey, "record_key")

urlpatterns = [
    path("translations/", views.TranslationsView.as_view(), name="translations"),
    path("translations/workbook/", round_trip.ExportView.as_view(), name="translations_export"),
    path("translations/import/", round_trip.ImportView.as_view(), name="translations_import"),
    path("translations/import/confirm/", round_trip.ConfirmView.as_view(), name="translations_confirm"),
    path("translations/<kind_of_texts:kind>/<record_key:key>/", views.TextsView.as_view(), name="translation"),
]
