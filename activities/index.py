"""The catalogue's index: everything it lists, in memory, so that finding and counting need no scan of the tables.

An activity is its position among all that are listed, the newest first; a value of a filter is the set of positions
that have it (`bilingual.bitmaps`). Each process keeps the index of one `data_version` and builds another when it is
asked under a newer one, or on another day.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from threading import Lock
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import override

from activities.filters import FILTERS, Filter, LinkFilter
from activities.models import Activity, ActivityKind
from activities.models.links import TO_INSTITUTIONS, keys_by_code
from bilingual.bitmaps import everything, from_positions, united
from bilingual.data_version import data_version
from bilingual.sorting import collation_key
from bilingual.spelling import Spelling
from bilingual.text import Bilingual
from bilingual.vocabulary import Vocabulary, WordIndex
from partners.full_names import full_name_of
from partners.models import Institution
from roadmap.models import CooperationArea


@dataclass(frozen=True)
class FacetIndex:
    """The values of a filter: which activities have each, and how each is named in a language, in its order."""

    bits: dict[str, int]
    names: dict[str, dict[str, SafeString]]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many activities have each value while nothing else is asked for."""
        return {value: bits.bit_count() for value, bits in self.bits.items()}

    def counts_in(self, found: int) -> dict[str, int]:
        """How many of the activities ``found`` have each value."""
        return {value: (bits & found).bit_count() for value, bits in self.bits.items()}

    def united(self, values: Iterable[str]) -> int:
        """The activities that have one of ``values``; a value that nothing has finds nothing."""
        return united(self.bits.get(value, 0) for value in values)


@dataclass(frozen=True)
class Names:
    """The names that rows of a list borrow from other records, by key; what partners are found by, by their code."""

    kinds: dict[int, Bilingual]
    areas: dict[int, int]
    institutions: dict[int, Bilingual]
    searched: dict[str, tuple[str, str]]  # the words as search keeps them, and as they are written

    @classmethod
    def read(cls) -> "Names":
        institutions, searched = {}, {}
        rows = Institution.objects.rewrite(False).order_by().values_list(*_OF_INSTITUTIONS)
        for key, code, acronym, search, arabic, english, country, *of_seat in rows:
            name = Bilingual(arabic or "", english or "")
            seat = Bilingual() if country else Bilingual(*(each or "" for each in of_seat))
            institutions[key] = full_name_of(name, acronym, seat)
            searched[code] = search, f"{name.ar} {name.en} {acronym}"
        return cls(
            {kind.pk: Bilingual.of(kind, "name") for kind in ActivityKind.objects.all()},
            dict(CooperationArea.objects.values_list("pk", "number")),
            institutions,
            searched,
        )


_OF_INSTITUTIONS = (
    *("pk", "code", "acronym", "search", "name_ar", "name_en"),
    *("country_id", "seat__short_name_ar", "seat__short_name_en"),
)


@dataclass(frozen=True)
class CatalogueIndex:
    """Everything the catalogue lists, as it was at ``version``; ``orders`` holds the positions as other orders do."""

    version: str
    keys: "array[int]"
    facets: dict[str, FacetIndex]
    orders: "dict[str, array[int]]"
    words: WordIndex
    spelling: Spelling
    names: Names
    kept: dict[str, Any] = field(default_factory=dict)  # what was made of it for readers of a language

    @cached_property
    def all(self) -> int:
        return everything(len(self.keys))


_building = Lock()
_kept: CatalogueIndex | None = None


def current_index() -> CatalogueIndex:
    """Return the index of what is committed now, in one query where nothing has changed since the last time.

    What is over and what is to come changes with the day, and so does the index.

    While one thread builds, others that need the same index wait for it instead of building their own.
    """
    global _kept
    version = f"{data_version()} {timezone.localdate()}"
    if (kept := _kept) is None or kept.version != version:
        with _building:
            if (kept := _kept) is None or kept.version != version:
                kept = _kept = build_index(version)
    return kept


def forget_index() -> None:
    """Let the next reader build anew; for tests, where a rolled back change may give a version a second time."""
    global _kept
    _kept = None


