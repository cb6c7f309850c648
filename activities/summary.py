"""A set of activities summed up once: what dashboards read instead of the records.

A summary holds keys and numbers, no names: its size follows the years, areas, kinds and countries there are, not the
activities. What counts is what `activities.figures` counts. Each process keeps those it was asked for until a record
changes (`bilingual.keeping`); docs/decisions/0020 says why they are not rows of a table.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth

from activities.figures import Figures, Tally, figures, tallies_by, tallies_by_all
from activities.models import Activity, CountryParticipation, Partnership
from activities.models.links import TO_COUNTRIES, linked
from activities.models.queries import ActivityQuerySet
from bilingual.keeping import kept_until_change
from partners.models import Country, OICGroup
from roadmap.models import Period, Programme

# What the tallies are kept by, and what each is called in a record; each activity has one value of each.
AXES = {"year": "year", "area": "area", "kind": "kind"}


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
    parts: Mapping[tuple[str, int | None, int | None], int]
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
    return Summary(
        tallies=tallies_by_all(counted, *AXES.values()),
        parts=_parts(held),
        groups=_groups(held),
        institutions=_institutions(held),
        figures=figures(held),
        unlisted=held.exclude(pk__in=CountryParticipation.objects.values("activity")).count(),
        not_reported=activities.filter(is_reportable=False).count(),
    )


def _parts(held: ActivityQuerySet) -> Counter[tuple[str, int | None, int | None]]:
    """Count the activities of each country by year and area, each once whichever ways lead to it (`TO_COUNTRIES`).

    One way after the other leaves out what those before it have counted: a union of all pairs would have to be read
    row by row.
    """
    found: Counter[tuple[str, int | None, int | None]] = Counter()
    for country, year, area, rows in _ways(held):
        for *key, count in rows.order_by().values_list(country, year, area).annotate(Count("activity", distinct=True)):
            found[tuple(key)] += count
    return found


def _ways(held: ActivityQuerySet) -> Iterator[tuple[str, str, str, QuerySet[Any]]]:
    listed = CountryParticipation.objects.filter(activity__in=held.values("pk"))
    yield "country__code", "activity__year", "activity__area", listed
    of_same = CountryParticipation.objects.filter(activity=OuterRef("pk"), country=OuterRef("venue_country"))
    hosted = held.filter(~Exists(of_same), venue_country__isnull=False).annotate(activity=F("pk"))
    yield "venue_country__code", "year", "area", hosted
    state = "institution__country"
    entered = CountryParticipation.objects.filter(activity=OuterRef("activity"), country=OuterRef(state))
    partners = Partnership.objects.filter(
        Q(activity__venue_country=None) | ~Q(activity__venue_country=F(state)),
        ~Exists(entered),
        activity__in=held.values("pk"),
        institution__country__isnull=False,
    )
    yield f"{state}__code", "activity__year", "activity__area", partners


def _groups(held: ActivityQuerySet) -> dict[str, GroupFigures]:
    entries = CountryParticipation.objects.filter(activity__in=held.values("pk")).order_by()
    rows = entries.values_list("country__oic_group").annotate(Sum("count"), Count("pk"), Count("count"))
    people = {group: (known, entries - numbers) for group, known, entries, numbers in rows}
    return {
        group: GroupFigures(
            linked(held, TO_COUNTRIES, Country.objects.filter(oic_group=group)).count(),
            *people.get(group, (None, 0)),
        )
        for group in OICGroup.values
    }


def _institutions(held: ActivityQuerySet) -> dict[int, int]:
    """Count the activities in which each institution has a role of its own, the executing organ left out."""
    roles = Partnership.objects.filter(activity__in=held.values("pk"), institution__isnull=False)
    rows = roles.exclude(institution__in=Programme.objects.values("organ")).order_by().values_list("institution")
    return dict(rows.annotate(Count("activity", distinct=True)))


@kept_until_change
def months() -> Counter[date]:
    """Count what the calendar shows in each month, its first day; what goes on over two months is in both."""
    spans = (
        Activity.objects.in_calendar().order_by().annotate(first=TruncMonth("start_date"), last=TruncMonth("end_date"))
    )
    found: Counter[date] = Counter()
    for first, last, count in spans.values_list("first", "last").annotate(Count("pk")):
        for number in range(first.year * 12 + first.month, last.year * 12 + last.month + 1):
            found[date((number - 1) // 12, (number - 1) % 12 + 1, 1)] += count
    return found
