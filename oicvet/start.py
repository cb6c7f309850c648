"""What the start page of the back office counts, for one reader: only what their role may act on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from activities.admin.filters import ATTENTION
from activities.attention import IN_REVIEW, KINDS, needing

MOST_COUNTED = 999


@dataclass(frozen=True)
class Line:
    """A number and the list it was counted from; ``is_capped`` where there are more."""

    label: str
    number: int
    is_capped: bool
    address: str


def what_needs(user: Any, day: date) -> list[Line]:
    """Return what needs ``user`` on ``day``, in a number of queries that does not grow with the records."""
    if not user.has_perm("activities.change_activity"):
        return []
    may_publish = user.has_perm("activities.publish_activity")
    kinds = [kind for kind in KINDS if kind != IN_REVIEW or may_publish]
    return [_line(kind, day) for kind in kinds]


def _line(kind: str, day: date) -> Line:
    found = needing(kind, day).order_by().values("pk")[: MOST_COUNTED + 1].count()
    page = f"{reverse('admin:activities_activity_changelist')}?needs={kind}"
    return Line(str(ATTENTION[kind]), min(found, MOST_COUNTED), found > MOST_COUNTED, page)
