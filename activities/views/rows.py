"""What lists of activities need before they are shown."""

from django.db.models import Prefetch, QuerySet

from activities.models import Activity, Partnership

LIST_LENGTH = 25


def with_row_details(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Load what a row shows of each activity: two queries, however many rows there are."""
    partnerships = Partnership.objects.select_related("institution__seat").order_by("order", "pk")
    return activities.select_related("kind", "area", "participation", "parent").prefetch_related(
        Prefetch("partnerships", partnerships)
    )
