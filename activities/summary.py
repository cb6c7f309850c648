"""A set of activities summed up once: what dashboards read instead of the records.

A summary holds keys and numbers, no names: its size follows the years, areas, kinds and countries there are, not the
activities. What counts is what `activities.figures` counts. Each process keeps those it was asked for until a record
changes (`bilingual.keeping`); docs/decisions/0020 says why they are not rows of a table.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When

from activities.figures import (
    Figures,
    Tally,
    member_countries,
    providing_countries,
    tallies_by,
    tallies_by_all,
    unlisted,
)
from activities.models import Activity, CountryParticipation, Partnership
from activities.models.links import TO_COUNTRIES, on_the_way
from activities.models.queries import ActivityQuerySet
from bilingual.keeping import kept_until_change
from partners.models import Country, OICGroup
from roadmap.models import Period, Programme

# What the tallies are kept by, and what each is called in a record; each activity has one value of each.
AXES = {"year": "year", "area": "area", "kind": "kind"}
# The code of a country, a year and the key of an area.
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
    parts, entries = _parts(held)
    return Summary(
        tallies=tallies,
        parts=parts,
        groups=_groups(held, entries),
        institutions=institutions,
        figures=Figures(
            tally=replace(sum(tallies.values(), Tally()), planned=0),
            partner_institutions=len(institutions),
            providing_countries=providing_countries(held).count(),
            member_countries=member_countries(held),
        ),
        unlisted=unlisted(held).count(),
        not_reported=activities.filter(is_reportable=False).count(),
    )


@dataclass(frozen=True)
class _Entries:
    """Entries of lists: how many, how many of them have a number, and the sum of those."""

    count: int = 0
    numbers: int = 0
    people: int = 0

    def __add__(self, other: "_Entries") -> "_Entries":
        return _Entries(self.count + other.count, self.numbers + other.numbers, self.people + other.people)


def _parts(held: ActivityQuerySet) -> tuple[Counter[Part], dict[str, _Entries]]:
    """Count the activities of each country by year and area, each once whichever ways lead to it (`TO_COUNTRIES`).

    One way after the other leaves out what those before it have counted: a union of all pairs would have to be read
    row by row. Of the first, the lists, it returns the entries of each country too, since it reads them all.
    """
    codes = dict(Country.objects.values_list("pk", "code"))
    found: Counter[Part] = Counter()
    entries: dict[str, _Entries] = {}
    listed = "country_participations"
    rows = _by_place(held, f"{listed}__country").annotate(
        Count("pk"), Count(f"{listed}__count"), Sum(f"{listed}__count")
    )
    for country, year, area, count, numbers, people in rows:
        code = codes[country]
        found[code, year, area] += count
        entries[code] = entries.get(code, _Entries()) + _Entries(count, numbers, people or 0)
    for way, activity in ((_hosted(held), "pk"), (_partnered(held), "activity")):
        for country, year, area, count in way.annotate(Count(activity, distinct=True)):
            found[codes[country], year, area] += count
    return found, entries


def _by_place(held: ActivityQuerySet, country: str) -> QuerySet[Any, Any]:
    return held.filter(**{f"{country}__isnull": False}).order_by().values_list(country, "year", "area")


def _hosted(held: ActivityQuerySet) -> QuerySet[Any, Any]:
    """Where a country is host that no entry names."""
    entered = CountryParticipation.objects.filter(activity=OuterRef("pk"), country=OuterRef("venue_country"))
    return _by_place(held, "venue_country").filter(~Exists(entered))


def _partnered(held: ActivityQuerySet) -> QuerySet[Any, Any]:
    """Where a country has a partner, and is neither entered nor host."""
    state = "institution__country"
    entered = CountryParticipation.objects.filter(activity=OuterRef("activity"), country=OuterRef(state))
    partners = Partnership.objects.filter(
        Q(activity__venue_country=None) | ~Q(activity__venue_country=F(state)),
        ~Exists(entered),
        activity__in=held.values("pk"),
        institution__country__isnull=False,
    )
    return partners.order_by().values_list(state, "activity__year", "activity__area")


def _groups(held: ActivityQuerySet, entries: Mapping[str, _Entries]) -> dict[str, GroupFigures]:
    """Tell the part of each group, whose activities are counted in one query."""
    members: dict[str, dict[int, str]] = {group: {} for group in OICGroup.values}
    for group, key, code in Country.objects.exclude(oic_group="").values_list("oic_group", "pk", "code"):
        members[group][key] = code
    reached = {group: Q(on_the_way(TO_COUNTRIES, list(keys), Activity)) for group, keys in members.items()}
    counts = held.aggregate(**{group: Count("pk", filter=way) for group, way in reached.items()})
    return {
        group: _group_figures(counts[group], [entries.get(code, _Entries()) for code in codes.values()])
        for group, codes in members.items()
    }


def _group_figures(held: int, entries: list[_Entries]) -> GroupFigures:
    total = sum(entries, _Entries())
    return GroupFigures(held, total.people if total.numbers else None, total.count - total.numbers)


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
