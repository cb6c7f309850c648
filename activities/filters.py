"""What the catalogue can be narrowed by. Each filter reads its values, narrows a list, and names what can be chosen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityKind, ActivityStatus, Mode
from activities.models.activity import ActivityQuerySet
from activities.models.links import TO_COUNTRIES, TO_INSTITUTIONS, Way, pairs
from bilingual.search import fold
from bilingual.text import Bilingual
from partners.models import Country, Institution
from roadmap.models import CooperationArea

NO_AREA = "none"


@dataclass(frozen=True)
class Option:
    """One value that a filter offers, and how many activities it would leave."""

    value: str
    label: Bilingual | Promise | str
    count: int = 0
    number: int | None = None  # of a cooperation area


class Filter:
    """A filter by the values of one column; the others build on it."""

    def __init__(self, name: str, label: Promise, path: str, *, is_long: bool = False) -> None:
        self.name = name
        self.label = label
        self.path = path
        self.is_long = is_long  # folded away until a reader opens it

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        """Return the activities that have one of ``values``."""
        return activities.filter(**{f"{self.path}__in": values})

    def options(self, activities: ActivityQuerySet) -> list[Option]:
        """Return the values that ``activities`` have, in the order readers expect."""
        return self.named(self._counts(activities))

    def named(self, counts: Counter[Any]) -> list[Option]:
        """Return an option for each value of ``counts``."""
        return [Option(str(value), str(value), counts[value]) for value in sorted(counts, reverse=True)]

    def _counts(self, activities: ActivityQuerySet) -> Counter[Any]:
        rows = activities.order_by().values_list(self.path).annotate(Count("pk"))
        return Counter({value: count for value, count in rows if value is not None})


class ChoiceFilter(Filter):
    """A filter whose values are choices of a model."""

    def __init__(self, name: str, label: Promise, path: str, choices: Any) -> None:
        super().__init__(name, label, path)
        self.choices = choices

    def named(self, counts: Counter[Any]) -> list[Option]:
        return [Option(value, label, counts[value]) for value, label in self.choices.choices if value in counts]


class KindFilter(Filter):
    def named(self, counts: Counter[Any]) -> list[Option]:
        kinds = ActivityKind.objects.filter(code__in=list(counts))
        return [Option(kind.code, Bilingual.of(kind, "name"), counts[kind.code]) for kind in kinds]


class AreaFilter(Filter):
    """A filter by area, written as in 2020-2025.2, or by naming none."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        addresses = [value.rpartition(".") for value in values if value != NO_AREA]
        pairs_ = [(roadmap, int(number)) for roadmap, _dot, number in addresses]
        return activities.in_areas(pairs_, or_in_none=NO_AREA in values)

    def named(self, counts: Counter[Any]) -> list[Option]:
        areas = CooperationArea.objects.filter(pk__in=[pk for pk in counts if pk]).select_related("roadmap")
        options = [
            Option(f"{area.roadmap.code}.{area.number}", Bilingual.of(area, "title"), counts[area.pk], area.number)
            for area in areas
        ]
        if None in counts:
            options.append(Option(NO_AREA, _("No area named"), counts[None]))
        return options

    def _counts(self, activities: ActivityQuerySet) -> Counter[Any]:
        return Counter(dict(activities.order_by().values_list("area").annotate(Count("pk"))))


class LinkFilter(Filter):
    """A filter by rows to which several ways lead; an activity counts once for each row, whatever the ways."""

    def __init__(self, name: str, label: Promise, model: Any, ways: Sequence[Way]) -> None:
        super().__init__(name, label, "code", is_long=True)
        self.model = model
        self.ways = ways

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        rows = self.model.objects.filter(code__in=values)
        return activities.involving(rows) if self.model is Country else activities.with_partners(rows)

    def named(self, counts: Counter[Any]) -> list[Option]:
        rows = self.model.objects.filter(pk__in=list(counts))
        return in_alphabetical_order([Option(row.code, row.name_or_names, counts[row.pk]) for row in rows])

    def _counts(self, activities: ActivityQuerySet) -> Counter[Any]:
        return Counter(key for _activity, key in pairs(activities, self.ways))
