"""Where the list behind a figure is: every figure is a door to the activities, institutions or countries it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode

from activities.filters import COUNTED, PAST, UNLISTED
from activities.involvement import CountryPart
from activities.models import ActivityStatus, Standing
from activities.models.participation import KNOWN
from activities.selection import Sort

Filters = Mapping[str, str | Sequence[str]]


def catalogue_address(**filters: str | Sequence[str]) -> str:
    """Return where the catalogue lists what ``filters`` leave; several values of one mean any of them."""
    return _address("activities", filters)


def _address(page: str, filters: Filters) -> str:
    return f"{reverse(page)}?{urlencode(filters, doseq=True)}"


@dataclass(frozen=True)
class Doors:
    """The lists behind the figures of the activities that ``filters`` leave.

    Figures leave out what is not reported and lists show it: every door asks for what figures count, and its list says
    so. Of ``filters``, a list of countries can be narrowed by year, area and period alone.
    """

    filters: Filters = field(default_factory=dict)

    @property
    def held(self) -> str:
        return catalogue_address(**self._held)

    @property
    def planned(self) -> str:
        return catalogue_address(**self._counted, status=ActivityStatus.PLANNED)

    @property
    def overdue(self) -> str:
        """The planned activities whose last day is over: what became of them is not recorded."""
        return catalogue_address(**self._counted, status=ActivityStatus.PLANNED, when=PAST)

    @property
    def held_or_planned(self) -> str:
        return catalogue_address(**self._counted, status=(ActivityStatus.HELD, ActivityStatus.PLANNED))

    @property
    def participations(self) -> str:
        """The activities whose headcounts are in the sum, the largest first."""
        return catalogue_address(**self._held, figures=KNOWN, sort=Sort.PARTICIPANTS)

    @property
    def pending(self) -> str:
        """The held activities that still wait for their headcount."""
        return catalogue_address(**self._held, figures=Standing.PENDING)

    @property
    def unlisted(self) -> str:
        """The held activities that list no countries."""
        return catalogue_address(**self._held, lists=UNLISTED)

    @property
    def institutions(self) -> str:
        """The institutions with a role in what was held."""
        return _address("partners", self._held)

    @property
    def providing_countries(self) -> str:
        """The countries whose institutions gave content to what was held."""
        return _address("countries", {"part": CountryPart.PROVIDED, **self.filters})

    def of_country(self, code: str) -> str:
        """The held activities with which a country had to do."""
        return catalogue_address(**self._held, country=code)

    def of_institution(self, code: str) -> str:
        """The held activities in which an institution had a role."""
        return catalogue_address(**self._held, partner=code)

    @property
    def _counted(self) -> dict[str, str | Sequence[str]]:
        return {**self.filters, "counted": COUNTED}

    @property
    def _held(self) -> dict[str, str | Sequence[str]]:
        return {**self._counted, "status": ActivityStatus.HELD}
