"""What the catalogue finds for a selection: how many, in which order, and what could be asked instead.

The answers come from `activities.index`, which a reader holds for the length of a request, so that all of them agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from heapq import nsmallest
from operator import and_
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from activities.filters import FILTERS, Filter
from activities.index import CatalogueIndex
from activities.selection import Selection, Sort
from bilingual.bitmaps import ascending, in_order
from bilingual.languages import active_language
from bilingual.numbers import say_number
from bilingual.search import query_words

SHORT = 12  # so many values of a long filter are shown until a reader asks for all


class Option(NamedTuple):
    """A value that a filter offers, and how many activities a reader who ticks it would see of it."""

    value: str
    name: SafeString
    found: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with what it offers at this moment; ``hidden`` says how many values more there are."""

    filter: Filter
    options: list[Option]
    is_open: bool
    hidden: int
    address_of_all: str

    @cached_property
    def ticks(self) -> SafeString:
        """The options as a list of ticks."""
        name, language = self.filter.name, active_language()
        return mark_safe("".join([_tick(name, *option, language) for option in self.options]))  # noqa: S308 -- templates


def _tick(name: str, value: str, label: SafeString, count: int, is_chosen: bool, language: str) -> str:
    before, after = _around_count(name, value, label, is_chosen)
    return f"{before}{say_number(count, language)}{after}"


@lru_cache(maxsize=8192)
def _around_count(name: str, value: str, label: SafeString, is_chosen: bool) -> list[str]:
    """What stands before and after the count, the only part that changes: there may be hundreds on a page."""
    context = {"name": name, "value": value, "label": label, "is_chosen": is_chosen, "count": _COUNT}
    return render_to_string("activities/_tick.html", context).split(_COUNT)


_COUNT = "\ue000"


@dataclass(frozen=True)
class Chip:
    """A chosen value, and the address without it."""

    filter: Filter
    name: SafeString
    address: str


@dataclass(frozen=True)
class Chosen:
    """A filter that is set, and its values by name."""

    label: Promise
    names: list[SafeString]


@dataclass(frozen=True)
class SortOption:
    """An order, and the address that asks for it."""

    label: Promise
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Loosening:
    """A word or a value, how many would be found without it, or by it alone, and their address."""

    what: SafeString
    count: int
    address: str


@dataclass(frozen=True)
class Suggestion:
    """Words that find something, near those that were asked for."""

    words: str
    count: int
    address: str


