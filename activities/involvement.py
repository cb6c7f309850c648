"""What a country or an institution had to do with activities that were held: in which part, which year, which area.

Each activity counts once in each part, and a country may have several parts in one. Where a held activity lists no
countries, nobody knows who took part: such activities are counted apart, and never as zero.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from activities.figures import listed
from activities.models import Activity, CountryParticipation, Partnership, PublicationState, Role
from activities.models.queries import ActivityQuerySet
from bilingual.keeping import kept_until_change
from partners.models import Country, CountryQuerySet, Institution
from roadmap.models import Programme

# The year of an activity and the key of its area; an activity may name no area.
Place = tuple[int | None, int | None]
# Adds up some of such counts: those of a year, of an area, or all.
Counts = Callable[[Counter[Place]], int]


class CountryPart(models.TextChoices):
    """What a country can do in an activity; the third holds whatever else its institutions did too."""

    HOSTED = "hosted", _("Hosted")
    PROVIDED = "provided", _("Provided content")
    PARTNERED = "partnered", _("Had a role")
    RECEIVED = "received", _("Took part")


def held() -> ActivityQuerySet:
    """Return the activities that the figures of this module count: those that public figures count, once held."""
    return Activity.objects.counted().held()


def of_country(activities: ActivityQuerySet, country: Country, part: str) -> ActivityQuerySet:
    """Return those of ``activities`` in which ``country`` had that part."""
    roles = Partnership.objects.filter(institution__country=country)
    if part == CountryPart.HOSTED:
        return activities.filter(venue_country=country)
    if part == CountryPart.PROVIDED:
        return activities.filter(pk__in=roles.filter(role=Role.CONTENT_PROVIDER).values("activity"))
    if part == CountryPart.PARTNERED:
        return activities.filter(pk__in=roles.values("activity"))
    return activities.filter(pk__in=CountryParticipation.objects.filter(country=country).values("activity"))


def of_institution(activities: ActivityQuerySet, institution: Institution, role: str) -> ActivityQuerySet:
    """Return those of ``activities`` in which ``institution`` held ``role``; a project's funder funds its parts."""
    roles = Partnership.objects.filter(institution=institution, role=role).values("activity")
    wanted = Q(pk__in=roles)
    if role == Role.FUNDER:
        wanted |= Q(parent__in=roles, parent__state=PublicationState.PUBLISHED)
    return activities.filter(wanted)


class Breakdown:
    """How many activities there are in each part, by year and by area: one query for each part."""

    def __init__(self, parts: Mapping[str, ActivityQuerySet]) -> None:
        self._counts = {part: places(activities) for part, activities in parts.items()}

    def __getitem__(self, part: str) -> Counter[Place]:
        return self._counts[part]

    @property
    def totals(self) -> dict[str, int]:
        """The total of each part, none of them left out."""
        return {part: counts.total() for part, counts in self._counts.items()}

    @cached_property
    def years(self) -> list[int]:
        """The years in which there is anything, the latest first."""
        return sorted({year for counts in self._counts.values() for year, _area in counts if year}, reverse=True)

    @cached_property
    def areas(self) -> set[int | None]:
        """The keys of the areas in which there is anything; ``None`` where an activity names none."""
        return {area for counts in self._counts.values() for _year, area in counts}


def places(activities: ActivityQuerySet) -> Counter[Place]:
    """Count ``activities`` by year and area, in one query."""
    rows = activities.order_by().values_list("year", "area").annotate(Count("pk"))
    return Counter({(year, area): count for year, area, count in rows})


def in_year(counts: Counter[Place], year: int) -> int:
    return sum(n for (each, _area), n in counts.items() if each == year)


def in_area(counts: Counter[Place], area: int | None) -> int:
    return sum(n for (_year, each), n in counts.items() if each == area)


def country_breakdown(country: Country) -> Breakdown:
    """Return what ``country`` did in the activities held."""
    return Breakdown({part: of_country(held(), country, part) for part in CountryPart})


