"""Counts and breakdowns that pages and reports share, so that both say the same.

Participations are counted, not persons: who attended twice is in the sum twice. Countries of several activities are
never added up; distinct countries are counted where every activity has a list, and there is no total otherwise.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from activities.models import ActivityStatus, CountryParticipation, Partnership, Role, Standing
from activities.models.links import TO_INSTITUTIONS, pairs
from activities.models.queries import ActivityQuerySet
from partners.models import (
    Country,
    CountryQuerySet,
    Institution,
    InstitutionQuerySet,
    Membership,
    MembershipStatus,
)
from roadmap.models import Programme


@dataclass(frozen=True)
class Tally:
    """What can be added up over a set of activities.

    ``participations`` is the sum of the headcounts that are known, ``None`` when none is; ``reporting`` says how many
    activities are in that sum, ``pending`` how many held ones still wait for their headcount.
    """

    held: int = 0
    planned: int = 0
    participations: int | None = None
    reporting: int = 0
    pending: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """The tally of both sets, which share no activity; a sum that is known in one of them is known."""
        sums = [each.participations for each in (self, other) if each.participations is not None]
        return Tally(
            held=self.held + other.held,
            planned=self.planned + other.planned,
            participations=sum(sums) if sums else None,
            reporting=self.reporting + other.reporting,
            pending=self.pending + other.pending,
        )


@dataclass(frozen=True)
class Figures:
    """The figures of a set of activities; ``member_countries`` is ``None`` where a held activity has no list."""

    tally: Tally
    partner_institutions: int
    providing_countries: int
    member_countries: int | None


_HELD = Q(status=ActivityStatus.HELD)
_TALLY = {
    "held": Count("pk", filter=_HELD),
    "planned": Count("pk", filter=Q(status=ActivityStatus.PLANNED)),
    "participations": Sum("participation__headcount", filter=_HELD),
    "reporting": Count("participation__headcount", filter=_HELD),
    # A held activity whose counts nobody has opened yet waits for them like any other.
    "pending": Count(
        "pk", filter=_HELD & (Q(participation=None) | Q(participation__headcount_standing=Standing.PENDING))
    ),
}


def tally(activities: ActivityQuerySet) -> Tally:
    """Count ``activities``, projects left out, in one query."""
    return Tally(**activities.filter(kind__is_project=False).aggregate(**_TALLY))


def tallies_by(activities: ActivityQuerySet, field: str) -> dict[object, Tally]:
    """Count ``activities`` for each value of ``field`` (a key of a related row, or ``None``), projects left out."""
    return {value: tally for (value,), tally in tallies_by_all(activities, field).items()}


def tallies_by_all(activities: ActivityQuerySet, *fields: str) -> dict[tuple[Any, ...], Tally]:
    """Count ``activities`` for each combination of the values of ``fields`` that occurs, projects left out."""
    rows = activities.filter(kind__is_project=False).order_by().values(*fields).annotate(**_TALLY)
    return {tuple(row.pop(field) for field in fields): Tally(**row) for row in rows}


def tallies_by_month(activities: ActivityQuerySet) -> dict[date | None, Tally]:
    """Count ``activities`` for each month in which one ends (its first day), projects left out."""
    tallies = tallies_by(activities.annotate(month=TruncMonth("end_date")), "month")
    return {month if isinstance(month, date) else None: tally for month, tally in tallies.items()}


def figures(activities: ActivityQuerySet) -> Figures:
    """Count ``activities``, their partners and the countries that taught and took part."""
    counted = activities.filter(kind__is_project=False)
    return Figures(
        tally=tally(counted),
        partner_institutions=partner_institutions(counted).count(),
        providing_countries=providing_countries(counted.filter(_HELD)).count(),
        member_countries=member_countries(counted.filter(_HELD)),
    )


def partner_institutions(activities: ActivityQuerySet) -> InstitutionQuerySet:
    """Return the institutions with a role in ``activities``, the executing organ left out."""
    organs = Programme.objects.values("organ")
    role = Partnership.objects.filter(activity__in=activities.values("pk"), institution=OuterRef("pk"))
    return Institution.objects.filter(Exists(role)).exclude(pk__in=organs)


def providing_countries(activities: ActivityQuerySet) -> CountryQuerySet:
    """Return the countries whose institutions provided content, each once; international bodies have none."""
    provided = Partnership.objects.filter(activity__in=activities.values("pk"), role=Role.CONTENT_PROVIDER)
    return Country.objects.filter(pk__in=provided.order_by().values("institution__country"))


def member_countries(activities: ActivityQuerySet) -> int | None:
    """Return how many distinct member countries took part, or ``None`` unless every activity lists its countries."""
    if not activities.exists() or unlisted(activities).exists():
        return None
    return members_taking_part(activities)


def members_taking_part(activities: ActivityQuerySet) -> int:
    """Return how many distinct countries the lists of ``activities`` name that were members on their last days."""
    once_members = Membership.objects.filter(status=MembershipStatus.MEMBER).values("country")
    took_part = _by_members(activities).filter(country=OuterRef("pk"))
    return Country.objects.filter(Exists(took_part), pk__in=once_members).count()


def unlisted(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Return the ``activities`` that list no countries: who took part in them is not known."""
    return activities.filter(~Exists(_LISTS))


def listed(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Return the ``activities`` that list the countries which took part, projects left out."""
    return activities.filter(Exists(_LISTS), kind__is_project=False)


def attended(activities: ActivityQuerySet) -> dict[str, int]:
    """Return for each member country (its code) in how many ``activities`` it took part, by their lists."""
    rows = _by_members(activities).order_by().values_list("country__code")
    return dict(rows.annotate(Count("activity", distinct=True)))


_LISTS = CountryParticipation.objects.filter(activity=OuterRef("pk"))


def _by_members(activities: ActivityQuerySet) -> QuerySet[CountryParticipation]:
    """The entries of the lists, those of countries that were no members on the activity's last day left out."""
    in_force = Membership.objects.filter(country=OuterRef("country")).in_force_on(OuterRef("activity__end_date"))
    return CountryParticipation.objects.filter(
        Exists(in_force.filter(status=MembershipStatus.MEMBER)),
        ~Exists(in_force.filter(status=MembershipStatus.SUSPENDED)),
        activity__in=activities.values("pk"),
    )


def activities_of_institutions(activities: ActivityQuerySet) -> dict[str, int]:
    """Return for each institution (its code) in how many ``activities`` it has a role, its own or its project's."""
    return Counter(code for _activity, code in pairs(activities.filter(kind__is_project=False), TO_INSTITUTIONS))
