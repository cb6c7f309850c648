"""What the catalogue can be narrowed by. A filter narrows a list by its values, counts them, and names them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityKind, ActivityStatus, Mode
from activities.models.links import TO_COUNTRIES, TO_INSTITUTIONS, Way, linked, pairs
from activities.models.queries import ActivityQuerySet
from bilingual.sorting import alphabetical
from bilingual.text import Bilingual
from partners.models import Country, Institution
from roadmap.models import CooperationArea

NO_AREA = "none"


@dataclass(frozen=True)
class Option:
    """A value that a filter offers, and how many activities have it."""

    value: str
    label: Bilingual | Promise | str
    count: int = 0
    is_chosen: bool = False
    number: int | None = None  # of a cooperation area


class Filter:
    """A filter by the values of one column. What it narrows, it also counts: the two agree on every page."""

    is_long = False  # a long one is folded away until a reader opens it

    def __init__(self, name: str, label: Promise, path: str = "") -> None:
        self.name = name
        self.label = label
        self.path = path or name

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        """Return the activities that have one of ``values``."""
        return activities.filter(**{f"{self.path}__in": values})

    def counts(self, activities: ActivityQuerySet) -> Counter[str]:
        """Return how many of ``activities`` have each value."""
        return Counter(
            {str(value): n for value, n in activities.order_by().values_list(self.path).annotate(Count("pk"))}
        )

    def named(self, values: Collection[str]) -> list[Option]:
        """Return an option for each of ``values`` that exists, in the order readers expect."""
        return [Option(value, value) for value in sorted(values, reverse=True)]

    def options(self, activities: ActivityQuerySet, chosen: Sequence[str]) -> list[Option]:
        """Return the values that ``activities`` have, and those that a reader chose, known to us or not."""
        counts = self.counts(activities)
        named = self.named({*counts, *chosen})
        unknown = [Option(value, value) for value in chosen if value not in {each.value for each in named}]
        return [
            Option(each.value, each.label, counts[each.value], each.value in chosen, each.number)
            for each in (*named, *unknown)
        ]


class ChoiceFilter(Filter):
    """A filter whose values are the choices of a field."""

    def __init__(self, name: str, label: Promise, choices: Any) -> None:
        super().__init__(name, label)
        self.choices = choices

    def named(self, values: Collection[str]) -> list[Option]:
        return [Option(value, label) for value, label in self.choices.choices if value in values]


class KindFilter(Filter):
    """A filter by the kinds that staff keep."""

    def named(self, values: Collection[str]) -> list[Option]:
        return [Option(kind.code, Bilingual.of(kind, "name")) for kind in ActivityKind.objects.filter(code__in=values)]


class AreaFilter(Filter):
    """A filter by cooperation area, written like 2020-2025.2, or by there being none."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        addresses = [value.rpartition(".") for value in values if value != NO_AREA]
        return activities.in_areas(
            [(roadmap, int(number)) for roadmap, _dot, number in addresses], or_in_none=NO_AREA in values
        )

    def counts(self, activities: ActivityQuerySet) -> Counter[str]:
        rows = activities.order_by().values_list("area__roadmap__code", "area__number").annotate(Count("pk"))
        return Counter({f"{roadmap}.{number}" if roadmap else NO_AREA: n for roadmap, number, n in rows})

    def named(self, values: Collection[str]) -> list[Option]:
        areas = CooperationArea.objects.select_related("roadmap").order_by("-roadmap__valid_from", "number")
        options = [
            Option(f"{area.roadmap.code}.{area.number}", Bilingual.of(area, "title"), number=area.number)
            for area in areas
        ]
        options.append(Option(NO_AREA, _("No area named")))
        return [option for option in options if option.value in values]


class LinkFilter(Filter):
    """A filter by rows of a model to which several ways lead: an activity counts once, by whichever way."""

    is_long = True

    def __init__(self, name: str, label: Promise, model: Any, names: str, ways: Sequence[Way]) -> None:
        super().__init__(name, label)
        self.model = model
        self.names = names
        self.ways = ways

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        return linked(activities, self.ways, self.model.objects.filter(code__in=values))

    def counts(self, activities: ActivityQuerySet) -> Counter[str]:
        return Counter(code for _activity, code in pairs(activities, self.ways))

    def named(self, values: Collection[str]) -> list[Option]:
        rows = self.model.objects.filter(code__in=values)
        options = [Option(row.code, Bilingual.of(row, self.names)) for row in rows]
        return sorted(options, key=lambda option: alphabetical(option.label))


FILTERS = (
    AreaFilter("area", _("Cooperation area")),
    KindFilter("kind", _("Kind"), "kind__code"),
    Filter("year", _("Year")),
    ChoiceFilter("status", _("Status"), ActivityStatus),
    ChoiceFilter("mode", _("Mode"), Mode),
    LinkFilter("country", _("Country"), Country, "short_name", TO_COUNTRIES),
    LinkFilter("partner", _("Partner"), Institution, "name", TO_INSTITUTIONS),
)
