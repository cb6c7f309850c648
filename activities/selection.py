"""What a reader asked the catalogue for, as a value: what it finds, what it could be narrowed by, its address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from activities.filters import FILTERS, Filter, Option
from activities.models import Activity
from activities.models.queries import ActivityQuerySet


@dataclass(frozen=True)
class Facet:
    """A filter with its options at this moment."""

    filter: Filter
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class Chip:
    """A chosen value, and the address without it."""

    facet: Facet
    option: Option
    address: str


@dataclass(frozen=True)
class Selection:
    """Words to search for, and for each filter the values of which an activity must have one."""

    words: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, cleaned: Mapping[str, object]) -> "Selection":
        """Return what a checked form holds; a field that could not be read is not there, and asks for nothing."""
        values = {each.name: tuple(cleaned.get(each.name) or ()) for each in FILTERS}
        return cls(cleaned.get("q") or "", {name: chosen for name, chosen in values.items() if chosen})

    def __bool__(self) -> bool:
        return bool(self.words or self.values)

    @property
    def size(self) -> int:
        """How many values are chosen, the words aside."""
        return sum(len(chosen) for chosen in self.values.values())

    def activities(self, *, apart_from: Filter | None = None) -> ActivityQuerySet:
        """Return what is found, or would be if one filter were not set."""
        found = Activity.objects.listed().matching(self.words)
        for each in FILTERS:
            if each is not apart_from and each.name in self.values:
                found = each.narrow(found, self.values[each.name])
        return found

    @cached_property
    def facets(self) -> list[Facet]:
        """Return every filter with what it offers: the values that the other filters leave."""
        return [
            Facet(each, each.options(self.activities(apart_from=each), self.values.get(each.name, ())))
            for each in FILTERS
        ]

    @property
    def chips(self) -> Iterator[Chip]:
        for facet in self.facets:
            for option in facet.chosen:
                yield Chip(facet, option, self.without(facet.filter.name, option.value).address)

    def without(self, name: str, value: str) -> "Selection":
        """Return the selection with one value less."""
        rest = tuple(each for each in self.values.get(name, ()) if each != value)
        values = {**self.values, name: rest}
        return replace(self, values={each: chosen for each, chosen in values.items() if chosen})

    @property
    def query(self) -> str:
        """The query string that asks for this, without a page; the same one however it was asked for."""
        words = {"q": self.words} if self.words else {}
        return urlencode({**words, **self.values}, doseq=True)

    @property
    def address(self) -> str:
        return f"?{self.query}" if self.query else "."
