"""All that the programme knows of one country: for its page, and for its brief on paper."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from activities.doors import Doors
from activities.involvement import (
    Breakdown,
    Compared,
    CountryPart,
    Counts,
    People,
    Place,
    compared,
    country_breakdown,
    in_area,
    people_of,
    without_lists,
)
from activities.models import Activity
from activities.models.queries import ActivityQuerySet
from partners.models import Country, NationalFocalPoint
from roadmap.models import CooperationArea, Roadmap, WorkPlanItem


@dataclass(frozen=True)
class Untouched:
    """An area of the current roadmap in which no activity names the country; ``unlisted`` of them name none at all."""

    area: CooperationArea
    unlisted: int

    @property
    def unlisted_at(self) -> str:
        return Doors({"area": self.area.address}).unlisted


@dataclass(frozen=True)
class CountryAccount:
    """What a country had to do with the programme until ``day``: for its page, and for its brief on paper."""

    country: Country
    day: date

    @cached_property
    def breakdown(self) -> Breakdown:
        return country_breakdown(self.country)

    @cached_property
    def unlisted(self) -> Counter[Place]:
        """The held activities that list no countries: in any of them it may have taken part."""
        return without_lists()

    @property
    def unlisted_total(self) -> int:
        return self.unlisted.total()

    @property
    def unlisted_at(self) -> str:
        """Where they are listed."""
        return Doors().unlisted

    @cached_property
    def people(self) -> People:
        return people_of(self.country)

    @cached_property
    def roadmap(self) -> Roadmap | None:
        """The one that is current on the day."""
        return Roadmap.objects.current_on(self.day)

    @cached_property
    def areas(self) -> list[CooperationArea]:
        return areas_told(self.roadmap, self.breakdown.areas)

    @cached_property
    def plan_items(self) -> QuerySet[WorkPlanItem]:
        """In what of the current roadmap's work plan it has a part, itself or through its institutions."""
        found = WorkPlanItem.objects.of_roadmap(self.roadmap).of_country(self.country).in_order()
        return found.select_related("area__roadmap", "parent")

    @property
    def untouched(self) -> list[Untouched]:
        """The areas in which nothing names it."""
        areas = [area for area in self.areas if area.pk not in self.breakdown.areas]
        return [Untouched(area, in_area(self.unlisted, area.pk)) for area in areas]

    @cached_property
    def compared(self) -> list[Compared]:
        """Its number in each part beside the median of the other members of its group; nothing outside the groups."""
        if not self.country.oic_group:
            return []
        group = Country.objects.filter(oic_group=self.country.oic_group).members_on(self.day)
        return compared(self.breakdown.totals, group.exclude(pk=self.country.pk))

    @property
    def coming(self) -> ActivityQuerySet:
        """What is planned and open to it, the soonest first."""
        return Activity.objects.listed().coming(self.day).open_to(self.country)

    @cached_property
    def focal_points(self) -> QuerySet[NationalFocalPoint]:
        """Those in office whose names are public."""
        public = NationalFocalPoint.objects.public_on(self.day)
        return public.filter(country=self.country).select_related("institution__seat")

    @property
    def shown(self) -> dict[str, int | None]:
        """The number of activities in each part; ``None`` where nobody knows it."""
        totals = self.breakdown.totals
        return {part: totals[part] or (None if self.may_have(part, Counter.total) else 0) for part in totals}

    def may_have(self, part: str, counts: Counts) -> bool:
        """Whether the country may have had that part where nothing names it: lists are missing among ``counts``."""
        return part == CountryPart.RECEIVED and bool(counts(self.unlisted))


def areas_told(roadmap: Roadmap | None, keys: Iterable[int | None]) -> list[CooperationArea]:
    """Return the areas of the current roadmap, all of them, and those of former ones among ``keys``."""
    found = CooperationArea.objects.select_related("roadmap").order_by("-roadmap__valid_from", "number")
    wanted = {key for key in keys if key}
    return [area for area in found if area.roadmap == roadmap or area.pk in wanted]