def institution_breakdown(institution: Institution) -> Breakdown:
    """Return the roles of ``institution`` in the activities held."""
    return Breakdown({role: of_institution(held(), institution, role) for role in Role})


@kept_until_change
def without_lists() -> Counter[Place]:
    """Count the held activities that list no countries, by year and area: who took part in them is not known."""
    every = held()
    return places(every.exclude(pk__in=CountryParticipation.objects.values("activity")))


@dataclass(frozen=True)
class People:
    """The participations of a country's people: their sum, ``None`` when unknown, and from how many activities."""

    participations: int | None
    reporting: int


def people_of(country: Country) -> People:
    """Add up the people of ``country`` in the activities held, over the lists that give its number."""
    rows = CountryParticipation.objects.filter(country=country, activity__in=held().values("pk"))
    return People(**rows.aggregate(participations=Sum("count"), reporting=Count("count")))


@dataclass(frozen=True)
class Compared:
    """A country's number of activities in a part beside the median of the ``others`` of its group."""

    part: CountryPart
    own: int
    median: int | float
    others: int


def compared(totals: Mapping[str, int], others: CountryQuerySet) -> list[Compared]:
    """Compare the ``totals`` of a country's parts with those of ``others``, the ones that have none included.

    The median, because one country that hosts most of all would carry the mean. Taking part is left out where no held
    activity lists its countries.
    """
    codes = list(others.values_list("code", flat=True))
    if not codes:
        return []
    of_each = _of_each_country()
    parts = [part for part in CountryPart if part != CountryPart.RECEIVED or listed(held()).exists()]
    return [
        Compared(part, totals[part], _median([of_each[part][code] for code in codes]), len(codes)) for part in parts
    ]


def _median(counts: list[int]) -> int | float:
    """Return the number in the middle, whole unless it lies between two."""
    middle = median(counts)
    return int(middle) if middle == int(middle) else middle


@kept_until_change
def _of_each_country() -> dict[CountryPart, Counter[str]]:
    """Count the held activities in which each country had each part, by its code."""
    return {part: counts_by_country(held(), part) for part in CountryPart}


def counts_by_country(activities: ActivityQuerySet, part: str) -> Counter[str]:
    """Count for each country (its code) the ``activities`` in which it had that part (`of_country`), in one query."""
    if part == CountryPart.HOSTED:
        rows = activities.order_by().values_list("venue_country__code").annotate(Count("pk"))
    elif part == CountryPart.RECEIVED:
        lists = CountryParticipation.objects.filter(activity__in=activities.values("pk"))
        rows = lists.order_by().values_list("country__code").annotate(Count("pk"))
    else:
        roles = Partnership.objects.filter(activity__in=activities.values("pk"))
        if part == CountryPart.PROVIDED:
            roles = roles.filter(role=Role.CONTENT_PROVIDER)
        rows = roles.order_by().values_list("institution__country__code")
        rows = rows.annotate(Count("activity", distinct=True))
    return Counter({code: count for code, count in rows if code})


@dataclass(frozen=True)
class Companion:
    """An institution that had a role in the same activities as another, and in how many."""

    institution: Institution
    count: int


def companions(activities: ActivityQuerySet, institution: Institution, most: int) -> list[Companion]:
    """Return with whom ``institution`` worked most in ``activities``, its own; the executing organ is left out."""
    apart = {institution.pk, *Programme.objects.values_list("organ", flat=True)}
    roles = Partnership.objects.filter(activity__in=activities.values("pk"), institution__isnull=False)
    rows = roles.exclude(institution__in=apart).order_by().values_list("institution")
    counted = rows.annotate(n=Count("activity", distinct=True)).order_by("-n", "institution")
    counts = dict(counted[:most])
    return _companions(counts, Institution.objects.filter(pk__in=counts).select_related("seat"))


def _companions(counts: Mapping[int, int], institutions: Iterable[Institution]) -> list[Companion]:
    found = [Companion(institution, counts[institution.pk]) for institution in institutions]
    return sorted(found, key=lambda each: (-each.count, each.institution.pk))
