"""A former state of an activity comes back only when readers may see it so."""

from typing import Any

from django.utils import timezone

from activities.findings import blocking_of
from activities.models import Activity, PublicationState


class CleanRestoringMixin:
    """For the ``ModelAdmin`` of activities, before its other bases."""

    def blocking(self, record: Any) -> dict[str, str]:
        """Return what blocks a published activity and cannot be let pass; of another one, nothing."""
        if record.state != PublicationState.PUBLISHED:
            return {}
        activity = Activity.objects.for_findings().get(pk=record.pk)
        stop = (each for each in blocking_of(activity, timezone.localdate()) if not each.is_waivable)
        return {each.key: str(each.message) for each in stop}
