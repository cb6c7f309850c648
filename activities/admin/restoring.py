"""A former state of an activity comes back only when readers may see it so."""

from typing import Any

from django.utils import timezone

from activities.findings import findings_of
from activities.models import Activity, PublicationState
from bilingual.findings import Severity


class CleanRestoringMixin:
    """For the ``ModelAdmin`` of activities, before its other bases."""

    def blocking(self, record: Any) -> dict[str, str]:
        """Return what blocks a published activity and cannot be let pass; of another one, nothing."""
        if record.state != PublicationState.PUBLISHED:
            return {}
        activity = Activity.objects.for_findings().get(pk=record.pk)
        found = findings_of(activity, timezone.localdate())
        stop = (each for each in found if each.severity == Severity.BLOCKING and not each.is_waivable)
        return {each.key: str(each.message) for each in stop}
