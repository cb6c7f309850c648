"""What lists of activities need before they are shown."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from activities.doors import catalogue_address
from activities.models import Activity, Partnership
from activities.models.queries import ActivityQuerySet

LIST_LENGTH, COMING = 25, 12


def with_row_details(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Load what a row shows of each activity: two queries, however many rows there are."""
    partnerships = Partnership.objects.select_related("institution__seat").order_by("order", "pk")
    return activities.select_related("kind", "area", "participation", "parent").prefetch_related(
        Prefetch("partnerships", partnerships)
    )


@dataclass(frozen=True)
class Listing:
    """The first activities of a list on a page about something else, and where all of them are."""

    rows: list[Activity]
    total: int
    address: str

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.rows)


def newest(activities: ActivityQuerySet, **filters: str) -> Listing:
    """List ``activities``, which are those that the catalogue finds under ``filters``."""
    return Listing(
        rows=list(with_row_details(activities.latest_first())[:LIST_LENGTH]),
        total=activities.count(),
        address=catalogue_address(**filters),
    )


def soonest(activities: ActivityQuerySet, address: str) -> Listing:
    """List the first of ``activities``, which are to come, in their order; all of them stand at ``address``."""
    return Listing(list(with_row_details(activities)[:COMING]), activities.count(), address)
