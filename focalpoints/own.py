"""What of the programme is one country's own and not public, in words for its focal point and nothing beyond them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from activities.models import Activity, CountryParticipation, Participation, Partnership, Standing
from activities.models.queries import ActivityQuerySet
from bilingual.text import Bilingual
from focalpoints.models import Answer
from focalpoints.models.confirmation import entries_of
from partners.models import Country
from roadmap.calendar import SessionPeriod, session_periods

PERIODS_OFFERED = 2


@dataclass(frozen=True)
class Part:
    """What a country is to an activity; ``institution`` names which of its own, where it is one of them."""

    label: str
    institution: Bilingual | None = None


@dataclass(frozen=True)
class InPreparation:
    """An activity that no reader sees yet: what its country needs to know, and no more."""

    title: Bilingual
    kind: Bilingual
    start: date | None
    end: date | None
    parts: list[Part]


@dataclass(frozen=True)
class Awaited:
    """An activity held, which figures of it the country can give, and the number of the period it belongs to."""

    code: str
    title: Bilingual
    end: date | None
    figures: list[str]
    period: int | None


@dataclass(frozen=True)
class ToConfirm:
    """A period with the number of the country's entries in it, and how many of them it has answered."""

    period: SessionPeriod
    entries: int
    answered: int

    @property
    def left(self) -> int:
        return self.entries - self.answered


def in_preparation(country: Country) -> list[InPreparation]:
    """Return what is being prepared with ``country``, the soonest first."""
    found = with_parts_of(country, Activity.objects.in_preparation_for(country).in_order())
    return [
        InPreparation(
            activity.titles,
            Bilingual.of(activity.kind, "name"),
            activity.start_date,
            activity.end_date,
            parts_of(country, activity),
        )
        for activity in found
    ]


def awaited_from(country: Country) -> list[Awaited]:
    """Return the activities of which figures are awaited from ``country``, the latest first."""
    found = Activity.objects.awaiting_figures_from(country).latest_first().select_related("kind", "participation")
    periods = session_periods()
    return [
        Awaited(
            activity.code,
            activity.titles,
            activity.end_date,
            _figures_awaited(country, activity),
            next((each.number for each in periods if each.period.holds(activity.end_date)), None),
        )
        for activity in with_parts_of(country, found)
    ]


def to_confirm(country: Country, day: date) -> list[ToConfirm]:
    """Return the running period and the one before it, as far as ``country`` has entries in them."""
    begun = [each for each in session_periods() if each.period.start <= day]
    counted = (_counted(country, each) for each in begun[: -PERIODS_OFFERED - 1 : -1])
    return [each for each in counted if each.entries]


def with_parts_of(country: Country, activities: ActivityQuerySet) -> ActivityQuerySet:
    """Load what `parts_of` reads, with two queries, and nothing of other countries."""
    partnerships = Partnership.objects.filter(institution__country=country).select_related("institution__seat")
    rows = CountryParticipation.objects.filter(country=country)
    return activities.select_related("kind").prefetch_related(
        Prefetch("partnerships", partnerships.order_by("order", "pk"), to_attr="own_partnerships"),
        Prefetch("country_participations", rows),
    )


def parts_of(country: Country, activity: Any) -> list[Part]:
    """Return what ``country`` is to an activity that was read by `with_parts_of`, in words."""
    parts = [Part(_("host country"))] if activity.venue_country_id == country.pk else []
    parts += [Part(row.get_role_display(), row.institution.full_name) for row in activity.own_partnerships]
    if activity.country_participations.all():
        parts.append(Part(_("participating country")))
    if country.code in activity.open_to.split():
        parts.append(Part(_("open to its people")))
    return parts


def _figures_awaited(country: Country, activity: Activity) -> list[str]:
    counts = Participation.told_of(activity)
    standings = (
        (counts.headcount_standing, _("number of participants")),
        (counts.sexes_standing, _("numbers of women and men")),
        (counts.countries_standing, _("number of member countries")),
    )
    gives = activity.venue_country_id == country.pk or any(
        row.role == "content_provider" for row in activity.own_partnerships
    )
    awaited = [label for standing, label in standings if gives and standing == Standing.PENDING]
    if any(row.count is None for row in activity.country_participations.all()):
        awaited.append(_("number of its own participants"))
    return awaited


def _counted(country: Country, period: SessionPeriod) -> ToConfirm:
    entries = entries_of(country, period.period).order_by()
    answered = Answer.objects.given().filter(country=country, activity__in=entries.values("pk"))
    return ToConfirm(period, entries.count(), answered.order_by().values("activity").distinct().count())