@dataclass(frozen=True)
class Finding:
    """What a selection finds in an index."""

    selection: Selection
    index: CatalogueIndex
    language: str = field(default_factory=active_language)

    @cached_property
    def _narrowed(self) -> dict[str, int]:
        """What the words find, and what each filter that is set leaves."""
        index, selection = self.index, self.selection
        found = {f"word {word}": index.words.bits(word) for word in query_words(selection.words)}
        return found | {name: index.facets[name].united(values) for name, values in selection.values.items()}

    def _apart_from(self, name: str) -> int:
        """What would be found if one part of the selection were not there."""
        return reduce(and_, (bits for each, bits in self._narrowed.items() if each != name), self.index.all)

    @cached_property
    def _found(self) -> int:
        return self._apart_from("")

    def __len__(self) -> int:
        return self._found.bit_count()

    def __getitem__(self, part: slice) -> list[int]:
        """Return the keys of the activities that stand there: what a paginator asks for."""
        count = part.stop - part.start
        order = self.index.orders.get(self._order)
        places: Sequence[int]
        if order is None:
            places = ascending(self._found, part.start, count)
        elif self._found == self.index.all:
            places = order[part]
        else:
            places = in_order(order, self._found, part.start, count)
        return [self.index.keys[place] for place in places]

    @property
    def _order(self) -> str:
        return f"title_{self.language}" if self.selection.sort == Sort.TITLE else self.selection.sort

    @cached_property
    def facets(self) -> list[Facet]:
        """Every filter with the values that the other filters leave."""
        if self.selection != Selection():
            return self._facets()
        kept = self.index.kept  # where nearly every reader begins
        if self.language not in kept:
            kept[self.language] = self._facets()
        return kept[self.language]

    def _facets(self) -> list[Facet]:
        facets = (self._facet(each) for each in FILTERS)
        return [facet for facet in facets if facet.options]

    def _facet(self, each: Filter) -> Facet:
        facet, chosen = self.index.facets[each.name], self.selection.values.get(each.name, ())
        others = self._narrowed.keys() - {each.name}
        counts = facet.counts_in(self._apart_from(each.name)) if others else facet.counts
        offered = {value for value, count in counts.items() if count}
        is_whole = each.name in self.selection.whole
        shown = offered if is_whole or not each.is_long else _most(counts, offered)
        wanted, names = shown.union(chosen), facet.names[self.language]
        known = [value for value in names if value in wanted]
        options = [
            Option(value, self._name(each.name, value), counts.get(value, 0), value in chosen)
            for value in (*known, *(value for value in chosen if value not in names))
        ]
        hidden = len(offered - wanted)
        whole = self.selection.showing_all_of(each.name).address if hidden else ""
        return Facet(each, options, bool(chosen) or is_whole, hidden, whole)

    def _name(self, name: str, value: str) -> SafeString:
        """How pages name a value; one that we do not know is named as it was asked for."""
        known = self.index.facets[name].names[self.language].get(value)
        return format_html("<bdi>{}</bdi>", value) if known is None else known

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(each, self._name(each.name, value), self.selection.without(each.name, value).address)
            for each in FILTERS
            for value in self.selection.values.get(each.name, ())
        ]

    @property
    def sorts(self) -> list[SortOption]:
        """The orders that a reader can choose."""
        chosen = self.selection.sort
        return [SortOption(sort.label, self.selection.sorted_by(sort).address, sort == chosen) for sort in Sort]

    @cached_property
    def chosen(self) -> list[Chosen]:
        """What is set, filter by filter, for a list that is printed."""
        set_ones = ((each, self.selection.values.get(each.name, ())) for each in FILTERS)
        return [
            Chosen(each.label, [self._name(each.name, value) for value in some]) for each, some in set_ones if some
        ]

    @cached_property
    def loosenings(self) -> list[Loosening]:
        """What could be left out, each alone, so that something is found."""
        words = self.selection.words.split()
        fewer = [
            (_shown(word), self.selection.with_words(" ".join(words[:at] + words[at + 1 :])))
            for at, word in enumerate(words)
        ]
        fewer += [(self._name(*each), self.selection.without(*each)) for each in self._values]
        return self._finding_something(fewer)

    @cached_property
    def alone(self) -> list[Loosening]:
        """What finds something without all the rest; for a selection in which no single part is in the way."""
        sort = self.selection.sort
        parts = [(_shown(word), Selection(word, sort=sort)) for word in self.selection.words.split()]
        parts += [(self._name(name, value), Selection("", {name: (value,)}, sort)) for name, value in self._values]
        return self._finding_something(parts)

    @property
    def _values(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.selection.values.items() for value in values]

    def _finding_something(self, others: Iterable[tuple[SafeString, Selection]]) -> list[Loosening]:
        counted = ((what, len(Finding(other, self.index, self.language)), other) for what, other in others if other)
        return [Loosening(what, count, other.address) for what, count, other in counted if count]

    @cached_property
    def suggestion(self) -> "Suggestion | None":
        """The same words with those that are nowhere replaced by the nearest ones that are."""
        words = [self._mended(word) for word in self.selection.words.split()]
        better = self.selection.with_words(" ".join(words))
        count = len(Finding(better, self.index, self.language)) if better.words != self.selection.words else 0
        return Suggestion(better.words, count, better.address) if count else None

    def _mended(self, written: str) -> str:
        unknown = [word for word in query_words(written) if not self.index.words.bits(word)]
        return self.index.spelling.nearest(unknown[0]) or written if unknown else written


def _shown(word: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", word)


def _most(counts: dict[str, int], offered: set[str]) -> set[str]:
    """The values that most activities have."""
    return set(nsmallest(SHORT, offered, key=lambda value: (-counts[value], value)))
