"""A set of activities summed up once: what dashboards read instead of the records.

A summary holds keys and numbers, no names: its size follows the years, areas, kinds and countries there are, not the
activities. What counts is what `activities.figures` counts. Each process keeps those it was asked for until a record
changes (`bilingual.keeping`); docs/decisions/0020 says why they are not rows of a table.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, IntegerField, Sum, Value, When

from activities.figures import (
    Figures,
    Tally,
    members_taking_part,
    providing_countries,
    tallies_by,
    tallies_by_all,
    unlisted,
)
from activities.models import Activity, CountryParticipation, Partnership
from activities.models.links import TO_COUNTRIES, keys_by_code
from activities.models.queries import ActivityQuerySet
from bilingual.bitmaps import from_positions, united
from bilingual.keeping import kept_until_change
from partners.models import Country, OICGroup
from roadmap.models import Period, Programme

# What the tallies are kept by, and what each is called in a record; each activity has one value of each.
AXES = {"year": "year", "area": "area", "kind": "kind"}
# A year and the key of an area, and with them the code of a country.
Place = tuple[int | None, int | None]
Part = tuple[str, int | None, int | None]


@dataclass(frozen=True)
class GroupFigures:
    """The part of one OIC group in held activities.

    ``held`` counts the activities with which a country of the group had to do, each once; ``participations`` is the
    sum of the numbers that the countries of the group are listed with, ``None`` where none has a number, and
    ``unknown`` says how many entries of the lists have none.
    """

    held: int = 0
    participations: int | None = None
    unknown: int = 0


@dataclass(frozen=True)
class Summary:
    """The figures of a set of activities, by the keys of year, area and kind, and by the codes of countries.

    ``parts`` says with how many held activities a country had to do, by its code, a year and an area; the same
    activity is there for each of its countries, so that they are never added up over countries. ``institutions`` has
    how many held activities each partner had a role in, by key; ``unlisted`` counts the held ones that name no
    country, in any of which any country may have taken part, and ``not_reported`` the published ones that no figure
    counts and every list shows.
    """

    tallies: Mapping[tuple[int | None, int | None, int | None], Tally]
    parts: Mapping[Part, int]
    groups: Mapping[str, GroupFigures]
    institutions: Mapping[int, int]
    figures: Figures
    unlisted: int
    not_reported: int

    def by(self, *axes: str) -> dict[tuple[Any, ...], Tally]:
        """Return the tallies by some of the `AXES`, the others summed."""
        places = [list(AXES).index(axis) for axis in axes]
        sums: dict[tuple[Any, ...], Tally] = {}
        for key, tally in self.tallies.items():
            at = tuple(key[place] for place in places)
            sums[at] = sums.get(at, Tally()) + tally
        return sums

    @cached_property
    def tally(self) -> Tally:
        """The tally of all."""
        return sum(self.tallies.values(), Tally())

    @cached_property
    def countries(self) -> Counter[str]:
        """With how many held activities each country had to do, by its code."""
        return self._parts_by(lambda code, _year, _area: code)

    @cached_property
    def countries_by_area(self) -> Counter[tuple[str, int | None]]:
        """With how many held activities of each area each country had to do."""
        return self._parts_by(lambda code, _year, area: (code, area))

    def _parts_by(self, key_of: Any) -> Counter[Any]:
        sums: Counter[Any] = Counter()
        for key, count in self.parts.items():
            sums[key_of(*key)] += count
        return sums


@kept_until_change
def of_programme() -> Summary:
    """Sum up everything that is published."""
    return summarise(Activity.objects.listed())


@kept_until_change
def of_area(area: int) -> Summary:
    """Sum up the activities of a cooperation area, by its key."""
    return summarise(Activity.objects.listed().filter(area=area))


@kept_until_change
def of_period(period: Period) -> Summary:
    """Sum up the activities that end in ``period``."""
    return summarise(Activity.objects.listed().within(period))


@kept_until_change
def tallies_of(periods: tuple[Period, ...]) -> list[Tally]:
    """Count the activities of each of ``periods``, which share no day, in one query."""
    cases = [When(end_date__range=(each.start, each.end), then=Value(at)) for at, each in enumerate(periods)]
    numbered = Activity.objects.counted().annotate(at=Case(*cases, output_field=IntegerField()))
    found = tallies_by(numbered, "at")
    return [found.get(at, Tally()) for at in range(len(periods))]


def summarise(activities: ActivityQuerySet) -> Summary:
    """Sum up ``activities``, published and no projects, in a number of queries that does not grow."""
    counted = activities.reportable()
    held = counted.held()
    tallies, institutions = tallies_by_all(counted, *AXES.values()), _institutions(held)
    places, reached, without_list = _by_place(held), _reached(), unlisted(held).count()
    return Summary(
        tallies=tallies,
        parts=_parts(places, reached),
        groups=_groups(held, united(places.values()), reached),
        institutions=institutions,
        figures=Figures(
            tally=replace(sum(tallies.values(), Tally()), planned=0),
            partner_institutions=len(institutions),
            providing_countries=providing_countries(held).count(),
            member_countries=None if without_list or not places else members_taking_part(held),
        ),
        unlisted=without_list,
        not_reported=activities.filter(is_reportable=False).count(),
    )


@kept_until_change
def _reached() -> Mapping[str, int]:
    """Return for each country, by its code, the set of the keys of the activities with which it had to do."""
    found: defaultdict[str, int] = defaultdict(int)
    for code, keys in keys_by_code(Activity, TO_COUNTRIES):
        found[code] |= from_positions(keys, max(keys) + 1)
    return found


def _by_place(held: ActivityQuerySet) -> dict[Place, int]:
    """Return the sets of the keys of ``held`` by year and area."""
    keys: defaultdict[Place, list[int]] = defaultdict(list)
    for year, area, key in held.order_by().values_list("year", "area", "pk"):
        keys[year, area].append(key)
    return {place: from_positions(found, max(found) + 1) for place, found in keys.items()}


def _parts(places: Mapping[Place, int], reached: Mapping[str, int]) -> dict[Part, int]:
    counts = {
        (code, *place): (own & there).bit_count() for code, own in reached.items() for place, there in places.items()
    }
    return {part: count for part, count in counts.items() if count}


def _groups(held: ActivityQuerySet, keys: int, reached: Mapping[str, int]) -> dict[str, GroupFigures]:
    """Tell the part of each group in ``held``, the set of whose keys is ``keys``."""
    entries = CountryParticipation.objects.filter(activity__in=held.values("pk")).order_by().values_list("country")
    counts = {key: rest for key, *rest in entries.annotate(Sum("count"), Count("pk"), Count("count"))}
    groups = {}
    members = list(Country.objects.exclude(oic_group="").values_list("oic_group", "code", "pk"))
    for group in OICGroup.values:
        own = [(code, key) for each, code, key in members if each == group]
        found = united(reached.get(code, 0) for code, _key in own) & keys
        sums = [counts[key] for _code, key in own if key in counts]
        known = [people for people, _entries, _numbers in sums if people is not None]
        unknown = sum(entries - numbers for _people, entries, numbers in sums)
        groups[group] = GroupFigures(found.bit_count(), sum(known) if known else None, unknown)
    return groups


def _institutions(held: ActivityQuerySet) -> dict[int, int]:
    """Count the activities in which each institution has a role of its own, the executing organ left out."""
    roles = Partnership.objects.filter(activity__in=held.values("pk"), institution__isnull=False)
    rows = roles.exclude(institution__in=Programme.objects.values("organ")).order_by().values_list("institution")
    return dict(rows.annotate(Count("activity", distinct=True)))


@kept_until_change
def months() -> Counter[date]:
    """Count what the calendar shows in each month, its first day; what goes on over two months is in both."""
    spans = Activity.objects.in_calendar().order_by().values_list("start_date", "end_date")
    found: Counter[date] = Counter()
    for first, last, count in spans.annotate(Count("pk")):
        for number in range(first.year * 12 + first.month, last.year * 12 + last.month + 1):
            found[date((number - 1) // 12, (number - 1) % 12 + 1, 1)] += count
    return found
