"""Filters of the list of activities."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.attention import KINDS, needing

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


class AttentionFilter(admin.SimpleListFilter):
    """What needs somebody today, as the start page counts it."""

    title = _("needs attention")
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return list(ATTENTION.items())

    def queryset(self, request, queryset):
        if self.value() not in KINDS:
            return queryset
        return queryset.filter(pk__in=needing(self.value(), timezone.localdate()).values("pk"))


ATTENTION = {
    "figures": _("held, and the number of participants is pending"),
    "overdue": _("planned, and its dates have passed"),
    "in-review": _("waiting for review"),
    "one-language": _("a text is missing in one language"),
    "stale": _("a text is behind the other language"),
    "disagree": _("counts do not agree"),
    "duplicates": _("looks like another one"),
}
