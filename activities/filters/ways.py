"""Filters by the countries and institutions to which several ways lead from an activity."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.functional import Promise

from activities.filters.base import Filter, Option
from activities.models.links import Way, linked
from activities.models.queries import ActivityQuerySet
from bilingual.sorting import alphabetical
from bilingual.text import Bilingual
from partners.models import Country


class LinkFilter(Filter):
    """A filter by rows of a model to which several ways lead: an activity counts once, by whichever way."""

    is_long = True

    def __init__(self, name: str, label: Promise, model: Any, names: str, ways: Sequence[Way]) -> None:
        super().__init__(name, label)
        self.columns = ()
        self.model = model
        self.names = names
        self.ways = ways

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        return linked(activities, self.ways, self.model.objects.filter(code__in=values))

    def options(self, present: Collection[str]) -> Iterator[Option]:
        rows = self.model.objects.rewrite(False).order_by()
        for code, arabic, english in rows.values_list("code", f"{self.names}_ar", f"{self.names}_en"):
            if self.is_named(code, present):
                yield Option(code, Bilingual(arabic or "", english or ""))

    def in_order(self, options: Sequence[Option]) -> Sequence[Option]:
        return sorted(options, key=lambda option: alphabetical(option.label))

    def is_named(self, code: str, present: Collection[str]) -> bool:
        """Whether readers may know of a row; of institutions only those that something published names."""
        return self.model is Country or code in present
