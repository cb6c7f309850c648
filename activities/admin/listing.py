"""The list of activities, however many there are: the table is never counted as a whole."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from activities.models import Activity

COUNTED_TO = 1_000


class CappedPaginator(Paginator):
    """Counts to a thousand and no further; who looks for more narrows the list down."""

    @cached_property
    def counted(self) -> int:
        """How many rows there are, or one more than are counted."""
        rows: int = self.object_list.order_by().values("pk")[: COUNTED_TO + 1].count()
        return rows

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self.counted, COUNTED_TO)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.counted > COUNTED_TO


class YearFilter(admin.SimpleListFilter):
    """Activities of one year. The years offered lie between the first and the last: two looks into an index."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        years = Activity.objects.exclude(year=None).values_list("year", flat=True)
        first, last = years.order_by("year").first(), years.order_by("-year").first()
        if first is None or last is None:
            return []
        return [(str(year), str(year)) for year in range(last, max(first, last - 60) - 1, -1)]

    def queryset(self, request: Any, queryset: Any) -> Any:
        value = self.value() or ""
        return queryset.filter(year=int(value)) if value in dict(self.lookup_choices) else queryset