def build_index(version: str) -> CatalogueIndex:
    """Return the index of what is listed. ``version`` was read before, so that a change meanwhile outdates it."""
    reading = _Reading()
    found = Activity.objects.listed().with_country_lists().latest_first().rewrite(False)
    rows = found.values_list("pk", "search", *_SORTED_BY, *_COLUMNS)
    for row in rows.iterator(chunk_size=2000):
        reading.add(*row)
    names = Names.read()
    reading.add_partners(names)
    size = len(reading.places)
    return CatalogueIndex(
        version=version,
        keys=array("q", reading.places),
        facets={each.name: _facet(each, reading.bits(each)) for each in FILTERS},
        orders={sort: array("I", order) for sort, order in reading.orders()},
        words=WordIndex(reading.vocabulary, size),
        spelling=Spelling(reading.written),
        names=names,
    )


_SORTED_BY = ("title_ar", "title_en", "participation__headcount")
_COLUMNS = tuple(column for each in FILTERS for column in each.columns)


class _Reading:
    """What is collected while the activities go by, the newest first."""

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self.vocabulary = Vocabulary()
        self.written: list[str] = []
        self._titles: dict[str, list[str]] = {"ar": [], "en": []}
        self._headcounts: list[int] = []
        self._cells: dict[str, defaultdict[tuple[Any, ...], list[int]]] = {
            each.name: defaultdict(list) for each in FILTERS
        }
        self._parts = tuple(zip(_parts(), self._cells.values(), strict=True))

    def add(self, key: int, search: str, title_ar: str, title_en: str, headcount: int | None, *cells: Any) -> None:
        position = self.places[key] = len(self.places)
        self.vocabulary.add(search, position)
        self.written += (title_ar, title_en)
        self._titles["ar"].append(title_ar)
        self._titles["en"].append(title_en)
        self._headcounts.append(headcount or 0)
        for part, found in self._parts:
            found[cells[part]].append(position)

    def add_partners(self, names: Names) -> None:
        """Let activities be found by the names of their partners, as `ActivityQuerySet.matching` does."""
        for code, keys in keys_by_code(Activity, TO_INSTITUTIONS[:1]):
            search, written = names.searched[code]
            self.vocabulary.add(search, *self._positions(keys))
            self.written.append(written)

    def bits(self, each: Filter) -> dict[str, int]:
        """The activities that have each value of a filter."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for values, positions in self._values(each):
            for value in values:
                found[value] += positions
        return {value: from_positions(positions, len(self.places)) for value, positions in found.items()}

    def _values(self, each: Filter) -> Iterator[tuple[Iterable[str], Iterable[int]]]:
        if isinstance(each, LinkFilter):
            for value, keys in keys_by_code(Activity, each.ways):
                yield (value,), self._positions(keys)
        else:
            read = each.reader()
            for cells, positions in self._cells[each.name].items():
                yield read(*cells), positions

    def _positions(self, keys: Iterable[int]) -> list[int]:
        """Where activities stand. What links them is read of all, which is quicker: those not listed fall out here."""
        return [place for place in map(self.places.get, keys) if place is not None]

    def orders(self) -> Iterator[tuple[str, list[int]]]:
        """The positions in every order but the first; what is equal stays the newest first."""
        for language, titles in self._titles.items():
            keys = [collation_key(title, language) for title in titles]
            yield f"title_{language}", sorted(range(len(keys)), key=keys.__getitem__)
        yield "participants", sorted(range(len(self.places)), key=lambda place: -self._headcounts[place])


def _parts() -> Iterator[slice]:
    """Where the columns of each filter stand among those of all of them."""
    ends = list(accumulate(len(each.columns) for each in FILTERS))
    return map(slice, [0, *ends], ends)


def _facet(each: Filter, bits: dict[str, int]) -> FacetIndex:
    """Put names to the values, for each language in its own order."""
    options = list(each.options(bits))
    names = {}
    for language in ("ar", "en"):
        with override(language):
            names[language] = {option.value: option.html for option in each.in_order(options)}
    return FacetIndex(bits, names)
