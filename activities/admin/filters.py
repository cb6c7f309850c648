"""Filters of the list of activities."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_MISSING = {
    "ar": Q(title_ar=None),
    "en": Q(title_en=None),
    "figures": Q(participation=None) | Q(participation__headcount_standing="pending"),
}


class MissingFilter(admin.SimpleListFilter):
    """What a record still lacks: a title in one of the languages, or its figures."""

    title = _("still missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [
            ("ar", _("the Arabic title")),
            ("en", _("the English title")),
            ("figures", _("the headcount of a held activity")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in _MISSING:
            return queryset
        found = queryset.filter(_MISSING[self.value()])
        return found.held() if self.value() == "figures" else found
